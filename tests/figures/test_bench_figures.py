"""The square and the table of the symmetry bench."""

import numpy as np
import pytest

from components.figures.bench_cells import KINDS, Cell
from components.figures.bench_square import square
from components.figures.bench_table import bench_table, written
from components.figures.scale import DARK, LIGHT, TICK

RNG = np.random.default_rng(0)
CELLS = {
    "picture": Cell("picture", RNG.random((6, 6, 1))),
    "map": Cell("map", RNG.standard_normal((6, 6))),
    "rows": Cell("rows", RNG.standard_normal((5, 3))),
    "points": Cell("points", RNG.standard_normal((7, 3)), 1e-9),
    "tiles": Cell("tiles", RNG.random((8, 4, 4))),
    "words": Cell("words", np.arange(3), names=("a", "b", "·"), marks=(0, 1, -1)),
    "series": Cell("series", RNG.standard_normal((20, 6))),
    "graph": Cell("graph", RNG.random((5, 2)), edges=np.array([[0, 1], [1, 2]])),
    "bars": Cell("bars", np.array([1.0, -0.5]), names=("yes", "no"), note=": <b>yes</b>"),
}


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("narrow", [False, True])
def test_every_kind_of_thing_is_drawn(kind: str, narrow: bool) -> None:
    cells = [CELLS[kind]] * 5
    figure = square(cells, CELLS["rows"], ("no. 1", "= exact"), moves=True, narrow=narrow, scale=DARK)
    texts = [a.text.split(":")[0] for a in figure.layout.annotations]
    assert {"x", "<b>f</b>", "= exact", "f(g x) − g f(x)"} <= set(texts)
    assert any("no. 1" in a.text for a in figure.layout.annotations)
    assert min(a.font.size for a in figure.layout.annotations if a.text) >= TICK


def test_an_answer_for_the_whole_ends_at_f_of_x() -> None:
    figure = square([CELLS["picture"], CELLS["picture"], CELLS["bars"], CELLS["bars"]], CELLS["rows"], ("g", "≠"), moves=False)
    texts = [a.text for a in figure.layout.annotations]
    assert "f(g x) − f(x)" in texts
    assert not [t for t in texts if t.startswith("g f(x)")]


def test_the_table_says_its_numbers_and_tells_where_it_is_clicked() -> None:
    errors = np.array([[0, 2e-7], [3e-3, np.nan], [0.53, 1.4]])
    figure = bench_table(["a", "b", "c"], ["one", "two x"], errors, [["h"] * 2] * 3, (2, 1), scale=LIGHT)
    heat, words = figure.data
    assert list(words.text) == ["✓ 0", "✓ 2e−7", "≈ 3e−3", "·", "✗ 0.53", "✗ 1.4"]
    assert words.customdata[5] == "2,1"
    assert heat.z[0][0] == -1 < heat.z[1][0] < heat.z[2][1] == 1
    assert np.isnan(heat.z[1][1])
    assert figure.layout.shapes[0].y0 == 1.5


def test_a_phone_sees_the_signs() -> None:
    figure = bench_table(["a"], ["one"], np.array([[0.2]]), [["h"]], (-1, -1), narrow=True)
    assert list(figure.data[1].text) == ["✗"]
    assert not figure.layout.shapes


def test_numbers_are_written_with_their_sign() -> None:
    assert [written(e) for e in (np.nan, 9.9e-6, 1e-5, 0.0099, 0.01)] == ["·", "✓ 1e−5", "≈ 1e−5", "≈ 1e−2", "✗ 0.01"]
