"""Composed models are what their choices say: equal to the special models, symmetric where promised, refused with a sentence."""

from dataclasses import replace
from itertools import product

import pytest
import torch
from torch import Generator
from torch.nn import functional

from components.models.composed import Composed
from components.models.composition import (
    DOMAINS,
    MIXES,
    NEIGHBOURS,
    POOLS,
    PRESETS,
    Composition,
    Shape,
    as_text,
    difference,
    from_text,
    objections,
)  # fmt: skip
from components.models.mixing import Mixing
from components.values import BadInput

SET, LINE, PICTURE, GRAPH, WORDS = (
    Shape(6, 3, 4), Shape(7, 3, 4, grid=(7,)), Shape(16, 2, 4, grid=(4, 4)), Shape(6, 3, 4, linked=True),
    Shape(7, 1, 2, grid=(7,), tokens=9),
)  # fmt: skip


def seeds(r: int = 1) -> list[Generator]:
    return [Generator().manual_seed(i) for i in range(r)]


def data(s: Shape, b: int = 5) -> torch.Tensor:
    generator = Generator().manual_seed(9)
    if s.tokens:
        return torch.randint(s.tokens, (1, b, s.n, 1), generator=generator).float()
    x = torch.randn(1, b, s.n, s.d, generator=generator)
    if not s.linked:
        return x
    a = (torch.rand(1, b, s.n, s.n, generator=generator) < 0.4).float()
    return torch.cat([x, a.maximum(a.transpose(-1, -2))], -1)


@pytest.mark.parametrize("s", [SET, LINE, PICTURE, GRAPH, WORDS], ids=["set", "line", "picture", "graph", "words"])
def test_every_combination_is_built_or_refused_with_a_sentence(s: Shape):
    built = 0
    for represent, neighbours, mix, pool, positions in product(("shared", "separate"), NEIGHBOURS, MIXES, POOLS, (False, True)):
        c = Composition(represent, neighbours, mix, pool=pool, positions=positions, width=8, layers=1)
        fatal = [o for o in objections(c, s) if o.fatal]
        if fatal:
            with pytest.raises(BadInput, match=r"\.$"):
                Composed(c, s, seeds())
            continue
        model, built = Composed(c, s, seeds(2)), built + 1
        out = model(data(s).expand(2, -1, -1, -1))
        assert out.shape == (2, 5, s.answers)
        assert out.isfinite().all()
        assert sum(stage.weights for stage in model.outline()) == sum(p[0].numel() for p in model.parameters())
    assert built > 40


def moved(s: Shape, order: torch.Tensor) -> torch.Tensor:
    x = data(s)
    return x[:, :, order] if not s.linked else torch.cat([x[..., : s.d][:, :, order], x[..., s.d :][:, :, order][..., order]], -1)


@pytest.mark.parametrize(
    ("c", "s", "kept"),
    [
        (Composition(), SET, True),
        (Composition(represent="separate"), SET, False),
        (Composition(pool="concat"), SET, False),
        (Composition(pool="recurrent"), LINE, False),
        (Composition(neighbours="all", mix="attention", pool="mean"), LINE, True),
        (Composition(neighbours="all", mix="attention", pool="mean", positions=True), LINE, False),
        (Composition(neighbours="window", mix="sum", pool="mean"), LINE, False),
        (Composition(neighbours="edges", mix="mean"), GRAPH, True),
        (Composition(neighbours="edges", mix="max"), GRAPH, True),
        (Composition(neighbours="edges", mix="attention", skip=True), GRAPH, True),
        (Composition(neighbours="edges", mix="mean", represent="separate"), GRAPH, False),
    ],
)
def test_order_does_not_matter_exactly_where_nothing_sees_it(c: Composition, s: Shape, kept: bool):
    order = torch.randperm(s.n, generator=Generator().manual_seed(4))
    model = Composed(c, s, seeds())
    apart = (model(moved(s, order)) - model(data(s))).abs().max().item()
    assert apart < 1e-5 if kept else apart > 1e-3


def test_an_answer_for_each_element_follows_the_elements():
    s = Shape(6, 3, 6, each=True)
    model, order = Composed(Composition(pool="each"), s, seeds()), torch.tensor([3, 1, 5, 0, 2, 4])
    x = data(s)
    torch.testing.assert_close(model(x[:, :, order]), model(x)[:, :, order])


def test_a_window_with_a_place_for_each_neighbour_is_a_convolution():
    for s, kernel in ((LINE, 3), (PICTURE, 3), (PICTURE, 5)):
        layer, x = Mixing(s.d, 5, Composition(neighbours="window", kernel=kernel), s, seeds()), data(s)[0]
        weight = layer.map.weight[0, 0]  # (m, d, h)
        grid, bias = x.transpose(1, 2).unflatten(2, s.grid), layer.map.bias[0, 0]
        if len(s.grid) == 1:
            theirs = functional.conv1d(grid, weight.permute(2, 1, 0), bias, padding=kernel // 2)
        else:
            theirs = functional.conv2d(grid, weight.unflatten(0, (kernel, kernel)).permute(3, 2, 0, 1), bias, padding=kernel // 2)
        ours = layer(x[None], torch.ones(1))[0]
        torch.testing.assert_close(ours, theirs.relu().flatten(2).transpose(1, 2), atol=1e-5, rtol=1e-5)


def test_all_with_a_place_for_each_is_fully_connected():
    layer, x = Mixing(3, 5, Composition(represent="separate", neighbours="all"), SET, seeds()), data(SET)
    weight = layer.map.weight[0].permute(1, 2, 0, 3).reshape(SET.n * 3, SET.n * 5)  # (n, m, d, h) -> (m d, n h)
    theirs = (x.flatten(2) @ weight + layer.map.bias[0].flatten()).relu()
    torch.testing.assert_close(layer(x, torch.ones(1)).flatten(2), theirs, atol=1e-5, rtol=1e-5)


def test_what_is_not_there_counts_nowhere():
    for pool in ("mean", "max", "attention", "recurrent", "sum", "concat"):
        model = Composed(Composition(pool=pool, neighbours="all", mix="attention"), WORDS, seeds())
        x = data(WORDS)
        x[:, :, 4:] = -2
        before = model.stages(x)["layer 0"][:, :, :4]
        assert before.abs().max() > 0
        assert model.split(x)[1].sum().item() == 5 * 4
        if pool in ("mean", "max"):
            padded = model.pool(torch.cat([before, 100 * torch.ones_like(before)[:, :, :3]], 2), model.split(x)[1])
            alone = model.pool(before, torch.ones(before.shape[:3], dtype=torch.bool))
            torch.testing.assert_close(padded, alone)


@pytest.mark.parametrize("c", [Composition(neighbours="all", mix="max"), Composition(neighbours="window", mix="max", kernel=5)])
@pytest.mark.parametrize("s", [LINE, PICTURE, WORDS], ids=["line", "picture", "words"])
def test_the_largest_neighbour_is_the_largest_of_those_that_are_there(c: Composition, s: Shape):
    model, x = Composed(c, s, seeds()), data(s)
    if s.tokens:
        x[:, 0, 4:], x[:, 1, 1:] = -2, -2
    _, _, sees = model.split(x)
    z = torch.randn(1, 5, s.n, c.width, generator=Generator().manual_seed(2))
    theirs = z.unsqueeze(2).masked_fill(~sees.unsqueeze(-1), -torch.inf).amax(3).nan_to_num(neginf=0.0)
    torch.testing.assert_close(model.layers[0].heard(z, sees), theirs)


def test_receptive_field_grows_by_a_window_a_layer():
    line = Shape(15, 1, 2, grid=(15,))
    assert Composed(Composition(neighbours="window", kernel=3, layers=4), line, seeds()).reach() == [1, 3, 5, 7, 9]
    assert Composed(Composition(neighbours="all", mix="attention", layers=1), line, seeds()).reach() == [1, 15]
    path = torch.diag(torch.ones(5), 1)
    assert Composed(Composition(neighbours="edges", mix="sum", layers=2), GRAPH, seeds()).reach(path + path.T) == [1, 3, 5]


def test_a_composition_survives_its_link_and_bad_words_do_not():
    for c in [p.composition for p in PRESETS.values()] + [Composition(rate=0.001, positions=True, kernel=7)]:
        assert from_text(as_text(c)) == c
    for bad in ({"mix": "blender"}, {"layers": 99}, {"__class__": "x"}, {"rate": "nan"}):
        with pytest.raises(BadInput):
            from_text(bad)
    assert all(getattr(Composition(), name) in values for name, values in DOMAINS.items())


def test_neighbouring_presets_differ_in_few_words():
    names = {k: p.composition for k, p in PRESETS.items()}
    assert difference(names["vit"], names["transformer"]) == []
    assert {name for name, *_ in difference(names["mlp"], names["cnn"])} == {"represent", "neighbours", "pool"}
    assert difference(names["deep sets"], replace(names["deep sets"], mix="max")) == []
