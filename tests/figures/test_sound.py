"""The pictures of a sound: true to its numbers, light, and clickable everywhere."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from components.figures.scale import DARK, LIGHT, TICK
from components.figures.sound import KIND, outline, reduced, shades
from components.modalities.audio import MODALITY
from components.modalities.audio_signal import hop, rate, sound


def test_the_spectrogram_is_the_elements() -> None:
    sample = MODALITY.examples["three"]()
    figure = KIND.raw(sample, LIGHT, 3, 370)
    image = figure.layout.images[0]
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(image.source.split(",")[1]))))
    assert pixels.shape == (81, len(sample["elements"]), 3)
    assert np.abs(pixels / 255 - shades(sample["elements"].T[::-1], LIGHT)).max() <= 0.5 / 255 + 1e-6
    assert image.y == image.sizey == 4  # kHz: the top is Nyquist
    assert image.sizex == pytest.approx(len(sample["elements"]) * 0.01)


@pytest.mark.parametrize("scale", [LIGHT, DARK])
def test_the_marked_frame_is_a_band_over_both(scale) -> None:
    sample = MODALITY.examples["guitar"]()
    band = next(s for s in KIND.raw(sample, scale, 100, 370).layout.shapes if s.type == "rect")
    assert (band.x0 + band.x1) / 2 == pytest.approx(1.0 + 0.01)
    assert (band.y0, band.y1, band.yref) == (0, 1, "paper")
    assert band.line.color == scale.series[1]


def test_clicks_in_both_parts_carry_the_number_of_the_frame() -> None:
    sample = hop(MODALITY.examples["guitar"](), 5)
    figure = KIND.raw(sample, LIGHT, None, 370)
    clickable = [t for t in figure.data if t.customdata is not None]
    assert {t.yaxis for t in clickable} == {None, "y2"}
    for trace in clickable:
        assert len(trace.x) <= 300
        assert np.allclose(trace.x, np.asarray(trace.customdata) * 0.005 + 0.01)
    assert not [s for s in figure.layout.shapes if s.type == "rect"]


def test_nyquist_is_named_and_inside_the_picture() -> None:
    figure = KIND.raw(rate(MODALITY.examples["sweep"](), "8 kHz, no filter"), LIGHT, 0, 370)
    assert "4 kHz, half of 8 kHz" in figure.layout.annotations[0].text
    assert figure.layout.yaxis2.range[1] > 4


def test_long_sounds_stay_light() -> None:
    sample = sound(np.random.default_rng(0).uniform(-1, 1, 20 * 48_000), 48_000, 16, "a test")
    assert len(KIND.raw(sample, LIGHT, 5, 370).to_json()) < 600_000
    assert reduced(sample["elements"]).shape[1] <= 500


def test_an_outline_keeps_every_extreme() -> None:
    wave = np.random.default_rng(0).uniform(-0.5, 0.5, 50_000)
    wave[12_345], wave[44_444] = 0.9, -0.9
    x, y = outline(wave, 1000)
    assert len(x) == len(y) <= 1200
    assert (y.max(), y.min()) == (0.9, -0.9)
    assert (np.diff(x) >= 0).all()


def test_the_frame_and_its_numbers() -> None:
    sample = MODALITY.examples["three"]()
    x = MODALITY.observe(sample)
    figure = KIND.observation(sample, x, LIGHT, 40, 370)
    line = next(t for t in figure.data if t.type == "scatter" and t.customdata[0] == 40)
    assert np.allclose(line.y, x[40], atol=1e-6)
    assert line.x[-1] == 4
    cells = next(t for t in figure.data if t.type == "heatmap")
    values = [row[0] for row in cells.z if np.isfinite(row[0])]
    assert max(values) == pytest.approx(x[40].max(), abs=1e-3)
    assert values[0] == pytest.approx(x[40, 0], abs=1e-3)
    assert len(figure.layout.shapes) == 1


@pytest.mark.parametrize("scale", [LIGHT, DARK])
def test_no_letter_is_too_small_and_edges_are_drawn(scale) -> None:
    short = sound(np.ones(30), 1000, 16, "a test")
    for sample in (short, MODALITY.examples["crow"]()):
        n = len(sample["elements"])
        for mark in {0, n - 1}:
            for figure in (KIND.raw(sample, scale, mark, 370), KIND.observation(sample, sample["elements"], scale, mark, 370)):
                assert all(a.font.size >= TICK for a in figure.layout.annotations)


def test_small_pictures_show_what_the_network_was_given() -> None:
    task = MODALITY.tasks["digit"]
    x = task.enter(MODALITY.examples["three"](), 0)
    trace = KIND.small(task.show(x), 2.0, 1.0, LIGHT)[0]
    z = np.asarray(trace.z)
    assert z.shape == (20, 25)
    assert np.abs(z / 255 * 4 - 2 - x.T[::-1]).max() < 0.01
    for example in MODALITY.examples.values():
        whole = KIND.small(example(), 2.0, 1.0, LIGHT)[0]
        h, w = np.shape(whole.z)
        assert whole.x0 - whole.dx / 2 >= 2
        assert whole.x0 + whole.dx * (w - 0.5) <= 3
        assert whole.y0 + whole.dy * (h - 0.5) <= 1.95
