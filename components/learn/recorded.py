"""Results recorded earlier by `pretrained/build/sweeps.py`, in the shape a live run gives them."""

import json
from functools import lru_cache
from pathlib import Path

import numpy as np

from components.learn.sweep import ARCHITECTURES, Request
from components.values import Frame

HOME = Path(__file__).parents[2] / "pretrained" / "sweeps"


@lru_cache(maxsize=8)
def _file(task: str) -> Frame:
    with np.load(HOME / f"{task}.npz", allow_pickle=False) as data:
        return dict(data)


def about(task: str) -> dict[str, str]:
    """When and where the task's sweeps were recorded: `date`, `machine`, `torch`, `numpy`, `python`."""
    return json.loads((HOME / "recorded.json").read_text())[task]


@lru_cache(maxsize=256)
def recorded(request: Request) -> Frame | None:
    """The last frame of this sweep as recorded, or None where it was not (another number of seeds, say).

    The keys are those of `sweep`; `weights/...` only for shuffled training.
    """
    family = request.family
    if request.seeds != 5:
        return None
    data = _file(request.task)
    frame: Frame = {"sizes": np.array(family.sizes)}
    parts: dict[str, list[np.ndarray]] = {"accuracy": [], "truth": [], "answer": []}
    for i, (share, pool) in enumerate(ARCHITECTURES):
        key = f"{request.size}/{request.order}/{request.pool if pool else 'concatenate'}/{int(share)}"
        if f"{key}/accuracy" not in data:
            return None
        for name, found in parts.items():
            found.append(data[f"{key}/{name}"])
        weights = {n: a for n, a in data.items() if n.startswith(f"{key}/weights/")}
        frame |= {f"weights/{i}/{n[len(key) + 9 :]}": a.astype(np.float32) for n, a in weights.items()}
    frame |= {name: np.stack(found).astype(found[0].dtype) for name, found in parts.items()}
    return frame


def lookup(task: str, size: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """The recorded 1-nearest-neighbour look-up: `"ordered"` and `"canonical"` -> (sizes (s,), accuracy (s, seeds))."""
    data = _file(task)
    return {n: (data[f"{size}/lookup/{n}/sizes"], data[f"{size}/lookup/{n}/accuracy"]) for n in ("ordered", "canonical")}
