"""A graph taken apart: a molecule into its atoms, another graph into the neighbours of what is asked about. A hidden node has
lost its edges, and an atom its kind."""

from collections.abc import Collection
from contextlib import suppress
from functools import partial

import numpy as np

from components.modalities.base import Parts
from components.modalities.graph_sample import degree, matrix, select_edges, select_nodes
from components.modalities.graph_tasks import focused, stranger
from components.values import BadInput, Sample

MOST = 150  # neighbours, those with most edges


def parts(sample: Sample, mark: int) -> Parts:
    """Nodes by their name. Where a pair of nodes can be asked about, it stays the same pair whatever is hidden."""
    names, asked = sample["raw"]["names"], [mark]
    if "letters" in sample["raw"]:
        seen, order = np.arange(len(names)), np.arange(len(names))
    else:
        a = matrix(sample)
        a = np.maximum(a, a.T)
        with suppress(BadInput):  # linked to all others, so that no pair can be asked about
            asked.append(stranger(a.astype(np.float32), mark))
        seen = np.setdiff1d(np.flatnonzero(a[asked].any(0)), asked)
        seen = seen[np.argsort(-degree(sample)[seen], kind="stable")][:MOST]
        order = np.array([*asked, *np.setdiff1d(np.arange(len(names)), asked)])
    named = {f"{names[i]} ({i + 1})": np.array([i]) for i in seen}
    return Parts(named, partial(_hide, sample, mark, order, len(asked), named))


def _hide(
    sample: Sample, mark: int, order: np.ndarray, asked: int, named: dict[str, np.ndarray], names: Collection[str]
) -> tuple[Sample, int]:
    gone = np.zeros(len(sample["elements"]), bool)
    for name in names:
        gone[named[name]] = True
    kept = select_edges(sample, np.flatnonzero(~gone[sample["edges"]].any(0)))
    if "letters" in sample["raw"]:
        kept["elements"][gone] = 0
        return kept, mark
    kept = select_nodes(kept, order)
    return (focused(kept, 2) if asked == 2 else kept), 0
