"""All blocks in one picture: none overlaps another, every number is there, and gradients look unlike values."""

import numpy as np
import pytest

from components.figures.scale import DARK, LIGHT, TICK
from components.figures.special_curves import si, special_costs, special_curves
from components.figures.unfolded import Shown, digits, gradients, places, unfolded
from components.figures.unfolded_curve import unfolded_curve
from components.learn.tiny_samples import SAMPLES, tiny
from components.learn.unfolding import KINDS, descent, refused

FITTING = [(kind, name) for name in SAMPLES for kind in KINDS if not refused(kind, tiny(name)[0])]


@pytest.mark.parametrize(("kind", "name"), FITTING)
def test_no_block_lies_on_another(kind: str, name: str):
    moment = descent(kind, name, 0.1)[0]
    shapes = {n: a.shape for n, a in (moment.blocks | moment.weights).items()}
    taken: set[tuple[int, int]] = set()
    for block, (x, y) in places(shapes).items():
        cells = {(x + j, y + i) for i, j in np.ndindex(*shapes[block])}
        assert not cells & taken
        taken |= cells
    assert set(places(shapes)) == set(shapes)
    assert max(x for x, _ in taken) < 36  # wider, and digits would not fit


def test_every_number_is_written_and_empty_blocks_are_empty():
    moment = descent("cnn", "picture", 0.1)[0]
    blocks = {
        n: Shown(a, "empty" if n in "zqL" else "gradient" if n == "W" else "value", "", ["x"] * a.size)
        for n, a in (moment.blocks | moment.weights).items()
    }
    for scale in (LIGHT, DARK):
        figure = unfolded(blocks, ("H",), ("W", 0, 0), "a one", False, scale=scale)
        values, slopes, text, targets = figure.data
        assert len(text.text) == sum(b.numbers.size for b in blocks.values() if b.state != "empty")
        assert int(np.isfinite(slopes.z).sum()) == blocks["W"].numbers.size
        assert len(targets.customdata) == sum(b.numbers.size for b in blocks.values())
        assert values.colorscale != slopes.colorscale
        assert text.textfont.size >= TICK
        assert gradients(scale).diverging[0] != scale.diverging[0]


def test_digits_are_short_and_true():
    assert [digits(x) for x in (0, 0.5, -0.25, 0.0031, -0.06, 1.234, 12.3, -0.0001, 12345)] == [
        "0", ".50", "−.25", ".003", "−.06", "1.2", "12", "≈0", "1e4",
    ]  # fmt: skip
    assert all(len(digits(float(x))) <= 5 for x in np.random.default_rng(0).normal(0, 3, 500))


def test_curves_and_costs():
    losses = np.random.default_rng(0).random((5, 2))
    assert np.allclose(unfolded_curve(losses, 3, ("a", "b")).data[-1].y, losses[3].mean())
    accuracy = np.random.default_rng(1).random((4, 2, 3))
    roles = ("special", "special", "attention", "flat")
    figure = special_curves(np.array([5, 50]), accuracy, "abcd", roles, 0.1, accuracy.mean(2))
    assert len({(t.line.dash, t.marker.symbol) for t in figure.data if t.mode == "lines+markers"}) == 4
    assert len(special_costs(np.array([1.0, 10, 100, 1000]), accuracy[:, 0], "abcd", roles, "cost").data) == 4
    assert [si(x) for x in (0.3, 3e4, 1e6)] == ["0.3", "30 k", "1 M"]
