"""What a sweep says, as numbers: samples needed, factors with intervals, parameters."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from torch import Generator

from components.learn.recorded import recorded
from components.learn.sweep import ARCHITECTURES, SHOWN, Request, builder
from components.measure.sample_complexity import Factor, factor, samples_needed, spoken
from components.models.set_classifier import parameters
from components.values import Frame


class Summary(NamedTuple):
    """Four numbers of each kind, in the order of `ARCHITECTURES`."""

    needed: tuple[float, ...]
    factors: tuple[Factor, ...]  # against the first, shared + invariant
    spoken: tuple[str, ...]
    spread: tuple[float, ...]  # of p(true class) over all orders of the example


def summarise(request: Request, frame: Frame, *, resamples: int = 1000) -> Summary:
    """Read a frame of a sweep, live or recorded."""
    sizes, accuracy, threshold = frame["sizes"], frame["accuracy"], request.family.threshold
    needed = tuple(float(n) for n in samples_needed(sizes, accuracy.mean(-1), threshold))
    factors = tuple(factor(sizes, a, accuracy[0], threshold, resamples=resamples) for a in accuracy)
    words = tuple(spoken(f, sizes, needed[0]) for f in factors)
    truth = frame["truth"].astype(np.float64)
    return Summary(needed, factors, words, tuple(float(v) for v in truth.max(1) - truth.min(1)))


@lru_cache(maxsize=256)
def recorded_summary(request: Request) -> Summary | None:
    """The summary of the recorded sweep, where there is one."""
    frame = recorded(request)
    return None if frame is None else summarise(request, frame)


@lru_cache(maxsize=256)
def counts(request: Request, share: bool, pool: bool) -> dict[str, int]:
    """Trainable numbers of one network: "phi" (the representation block), "rho" (the rest) and "all"."""
    model = builder(request, share, pool)([Generator()])
    phi = parameters(model.phi1) + parameters(model.phi2)
    whole = parameters(model)
    return {"phi": phi, "rho": whole - phi, "all": whole}


def shown_size(request: Request) -> int:
    """The sample size whose networks are looked into."""
    return request.family.sizes[SHOWN]


def architecture(share: bool, pool: bool) -> int:
    """The row of (share, pool) in every array of four."""
    return ARCHITECTURES.index((share, pool))
