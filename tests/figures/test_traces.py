"""Pictures of series: complete, true to the numbers, and safe with names from a file."""

import numpy as np
import pytest

from components.catalogue import discover
from components.figures import traces
from components.figures.sample import gallery
from components.figures.scale import DARK, LIGHT, TICK
from components.modalities.sensor_traces import overlap, sample_rate, window
from components.modalities.sensor_traces import traces as series

MODALITY = discover("modalities", "MODALITY")["sensor"]
EXAMPLES = ("force-wood", "motion-cork", "watch-row")


def own(t: int, d: int, name: str = "c"):
    values = np.random.default_rng(0).standard_normal((t, d))
    return series(values, tuple(f"{name}{i}" for i in range(d)), ("",) * d, 1.0, "own", "a test")


@pytest.mark.parametrize("example", EXAMPLES)
def test_traces_are_the_numbers_and_carry_their_moments(example: str) -> None:
    sample = MODALITY.examples[example]()
    figure = traces.raw(sample, LIGHT, 101, 370)
    assert len(figure.data) == sample["elements"].shape[1]
    for trace, column in zip(figure.data, sample["elements"].T, strict=True):
        moments = np.asarray(trace.customdata)
        assert 101 in moments
        assert np.allclose(trace.y, column[moments])
        assert np.allclose(trace.x, moments / sample["rate"])
    assert sum(len(trace.x) for trace in figure.data) < 4_500


@pytest.mark.parametrize(
    "change", [lambda s: s, lambda s: window(s, 200), lambda s: overlap(s, 0), lambda s: sample_rate(s, "1 of 10")]
)
@pytest.mark.parametrize("example", EXAMPLES)
def test_the_marked_moment_is_always_in_its_window(example: str, change) -> None:
    """And that window is a row of x."""
    sample = change(MODALITY.examples[example]())
    x, n = MODALITY.observe(sample), len(sample["elements"])
    for mark in {0, 1, n // 3, n // 2, n - 2, n - 1}:
        number, start, end = traces.window(sample, mark)
        assert start <= mark < end <= n
        assert np.array_equal(x[number], sample["elements"][start:end].ravel())
        band, line = traces.raw(sample, LIGHT, mark, 370).layout.shapes
        assert band.x0 <= line.x0 <= band.x1
        assert line.x0 == pytest.approx(mark / sample["rate"])


@pytest.mark.parametrize("scale", [LIGHT, DARK])
@pytest.mark.parametrize("example", EXAMPLES)
def test_the_table_holds_the_window(example: str, scale) -> None:
    sample = MODALITY.examples[example]()
    x = MODALITY.observe(sample)
    mark = len(sample["elements"]) // 2
    figure = traces.observation(sample, x, scale, mark, 370)
    cells, places = figure.data
    d = sample["elements"].shape[1]
    framed = figure.layout.shapes[0]
    row = round((framed.y0 + framed.y1) / 2)
    shown = [float(t.replace("−", "-")) for t in cells.text[row]]
    assert np.allclose(shown, sample["elements"][mark], atol=0.051 * np.maximum(1, sample["elements"].std(0)))
    assert {int(m) for m, y in zip(places.customdata, places.y, strict=True) if y == row} == {mark}
    assert any(f"{x.shape[1]:,} numbers" in a.text and f"× {d}" in a.text for a in figure.layout.annotations)


@pytest.mark.parametrize(("t", "d"), [(8, 1), (9, 3), (400, 8), (20_000, 12), (3_750, 64)])
def test_own_series_of_any_shape(t: int, d: int) -> None:
    sample = own(t, d)
    x = MODALITY.observe(sample)
    for mark in (0, t - 1):
        figure = traces.raw(sample, DARK, mark, 370)
        assert len(figure.data) == d
        assert sum(len(trace.x) for trace in figure.data) <= max(4_500, 160 * d)
        assert traces.observation(sample, x, DARK, mark, 370).layout.shapes
    assert len(traces.panels(sample)) == min(d, traces.LANES)
    assert sorted(i for panel in traces.panels(sample) for i in panel) == list(range(d))


def test_names_from_a_file_are_plain_text() -> None:
    sample = own(60, 2, "<a href='javascript:alert(1)'>")
    x = MODALITY.observe(sample)
    for figure in (traces.raw(sample, LIGHT, 3, 370), traces.observation(sample, x, LIGHT, 3, 370)):
        assert "<a" not in figure.to_json().replace("\\u003c", "<")


def test_no_letter_is_smaller_than_thirteen_pixels() -> None:
    sample = MODALITY.examples["force-wood"]()
    for figure in (traces.raw(sample, LIGHT, 9, 370), traces.observation(sample, MODALITY.observe(sample), LIGHT, 9, 370)):
        plain = figure.to_plotly_json()["layout"]
        sizes = [a["font"]["size"] for a in plain.get("annotations", [])]
        sizes += [part["tickfont"]["size"] for name, part in plain.items() if "axis" in name and "tickfont" in part]
        assert min([plain["font"]["size"], *sizes]) >= TICK


def test_small_pictures_stay_in_their_square() -> None:
    for example in MODALITY.examples:
        for trace in traces.small(MODALITY.examples[example](), 2.0, 5.0, LIGHT):
            assert 2 <= np.min(trace.x) <= np.max(trace.x) <= 3
            assert 5 <= np.min(trace.y) <= np.max(trace.y) <= 5.94
    constant = series(np.zeros((40, 2)), ("a", "b"), ("", ""), 1.0, "own", "a test")
    assert np.isfinite(traces.small(constant, 0, 0, LIGHT)[0].y).all()
    assert gallery([constant], ["nothing happens"]).data


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(-0.0213, 3, "−0.021"), (7.81, 1, "7.8"), (0.00002, 3, "2e−5"), (0, 3, "0.000"), (3.2e8, 0, "3e8")],
)
def test_numbers_are_short(value: float, places: int, text: str) -> None:
    assert traces.written(value, places) == text


def test_a_trace_names_a_legend_of_its_own_only_where_there_is_one() -> None:
    """Plotly leaves the legend of the chart before on the page if a trace names it and the layout lacks it."""
    for make in MODALITY.examples.values():
        figure = traces.raw(make(), LIGHT, 3, 400).to_dict()
        assert all(trace.get("legend", "legend") in figure["layout"] for trace in figure["data"])
