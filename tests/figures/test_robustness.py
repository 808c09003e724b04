"""The chart of the noise laboratory: means, errors, gaps, and names that may come from a learner."""

import numpy as np
import pytest

from components.figures.robustness import means, robustness
from components.figures.scale import DARK, LIGHT, TICK, Scale
from tests.figures.test_sample import smallest

STRENGTH = np.array([0, 0.5, 1])
SCORE = np.array([[[0.9, 0.7], [0.5, 0.5], [np.nan, np.nan]], [[1.0, np.nan], [0.4, 0.2], [0.1, 0.1]]])


def test_means_and_standard_errors() -> None:
    mean, error = means(SCORE)
    assert mean[0, :2] == pytest.approx([0.8, 0.5])
    assert error[0, 0] == pytest.approx(np.std([0.9, 0.7], ddof=1) / 2**0.5)
    assert np.isnan(mean[0, 2])
    assert np.isnan(error[0, 2])
    assert mean[1, 0] == 1
    assert error[1, 0] == 0


@pytest.mark.parametrize("scale", [LIGHT, DARK])
def test_the_chart_holds_the_numbers(scale: Scale) -> None:
    figure = robustness(STRENGTH, SCORE, ["vision", "<b>own</b>"], chance=np.array([0.1, 0.5]), chosen=1, scale=scale)
    assert figure.data[0].y[:2] == pytest.approx([0.8, 0.5])
    assert figure.data[1].name == "&lt;b&gt;own&lt;/b&gt;"
    assert "<b>own" not in figure.data[1].hovertemplate.replace("<b>&lt;", "")
    assert figure.data[0].opacity < figure.data[1].opacity == 1
    assert len({trace.line.color for trace in figure.data}) == len({trace.line.dash for trace in figure.data}) == 2
    assert [shape.y0 for shape in figure.layout.shapes] == [0.1, 0.5]
    assert smallest(figure) >= TICK


def test_hovering_tells_decibels_where_there_are_some() -> None:
    figure = robustness(STRENGTH, SCORE, ["a", "b"], snr=np.array([[np.nan, 6.2, 0.1], [np.nan] * 3]))
    assert "6 dB" in figure.data[0].text[1]
    assert "dB" not in figure.data[1].text[1]


def test_nothing_measured_yet_is_an_empty_chart() -> None:
    figure = robustness(STRENGTH, np.full((7, 3, 5), np.nan), list("abcdefg"))
    assert len(figure.data) == 7
    assert figure.layout.yaxis.range[0] <= 0
