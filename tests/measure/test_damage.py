"""What a damage reached: known shares and known decibels."""

import numpy as np
import pytest

from components.catalogue import discover
from components.measure.damage import changed, snr

MODALITIES = discover("modalities", "MODALITY")
RNG = np.random.default_rng


@pytest.mark.parametrize("name", MODALITIES)
def test_nothing_changes_at_strength_zero(name: str) -> None:
    sample = next(iter(MODALITIES[name].examples.values()))()
    for damage in MODALITIES[name].corrupt.values():
        same = damage(sample, 0.0, RNG(0))
        assert changed(sample, same) == 0
        assert not np.isfinite(snr(sample, same))


@pytest.mark.parametrize(
    ("name", "damage", "share"),
    [
        ("vision", "missing pixels", 0.3),
        ("table", "missing cells", 0.3),
        ("graph", "missing edges", 0.3),
        ("graph", "false edges", 0.3),
        ("set", "outliers", 0.15),
        ("language", "dropped words", 0.27),
        ("audio", "noise", 1.0),
    ],
)
def test_the_share_that_was_reached(name: str, damage: str, share: float) -> None:
    sample = next(iter(MODALITIES[name].examples.values()))()
    assert changed(sample, MODALITIES[name].corrupt[damage](sample, 0.3, RNG(0))) == pytest.approx(share, abs=0.06)


@pytest.mark.parametrize(
    ("name", "strength", "decibels"), [("audio", 1, 0), ("audio", 0.1, 20), ("sensor", 1, 0), ("sensor", 0.5, 6)]
)
def test_known_decibels(name: str, strength: float, decibels: float) -> None:
    sample = next(iter(MODALITIES[name].examples.values()))()
    noisy = MODALITIES[name].corrupt["noise"](sample, strength, RNG(0))
    assert snr(sample, noisy) == pytest.approx(decibels, abs=0.5)


def test_decibels_have_no_meaning_for_words_cells_and_links() -> None:
    for name, damage in (("language", "typos"), ("table", "missing cells"), ("graph", "false edges")):
        sample = next(iter(MODALITIES[name].examples.values()))()
        assert np.isnan(snr(sample, MODALITIES[name].corrupt[damage](sample, 0.5, RNG(0))))


def test_a_set_in_another_order_has_lost_nothing() -> None:
    sample = next(iter(MODALITIES["set"].examples.values()))()
    turned = sample | {"elements": sample["elements"][::-1].copy()}
    assert changed(sample, turned) == 0
    assert np.isnan(snr(sample, turned))
    lost = MODALITIES["set"].corrupt["missing points"](sample, 0.5, RNG(0))
    assert changed(sample, lost) == pytest.approx(0.45, abs=0.01)
