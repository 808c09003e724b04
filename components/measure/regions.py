"""Regions that stand out in a grey picture, counted: an honest stand-in for "objects per image".

    threshold   Otsu's: t* = argmax_t w_0 w_1 (mu_0 - mu_1)^2, the split that makes both parts most alike in themselves
    background  the part, light or dark, that fills most of the border
    regions     connected parts of the rest, corners count as touching, of at least 0.2 % of the picture

Sources: Otsu 1979, A threshold selection method from gray-level histograms; Rosenfeld & Pfaltz 1966 for connected regions.
"""

import numpy as np

MATTERS, BLUR, BINS = 0.002, 0.005, 256  # part of the picture a region needs; blur, in longest sides; bins of the histogram


def smooth(picture: np.ndarray) -> np.ndarray:
    """The picture after a Gaussian blur of half a per cent of its longest side, so that noise makes no regions."""
    from scipy.ndimage import gaussian_filter

    sigma = BLUR * max(picture.shape, default=0)
    return gaussian_filter(picture, sigma) if sigma >= 0.5 else picture


def otsu(picture: np.ndarray) -> float:
    """The threshold t*, in the middle between the darkest of the light values and the brightest of the dark ones."""
    counts, edges = np.histogram(picture, BINS)
    middle = (edges[1:] + edges[:-1]) / 2
    dark, mass = np.cumsum(counts)[:-1], np.cumsum(counts * middle)
    light = counts.sum() - dark
    with np.errstate(divide="ignore", invalid="ignore"):
        between = dark * light * (mass[:-1] / dark - (mass[-1] - mass[:-1]) / light) ** 2
    between = np.nan_to_num(between)
    best = np.flatnonzero(between >= between.max() * (1 - 1e-9))
    return float(edges[1:][round(best.mean())])


def objects(picture: np.ndarray, threshold: float) -> int:
    """How many regions stand out where the picture `(h, w)` is split at `threshold`."""
    from scipy.ndimage import generate_binary_structure, label

    light = picture > threshold
    border = np.ones(picture.shape, bool)
    border[(slice(1, -1),) * picture.ndim] = False
    found, _ = label(~light if light[border].mean() > 0.5 else light, generate_binary_structure(picture.ndim, picture.ndim))
    sizes = np.bincount(found.ravel())[1:]
    return int((sizes >= MATTERS * picture.size).sum())
