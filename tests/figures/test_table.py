"""Pictures of tables: they show the cells that are there, can be clicked, and take nothing from a file for markup."""

from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from components.figures.scale import DARK, LIGHT, TICK
from components.figures.table import DOTS, KIND, clipped, nearest, places, short, written
from components.modalities.table import MODALITY
from components.modalities.table_samples import tabled

EXAMPLES = {name: make() for name, make in MODALITY.examples.items()}


def words(figure: go.Figure) -> list[str]:
    return [a.text for a in figure.layout.annotations]


def shown(name: str, mark: int, height: int = 370, **controls: str) -> tuple[dict, np.ndarray, go.Figure]:
    sample = EXAMPLES[name]
    for control, value in controls.items():
        sample = MODALITY.controls[control].apply(sample, value)
    x = MODALITY.observe(sample)
    return sample, x, KIND.observation(sample, x, LIGHT, mark, height)


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("scale", [LIGHT, DARK])
def test_every_example(name: str, scale: object) -> None:
    sample = EXAMPLES[name]
    n = len(sample["elements"])
    for mark in (0, n - 1, None):
        figure = KIND.raw(sample, scale, mark, 370)
        assert len(figure.data) == (1 if mark is None else 2)
        assert sum(len(trace.x) for trace in figure.data) <= DOTS + 500
        assert min(a.font.size for a in figure.layout.annotations) >= TICK
    figure = KIND.observation(sample, MODALITY.observe(sample), scale, n - 1, 370)
    assert figure.layout.shapes[0].line.color == scale.series[1]


def test_a_dot_is_a_row() -> None:
    sample = EXAMPLES["wine"]
    dots = KIND.raw(sample, LIGHT, 3, 500).data[0]
    alcohol = sample["raw"]["frame"]["alcohol"].to_numpy()
    spread = (alcohol - alcohol.min()) / np.ptp(alcohol)
    line = [k for k, y in enumerate(dots.y) if 0.5 < y < 1.5]
    assert len(line) == 178
    assert np.allclose([dots.x[k] for k in line], spread[[dots.customdata[k] for k in line]])
    assert dots.text[line[0]] == f"row {dots.customdata[line[0]] + 1}: alcohol {short(alcohol[dots.customdata[line[0]]])}"


def test_gaps_are_counted_and_break_the_line() -> None:
    sample = EXAMPLES["penguins"]
    figure = KIND.raw(sample, LIGHT, 3, 400)
    assert [text for text in words(figure) if text.isdigit()] == ["2", "2", "2", "2", "11", "14", "13"]
    assert sum("missing" in text for text in words(figure)) == 7
    assert "not encoded" in words(figure)
    assert np.isnan(np.array(figure.data[1].x, float)).sum() == 8  # seven gaps and the text


def test_columns_that_do_not_fit_are_counted() -> None:
    assert "and 19 more columns" in words(KIND.raw(EXAMPLES["cancer"], LIGHT, 0, 370))


def test_observation_holds_the_row_and_its_nearest() -> None:
    _, x, figure = shown("wine", 7, scale="standardised")
    near, apart = nearest(x, 7)
    assert np.allclose(apart, [np.linalg.norm(x[i] - x[7]) for i in near])
    assert apart[0] == min(np.linalg.norm(x[i] - x[7]) for i in range(len(x)) if i != 7)
    assert [f"x<sub>{i + 1}</sub>" in words(figure) for i in near] == [True] * 3
    cells = figure.data[0]
    assert [line[0] for line in cells.text] == [short(v) for v in x[7]]
    assert [line[2] for line in cells.text] == [short(v) for v in x[near[1]]]
    assert set(figure.data[1].customdata) == {7, *near.tolist()}
    assert {"alcohol", "malic acid"} <= set(words(figure))


def test_a_long_row_is_shown_with_its_end() -> None:
    _, x, figure = shown("cancer", 0)
    cells = figure.data[0].text
    assert len(cells) <= (370 - 56) // 24
    assert cells[-2][0] == ""
    assert cells[-1][0] == short(x[0, -1])
    assert "⋮" in words(figure)


def test_what_was_filled_in_stands_in_brackets() -> None:
    _, _, figure = shown("penguins", 3)
    column = [line[0] for line in figure.data[0].text]
    assert [text.startswith("(") for text in column] == [False] * 5 + [True] * 8
    assert any("filled in" in text for text in words(figure))
    _, _, whole = shown("wine", 3)
    assert not any("filled in" in text for text in words(whole))


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_small_tables(n: int) -> None:
    frame = pd.DataFrame({"a": np.arange(n) + 0.5})
    sample = tabled(frame, "a test")
    for mark in (0, n - 1):
        assert KIND.raw(sample, LIGHT, mark, 370).data
        figure = KIND.observation(sample, sample["elements"], LIGHT, mark, 370)
        assert np.shape(figure.data[0].z) == (1, min(n, 4))


def test_hostile_names_and_cells_are_text() -> None:
    bad = "<a href='http://example.org'>x</a>"
    frame = pd.DataFrame({bad: pd.Categorical([bad, "b"] * 20), "n": np.arange(40.0)})
    sample = tabled(frame, "a test")
    one = tabled(frame.iloc[:1], "a test")
    texts = words(KIND.raw(sample, LIGHT, 0, 370)) + words(KIND.observation(sample, sample["elements"], LIGHT, 0, 370))
    texts += list(KIND.raw(sample, LIGHT, 0, 370).data[0].text)
    for picture in (sample, one):
        texts += [t for trace in KIND.small(picture, 0, 0, LIGHT) for t in trace.text or ()]
    assert not [text for text in texts if "<a" in text]


@pytest.mark.parametrize("name", EXAMPLES)
def test_small_pictures_stay_inside(name: str) -> None:
    for sample in (EXAMPLES[name], tabled(EXAMPLES[name]["raw"]["frame"].iloc[[3]], "a test", EXAMPLES[name]["raw"]["answer"])):
        (trace,) = KIND.small(sample, 2, 3, LIGHT)
        assert min(trace.x) >= 2
        assert max(trace.x) <= 3
        assert min(trace.y) >= 3
        assert max(trace.y) <= 3.94


def test_a_row_in_small_shows_what_it_holds_but_not_the_answer() -> None:
    sample = EXAMPLES["gapminder"]
    one = tabled(sample["raw"]["frame"].iloc[[5]], "a test", sample["raw"]["answer"])
    (trace,) = KIND.small(one, 0, 0, LIGHT)
    assert trace.text[:3] == ("Afghanistan", "Asia", "1977 year")
    assert not any("life" in text for text in trace.text)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1, "1"), (-1.5, "-1.5"), (4201.75, "4201.8"), (19233.9, "19234"), (1318683096, "1.3e9"), (0.0341, "0.0341"),
     (2e-5, "2e-5"), (100.0, "100"), (-3e-7, "-3e-7"), (1e300, "1e300")],
)  # fmt: skip
def test_short(value: float, text: str) -> None:
    assert short(value).replace(".0e", "e") == text


def test_cells_as_a_person_reads_them() -> None:
    cells = [True, None, np.nan, pd.NA, pd.Timestamp("2024-03-05 10:00"), 2002, 12345678, "x", 1.25, pd.NaT]
    assert [written(c) for c in cells] == [
        "yes", "missing", "missing", "missing", "2024-03-05", "2002", "12,345,678", "x", "1.25", "missing"
    ]  # fmt: skip
    assert clipped("a" * 40, 5) == "aaaa…"
    assert all(a <= b for a, b in pairwise(places(pd.Series([1.0, 2.0, 5.0]))))
