"""Pictures as samples, and what can be done to them: pure functions that give a new sample.

The input observation is the picture laid out as one long vector, column by column as on the slide:

    x_i = vec(X) in R^(h w d),    entry r + h (c + w k) is row r, column c, colour k
"""

import numpy as np

from components.values import Sample

LUMA = (0.299, 0.587, 0.114)  # ITU-R BT.601


def picture(pixels: np.ndarray, about: str) -> Sample:
    """A sample from pixels `(h, w, d)` in [0, 1]; its elements are the pixels row by row, `(h w, d)`."""
    h, w, d = pixels.shape
    pixels = np.ascontiguousarray(pixels, np.float32)
    return {
        "raw": pixels,
        "elements": pixels.reshape(h * w, d).copy(),
        "grid": (h, w),
        "rate": float(h * w),
        "unit": "pixels/image",
        "about": about,
    }


def resolution(sample: Sample, longest: int) -> Sample:
    """Fewer pixels: the longest side becomes `longest`, every new pixel the average of the old ones under it."""
    from PIL import Image

    raw = sample["raw"]
    factor = min(1.0, longest / max(raw.shape[:2]))
    size = tuple(max(1, round(side * factor)) for side in raw.shape[1::-1])
    planes = [Image.fromarray(raw[..., k]).resize(size, Image.Resampling.BOX) for k in range(raw.shape[2])]
    return picture(np.stack([np.asarray(p) for p in planes], -1), sample["about"])


def colour(sample: Sample, kind: str) -> Sample:
    """d = 3 to d = 1: grey is .299 red + .587 green + .114 blue. A grey picture stays as it is."""
    raw = sample["raw"]
    grey = kind == "grey" and raw.shape[2] == 3
    return picture((raw @ np.array(LUMA, np.float32))[..., None] if grey else raw, sample["about"])


def levels(sample: Sample, count: int) -> Sample:
    """Round every number to one of `count` equally spaced values: round((count - 1) x) / (count - 1)."""
    return picture(np.round(sample["raw"] * (count - 1)) / (count - 1), sample["about"])


def vec(sample: Sample) -> np.ndarray:
    """The input observation x_i = vec(X): columns on top of each other, colour after colour, `(h w d,)`."""
    return sample["raw"].ravel(order="F")


def noise(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Gaussian noise of standard deviation strength / 2, cut to [0, 1]."""
    raw = sample["raw"]
    return picture(np.clip(raw + strength / 2 * rng.standard_normal(raw.shape), 0, 1), sample["about"])


def blur(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Average with a Gaussian window whose width is strength / 10 of the longest side."""
    from scipy.ndimage import gaussian_filter

    width = strength * max(sample["grid"]) / 10
    return picture(gaussian_filter(sample["raw"], (width, width, 0)), sample["about"])


def quantisation(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Fewer bits a number, from 8 at strength 0, where nothing changes, to 1 at strength 1."""
    bits = round(8 - 7 * strength)
    return picture(sample["raw"], sample["about"]) if strength == 0 else levels(sample, 2**bits)


def missing(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Each pixel is lost (black) with probability `strength`."""
    return picture(sample["raw"] * (rng.random(sample["grid"]) >= strength)[..., None], sample["about"])
