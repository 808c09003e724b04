"""Small samples whose answers are known, and hostile ones, for the tests of the measures."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from components.modalities.audio_signal import sound
from components.modalities.graph_sample import graph
from components.modalities.language_text import text
from components.modalities.pictures import picture
from components.modalities.set_samples import cloud, pictures
from components.modalities.table_samples import tabled
from components.values import Sample


def series(values: np.ndarray, hertz: float = 100.0) -> Sample:
    values = np.asarray(values, np.float32)
    values = values[:, None] if values.ndim == 1 else values
    return {"raw": values, "elements": values, "grid": (len(values),), "rate": hertz, "unit": "Hz", "about": "test"}


def ids(values: np.ndarray, grid: bool = True) -> Sample:
    values = np.asarray(values)
    where = (len(values),) if grid else ()
    return {"raw": None, "elements": values, "grid": where, "rate": 1.0, "unit": "symbols/s", "about": "test"}


def words(spoken: str) -> Sample:
    token = spoken.split()
    return text(token, np.zeros(len(token), int), (), "test")


def network(nodes: int, edges: list[tuple[int, int]]) -> Sample:
    raw = {
        "names": np.arange(nodes).astype(str),
        "labels": np.zeros(nodes, int),
        "positions": np.zeros((nodes, 2)),
        "directed": np.array(False),
    }
    return graph(raw, np.array(edges, int).reshape(-1, 2).T, None, "test")


def chain(nodes: int) -> Sample:
    return network(nodes, [(j, j + 1) for j in range(nodes - 1)])


def table(**columns: object) -> Sample:
    return tabled(pd.DataFrame(columns), "test")


def points(values: np.ndarray) -> Sample:
    return cloud(np.asarray(values, float), ("x", "y", "z"), "test")


def tone(hertz: float, rate: int = 8000, seconds: float = 1.0) -> Sample:
    return sound(0.5 * np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate), rate, 16, "test")


def hiss(samples: int = 8000, seed: int = 0) -> Sample:
    return sound(0.1 * np.random.default_rng(seed).standard_normal(samples), 8000, 16, "test")


def video() -> Sample:
    """What no modality here has: a grid of three directions."""
    values = np.random.default_rng(0).random((4 * 8 * 8, 3)).astype(np.float32)
    return {"raw": values, "elements": values, "grid": (4, 8, 8), "rate": 25.0, "unit": "frames/s", "about": "test"}


HOSTILE: dict[str, Callable[[], Sample]] = {
    "one word": lambda: words("teacup"),
    "one mark": lambda: words("!"),
    "the same word": lambda: words("no " * 30),
    "a word like a tag": lambda: words("<script>alert(1)</script> <b> =1+1 a b c"),
    "black": lambda: picture(np.zeros((16, 16, 3)), "test"),
    "one pixel": lambda: picture(np.full((1, 1, 3), 0.5), "test"),
    "a row of pixels": lambda: picture(np.random.default_rng(0).random((1, 40, 1)), "test"),
    "black, white": lambda: picture(np.eye(2)[..., None], "test"),
    "silence": lambda: sound(np.zeros(4000), 8000, 16, "test"),
    "one wave sample": lambda: sound(np.ones(1), 8000, 16, "test"),
    "a short click": lambda: sound(np.eye(1, 20).ravel(), 8000, 24, "test"),
    "a constant column": lambda: table(a=[1.0] * 9, b=["x"] * 9),
    "one row": lambda: table(a=[1.5], b=["x"]),
    "all missing": lambda: table(a=[np.nan] * 9, b=[None] * 9),
    "one cell known": lambda: table(a=[np.nan] * 9 + [1.0], b=[True, False] * 5),
    "huge cells": lambda: table(a=[1e15, -1e15, 0.0, 1e-15] * 5, b=list(range(20))),
    "dates": lambda: table(a=pd.date_range("2000", periods=20), b=[0.5 * j for j in range(20)]),
    "no edges": lambda: network(5, []),
    "no nodes": lambda: network(0, []),
    "one node": lambda: network(1, []),
    "one edge": lambda: network(2, [(0, 1)]),
    "a loop": lambda: network(2, [(0, 0), (0, 0)]),
    "one edge many times": lambda: network(3, [(0, 1)] * 9),
    "one point": lambda: points([[1, 2, 3]]),
    "two points": lambda: points([[1, 2, 3], [4, 5, 6]]),
    "points at one place": lambda: points(np.ones((50, 3))),
    "points in two places": lambda: points(np.repeat(np.eye(2), 50, 0)),
    "far points": lambda: points(1e9 * np.random.default_rng(0).standard_normal((80, 3))),
    "wide points": lambda: (
        points(np.random.default_rng(0).random((20, 3))) | {"elements": np.random.default_rng(0).random((20, 9))}
    ),
    "one picture of one pixel": lambda: pictures(np.zeros((1, 1)), "test"),
    "no moment": lambda: series(np.zeros((0, 2))),
    "one moment": lambda: series(np.ones((1, 2))),
    "nothing moves": lambda: series(np.ones((200, 2))),
    "one channel moves": lambda: series(np.stack([np.ones(200), np.random.default_rng(0).standard_normal(200)], 1)),
    "holes": lambda: series(np.where(np.arange(100) % 7, np.arange(100), np.nan)),
    "infinity": lambda: series(np.where(np.arange(100) == 7, np.inf, np.arange(100))),
    "no rate": lambda: series(np.arange(50.0), 0.0),
    "NaN rate": lambda: series(np.arange(50.0), float("nan")),
    "one id": lambda: ids(np.array([7])),
    "no id": lambda: ids(np.zeros(0, int)),
    "negative ids": lambda: ids(np.array([-1, -2, 5, -1] * 5)),
    "large ids": lambda: ids(np.array([2**60, 0, 7] * 5)),
    "a set of ids": lambda: ids(np.arange(20), grid=False),
    "a map of ids": lambda: ids(np.arange(20) % 3) | {"grid": (4, 5)},
    "video": video,
}
"""Every measure must give numbers for these, or say why not."""
