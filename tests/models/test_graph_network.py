"""Graph networks: what renumbering may not change, by hand and by permutation; and that each task is learnt."""

from functools import partial

import numpy as np
import pytest
import torch
from torch import Generator, Tensor

from components.learn.train import train
from components.modalities.graph import MODALITY
from components.models.graph_network import LinkNetwork, MoleculeNetwork, NodeNetwork, average
from components.models.translation import Translation


def seeds(*numbers: int) -> list[Generator]:
    return [Generator().manual_seed(n) for n in numbers]


def random_graph(n: int = 9) -> Tensor:
    return ((torch.rand(n, n, generator=Generator().manual_seed(1)) < 0.3) & ~torch.eye(n, dtype=torch.bool)).float()


def test_average_is_a_mean_over_neighbours() -> None:
    assert average(torch.tensor([[0.0, 1, 1], [0, 0, 0]])).tolist() == [[0, 0.5, 0.5], [0, 0, 0]]


@pytest.mark.parametrize("seed", range(4))
def test_node_answers_move_with_the_nodes(seed: int) -> None:
    matrix, label = random_graph(), torch.tensor([0, 1, 2, -1, 0, 1, -1, 2, 0])
    order = torch.randperm(9, generator=Generator().manual_seed(seed))

    def answers(a: Tensor, known: Tensor) -> Tensor:
        x = torch.cat([a, a.T], 1)[:, None]
        return NodeNetwork(a, known, 3, seeds(7))(x[None])[0]

    before, after = answers(matrix, label), answers(matrix[order][:, order], label[order])
    assert (after - before[order]).abs().max() < 1e-5
    assert (before[0] - before[1]).abs().max() > 1e-4


def test_a_node_never_sees_its_own_kind() -> None:
    matrix, label = random_graph(), torch.zeros(9, dtype=torch.long)
    matrix.fill_diagonal_(0)
    x = torch.cat([matrix, matrix.T], 1)[:, None]
    for node in range(9):
        other = label.clone()
        other[node] = 2
        one, two = (NodeNetwork(matrix, known, 3, seeds(0))(x[None])[0, node] for known in (label, other))
        assert (one - two).abs().max() < 1e-6


def test_pairs_have_no_order() -> None:
    matrix = torch.maximum(random_graph(), random_graph().T)
    x = (matrix + torch.eye(9))[torch.tensor([[0, 1], [2, 3], [4, 5]])]
    network = LinkNetwork(matrix, seeds(0))
    assert (network(x[None]) - network(x.flip(1)[None])).abs().max() < 1e-5


def molecule(n: int, seed: int) -> Tensor:
    rng = np.random.default_rng(seed)
    x = np.zeros((32, 42), np.float32)
    x[np.arange(n), rng.integers(10, size=n)] = 1
    for i in range(1, n):
        j = int(rng.integers(i))
        x[i, 10 + j] = x[j, 10 + i] = 1
    return torch.from_numpy(x)


@pytest.mark.parametrize("seed", range(4))
def test_renumbered_molecules_have_the_same_answer(seed: int) -> None:
    x, order = molecule(12, seed), torch.randperm(32, generator=Generator().manual_seed(seed))
    moved = torch.cat([x[order, :10], x[order][:, 10:][:, order]], 1)
    network = MoleculeNetwork(10, 2, seeds(0))
    one, two = network(torch.stack([x, moved])[None])[0]
    assert (one - two).abs().max() < 1e-5
    assert (one - network(molecule(13, seed)[None, None])[0, 0]).abs().max() > 1e-4


def test_a_relation_is_a_step() -> None:
    network = Translation(4, 2, seeds(0), h=2)
    with torch.no_grad():
        network.point.copy_(torch.tensor([[[0.0, 0], [1, 0], [0, 1], [5, 5]]]))
        network.step.copy_(torch.tensor([[[1.0, 0], [0, 1]]]))
        network.sharp.zero_()
    x = torch.tensor([[0.0, 0, 1, 2, 3], [1, 2, 0, 2, 3]])  # from 0 the first step leads to 1; 2 + 0 goes it backwards
    answers = network(x[None, :, None])[0]
    assert answers.argmax(-1).tolist() == [0, 0]
    assert answers[0].tolist() == pytest.approx([0, -2, -41])


@pytest.mark.parametrize("task", MODALITY.tasks)
def test_replicas_learn_alone_as_in_a_stack(task: str) -> None:
    exercise = MODALITY.tasks[task]
    assert exercise.network is not None
    x = exercise.draw(5, Generator().manual_seed(0), "test")[0]
    alone, stack = exercise.network(seeds(4)), exercise.network(seeds(2, 4))
    with torch.inference_mode():
        assert (stack(x.expand(2, *x.shape))[1] - alone(x[None])[0]).abs().max() < 1e-5


LEARNT = {"node": (0.65, 150), "link": (0.62, 200), "knowledge": (0.7, 600), "mutagen": (0.72, 150), "log P": (0.75, 150)}


@pytest.mark.parametrize("task", LEARNT)
def test_each_task_is_learnt(task: str) -> None:
    """At a part of the budget: better than the most frequent answer, and where the lesson ends it is better still."""
    torch.set_num_threads(1)
    exercise, (least, steps) = MODALITY.tasks[task], LEARNT[task]
    assert exercise.network is not None
    run = train(
        exercise.network, exercise.draw, (exercise.sizes[-1],), steps=steps, every=steps, batch=64, rate=exercise.rate,
        order="fixed", test=exercise.test, goal=exercise.goal,
    )  # fmt: skip
    *_, frame = run
    assert frame["R²" if exercise.goal == "regression" else "accuracy"].item() > least


def test_networks_are_made_of_plain_parameters() -> None:
    """Every parameter has the replica axis first; what is known of the graph is no parameter."""
    for exercise in MODALITY.tasks.values():
        make = exercise.network
        assert make is not None
        network = partial(make)(seeds(0, 1, 2))
        assert {p.shape[0] for p in network.parameters()} == {3}
