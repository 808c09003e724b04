"""Estimators of noise in one signal, without knowing the signal. All give the deviation of the noise, in the signal's unit.

    picture   sigma = median |d| / 0.6745,  d = (x_rc - x_r,c+1 - x_r+1,c + x_r+1,c+1) / 2     Donoho & Johnstone 1994
    series    sigma = median |d| / (0.6745 sqrt 6),  d = x_t-1 - 2 x_t + x_t+1                 Rice 1984, Gasser et al. 1986
    sound     sigma^2 = mean power of the frames within 3 dB of the quiet ones (5th percentile)
    points    sigma^2 = median of the mean squared distance of a point's 40 nearest neighbours from the curved surface
              w = a + b u + c v + d u^2 + e u v + f v^2 that fits them best, w across and u, v along       Cazals & Pouget 2005

d is zero on average where a signal is smooth and only its noise is left; the median is not moved by edges and jumps. What
changes from element to element and means something (fur, consonants) counts as noise here: they are upper bounds.
"""

import numpy as np

NORMAL = 0.6745  # the median of |z| of a standard normal
FRAME, LOUDER, NEIGHBOURS, POINTS = 0.02, 2.0, 40, 1000  # seconds; a ratio of powers; points looked at


def tame(values: np.ndarray) -> np.ndarray:
    """The values, divided by the largest where that is beyond a million, so that squares stay finite; ratios stay the same."""
    top = float(np.abs(values).max(initial=0.0))
    return values / top if top > 1e6 else values


def smooth(differences: np.ndarray, gain: float) -> float:
    """The deviation of white noise behind differences that multiply its variance by gain^2; 0 where nothing is left."""
    size = np.abs(differences[np.isfinite(differences)])
    if not len(size):
        return 0.0
    sigma = float(np.median(size)) / (NORMAL * gain)
    return sigma if sigma > 0 else 0.0


def of_picture(picture: np.ndarray) -> float:
    """The deviation of the noise of one colour `(h, w)`; 0 for fewer than 2 x 2 pixels."""
    d = (picture[:-1, :-1] - picture[:-1, 1:] - picture[1:, :-1] + picture[1:, 1:]) / 2
    return smooth(d.ravel(), 1.0)


def of_series(values: np.ndarray) -> float:
    """The deviation of the noise of a series `(t,)`; 0 for fewer than 3 moments."""
    return smooth(np.diff(values, 2), 6**0.5)


def powers(wave: np.ndarray, hertz: float) -> np.ndarray:
    """The mean power of every frame of 20 ms `(frames,)`; what is left over at the end is left out."""
    length = max(1, round(FRAME * hertz))
    whole = len(wave) // length * length
    return np.square(wave[:whole].astype(np.float64)).reshape(-1, length).mean(1)


def of_sound(power: np.ndarray, least: float) -> tuple[float, float]:
    """The power of the noise and of speech or music alone, from the power of frames `(frames,)`.

    Args:
        power: of every frame.
        least: the power of the noise of rounding, below which nothing is told.
    """
    quiet = max(float(np.quantile(power, 0.05)), least)
    noise = max(float(power[power <= LOUDER * quiet].mean()) if (power <= LOUDER * quiet).any() else quiet, least)
    active = power[power > LOUDER * noise]
    return noise, float(active.mean() - noise) if len(active) else 0.0


def of_points(points: np.ndarray) -> tuple[float, float]:
    """The variance of points `(n, 3)` across the surface they lie on, and along all three axes; at least 41 points."""
    from scipy.spatial import cKDTree

    seen = points if len(points) <= POINTS else points[np.random.default_rng(0).choice(len(points), POINTS, replace=False)]
    near = points[cKDTree(points).query(seen, NEIGHBOURS)[1]]
    near = near - near.mean(1, keepdims=True)
    _, axes = np.linalg.eigh(np.einsum("nki,nkj->nij", near, near))
    w, u, v = np.moveaxis(near @ axes, -1, 0)  # the direction of least spread comes first
    scale = np.maximum(np.abs(u).max(1, keepdims=True), 1e-300)
    u, v = u / scale, v / scale
    terms = np.stack([np.ones_like(u), u, v, u * u, u * v, v * v], -1)
    turned = np.swapaxes(terms, 1, 2)
    fit = (terms @ np.linalg.pinv(turned @ terms) @ turned @ w[..., None])[..., 0]
    across = np.square(w - fit).sum(1) / (NEIGHBOURS - terms.shape[-1])
    return float(np.median(across)), float(points.var(0).sum())


def outlying(values: np.ndarray) -> np.ndarray:
    """Which numbers `(n,)` are outliers: |x - median| / (1.4826 MAD) over 3.5 (Iglewicz & Hoaglin 1993); none where MAD is 0."""
    apart = np.abs(values - np.median(values))
    spread = float(np.median(apart)) / NORMAL
    return apart > 3.5 * spread if spread > 0 else np.zeros(len(values), bool)


def decibels(signal: float, noise: float) -> float:
    """10 log10 of a ratio of powers."""
    return float(10 * np.log10(signal / noise))
