"""What holds for the readings of every sample there is, and of hostile ones: numbers, or a reason; nothing else."""

import copy
import warnings

import numpy as np
import pytest

from components.catalogue import discover
from components.measure.base import Dimension
from components.ui.digest import digest
from components.values import Reading, Sample
from tests.measure.samples import HOSTILE

DIMENSIONS: dict[str, Dimension] = discover("measure", "DIMENSION")
MINE = ("representation", "distribution", "structure", "information")
MODALITIES = discover("modalities", "MODALITY")
EXAMPLES = [(m, e) for m in MODALITIES for e in MODALITIES[m].examples]


def sound(reading: Reading) -> None:
    """One reading as the page may count on it."""
    assert reading["name"]
    assert reading["estimator"].endswith(".")
    assert reading["formula"]
    assert "lide" in reading["source"]
    if "why" in reading:
        assert np.isnan(reading["value"])
        assert reading["why"].startswith("Not defined because ")
        assert reading["why"].endswith(".")
        return
    assert np.isfinite(reading["value"]), reading["name"]
    curve = reading.get("curve")
    if curve is None:
        return
    n = len(curve["x"])
    assert n > 0
    if curve["x"].dtype.kind != "U":
        assert np.isfinite(curve["x"].astype(float)).all()
    for key in ("y", "baseline", "low", "high"):
        if key in curve:
            assert curve[key].shape == (n,), (reading["name"], key)
            assert np.isfinite(curve[key]).all(), (reading["name"], key)
    if "low" in curve:
        assert (curve["low"] <= curve["high"] + 1e-9).all()
    assert n <= 4000
    assert all(np.isfinite(list(curve.get("marks", {}).values())))


def measured(name: str, sample: Sample) -> tuple[Reading, ...]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        readings = DIMENSIONS[name].measure(sample)
    assert 2 <= len(readings) <= 4
    assert len({r["name"] for r in readings}) == len(readings)
    for reading in readings:
        sound(reading)
    return readings


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", MINE)
def test_hostile_samples_give_numbers_or_reasons(name: str, hostile: str) -> None:
    measured(name, HOSTILE[hostile]())


@pytest.mark.parametrize(("modality", "example"), EXAMPLES)
def test_every_example_can_be_measured(modality: str, example: str) -> None:
    sample = MODALITIES[modality].examples[example]()
    for name in MINE:
        first = measured(name, sample)[0]
        few = name == "structure" and sample.get("kind") == "signs"
        assert ("why" in first) == few, f"the card of {example} would be empty: {first.get('why')}"


@pytest.mark.parametrize("name", MINE)
@pytest.mark.parametrize("modality", MODALITIES)
def test_measures_are_pure_and_repeatable(name: str, modality: str) -> None:
    sample = next(iter(MODALITIES[modality].examples.values()))()
    kept = copy.deepcopy(sample)
    once, twice = DIMENSIONS[name].measure(sample), DIMENSIONS[name].measure(sample)
    assert digest(sample) == digest(kept)
    assert [r["value"] for r in once] == [r["value"] for r in twice]


def test_the_order_is_the_lectures() -> None:
    assert [d for d in DIMENSIONS if d in MINE] == list(MINE)
