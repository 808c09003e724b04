"""Sets of pictures and of signs: all there, in the order of the rows, marked, and safe."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from components.catalogue import discover
from components.figures import pictures, signs
from components.figures.scale import DARK, LIGHT, Scale

EXAMPLES = discover("modalities", "MODALITY")["set"].examples


@pytest.mark.parametrize("scale", [LIGHT, DARK], ids=["light", "dark"])
def test_pictures_hold_the_elements(scale: Scale) -> None:
    sample = EXAMPLES["odd-4"]()
    figure = pictures.raw(sample, scale, 5, 370)
    strips = [t for t in figure.data if t.type == "image"]
    tiles = []
    for strip in strips:
        array = np.asarray(Image.open(io.BytesIO(base64.b64decode(strip.source.split(",")[1])))) / 255
        tiles += [array[1:9, 10 * i + 1 : 10 * i + 9].ravel() for i in range(4)]
    assert np.abs(np.array(tiles) - sample["elements"]).max() < 0.5 / 255 + 1e-6
    click = next(t for t in figure.data if t.type == "scatter" and t.mode == "markers")
    assert list(click.customdata) == list(range(8))
    frame = figure.layout.shapes[0]
    assert (frame.x0 + frame.x1) / 2 == pytest.approx(click.x[5])
    assert (frame.y0 + frame.y1) / 2 == pytest.approx(click.y[5])
    assert frame.line.color == scale.series[1]


@pytest.mark.parametrize("count", [1, 2, 3, 8, 12, 64])
def test_places_are_different_and_inside(count: int) -> None:
    column, row, columns, rows = pictures.places(count)
    assert len({(c, r) for c, r in zip(column, row, strict=True)}) == count
    assert column.max() < columns
    assert row.max() < rows


def test_signs_show_what_is_given_and_the_order_of_the_rows() -> None:
    sample = EXAMPLES["drink"]()
    figure = signs.raw(sample, LIGHT, 3, 370)
    assert list(figure.data[0].text) == list(sample["raw"]["sign"])
    filled = [s.fillcolor != "rgba(0,0,0,0)" for s in figure.layout.shapes[:12]]
    assert filled == sample["raw"]["given"].tolist()
    assert len(signs.raw(sample, LIGHT, None, 370).layout.shapes) == 12


def test_names_are_plain_text() -> None:
    sample = EXAMPLES["drink"]()
    sample["raw"] = sample["raw"].copy()
    sample["raw"]["name"][0] = "<b>bold</b>"
    assert "<b>" not in signs.raw(sample, LIGHT, 0, 370).data[0].hovertext[0]


@pytest.mark.parametrize("mark", [0, 11])
def test_the_table_of_signs_frames_the_mark(mark: int) -> None:
    sample = EXAMPLES["drink"]()
    figure = signs.observation(sample, sample["elements"], DARK, mark, 370)
    frame = figure.layout.shapes[0]
    row = round((frame.y0 + frame.y1) / 2)
    assert figure.data[1].text[1 + row] == f"{sample['elements'][mark, 0]:.0f}"
    assert figure.data[-1].customdata[row] == mark


@pytest.mark.parametrize("kind", [pictures.KIND, signs.KIND], ids=lambda k: k.name)
def test_small_pictures_stay_in_their_square(kind: pictures.Kind) -> None:
    sample = EXAMPLES["odd-4" if kind is pictures.KIND else "drink"]()
    for trace in kind.small(sample, 2.0, 1.0, LIGHT):
        if trace.type == "scatter":
            assert min(trace.x) >= 2
            assert max(trace.x) <= 3
            assert min(trace.y) >= 1
            assert max(trace.y) <= 1.94
