"""What matters, drawn on every kind of sample: the numbers are those of the elements, and zero is in the middle."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from components.catalogue import discover
from components.figures.importance import bars, importance
from components.figures.importance_marks import largest, runs, tint
from components.figures.scale import DARK, LIGHT, TICK, Scale
from tests.figures.test_sample import smallest

MODALITIES = discover("modalities", "MODALITY")
EXAMPLES = [(m, e) for m in MODALITIES for e in MODALITIES[m].examples]


def values_of(name: str, example: str) -> tuple[object, np.ndarray]:
    sample = MODALITIES[name].examples[example]()
    values = np.random.default_rng(0).standard_normal(len(sample["elements"]))
    values[: len(values) // 2] = 0
    return sample, values


@pytest.mark.parametrize("scale", [LIGHT, DARK])
@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_example_can_be_coloured(name: str, example: str, scale: Scale) -> None:
    sample, values = values_of(name, example)
    if name == "table":
        return
    for given in (values, np.zeros_like(values)):
        figure = importance(sample, given, scale, 370, unit="<b>bits</b>", mark=0)
        assert smallest(figure) >= TICK
        marker = figure.data[-1].marker  # the scale, centred on zero
        assert marker.cmax == -marker.cmin == largest(given)
        assert marker.colorscale[1][1] == scale.diverging[1]
        assert "<b>" not in marker.colorbar.title.text


def test_a_picture_is_covered_where_it_matters() -> None:
    sample = MODALITIES["vision"].examples["digit-3"]()
    values = np.zeros(64)
    values[[9, 54]] = 2, -1
    figure = importance(sample, values)
    cover = next(t for t in figure.data if t.type == "image" and t.colormodel == "rgba")
    rgba = np.asarray(Image.open(io.BytesIO(base64.b64decode(cover.source.split(",")[1])))).reshape(64, 4)
    assert np.flatnonzero(rgba[:, 3]).tolist() == [9, 54]
    assert rgba[9, 3] > rgba[54, 3]
    assert [f"#{''.join(f'{v:02x}' for v in rgba[i, :3])}" for i in (9, 54)] == [LIGHT.diverging[2], LIGHT.diverging[0]]


def test_dots_carry_the_value_of_their_element() -> None:
    for name, example in (("set", "digit-3"), ("set", "torus"), ("graph", "karate")):
        sample, values = values_of(name, example)
        figure = importance(sample, values)
        seen = 0
        for trace in figure.data:
            if trace.customdata is not None and isinstance(trace.marker.color, np.ndarray | tuple):
                assert np.allclose(trace.marker.color, values[np.asarray(trace.customdata, int)])
                seen += len(trace.customdata)
        assert seen == len(values)


def test_words_that_matter_have_a_ground() -> None:
    sample = MODALITIES["language"].examples["teacup"]()
    values = np.zeros(len(sample["elements"]))
    values[[1, 5]] = 1, -0.5
    shapes = importance(sample, values).layout.shapes
    assert [s.fillcolor for s in shapes] == [tint(1, 1, LIGHT), tint(-0.5, 1, LIGHT)]


def test_channels_are_coloured_one_by_one() -> None:
    sample = MODALITIES["sensor"].examples["force-wood"]()
    values = np.zeros(sample["elements"].shape)
    values[100:110, 2] = 3.0
    values[100:110, 4] = -1.0
    dots = [t for t in importance(sample, values).data if t.mode == "markers" and t.customdata is not None]
    assert [list(t.customdata) for t in dots if len(t.customdata)] == [list(range(100, 110))] * 2
    assert np.allclose(dots[2].y, sample["elements"][100:110, 2])
    assert all(v == "+3.00" for v in dots[2].text)


def test_spans_are_runs_of_equal_values() -> None:
    assert runs(np.array([0, 1, 1, 0, -2.0])) == [(1, 3, 1.0), (4, 5, -2.0)]
    sample = MODALITIES["audio"].examples["seven"]()
    values = np.zeros(len(sample["elements"]))
    values[10:20] = 1
    spans = [s for s in importance(sample, values).layout.shapes if s.fillcolor == tint(1, 1, LIGHT)]
    assert len(spans) == 2
    assert spans[0].x1 - spans[0].x0 == pytest.approx(0.1)


def test_bars_show_the_largest_first_and_no_markup() -> None:
    names = [f"<i>c{i}</i>" for i in range(30)]
    figure = importance(MODALITIES["table"].examples["wine"](), np.arange(30) - 20.0, names=names)
    assert len(figure.data[0].x) == 20
    assert figure.data[0].x[-1] == -20
    assert "<i>" not in "".join(figure.layout.yaxis.ticktext)
    assert bars(["a"], np.array([0.0])).data[0].x[0] == 0
    with pytest.raises(ValueError, match="3 values"):
        importance(MODALITIES["vision"].examples["digit-3"](), np.zeros(3))
