"""The graph classifier: only one map for all and any order of neighbours follow a renumbering; the layers are what they say."""

import pytest
import torch
from torch import Generator

from components.learn.graph_sweep import GraphRequest, builder, orders
from components.learn.sweep import ARCHITECTURES
from components.models.graph_classifier import GraphClassifier, gather
from components.models.graph_layers import aggregate as along_edges
from components.models.set_classifier import parameters
from components.tasks.graph_questions import GRAPH_TASKS, renumbered

HOWS = ("sum", "mean", "max", "attention")


def made(task: str, how: str, share: bool, aggregate: bool) -> GraphClassifier:
    return builder(GraphRequest(task, how), share, aggregate)([Generator().manual_seed(0)])


def change(task: str, how: str, share: bool, aggregate: bool) -> tuple[float, float]:
    """The largest |f(Px) - P f(x)| of the nodes, and |f(Px) - f(x)| of the answer, untrained."""
    about = GRAPH_TASKS[task]
    x = about.draw(8, Generator().manual_seed(1), "test")[0].numpy()
    order = orders(x, 1)[0]
    model = made(task, how, share, aggregate)
    before, after = (torch.from_numpy(a).unsqueeze(0) for a in (x, renumbered(x, order, about.d)))
    with torch.inference_mode():
        echo = model.nodes(before)[0].gather(1, torch.from_numpy(order).unsqueeze(-1).expand(-1, -1, about.h))
        return float((model.nodes(after)[0] - echo).abs().max()), float((model(after) - model(before)).abs().max())


@pytest.mark.parametrize("task", GRAPH_TASKS)
@pytest.mark.parametrize("how", HOWS)
def test_shared_and_aggregated_follows_a_renumbering(task: str, how: str) -> None:
    assert max(change(task, how, True, True)) < 1e-5


@pytest.mark.parametrize("task", GRAPH_TASKS)
@pytest.mark.parametrize("kind", ARCHITECTURES[1:])
def test_the_other_three_do_not(task: str, kind: tuple[bool, bool]) -> None:
    assert min(change(task, "sum", *kind)) > 1e-3


@pytest.mark.parametrize("how", HOWS[:3])
def test_what_a_node_hears_is_what_comes_along_its_edges(how: str) -> None:
    generator = Generator().manual_seed(2)
    row = (torch.rand(5, 5, generator=generator) < 0.4).float()
    row[3] = 0  # hears nobody
    x = torch.randn(1, 1, 5, 4, generator=generator)
    target, origin = row.nonzero().T
    expected = along_edges(x[:, :, origin], target, 5, how)
    assert torch.allclose(gather(x, row.expand(1, 1, 5, 5), how), expected, atol=1e-6)


def test_attention_without_a_query_to_find_is_the_mean_and_no_neighbours_give_zero() -> None:
    x, row = torch.randn(1, 1, 4, 3), torch.ones(1, 1, 4, 4)
    row[..., 2, :] = 0
    heard = gather(x, row, "attention", torch.zeros(1, 3))
    assert torch.allclose(heard, gather(x, row, "mean"), atol=1e-6)
    assert heard[0, 0, 2].abs().max() == 0


def test_a_place_of_its_own_with_equal_maps_is_the_sum() -> None:
    shared, places = made("vote", "sum", True, True), made("vote", "sum", True, False)
    d, n = 4, GRAPH_TASKS["vote"].n
    weight, bias = (shared.state_dict()[f"layers.0.{name}"] for name in ("weight", "bias"))
    same = torch.cat([weight[..., :d, :], weight[..., d:, :].repeat(1, 1, 1, n, 1)], 3)
    places.load_state_dict(places.state_dict() | {"layers.0.weight": same, "layers.0.bias": bias})
    x = GRAPH_TASKS["vote"].draw(6, Generator().manual_seed(3), "test")[0].unsqueeze(0)
    assert torch.allclose(places.nodes(x), shared.nodes(x), atol=1e-5)


def test_axes_of_length_one_are_what_sharing_saves() -> None:
    count = [parameters(made("vote", "sum", *kind).layers) for kind in ARCHITECTURES]
    assert count == [16 * (4 + 4 + 1), 16 * (4 + 32 + 1), 8 * 16 * (4 + 4 + 1), 8 * 16 * (4 + 32 + 1)]
