"""The diagram of two ways, the curves and the table: everything is drawn that is said, wide and narrow, light and dark."""

import numpy as np
import pytest

from components.figures.commuting import commuting, there_and_back, tint
from components.figures.error_curves import course, error_curves, error_table
from components.figures.scale import NAMED, SCALES, TICK


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("colours", list(SCALES))
def test_a_segmentation_has_six_pictures_and_six_arrows(narrow: bool, colours: str) -> None:
    x, mask = np.random.default_rng(0).random((8, 8, 3)), np.random.default_rng(1).random((8, 8, 1))
    figure = commuting(x, x, (mask, mask, mask), mask - mask, ("g", "equal"), narrow=narrow, scale=SCALES[colours])
    assert sum(trace.type == "image" for trace in figure.data) == 6
    assert sum(bool(a.showarrow) for a in figure.layout.annotations) == 6
    assert all(a.font.size >= TICK for a in figure.layout.annotations if a.text)
    assert {"x", "g x", "f(g x)", "f(x)", "g f(x)", "f(g x) − g f(x)", "equal"} <= {a.text for a in figure.layout.annotations}


def test_a_classification_ends_at_bars_and_names_the_likeliest() -> None:
    x, p = np.random.default_rng(0).random((28, 28, 1)), np.eye(10)[6] * 0.9 + 0.01
    q = np.eye(10)[9] * 0.9 + 0.01
    figure = commuting(x, x, (q, p, p), q - p, ("g", "not equal"))
    texts = [a.text for a in figure.layout.annotations]
    assert "f(g x): <b>9</b>, 91%" in texts
    assert "f(x): <b>6</b>, 91%" in texts
    assert sum(trace.type == "image" for trace in figure.data) == 2
    assert sum(s.type == "rect" and s.fillcolor is not None for s in figure.layout.shapes) == 30


def test_a_tint_runs_through_its_colours() -> None:
    found = tint(np.array([[-1.0, 0.0, 1.0]]), ("#000000", "#ff0000", "#ffffff"), -1, 1)
    np.testing.assert_allclose(found[0], [[0, 0, 0], [1, 0, 0], [1, 1, 1]])


def test_pictures_in_a_row_keep_their_names() -> None:
    figure = there_and_back([np.zeros((4, 4, 1))] * 4, list("abcd"))
    assert [a.text for a in figure.layout.annotations] == list("abcd")


def test_one_curve_is_bold_and_the_amount_is_marked() -> None:
    zero = np.zeros(3)
    figure = error_curves([0, 1, 2], [("a", zero, zero), ("b", zero + 0.5, zero)], 1, 2, ("x", "y"))
    assert [trace.line.width for trace in figure.data] == [2, 4.5]
    assert figure.data[0].line.dash != figure.data[1].line.dash
    assert figure.layout.shapes[0].x0 == 2


def test_the_table_says_its_numbers() -> None:
    figure = error_table(["a", "b"], ["g", "h"], np.array([[0.0, 0.034], [1.0, 1e-5]]), 1)
    assert list(figure.data[1].text) == ["0", "3.4", "100", "0"]
    assert list(figure.data[1].textfont.color) == [NAMED.ink, NAMED.ink, NAMED.paper, NAMED.ink]
    assert (figure.layout.shapes[0].y0, figure.layout.shapes[0].y1) == (0.5, 1.5)


def test_the_course_of_a_training_lies_on_the_recorded_one() -> None:
    figure = course(np.array([0, 10]), np.array([0.1, 0.5]), (np.array([0, 400]), np.array([0, 0.9])), "IoU", 400)
    assert list(figure.layout.xaxis.range) == [0, 400]
    assert len(figure.data) == 2
