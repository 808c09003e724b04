"""The pictures of messages: what is drawn where not everything is, what can be clicked, what is blank until its step."""

import numpy as np

from components.figures.messages import ROWS, Strip, cell, factor, reach_bars, strip_figure, table
from components.figures.neighbourhood import ARROWS, Scene, neighbourhood, omitted
from components.figures.network import DRAWN
from components.figures.scale import DARK, NAMED


def strip(k: int, phase: str, how: str = "their sum") -> Strip:
    said = np.arange(5.0 * k).reshape(k, 5) - 3
    names = [f"<b>node {i}" for i in range(k)]
    return Strip(
        names, np.arange(k), np.full(k, 0.5), said, said * 0.5, np.arange(k), said.sum(0), np.ones(5), np.zeros(5), np.ones(3),
        how, "bias b", phase,
    )  # fmt: skip


def scene(n: int, m: int, phase: str = "message", layer: int = 2) -> Scene:
    generator = np.random.default_rng(0)
    edges = generator.integers(0, n, (2, m))
    far = generator.choice([-1, 1, 2, 3], n)
    far[0] = 0
    return Scene(
        generator.normal(size=(n, 2)), np.array([f"<i>{i}" for i in range(n)]), edges, None, None, edges, far, 0, layer, phase,
        np.arange(1, n), np.linspace(1, 0, n - 1),
    )  # fmt: skip


def test_rows_are_blank_until_their_step_has_come():
    filled = [
        int(np.isfinite(table(strip(3, phase))[1]).any(1).sum()) for phase in ("start", "speak", "message", "aggregate", "update")
    ]
    assert filled == [0, 3, 3, 4, 6]
    assert np.allclose(table(strip(2, "message"))[1][:2], 0.5 * table(strip(2, "speak"))[1][:2])


def test_a_hub_shows_the_first_and_says_how_many_more():
    figure = strip_figure(strip(120, "update"), scale=DARK)
    assert any(f"and {120 - ROWS} more" in a.text for a in figure.layout.annotations)
    assert len(set(figure.data[-1].customdata)) == ROWS
    assert not any("more" in a.text for a in strip_figure(strip(ROWS, "update")).layout.annotations)


def test_nobody_speaks_and_only_the_node_is_left():
    figure = strip_figure(strip(0, "update"))
    assert len(figure.data[-1].x) == 0
    assert figure.layout.yaxis.ticktext[-1] == "it becomes"


def test_names_from_files_are_escaped():
    assert all("<b>node" not in str(t) for t in strip_figure(strip(2, "update")).layout.yaxis.ticktext)
    assert "<i>0" not in neighbourhood(scene(5, 6)).to_json()


def test_the_largest_of_each_column_is_framed():
    assert len(strip_figure(strip(3, "update", "the largest")).layout.shapes) == 5
    assert not strip_figure(strip(3, "message", "the largest")).layout.shapes


def test_cells_and_weights_are_short():
    assert [cell(v) for v in (0.0, -0.126, 1234.5, np.nan)] == ["0", "−0.13", "1,234", ""]
    assert [factor(w) for w in (1.0, 0.25, 0.004)] == ["× 1", "× 0.25", "× 0.004"]


def test_every_node_can_be_clicked_and_is_drawn_once():
    figure = neighbourhood(scene(300, 900))
    clicks = [c for trace in figure.data if trace.customdata is not None for c in trace.customdata]
    assert sorted(clicks) == sorted(f"n{i}" for i in range(300))
    assert sum(len(t.x) for t in figure.data if t.mode == "lines+markers") <= 3 * ARROWS


def test_what_is_not_drawn_is_said():
    assert omitted(scene(30, 60)) == ""
    many = scene(300, DRAWN + 500)
    assert f"{DRAWN:,} of {DRAWN + 500:,} edges" in omitted(many)
    assert f"{ARROWS} of 299 messages" in omitted(many)
    assert any(a.text == omitted(many) for a in neighbourhood(many, scale=NAMED).layout.annotations)


def test_before_the_first_layer_only_the_node_is_coloured():
    names = [t.name for t in neighbourhood(scene(20, 30, "start", 0)).data if t.customdata is not None]
    assert names == ["not heard: 19", "this node"]


def test_places_and_axes_stay_from_step_to_step():
    one, other = (neighbourhood(scene(20, 30, phase, layer), name="x") for phase, layer in (("start", 0), ("update", 3)))
    assert one.layout.xaxis.range == other.layout.xaxis.range
    assert one.layout.uirevision == other.layout.uirevision == "x"


def test_bars_say_how_many_of_how_many():
    figure = reach_bars(np.array([7, 33]), np.array([4.0, 20]), 34, 1)
    assert [t.strip() for t in figure.data[1].text] == ["7 of 34", "33 of 34"]
    assert list(figure.data[0].marker.opacity) == [1, 0.3]
