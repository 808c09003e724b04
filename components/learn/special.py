"""The domain's own architecture against general ones: the same data, the same steps, accuracy and cost.

    special    made for the modality: CNN, recurrent network, window convolution, Deep Sets, GCN, MLP on named columns
    attention  made for everything: a transformer whose elements are told where they are, everyone looks at everyone
    flat       made for nothing: all numbers in one row, an MLP

All are `models.composed`; a general model meets the structure as numbers: where an element is, its row of the adjacency matrix.
Rates are chosen for each model alike, on training samples that are held out (`searched`). Lecture, slide "Two General Modeling
Paradigms" (domain-specific, general-purpose).
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
import torch
from torch import Generator, Tensor

from components.learn.composing import BATCH
from components.learn.materials import Material, material
from components.learn.train import Draw, train
from components.models.composed import Composed
from components.models.composition import Composition
from components.values import Frame

RATES = (0.003, 0.01, 0.03)
FINE, GLANCE = 2, 64  # steps between two frames of a live run, and the test samples looked at
EVERY, TEST, PEEK, SEARCH, HELD, SHORT = 20, 500, 200, 0.4, 0.25, 0.6
STEPS = {"vision": 300, "set": 600, "audio": 600, "graph": 400, "table": 400}
"""Of training, elsewhere 200; the search takes the share `SEARCH` of them, a live run `SHORT`."""
SPECIAL, ATTENTION, FLAT = "special", "attention", "flat"

PICTURE = Composition(neighbours="window", width=16, layers=2, pool="max")
POINTS = Composition(width=32)
BAG = Composition(width=32, layers=0, pool="mean")
CONVOLUTION = Composition(neighbours="window", width=32, layers=2, pool="max")
MEMORY = Composition(width=32, layers=0, pool="recurrent")
GRAPH = Composition(neighbours="edges", mix="mean", width=32, layers=2, pool="sum")
TRANSFORMER = Composition(neighbours="all", mix="attention", width=32, layers=1, positions=True, skip=True, pool="max")
ROW = Composition(
    width=64, layers=1, pool="mean"
)  # of one element with all numbers: two hidden layers and a third before the answer
WORDS_ROW = Composition(width=16, layers=0, pool="concat")


@dataclass(frozen=True)
class Contender:
    """One model: its role, its name, its choices, and how it meets the data ("as is", "numbers": links as numbers, "row")."""

    role: str
    name: str
    composition: Composition
    sees: str = "as is"


def _contenders(*special: tuple[str, Composition], words: bool = False, links: bool = False) -> tuple[Contender, ...]:
    flat = Contender(FLAT, "MLP, all in one row", WORDS_ROW if words else ROW, "as is" if words else "row")
    general = Contender(ATTENTION, "transformer", TRANSFORMER, "numbers" if links else "as is")
    return (*(Contender(SPECIAL, name, c) for name, c in special), general, flat)


CONTESTS: dict[str, tuple[str, tuple[int, ...], tuple[Contender, ...]]] = {
    "vision": ("mnist", (50, 400, 4000), _contenders(("CNN", PICTURE))),
    "audio": ("digit", (50, 200, 800, 2700), _contenders(("recurrent (LSTM)", MEMORY), ("window convolution", CONVOLUTION))),
    "language": (
        "sentiment",
        (50, 400, 2310),
        _contenders(("bag of word vectors", BAG), ("recurrent (LSTM)", MEMORY), words=True),
    ),
    "set": ("solid", (50, 200, 800, 1297), _contenders(("Deep Sets", POINTS))),
    "graph": ("mutagen", (20, 60, 138), _contenders(("GCN", GRAPH), links=True)),
    "table": (
        "cultivar",
        (15, 30, 60, 119),
        (
            Contender(SPECIAL, "MLP on named columns", ROW, "row"),
            Contender(ATTENTION, "transformer", TRANSFORMER),
            Contender(FLAT, "Deep Sets, columns unnamed", POINTS),
        ),
    ),
}
"""Modality -> its task, numbers of training samples, and who competes."""


def steps_of(modality: str) -> int:
    """Steps of training, the same for all models of a modality."""
    return STEPS.get(modality, 200)


def rows(n: int, generator: Generator, part: str, source: Draw) -> tuple[Tensor, Tensor]:
    """All numbers of an observation as one element, `(n, 1, k d)`."""
    x, y = source(n, generator, part)
    return x.flatten(1).unsqueeze(1).float(), y


def laid_out(modality: str, sees: str) -> Material:
    """The task as a contender meets it."""
    found = material(modality, CONTESTS[modality][0])
    s = found.shape
    wide = s.d + (s.n if s.linked else 0)
    if sees == "numbers":  # its row of the adjacency matrix is all a general model is told of the links
        return replace(found, shape=s._replace(d=wide, linked=False))
    if sees == "row":
        shape = s._replace(n=1, d=s.n * wide, grid=(), linked=False, named=False)
        return replace(found, shape=shape, draw=partial(rows, source=found.draw))
    return found


def held_out(n: int, generator: Generator, part: str, source: Draw, most: int) -> tuple[Tensor, Tensor]:
    """The training samples alone: the first of `most` to train on, the last quarter to choose a rate with."""
    x, y = source(most, Generator().manual_seed(5), "train")
    keep = round(most * (1 - HELD))
    x, y = (x[:keep], y[:keep]) if part == "train" else (x[keep:], y[keep:])
    return x[:n], y[:n]


def run(
    modality: str, contender: Contender, rate: float, sizes: Sequence[int], seeds: int, steps: int = 0, every: int = 0
) -> Iterator[Frame]:
    """Frames of `learn.train.train` for all sizes and seeds at once."""
    about = laid_out(modality, contender.sees)
    yield from train(
        partial(Composed, contender.composition, about.shape), about.draw, sizes, seeds=seeds, steps=steps or steps_of(modality),
        every=every, batch=BATCH, rate=rate, order="fixed",
        test=min(TEST, about.exercise.test), peek=PEEK if every == EVERY else GLANCE,
    )  # fmt: skip


def searched(modality: str, contender: Contender, rates: Sequence[float] = RATES) -> np.ndarray:
    """Accuracy on held-out training samples with each rate `(rates,)`: two seeds, fewer steps, at most 800 samples."""
    about, most = laid_out(modality, contender.sees), min(800, CONTESTS[modality][1][-1])
    draw = partial(held_out, source=about.draw, most=most)
    size, steps = round(most * (1 - HELD)), round(steps_of(modality) * SEARCH)
    found = []
    for rate in rates:
        *_, last = train(
            partial(Composed, contender.composition, about.shape), draw, (size,), seeds=2, steps=steps, every=steps, batch=BATCH,
            rate=rate, order="fixed", test=most - size, peek=1,
        )  # fmt: skip
        found.append(float(last["accuracy"].mean()))
    return np.array(found)


def weights(modality: str, contender: Contender) -> int:
    """Numbers to learn."""
    model = Composed(contender.composition, laid_out(modality, contender.sees).shape, [Generator().manual_seed(0)])
    return sum(p[0].numel() for p in model.parameters())


def multiply_adds(modality: str, contender: Contender) -> int:
    """Multiply-adds of the matrix products of one observation, counted while it is computed."""
    from torch.utils.flop_counter import FlopCounterMode

    about = laid_out(modality, contender.sees)
    model = Composed(contender.composition, about.shape, [Generator().manual_seed(0)])
    x, _ = about.draw(1, Generator().manual_seed(0), "test")
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        model(x.unsqueeze(0))
    return int(counter.get_total_flops()) // 2


def interval(values: np.ndarray) -> tuple[float, float]:
    """Mean of some seeds, and half the width of its 95 % interval: t s / sqrt(seeds)."""
    from scipy import stats

    k = len(values)
    if k < 2:
        return float(values.mean()), float("nan")
    return float(values.mean()), float(stats.t.ppf(0.975, k - 1) * values.std(ddof=1) / k**0.5)


@dataclass(frozen=True)
class Live:
    """A contest in front of the learner; equal ones share one run."""

    modality: str
    rates: tuple[float, ...]
    seeds: int = 2


def contest(live: Live) -> Iterator[Frame]:
    """All contenders in turns, a frame a round: "accuracy" `(contenders, sizes, seeds)`, "seconds" `(contenders,)` so far."""
    _, sizes, contenders = CONTESTS[live.modality]
    steps = round(steps_of(live.modality) * SHORT)
    each = [run(live.modality, c, rate, sizes, live.seeds, steps, FINE) for c, rate in zip(contenders, live.rates, strict=True)]
    spent = np.zeros(len(each))
    while True:
        frames = []
        for i, one in enumerate(each):
            start = time.thread_time()
            frame = next(one, None)
            spent[i] += time.thread_time() - start
            if frame is None:
                return
            frames.append(frame)
        yield {
            "step": frames[0]["step"],
            "steps": frames[0]["steps"],
            "sizes": np.array(sizes),
            "accuracy": np.stack([f["accuracy"] for f in frames]),
            "tested": frames[0]["tested"],
            "seconds": spent.copy(),
        }


@lru_cache(maxsize=16)
def costs(modality: str) -> tuple[tuple[int, int], ...]:
    """Of each contender: weights, and multiply-adds of one observation."""
    return tuple((weights(modality, c), multiply_adds(modality, c)) for c in CONTESTS[modality][2])
