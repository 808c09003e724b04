"""Over how many parts what matters is spread: known answers."""

import numpy as np
import pytest

from components.measure.importance import spread


@pytest.mark.parametrize(("values", "share"), [([1, 1, 1, 1], 100), ([0, 0, -3, 0], 25), ([2, -2, 0, np.nan], 50)])
def test_share_of_parts(values: list[float], share: float) -> None:
    assert spread(np.array(values, float), "?")["value"] == pytest.approx(share)


def test_where_nothing_matters_it_says_why() -> None:
    reading = spread(np.zeros(5), "?")
    assert np.isnan(reading["value"])
    assert "no part makes a difference" in reading["why"]
