"""The profile card: own axes, own units, words and reasons where there is no number, and nothing added up."""

import numpy as np
import plotly.graph_objects as go
import pytest

from components.figures.profile_card import Row, contexts, profile_card
from components.figures.profile_marks import SYMBOLS, axis_of
from components.figures.scale import DARK, LIGHT, TICK, Scale
from components.measure.base import number, undefined
from components.values import Reading
from tests.figures.test_sample import smallest


def read(value: float, unit: str = "bits", name: str = "entropy", text: str = "") -> Reading:
    return number(name, value, unit, "Counted.", "H", "Shannon 1948", None, text)


WHY = undefined("entropy", "bits", "e", "f", "s", "all pixels have the same <b>grey</b>")
WORD = read(float("nan"), "", "type", "discrete")
ROWS = (
    Row(1, "Same unit", read(96), read(1.1e6), contexts([read(v) for v in (0.0, 10.0, 1e4)] + [WHY])),
    Row(2, "Two units", read(44_100, "Hz"), read(150, "words/min"), contexts([read(8000, "Hz"), read(100, "words/min")])),
    Row(3, "One reason", read(3), WHY, {}),
    Row(4, "Words", WORD, {**WORD, "text": "continuous"}, {}),
    Row(5, "Reasons", WHY, WHY, {}),
    Row(6, "Decibel", read(-3, "dB"), read(40, "dB"), {}),
)


def card(scale: Scale = LIGHT, narrow: bool = False) -> go.Figure:
    return profile_card(ROWS, scale, ("picture", "<i>sentence"), 900 if narrow else 520, narrow)


def marks(figure: go.Figure, order: int) -> list[go.Scatter]:
    return [t for t in figure.data if t.mode == "markers+text" and t.customdata[0] == str(order)]


@pytest.mark.parametrize("scale", [LIGHT, DARK])
@pytest.mark.parametrize("narrow", [False, True])
def test_marks_stand_where_the_numbers_are(scale: Scale, narrow: bool) -> None:
    figure = card(scale, narrow)
    for row in ROWS:
        found = marks(figure, row.order)
        expected = [r["value"] for r in (row.left, row.right) if np.isfinite(r["value"])]
        assert [t.x[0] for t in found] == expected
    left, right = marks(figure, 1)
    assert (left.marker.symbol, right.marker.symbol) == SYMBOLS
    assert (left.marker.color, right.marker.color) == scale.series[:2]
    assert left.text[0].strip() == "96 bits"
    assert smallest(figure) >= TICK


def test_the_same_unit_shares_an_axis_and_others_do_not() -> None:
    figure = card()
    left, right = marks(figure, 1)
    assert left.xaxis == right.xaxis
    left, right = marks(figure, 2)
    assert left.xaxis != right.xaxis
    axes = {row.order: {t.xaxis for t in marks(figure, row.order)} for row in ROWS}
    used = [name for names in axes.values() for name in names]
    assert len(used) == len(set(used))  # no two dimensions share one


def test_decades_are_logarithmic_and_zero_stands_at_the_beginning() -> None:
    figure = card()
    name = marks(figure, 1)[0].xaxis
    axis = figure.layout[name.replace("x", "xaxis")]
    assert axis.type == "log"
    rug = next(t for t in figure.data if t.xaxis == name and t.marker.symbol == "line-ns")
    assert len(rug.x) == 3  # what is not defined is not there
    assert np.log10(rug.x).min() >= axis.range[0]
    decibel = figure.layout[marks(figure, 6)[0].xaxis.replace("x", "xaxis")]
    assert decibel.type != "log"
    assert decibel.range[0] < -3 < 40 < decibel.range[1]
    plain, share = axis_of(np.array([0.0, 1e6]), np.array([5.0]), "bits", False, LIGHT)
    assert plain.get("type") != "log"
    assert 0 < share[0] < share[1] < 1


def test_shares_do_not_begin_below_zero() -> None:
    plain, at = axis_of(np.array([0.0, 30.0]), np.array([12.0]), "%", False, LIGHT)
    assert plain["range"][0] == at[0] == 0
    assert axis_of(np.array([0.0]), np.array([]), "%", False, LIGHT)[0]["range"][0] == 0
    assert axis_of(np.array([-2.0, 30.0]), np.array([]), "%", False, LIGHT)[0]["range"][0] < -2


@pytest.mark.parametrize("narrow", [False, True])
def test_what_lies_within_chance_says_so_and_is_hollow(narrow: bool) -> None:
    lucky: Reading = {**read(-3, "%"), "chance": True}
    figure = profile_card([Row(1, "Structure", lucky, read(20, "%"), {})], LIGHT, ("a", "b"), 520, narrow)
    left, right = marks(figure, 1)
    assert left.marker.symbol == f"{SYMBOLS[0]}-open"
    assert right.marker.symbol == SYMBOLS[1]
    assert "chance" in left.text[0]
    assert "within chance" in left.hovertemplate
    assert "chance" not in right.text[0] + right.hovertemplate


def test_words_and_reasons_are_written_and_harmless() -> None:
    notes = " ".join(note.text for note in card().layout.annotations)
    for text in ("discrete", "continuous", "Not defined because all pixels have the same"):
        assert text in notes
    assert "<b>grey" not in notes
    assert "<i>" not in "".join(t.name or "" for t in card().data)


def test_every_row_can_be_clicked_from_one_end_of_its_title_to_the_other() -> None:
    for narrow in (False, True):
        figure = card(narrow=narrow)
        targets = [t for t in figure.data if t.opacity == 0]
        assert [set(t.customdata) for t in targets] == [{str(row.order)} for row in ROWS]
        for target in targets:
            assert min(target.x) < 0.05 < 0.95 < max(target.x)
            assert not target.customdata[0].isalpha()


def test_no_axis_is_normalised() -> None:
    """The labels of an axis are its own numbers: the range holds both values in their unit."""
    figure = card()
    for row in ROWS:
        for mark in marks(figure, row.order):
            axis = figure.layout[mark.xaxis.replace("x", "xaxis")]
            value = np.log10(mark.x[0]) if axis.type == "log" else mark.x[0]
            assert axis.range[0] < value < axis.range[1]
