"""All ten matrices are drawn, with their shapes and, where there is room, their numbers; words of a learner are only text."""

import numpy as np
import pytest

from components.figures.attention_exact import ORDER, exact, short
from components.figures.scale import DARK
from components.measure.attention_steps import self_attention


def found(n: int, d: int = 4, causal: bool = False) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    return self_attention(*(rng.normal(size=s) for s in ((n, d), (d, d), (d, d), (d, d))), causal=causal)


@pytest.mark.parametrize("across", [2, 5])
def test_every_matrix_with_its_shape(across):
    figure = exact(found(6), ["<b>a</b>"] * 6, 2, across=across, scale=DARK)
    assert len(figure.data) == len(ORDER)
    assert "10" not in figure.layout.annotations[0].text
    assert sum("6 × 6" in a.text for a in figure.layout.annotations) == 2
    assert "<b>a</b>" not in str(figure.data[0].hovertext) + str(figure.layout.yaxis.ticktext)


def test_numbers_are_written_where_there_is_room_and_hidden_ones_are_empty():
    small, large = exact(found(6, causal=True), ["w"] * 6, 0), exact(found(30), ["w"] * 30, 0)
    scores = small.data[ORDER.index("S")]
    assert scores.text[0][1] == ""
    assert np.isnan(np.array(scores.z)[0, 1])
    assert large.data[0].text is None


def test_few_signs():
    assert [short(v, True) for v in (0.123, 1.0, 0.0)] == [".12", "1.00", ".00"]
    assert [short(v, False) for v in (-1.26, -0.04, 2.0, -np.inf)] == ["−1.3", "0.0", "2.0", ""]
