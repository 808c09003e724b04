"""Pictures of graphs: complete, clickable, bounded, and safe for what a learner's file may hold."""

import json
import re

import numpy as np
import plotly.graph_objects as go
import pytest

from components.figures.network import DRAWN, KIND, SYMBOLS, companions, doubled, lines
from components.figures.network_matrix import WHOLE, WINDOW, window
from components.figures.scale import DARK, LIGHT
from components.modalities.graph import MODALITY
from components.modalities.graph_changes import HOLDS, hold
from components.modalities.graph_readers import read_edges
from components.modalities.graph_sample import matrix, observe, shipped

EXAMPLES = list(MODALITY.examples)


def elements(figure: go.Figure) -> list[int]:
    """Numbers of the elements that can be clicked."""
    return [int(v) for trace in figure.data if trace.customdata is not None for v in trace.customdata]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_node_is_drawn_once_and_can_be_clicked(name: str) -> None:
    sample = MODALITY.examples[name]()
    n = len(sample["elements"])
    for scale in (LIGHT, DARK):
        for mark in (None, 0, n - 1):
            assert sorted(elements(KIND.raw(sample, scale, mark, 370))) == list(range(n))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_matrix_shows_the_numbers_of_x(name: str) -> None:
    sample = MODALITY.examples[name]()
    n, a = len(sample["elements"]), matrix(sample)
    for mark in (0, n // 2, n - 1):
        figure, shown = KIND.observation(sample, a, LIGHT, mark, 370), window(sample, mark)
        assert mark in shown
        assert len(shown) == (n if n <= WHOLE else WINDOW)
        assert len(set(shown.tolist())) == len(shown)
        assert np.array_equal(figure.data[0].z, a[np.ix_(shown, shown)])
        box = figure.layout.shapes[0]
        assert shown[round((box.y0 + box.y1) / 2)] == mark
        assert set(elements(figure)) == set(shown.tolist())
        assert f"<b>{np.bincount(sample['edges'].ravel(), minlength=n)[mark]}</b>" in figure.layout.annotations[1].text


def test_the_window_holds_neighbours() -> None:
    sample = shipped("worm")
    quiet = int(np.argmin(np.bincount(sample["edges"].ravel())))
    near = {int(b if a == quiet else a) for a, b in sample["edges"].T if quiet in (a, b)}
    assert near <= set(window(sample, quiet).tolist())


@pytest.mark.parametrize("what", HOLDS)
def test_every_content_of_x_has_a_picture(what: str) -> None:
    sample = hold(shipped("wikipedia"), what)
    figure = KIND.observation(sample, observe(sample), DARK, 3, 370)
    assert np.shape(figure.data[0].z)[1] == (30 + 1 + 10 if what == "A and X" else 30)


def test_the_histogram_counts_every_node() -> None:
    for name in ("karate", "worm"):
        sample = shipped(name)
        bars = KIND.observation(sample, observe(sample), LIGHT, 5, 370).data[2]
        assert sum(bars.x) == len(sample["elements"])
        assert len(set(bars.marker.color)) == 2


def test_the_marked_links_are_drawn() -> None:
    figure = KIND.raw(shipped("karate"), LIGHT, 0, 370)
    accent = [t for t in figure.data if t.mode and t.mode.startswith("lines") and t.line.color == LIGHT.series[1]]
    assert sum(len(t.x) // 3 for t in accent) == 16


def test_kinds_differ_in_more_than_colour() -> None:
    nodes = [t for t in KIND.raw(shipped("airports"), LIGHT, 3, 370).data if t.customdata is not None]
    assert len({t.marker.symbol for t in nodes}) == len({t.marker.color for t in nodes}) == 4
    assert LIGHT.series[1] not in {t.marker.color for t in nodes}
    assert len(set(SYMBOLS)) == len(SYMBOLS)


def test_molecules_show_letters() -> None:
    sample = MODALITY.examples["caffeine"]()
    figure = KIND.raw(sample, LIGHT, 0, 370)
    shown = [letter for trace in figure.data if trace.customdata is not None for letter in trace.text]
    assert sorted(shown) == sorted("CCCCCCCCNNNNOO")


def test_names_from_files_are_only_text() -> None:
    sample = read_edges(b"<b>x</b>,<a href='https://e.org'>y</a>\n<script>z</script>,<b>x</b>")
    for figure in (KIND.raw(sample, LIGHT, 0, 370), KIND.observation(sample, observe(sample), LIGHT, 0, 370)):
        text = json.dumps(figure.to_plotly_json(), default=lambda a: a.tolist())
        assert not re.search(r"<(a |script|b>x<.b)", text)
        assert "&lt;" in text


def test_large_graphs_are_thinned_out_and_quick() -> None:
    rng = np.random.default_rng(0)
    sample = read_edges("\n".join(f"{a} {b}" for a, b in rng.integers(2000, size=(19_000, 2))).encode())
    figure = KIND.raw(sample, LIGHT, 7, 370)
    assert sum(len(trace.x) for trace in figure.data) < 3 * DRAWN + 3 * 2000
    assert f"{DRAWN:,} of" in figure.layout.annotations[0].text
    assert len(KIND.observation(sample, observe(sample), LIGHT, 7, 370).to_json()) < 200_000


def test_graphs_without_edges_and_of_two_nodes() -> None:
    empty = read_edges(b"a b")
    empty["edges"] = empty["edges"][:, :0]
    for mark in (0, 1):
        assert KIND.raw(empty, LIGHT, mark, 370).data
        assert KIND.observation(empty, observe(empty), LIGHT, mark, 370).layout.shapes
    assert KIND.small(empty, 0, 0, LIGHT)


@pytest.mark.parametrize("name", EXAMPLES)
def test_small_pictures_stay_in_their_square(name: str) -> None:
    for trace in KIND.small(MODALITY.examples[name](), 2, 3, DARK):
        x, y = np.asarray(trace.x, float), np.asarray(trace.y, float)
        assert np.nanmin(x) >= 2
        assert np.nanmax(x) <= 3
        assert np.nanmin(y) >= 3
        assert np.nanmax(y) <= 3.94


def test_lines_are_broken_between_edges() -> None:
    x, y = lines(np.array([[0.0, 0], [1, 2]]), np.array([[0, 1], [1, 0]]))
    assert x.tolist()[:2] == [0, 1]
    assert np.isnan(x[2])
    assert y.tolist()[3:5] == [2, 0]


def test_an_aromatic_bond_is_a_line_and_a_dotted_one_inside_its_ring() -> None:
    angle = np.arange(6) * np.pi / 3
    places, edges = np.stack([np.cos(angle), np.sin(angle)], 1), np.stack([np.arange(6), (np.arange(6) + 1) % 6])
    x, _ = doubled(places, edges, np.full(6, 4))
    assert len(x) == 18
    x, y = companions(places, edges, np.full(6, 4))
    assert len(x) == 18
    assert np.nanmax(np.hypot(x, y)) < 0.95
    assert len(companions(places, edges, np.ones(6))[0]) == 0


def test_links_are_counted_on_whole_numbers_from_zero() -> None:
    sample = MODALITY.examples["karate"]()
    for strength in (0, 0.5, 1):
        alone = MODALITY.corrupt["missing edges"](sample, strength, np.random.default_rng(0))
        layout = KIND.observation(alone, MODALITY.observe(alone), LIGHT, 3, 400).layout
        for scale in (layout.xaxis2, layout.yaxis2):
            assert scale.tick0 == 0
            assert scale.dtick == int(scale.dtick) >= 1
            assert -1 < scale.range[0] <= 0
