"""The worm's test neurons inside their whole graph, so that lost and false edges can come from anywhere."""

import numpy as np

from components.modalities.graph_sample import select_nodes, shipped
from components.tasks.nodes import WORM, worm
from components.values import Sample


def neurons(count: int, seed: int) -> list[tuple[Sample, np.ndarray]]:
    """`count` test neurons as the first nodes of the graph, and what they do; each at most once."""
    matrix, label, _, tested = worm()
    own = np.random.default_rng(seed).permutation(tested)[:count]
    others = np.setdiff1d(np.arange(len(matrix)), own)
    return [(select_nodes(shipped(WORM), np.concatenate([own, others])), label[own])]
