"""How many samples a learner needs, and how many times as many another one needs."""

from typing import NamedTuple

import numpy as np


class Factor(NamedTuple):
    """A ratio of samples needed, with its 95 % bootstrap interval; infinite where a threshold was never reached."""

    estimate: float
    low: float
    high: float


def samples_needed(sizes: np.ndarray, accuracy: np.ndarray, threshold: float) -> np.ndarray:
    """The sample size at which each curve first crosses the threshold, interpolated on a logarithmic axis of sizes.

    Args:
        sizes: ascending sample sizes `(s,)`.
        accuracy: curves `(..., s)`.
        threshold: the accuracy asked for.

    Returns:
        One size per curve `(...)`: the smallest size where it is above from the start (an upper bound), infinity where it
        never is.
    """
    above = accuracy >= threshold
    first = above.argmax(-1)
    before = np.maximum(first - 1, 0)
    low, high = (np.take_along_axis(accuracy, i[..., None], -1)[..., 0] for i in (before, first))
    rise = np.where(high > low, high - low, 1.0)
    share = np.where(first > 0, (threshold - low) / rise, 0.0)
    found = np.exp(np.log(sizes[before]) + share * np.log(sizes[first] / sizes[before]))
    found = np.where(first > 0, found, sizes[0])
    return np.where(above.any(-1), found, np.inf)


def factor(
    sizes: np.ndarray, slow: np.ndarray, fast: np.ndarray, threshold: float, *, resamples: int = 1000, seed: int = 0
) -> Factor:
    """How many times the samples `slow (s, seeds)` needs compared with `fast (s, seeds)`.

        factor = n_slow / n_fast at the same accuracy

    The interval resamples seeds with replacement, the same seeds for both since both saw the same samples.
    Where neither reaches the threshold the factor is not a number.
    """
    seeds = slow.shape[1]
    draws = np.random.default_rng(seed).integers(seeds, size=(resamples, seeds))
    draws = np.concatenate([np.arange(seeds)[None], draws])  # the first is the estimate itself
    needs = [samples_needed(sizes, a[:, draws].mean(-1).T, threshold) for a in (slow, fast)]
    with np.errstate(invalid="ignore"):
        ratio = needs[0] / needs[1]
    known = ratio[1:][~np.isnan(ratio[1:])]
    if not len(known):
        return Factor(float("nan"), float("nan"), float("nan"))
    low, high = np.quantile(known, [0.025, 0.975], method="nearest")
    return Factor(float(ratio[0]), float(low), float(high))


def spoken(found: Factor, sizes: np.ndarray, fast: float) -> str:
    """A factor as a learner reads it: "9.6x", "> 12x" where the slow one never got there, words where the fast one failed.

    Args:
        found: the factor.
        sizes: the sample sizes tried; the largest bounds what can be said.
        fast: samples the fast learner needed, infinite where it failed.
    """
    if np.isnan(found.estimate):
        return "neither gets there"
    if np.isinf(found.estimate):
        return f"> {sizes[-1] / fast:.0f}×"
    if found.estimate == 0:
        return "shared + invariant fails"
    return f"{found.estimate:.1f}×" if found.estimate < 9.95 else f"{found.estimate:.0f}×"
