"""What a sweep over graphs says, live or as recorded by `pretrained/build/graph_samples.py`; and networks that were kept."""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator

from components.learn.graph_sweep import GraphRequest, builder, orders
from components.learn.sweep import ARCHITECTURES
from components.measure.sample_complexity import Factor, factor, samples_needed, spoken
from components.models.graph_classifier import GraphClassifier
from components.models.pools import Concatenate
from components.tasks.graph_questions import GRAPH_TASKS, renumbered
from components.values import Frame

FILE = Path(__file__).parents[2] / "pretrained" / "sweeps" / "graph_samples.npz"
KEPT = "molecules"
"""The task whose four networks are recorded with their weights."""


class GraphSummary(NamedTuple):
    """Four numbers of each kind, in the order of `ARCHITECTURES`."""

    needed: tuple[float, ...]
    factors: tuple[Factor, ...]  # against the first, shared + invariant
    spoken: tuple[str, ...]


@lru_cache(maxsize=1)
def _file() -> Frame:
    with np.load(FILE, allow_pickle=False) as data:
        return dict(data)


def recorded_about() -> dict[str, str]:
    """When and where it was recorded: `date`, `machine`, `torch`."""
    found: dict[str, str] = json.loads(str(_file()["about"]))
    return found


@lru_cache(maxsize=32)
def recorded_graphs(task: str, how: str) -> Frame:
    """The last frame of this sweep as recorded: `sizes`, `accuracy (4, s, 5)`, `changed (4,)`, `difference (4,)`."""
    parts = [f"{task}/{how if aggregate else 'concatenate'}/{int(share)}" for share, aggregate in ARCHITECTURES]
    names = ("accuracy", "changed", "difference")
    frame = {name: np.stack([_file()[f"{part}/{name}"].astype(np.float32) for part in parts]) for name in names}
    return frame | {"sizes": np.array(GRAPH_TASKS[task].sizes)}


def longer() -> np.ndarray:
    """Accuracy on `places` of shared + invariant after five times the steps, 1,024 digits, `(3,)`; recorded."""
    return _file()["longer"].astype(np.float32)


def summarise_graphs(request: GraphRequest, frame: Frame, *, resamples: int = 1000) -> GraphSummary:
    """Read a frame of a sweep."""
    sizes, accuracy, threshold = frame["sizes"], frame["accuracy"], request.about.threshold
    needed = tuple(float(n) for n in samples_needed(sizes, accuracy.mean(-1), threshold))
    factors = tuple(factor(sizes, a, accuracy[0], threshold, resamples=resamples) for a in accuracy)
    return GraphSummary(needed, factors, tuple(spoken(f, sizes, needed[0]) for f in factors))


@lru_cache(maxsize=32)
def recorded_graph_summary(task: str, how: str) -> GraphSummary:
    """The summary of the recorded sweep."""
    return summarise_graphs(GraphRequest(task, how), recorded_graphs(task, how))


@lru_cache(maxsize=4)
def kept_network(share: bool, aggregate: bool) -> GraphClassifier:
    """One of the four networks that learnt from molecules, with the sum where aggregation is on; as recorded."""
    model: GraphClassifier = builder(GraphRequest(KEPT), share, aggregate)([Generator()])
    prefix = f"{KEPT}/{'sum' if aggregate else 'concatenate'}/{int(share)}/weights/"
    state = {key.removeprefix(prefix): a for key, a in _file().items() if key.startswith(prefix)}
    model.load_state_dict({name: torch.from_numpy(a.astype(np.float32)) for name, a in state.items()})
    return model.eval()


def shares(model: GraphClassifier, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What every atom adds to the answer, and the answer, for graphs `x (b, n, d + n)`.

    The log odds of "yes" are a sum over atoms and a constant: returns c `(b, n)` and p `(b,)`.
    """
    with torch.inference_mode():
        h = model.nodes(torch.from_numpy(x).unsqueeze(0))[0]
        weight = model.read.weight[0, 0, 0]
        weight, bias = weight[:, 1] - weight[:, 0], model.read.bias[0, 0, 1] - model.read.bias[0, 0, 0]
        n = h.shape[1]
        own = weight.view(n, -1) if isinstance(model.pool, Concatenate) else weight * n**-0.5
        c = (h * own).sum(-1)
        return c.numpy(), (c.sum(1) + bias).sigmoid().numpy()


class Renumbering(NamedTuple):
    """One molecule under some renumberings, number 0 of which changes nothing, for one network."""

    order: np.ndarray  # (m, n) which old atom has the new number
    before: np.ndarray  # (n,) f(x): what each atom adds to the log odds, by old number
    after: np.ndarray  # (m, n) f(Px), brought back to the old numbers
    p: np.ndarray  # (m,) the answer for the whole molecule


def renumbering(x: np.ndarray, share: bool, aggregate: bool, count: int) -> Renumbering:
    """Ask a kept network about one molecule `x (n, d + n)` with `count` random renumberings of its atoms."""
    order = np.concatenate([np.arange(len(x))[None], orders(x[None], count, 1)[:, 0]])
    copies = renumbered(np.broadcast_to(x, (len(order), *x.shape)), order, GRAPH_TASKS[KEPT].d)
    c, p = shares(kept_network(share, aggregate), copies)
    after = np.empty_like(c)
    np.put_along_axis(after, order, c, 1)
    return Renumbering(order, after[0], after, p)
