"""What a learner's own graph brings: link prediction on its own links, or the tasks of molecules."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Generator

from components.modalities.graph_exercises import own
from components.modalities.graph_readers import read_edges
from components.modalities.graph_sample import shipped
from components.modalities.molecule_readers import read_smiles


def test_own_graph_brings_link_prediction() -> None:
    sample = shipped("miserables")
    text = "\n".join(f"{a},{b}" for a, b in sample["edges"].T)
    mine = read_edges(text.encode())
    task = own(mine)["link"]
    x, y = task.draw(task.sizes[-1], Generator().manual_seed(0), "train")
    assert x.shape == (task.sizes[-1], 2, len(mine["elements"]))
    assert float(y.float().mean()) == pytest.approx(0.5, abs=0.02)
    view = task.show(x[0].numpy())
    assert np.array_equal(task.enter(view, 0), x[0].numpy())
    assert task.enter(mine, 3).shape == x.shape[1:]
    assert task.network is not None
    with torch.inference_mode():
        assert task.network([Generator().manual_seed(0)])(x[None, :4]).shape == (1, 4, 2)


def test_own_small_graphs_bring_nothing_and_molecules_their_tasks() -> None:
    assert own(read_edges(b"a b\nb c")) == {}
    assert set(own(read_smiles(b"CCO"))) == {"mutagen", "log P"}


def test_own_tasks_of_the_largest_graph_stay_small() -> None:
    rng = np.random.default_rng(0)
    pairs = rng.integers(2000, size=(19_000, 2))
    mine = read_edges("\n".join(f"n{a} n{b}" for a, b in pairs).encode())
    task = own(mine)["link"]
    assert task.sizes[-1] * 2 * len(mine["elements"]) <= 8_000_000
    assert task.test >= 2


def test_imports_from_the_project_keep_their_names() -> None:
    """The code a learner downloads is one file: `import a as b` from the project would lose its b there."""
    for file in ("models/graph_network.py", "models/translation.py", "tasks/nodes.py", "tasks/links.py", "tasks/knowledge.py"):
        lines = (Path(__file__).parents[2] / "components" / file).read_text().splitlines()
        assert not [line for line in lines if line.startswith("from components") and " as " in line]
