"""Samples needed on graphs: tasks are as said, what is recorded is what training gives, kept networks do what the page says."""

import numpy as np
import pytest
from torch import Generator

from components.learn.graph_summary import kept_network, longer, recorded_graph_summary, recorded_graphs, renumbering
from components.learn.graph_sweep import HOWS, GraphRequest, graph_sweep, one
from components.learn.sweep import ARCHITECTURES
from components.learn.train import train
from components.tasks.graph_questions import GRAPH_TASKS, draw_molecules, named_atoms, renumbered, small_molecules


def test_votes_are_counted_among_the_neighbours_of_who_is_asked() -> None:
    x, y = (a.numpy() for a in GRAPH_TASKS["vote"].draw(300, Generator().manual_seed(0), "train"))
    assert (x[..., 1].sum(1) == 1).all()
    row = x[..., 5:]
    assert (row == row.transpose(0, 2, 1)).all()
    assert (row.diagonal(0, 1, 2) == 0).all()
    for graph, answer in zip(x, y, strict=True):
        votes = graph[graph[graph[:, 1].argmax(), 5:] > 0, 2:5].sum(0)
        assert votes.argmax() == answer
        assert (votes == votes.max()).sum() == 1


def test_molecules_are_renumbered_and_nothing_else_changes() -> None:
    x, y = small_molecules("test")
    drawn, label = (a.numpy() for a in draw_molecules(267, Generator().manual_seed(0), "test"))

    def facts(graphs: np.ndarray) -> list[tuple[float, ...]]:
        degrees = np.sort(graphs[..., 11:].sum(-1), -1)
        return sorted(map(tuple, np.concatenate([graphs[..., :11].sum(1), degrees], -1).tolist()))

    assert facts(drawn) == facts(x)
    assert label.sum() == y.sum()
    assert (drawn[..., 0] >= np.roll(drawn[..., 0], -1, 1))[:, :-1].all()  # empty places are last
    order = np.random.default_rng(0).permuted(np.tile(np.arange(16), (267, 1)), axis=1)
    assert (renumbered(renumbered(x, order, 11), order.argsort(1), 11) == x).all()


def test_a_small_training_learns_and_the_recorded_curve_is_what_it_gives() -> None:
    request = GraphRequest("vote", "sum", 5)
    *_, frame = one(request, True, True, every=10**9)
    assert frame["accuracy"][4:].min() > 0.95
    assert np.abs(frame["accuracy"].mean(1) - recorded_graphs("vote", "sum")["accuracy"][0].mean(1)).max() < 0.03
    assert frame["changed"] == 0
    assert frame["difference"] < 1e-5


def test_frames_carry_all_four() -> None:
    first = next(graph_sweep(GraphRequest("vote", "mean", 1)))
    assert first["accuracy"].shape == (4, len(GRAPH_TASKS["vote"].sizes), 1)
    assert first["difference"].shape == first["changed"].shape == (4,)


def test_what_is_recorded_says_what_the_page_says() -> None:
    for task in ("vote", "molecules"):
        found = recorded_graph_summary(task, "sum")
        assert all(f.low > 2 for f in found.factors[1:])
    vote = recorded_graph_summary("vote", "sum").factors
    assert vote[3].estimate > max(20.0, 2 * vote[1].estimate, 2 * vote[2].estimate)
    places = recorded_graphs("places", "sum")["accuracy"][:, -1].mean(-1)
    assert places[0] < min(places[1:]) - 0.2
    assert places[0] < longer().mean() < places[1]
    assert recorded_graphs("vote", "max")["accuracy"][0].mean(-1).max() < 0.65


@pytest.mark.parametrize("task", GRAPH_TASKS)
@pytest.mark.parametrize("how", HOWS)
def test_only_one_of_four_never_changes_its_answer(task: str, how: str) -> None:
    found = recorded_graphs(task, how)
    assert found["changed"][0] == 0
    assert found["difference"][0] < 1e-5
    assert found["difference"][1:].min() > 0.05


@pytest.mark.parametrize("name", ["caffeine", "aspirin", "ethanol"])
def test_kept_networks_and_a_renumbered_molecule(name: str) -> None:
    x = named_atoms(name)[0]
    for kind in ARCHITECTURES:
        found = renumbering(x, *kind, 20)
        atoms, whole = np.abs(found.after - found.before).max(), np.abs(found.p - found.p[0]).max()
        if kind == (True, True):
            assert max(atoms, whole) < 1e-5
        else:
            assert atoms > 0.05
            assert whole > 0.005


def test_kept_networks_are_trained() -> None:
    x, y = draw_molecules(267, Generator().manual_seed(0), "test")
    right = [float((kept_network(*kind)(x.unsqueeze(0))[0].argmax(-1) == y).float().mean()) for kind in ARCHITECTURES]
    assert right[0] > 0.8
    assert min(right) > 0.6


def test_a_run_is_the_same_twice() -> None:
    task = GRAPH_TASKS["places"]
    from components.learn.graph_sweep import builder

    def last() -> np.ndarray:
        network = builder(GraphRequest("places"), False, True)
        *_, frame = train(network, task.draw, (16,), steps=5, order="fixed", test=50)
        return frame["accuracy"]

    assert (last() == last()).all()
