"""The weights of the view "Messages" as recorded, so that no learner waits for a training: one row for each network and layer."""

import json
from functools import cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).parents[2] / "pretrained" / "weights" / "messages.npz"
NETWORKS, DEPTHS = ("karate", "miserables", "davis", "airports", "wikipedia", "worm", "countries"), (1, 2, 3)


@cache
def _file() -> dict[str, np.ndarray]:
    if not FILE.exists():
        return {}
    with np.load(FILE, allow_pickle=False) as data:
        return dict(data)


def recorded(network: str, kind: str, depth: int) -> np.ndarray | None:
    """All weights in one row, half precision; None where they were not recorded."""
    return _file().get(f"{network}/{kind}/{depth}")


def facts() -> dict[str, str]:
    """When, where and with what they were trained."""
    found = _file().get("about")
    return {"date": "", "machine": "", "torch": ""} if found is None else dict(json.loads(str(found)))
