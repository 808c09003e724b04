"""The sheet of heads and the two pictures of one head: clicks name what they say, tokens cannot bring tags."""

import numpy as np
import pytest

from components.figures.attention_lines import attention_heat, attention_lines
from components.figures.head_curves import head_curves
from components.figures.heads import head_sheet, tile
from components.figures.scale import DARK, LIGHT

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("across", [0, 6])
@pytest.mark.parametrize("n", [2, 13, 64])
def test_every_head_can_be_clicked(across: int, n: int):
    weights = RNG.dirichlet(np.ones(n), (6, 12, n))
    words = [[f"{i}.{j}" for j in range(12)] for i in range(6)]
    figure = head_sheet(weights, (3, 1), {(0, 2): ("← 1.0", "#123456")}, words, across=across, scale=DARK)
    target = figure.data[1]
    assert len(set(zip(target.x, target.y, strict=True))) == 72
    assert target.customdata[13] == "h1.1"
    assert target.text[13] == "1.1"
    assert any("← 1.0" in note.text for note in figure.layout.annotations)


def test_a_thin_line_survives_in_a_small_map():
    assert tile(np.eye(64), 48).diagonal().min() == 1
    assert tile(np.eye(5), 48).shape == (48, 48)


@pytest.mark.parametrize("draw", [attention_lines, attention_heat])
@pytest.mark.parametrize("asks", [None, 0, 2])
def test_tokens_are_clicked_and_escaped(draw, asks):
    tokens = ["<b>x</b>", "🦊", "a" * 60]
    figure = draw(tokens, RNG.dirichlet(np.ones(3), 3), asks, scale=LIGHT)
    assert "<b>x</b>" not in figure.to_json().replace("\\u003c", "<").replace("\\u003e", ">")
    assert {c for trace in figure.data if trace.customdata is not None for c in trace.customdata} == {"t0", "t1", "t2"}


def test_only_the_asking_tokens_lines_are_drawn():
    figure = attention_lines(list("abcd"), np.eye(4), 2)
    (line,) = (trace for trace in figure.data if trace.mode == "lines")
    assert list(line.y[:2]) == [2, 2]
    assert len(line.x) == 3


def test_curves_from_the_first_frame_on():
    for t in (1, 5):
        step, scores = np.arange(t), RNG.random((t, 2, 4))
        assert len(head_curves(step, RNG.random(t), scores, scores, steps=10, chance=1 / 16).data) == 17
