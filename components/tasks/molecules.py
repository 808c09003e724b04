"""What does this molecule do? Molecules as graphs of atoms, padded to 32 atoms.

    x = [ kind of atom (one of 10) | adjacency to the other atoms ]  (32, 42),   rows of missing atoms are 0

Bonds count as 0 or 1, whatever their order, and hydrogens are left out: files write both in several ways.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.files import arrays

if TYPE_CHECKING:
    from torch import Generator, Tensor

MOLECULES, LARGEST_MOLECULE = "molecules.npz", 32
ATOMS = ("C", "N", "O", "F", "P", "S", "Cl", "Br", "I", "other")
MUTAG_TESTED, NCI_TESTED = 50, 500
Array = np.ndarray


@cache
def read_molecules() -> dict[str, Array]:
    """The shipped file, see `pretrained/build/molecules.py`."""
    return arrays(MOLECULES)


def molecule(source: str, number: int) -> dict[str, Array]:
    """One molecule of "mutag", "nci" or "named": kinds (n,), bonds (2, m), orders (m,), places (n, 2), label ()."""
    data = read_molecules()
    start, first = (data[f"{source}/{key}"].astype(int) for key in ("start", "first"))
    atoms, bonds = slice(start[number], start[number + 1]), slice(first[number], first[number + 1])
    return {
        "kinds": data[f"{source}/kinds"][atoms].astype(np.int64),
        "bonds": data[f"{source}/bonds"][:, bonds].astype(np.int64),
        "orders": data[f"{source}/orders"][bonds].astype(np.int64),
        "places": data[f"{source}/places"][atoms].astype(np.float32),
        "label": data[f"{source}/label"][number],
    }


def padded(kinds: Array, bonds: Array) -> Array:
    """Atoms `(n,)` and bonds `(2, m)` as an observation x `(32, 42)`, float32."""
    x = np.zeros((LARGEST_MOLECULE, len(ATOMS) + LARGEST_MOLECULE), np.float32)
    x[np.arange(len(kinds)), kinds] = 1
    x[bonds[0], len(ATOMS) + bonds[1]] = x[bonds[1], len(ATOMS) + bonds[0]] = 1
    return x


@cache
def observations(source: str) -> tuple[Array, Array]:
    """All molecules of a source, `x (n, 32, 42)` and `label (n,)`."""
    label = read_molecules()[f"{source}/label"]
    found = [molecule(source, i) for i in range(len(label))]
    return np.stack([padded(m["kinds"], m["bonds"]) for m in found]), label


@cache
def parts(source: str, tested: int) -> tuple[Array, Array]:
    """Numbers of the molecules to train on and of `tested` others. Molecules of one graph or one scaffold stay together; the
    two largest groups are for training."""
    group = read_molecules()[f"{source}/group"].astype(int)
    size = np.bincount(group)
    held: list[int] = []
    for g in np.random.default_rng(0).permutation(np.argsort(-size, kind="stable")[2:]):
        if len(held) + size[g] <= tested:
            held += np.flatnonzero(group == g).tolist()
    out = np.isin(np.arange(len(group)), held)
    return np.flatnonzero(~out), np.flatnonzero(out)


def draw_molecules(n: int, generator: "Generator", part: str, source: str) -> "tuple[Tensor, Tensor]":
    """n molecules of one part, `x (n, 32, 42)`; `y (n,)` of "mutag": 1 if it causes mutations, of "nci": log P, as it is."""
    import torch

    x, label = observations(source)
    own = parts(source, MUTAG_TESTED if source == "mutag" else NCI_TESTED)[int(part == "test")]
    if n <= len(own):
        chosen = own[torch.randperm(len(own), generator=generator)[:n].numpy()]
    else:
        chosen = own[torch.randint(len(own), (n,), generator=generator).numpy()]
    y = label[chosen]
    return torch.from_numpy(x[chosen]), torch.from_numpy(y.astype(np.int64) if source == "mutag" else y)


def counted(x: Array) -> Array:
    """What is known without the graph, `(n, 10)`: how many atoms of each kind."""
    return x[..., : len(ATOMS)].sum(1)
