"""Pictures of readings: true to their numbers, honest where there is none, safe with names that a learner brings."""

import numpy as np
import plotly.graph_objects as go
import pytest

from components.figures.numbers import log_axis, said, short
from components.figures.reading import LOST, MOST, POINTS, both, reading
from components.figures.scale import DARK, LIGHT, TICK
from components.measure.base import number, undefined
from components.values import Curve, Reading
from tests.figures.test_sample import smallest


def read(curve: Curve | None = None, value: float = 7.414, unit: str = "bits", text: str = "") -> Reading:
    return number("entropy", value, unit, "Counted.", "H", "Shannon 1948", curve, text)


def line(n: int = 50, **more: object) -> Curve:
    return {"x": np.arange(1.0, n + 1), "y": np.cos(np.arange(n) / 5), "x_title": "distance", "y_title": "correlation", **more}  # type: ignore[typeddict-item]


def words(n: int) -> Curve:
    names = np.array([f"w{i}" for i in range(n)])
    return {"x": names, "y": np.arange(1.0, n + 1), "x_title": "word", "y_title": "times", "style": "bars"}


def texts(figure: go.Figure) -> str:
    return " ".join(note.text for note in figure.layout.annotations)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.414, "7.41"), (0, "0"), (196_608, "196,608"), (1_572_864, "1.57 million"), (-3.0, "−3"), (4.2e-5, "4.2 · 10⁻⁵"),
        (999.9, "1,000"), (3e9, "3 billion"), (0.05, "0.05"), (1e300, "1.0 · 10³⁰⁰"),
    ],
)  # fmt: skip
def test_numbers_as_they_are_said(value: float, text: str) -> None:
    assert short(value) == text


def test_said_is_the_word_else_the_number_else_nothing() -> None:
    assert said(read(value=256, unit="values", text="discrete")) == "discrete"
    assert said(read()) == "7.41 bits"
    assert said(read(value=float("nan"))) == ""


@pytest.mark.parametrize("scale", [LIGHT, DARK])
@pytest.mark.parametrize("style", ["line", "bars", "points"])
def test_the_curve_is_drawn_as_it_is(scale: object, style: str) -> None:
    curve = line(style=style, baseline=np.zeros(50), low=np.full(50, -0.1), high=np.full(50, 0.1), marks={"first zero": 8.0})
    figure = reading(read(curve), scale)  # type: ignore[arg-type]
    drawn = next(t for t in figure.data if t.showlegend is False and t.hovertemplate)
    assert np.array_equal(drawn.x, curve["x"])
    assert np.array_equal(drawn.y, curve["y"])
    lost = next(t for t in figure.data if t.name == LOST)
    assert lost.line.dash == "dash"
    band = next(i for i, t in enumerate(figure.data) if t.fill == "tonexty")
    assert (figure.data[band].y - figure.data[band - 1].y == pytest.approx(0.2))  # fmt: skip
    assert figure.layout.shapes[0].x0 == 8.0
    assert "first zero" in texts(figure)
    assert figure.layout.xaxis.title.text == "distance"
    assert smallest(figure) >= TICK


def test_names_are_the_most_frequent_and_harmless() -> None:
    curve = words(80)
    curve["x"][79] = "<a href='x'>y"[:3]
    figure = reading(read(curve))
    bars = figure.data[0]
    assert len(bars.y) == MOST
    assert sorted(bars.y) == sorted(curve["y"])[-MOST:]
    assert "of 80" in figure.layout.xaxis.title.text
    evil: Curve = {**words(3), "x": np.array(["<b>", "<a href='javascript:1'>", " "])}  # type: ignore[typeddict-item]
    figure = reading(read(evil))
    assert not any("<" in text for text in [*figure.layout.xaxis.ticktext, *figure.data[0].text])
    assert "space" in figure.layout.xaxis.ticktext


def test_without_a_curve_the_value_and_without_a_value_the_reason() -> None:
    assert "7.41 bits" in texts(reading(read()))
    assert "discrete" in texts(reading(read(text="discrete", value=256, unit="values")))
    assert "256 values" in texts(reading(read(text="discrete", value=256, unit="values")))
    why = undefined("entropy", "bits", "e", "f", "s", "all of its many pixels have one and the same <b>grey</b>")
    text = texts(reading(why))
    assert "Not defined because all of its" in text
    assert "<b>" not in text
    assert "<br>" in text
    empty = read({**line(), "x": np.zeros(0), "y": np.zeros(0)})  # type: ignore[typeddict-item]
    assert "7.41 bits" in texts(reading(empty))


def test_a_long_curve_keeps_its_extremes() -> None:
    curve = line(100_000)
    curve["y"] = np.random.default_rng(0).normal(size=100_000)
    drawn = reading(read(curve)).data[-1]
    assert len(drawn.y) <= POINTS
    assert drawn.y.max() == curve["y"].max()
    assert drawn.y.min() == curve["y"].min()


def test_logarithms_only_where_there_is_something_positive() -> None:
    rank = line(log="xy")
    rank["y"] = 1000 / rank["x"]
    figure = reading(read(rank))
    assert figure.layout.xaxis.type == figure.layout.yaxis.type == "log"
    rank["y"] = np.zeros(50)
    assert reading(read(rank)).layout.yaxis.type != "log"
    ticks = log_axis(np.array([3.0, 4_000_000.0]))
    assert ticks["range"][0] < np.log10(3)
    assert ticks["range"][1] > np.log10(4e6)
    for values in ([5.0], [20.0, 40.0], [1.0, 1e12], [1e-9, 1.0]):
        shown = np.log10(log_axis(np.array(values))["tickvals"])
        low, high = log_axis(np.array(values))["range"]
        assert ((shown >= low) & (shown <= high)).sum() >= 1


def test_two_samples_share_a_picture_only_on_the_same_axes() -> None:
    a, b = read(line()), read(line(30, baseline=np.zeros(30)))
    figure = both(a, b, names=("picture", "<i>sentence"))
    assert figure is not None
    assert [t.name for t in figure.data[:2]] == ["picture", "&lt;i&gt;sentence"]
    assert figure.data[0].line.color == LIGHT.series[0]
    assert figure.data[1].line.color == LIGHT.series[1]
    assert figure.data[0].line.dash != figure.data[1].line.dash
    assert both(a, read(line(), unit="Hz")) is None
    assert both(a, read(words(3))) is None
    assert both(a, read(line(x_title="time"))) is None
    assert both(a, read()) is None


def test_two_alphabets_stand_over_all_their_names() -> None:
    left, right = words(3), words(5)
    right["x"] = np.array(["w2", "w9", "w8", "w7", "w6"])
    figure = both(read(left), read(right))
    assert figure is not None
    assert list(figure.data[0].text) == ["w0", "w1", "w2", "w9", "w8", "w7", "w6"]
    assert list(figure.data[0].y) == [1, 2, 3, 0, 0, 0, 0]
    assert list(figure.data[1].y) == [0, 0, 1, 2, 3, 4, 5]


def test_the_dashed_line_is_called_what_the_curve_calls_it() -> None:
    curve = line(baseline=np.zeros(50), baseline_name="shuffled <copies>")
    assert "shuffled &lt;copies&gt;" in [t.name for t in reading(read(curve)).data]


def test_no_bar_stands_on_an_axis_without_zero() -> None:
    tall = words(5)
    tall["log"] = "y"
    figure = reading(read(tall))
    assert figure.layout.yaxis.type == "log"
    assert [t.type for t in figure.data] == ["scatter"]
    assert list(figure.data[0].y) == list(tall["y"])
    assert reading(read(words(5))).data[0].type == "bar"


def test_long_titles_are_folded_and_counts_have_no_halves() -> None:
    curve = line(8, y_title="power, decibel below the strongest of all")
    figure = reading(read(curve), height=250)
    assert "<br>" in figure.layout.yaxis.title.text
    assert figure.layout.xaxis.dtick == 1
