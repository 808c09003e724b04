"""A sample at coarser and coarser scales, each with a quarter of the elements of the one before, and its codes.

    pictures   the mean of 2 x 2 pixels                 sound, series   the mean of 4 moments
    words      every fourth                             points, rows    a quarter, drawn at random
    graphs     nodes joined by an edge merged in pairs, twice (matching: Karypis & Kumar 1998)

Means are rounded to the step the values had, so that nothing gets finer.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from components.measure import compression, views
from components.measure.compression import Codes
from components.measure.surrogates import SEED
from components.measure.views import Stream, form, symbols
from components.values import Sample

LEVELS, FEWEST, MOST = 6, 4, 2**20  # scales at most; elements a scale has at least; wave samples coded, of more the middle


def scales(sample: Sample) -> Iterator[tuple[int, Codes]]:
    """Numbers of elements and codes, the sample itself first; nothing where it is empty."""
    shape, n = form(sample), len(sample["elements"])
    if not n:
        return
    if shape == views.TEXT:
        token = [str(t) for t in sample["raw"]["token"]]
        yield from ((len(t), compression.words(t)) for t in _ladder(token, lambda t: t[::4]))
    elif shape == views.GRAPH:
        raw = sample["raw"]
        directed = bool(raw["directed"]) if views.has(raw, "directed") else False
        graphs = _ladder((np.asarray(sample["edges"], np.int64), n), lambda g: merged(*merged(*g)), lambda g: g[1])
        yield from ((n, compression.edges(e, n, directed)) for e, n in graphs)
    else:
        yield from _streams(sample, shape, n)


def _streams(sample: Sample, shape: str, n: int) -> Iterator[tuple[int, Codes]]:
    streams, grid, hertz, share = symbols(sample), tuple(sample["grid"]), 0, 1.0
    if not streams:
        return
    if shape == views.SOUND:
        skip = max(0, len(streams[0].ids) - MOST) // 2
        share = len(streams[0].ids) / len(streams[0].ids[skip : skip + MOST])
        streams = [s._replace(ids=s.ids[skip : skip + MOST]) for s in streams]
        n, hertz, grid = len(streams[0].ids), int(sample["raw"]["hertz"]), (len(streams[0].ids),)
    if shape == views.PICTURES:
        n, grid = len(streams[0].ids), np.shape(sample["raw"])
    for level in range(LEVELS):
        if streams[0].names or shape == views.TABLE:
            yield n, compression.named(streams)
        else:
            codes = compression.numbers(streams, grid, hertz, shape == views.POINTS)
            yield round(share * n), {name: share * bits for name, bits in codes.items()}
        if n < 4 * FEWEST or (len(grid) > 1 and min(grid[-2:]) < 4):
            return
        if shape in (views.TABLE, views.POINTS) or streams[0].step == 0:
            streams, grid = [_some(s, level) for s in streams], ()
            n //= 4
        else:
            means = [_mean(s.ids.reshape(grid), shape) for s in streams]
            streams = [s._replace(ids=m.ravel()) for s, m in zip(streams, means, strict=True)]
            grid, n, hertz = means[0].shape, means[0].size, max(1, hertz // 4) if hertz else 0


def _mean(ids: np.ndarray, shape: str) -> np.ndarray:
    """The mean of 4 neighbours, rounded: 2 x 2 of the last two axes of a picture, 4 along a series."""
    if shape in (views.PICTURE, views.PICTURES) and ids.ndim > 1:
        h, w = (side // 2 * 2 for side in ids.shape[-2:])
        cut = ids[..., :h, :w]
        return (cut[..., ::2, ::2] + cut[..., 1::2, ::2] + cut[..., ::2, 1::2] + cut[..., 1::2, 1::2] + 2) // 4
    return (ids[: len(ids) // 4 * 4].reshape(-1, 4).sum(1) + 2) // 4


def _some(stream: Stream, level: int) -> Stream:
    """A quarter of a stream, the same places for all streams as long as this one."""
    kept = np.sort(np.random.default_rng([SEED, level]).permutation(len(stream.ids))[: max(1, len(stream.ids) // 4)])
    return stream._replace(ids=stream.ids[kept])


def _ladder(first: Any, coarser: Any, size: Any = len) -> Iterator[Any]:
    for _ in range(LEVELS):
        yield first
        if size(first) < 4 * FEWEST:
            return
        first = coarser(first)


def merged(edges: np.ndarray, nodes: int) -> tuple[np.ndarray, int]:
    """A graph whose nodes are pairs of joined nodes, or single ones left over: a maximal matching in random order."""
    partner = np.full(nodes, -1)
    order = np.random.default_rng(SEED).permutation(edges.shape[1])
    for a, b in edges[:, order].T.tolist():
        if a != b and partner[a] < 0 and partner[b] < 0:
            partner[a], partner[b] = b, a
    first = np.where(partner < 0, np.arange(nodes), np.minimum(partner, np.arange(nodes)))
    kept, new = np.unique(first, return_inverse=True)
    return np.unique(new[edges], axis=1) if edges.size else edges, len(kept)


def best(codes: Codes) -> Sequence[Any]:
    """Name and bits of the shortest code."""
    name = min(codes, key=lambda key: codes[key])
    return name, codes[name]
