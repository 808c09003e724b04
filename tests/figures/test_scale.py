"""The palette keeps its promises: readable on its background, apart for colour-blind eyes, the same in the theme."""

import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from skimage.color import deltaE_ciede2000, rgb2lab

from components.figures.scale import DARK, DASH, LIGHT, MARKER, SHARE_AND_POOL, Scale, fade

# Machado, Oliveira & Fernandes (2009), full severity
SEEN = {
    "all colours": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}


def linear(colour: str) -> np.ndarray:
    """A colour `#rrggbb` as linear light."""
    c = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(a: str, b: str) -> float:
    """The contrast ratio of the Web Content Accessibility Guidelines."""
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (a, b))
    return (high + 0.05) / (low + 0.05)


def distance(a: str, b: str, eye: str) -> float:
    """The perceived difference of two colours to an eye."""
    lab = []
    for c in (a, b):
        light = np.clip(SEEN[eye] @ linear(c), 0, 1)
        lab.append(rgb2lab(np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)))
    return float(deltaE_ciede2000(*lab))


@pytest.mark.parametrize("scale", [LIGHT, DARK], ids=lambda s: s.name)
def test_every_series_colour_is_readable_on_its_background(scale: Scale):
    assert min(contrast(c, scale.paper) for c in scale.series) >= 3
    assert contrast(scale.ink, scale.paper) >= 7
    assert contrast(scale.muted, scale.paper) >= 4.5


@pytest.mark.parametrize("eye", SEEN)
@pytest.mark.parametrize("scale", [LIGHT, DARK], ids=lambda s: s.name)
def test_series_colours_stay_apart_for_every_eye(scale: Scale, eye: str):
    assert min(distance(a, b, eye) for a, b in combinations(scale.series, 2)) >= 9
    assert min(distance(a, b, eye) for a, b in combinations(scale.series[:4], 2)) >= 12


def test_the_four_architectures_differ_in_more_than_colour():
    for carrier in (SHARE_AND_POOL, DASH, MARKER):
        assert len(set(carrier.values())) == 4


def test_the_theme_has_the_same_colours():
    config = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())
    for scale in (LIGHT, DARK):
        theme = config["theme"][scale.name]
        assert tuple(theme["chartCategoricalColors"]) == scale.series
        assert (theme["backgroundColor"], theme["textColor"]) == (scale.paper, scale.ink)


def test_fade():
    assert fade("#0f62b0", 0.5) == "rgba(15,98,176,0.5)"
