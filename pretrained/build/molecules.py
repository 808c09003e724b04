"""Make `pretrained/data/molecules.npz`: molecules as graphs, with a measured label and with a computed one.

Development only. Needs `pip install rdkit==2026.9.1 networkx==3.6.1` and `pip install --no-deps grakel==0.1.11` in an
environment of its own.
Run from the root of the project:

    python -m pretrained.build.molecules

- `mutag/`: 188 nitroaromatics, tested on bacteria: do they cause mutations? (Debnath et al. 1991, as packed in GraKeL's tests)
- `nci/`: 1,500 small molecules of the NCI open set that comes with RDKit. Their log P is **computed** by RDKit (Wildman and
  Crippen 1999), not measured.

Molecules lie end to end: those of number i have the atoms `start[i]:start[i + 1]` and the bonds `first[i]:first[i + 1]`.
`group` is equal for molecules that must not be parted: those that are one graph when the orders of bonds are not seen, and in
the NCI set also those of one Murcko scaffold.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from rdkit import Chem, RDConfig, RDLogger
from rdkit.Chem import Crippen, rdDepictor
from rdkit.Chem.Scaffolds.MurckoScaffold import MurckoScaffoldSmiles

from pretrained.build.manifest import ROOT, enter

FILE = "pretrained/data/molecules.npz"
ATOMS = ("C", "N", "O", "F", "P", "S", "Cl", "Br", "I", "other")
MUTAG_ATOMS = ("C", "N", "O", "F", "I", "Cl", "Br")
ORDERS = {0: Chem.BondType.AROMATIC, 1: Chem.BondType.SINGLE, 2: Chem.BondType.DOUBLE, 3: Chem.BondType.TRIPLE}
LARGEST, COUNT = 32, 1500
NAMED = {
    "caffeine": "Cn1cnc2c1c(=O)n(C)c(=O)n2C",
    "aspirin": "CC(=O)Oc1ccccc1C(=O)O",
    "ethanol": "CCO",
}
Molecule = dict[str, Any]


def arrays(mol: Chem.Mol, label: float, group: str) -> Molecule:
    """One molecule without its hydrogens: kinds of atoms, bonds with their order (1, 2, 3; 4 stands for aromatic), places."""
    rdDepictor.Compute2DCoords(mol)
    place = mol.GetConformer().GetPositions()[:, :2]
    order = {Chem.BondType.SINGLE: 1, Chem.BondType.DOUBLE: 2, Chem.BondType.TRIPLE: 3, Chem.BondType.AROMATIC: 4}
    kinds = [ATOMS.index(a.GetSymbol()) if a.GetSymbol() in ATOMS else len(ATOMS) - 1 for a in mol.GetAtoms()]
    bonds = [(b.GetBeginAtomIdx(), b.GetEndAtomIdx(), order[b.GetBondType()]) for b in mol.GetBonds()]
    return {"kinds": kinds, "bonds": bonds, "places": place, "label": label, "group": group}


def mutag() -> Iterator[Molecule]:
    """The 188 molecules of the data set MUTAG, label 1: causes mutations."""
    package = Path(find_spec("grakel").submodule_search_locations[0])  # its import would need more libraries
    folder = package / "tests" / "data" / "MUTAG"

    def read(name: str) -> np.ndarray:
        return np.array(
            [[int(v) for v in line.split(",")] for line in (folder / f"MUTAG_{name}.txt").read_text().split("\n") if line]
        )

    pairs, of, kinds = read("A") - 1, read("graph_indicator")[:, 0] - 1, read("node_labels")[:, 0]
    orders, labels = read("edge_labels")[:, 0], read("graph_labels")[:, 0]
    for i, label in enumerate(labels):
        atoms = np.flatnonzero(of == i)
        mol = Chem.RWMol()
        for a in atoms:
            mol.AddAtom(Chem.Atom(MUTAG_ATOMS[kinds[a]]))
        for (a, b), order in zip(pairs, orders, strict=True):
            if of[a] == i and a < b:
                mol.AddBond(int(a - atoms[0]), int(b - atoms[0]), ORDERS[int(order)])
        Chem.FastFindRings(mol)
        yield arrays(mol.GetMol(), float(label == 1), "")


def nci() -> Iterator[Molecule]:
    """1,500 different molecules of 4 to 32 atoms in one piece, chosen at random; the label is RDKit's log P."""
    lines = (Path(RDConfig.RDDataDir) / "NCI" / "first_5K.smi").read_text().splitlines()
    found: dict[str, Chem.Mol] = {}
    for line in lines:
        mol = Chem.MolFromSmiles(line.split()[0])
        if mol is not None and 4 <= mol.GetNumAtoms() <= LARGEST and len(Chem.GetMolFrags(mol)) == 1:
            found.setdefault(Chem.MolToSmiles(mol, isomericSmiles=False), mol)
    keys = np.array(sorted(found))
    for key in np.random.default_rng(0).permutation(keys)[:COUNT]:
        mol = found[key]
        yield arrays(mol, Crippen.MolLogP(mol), MurckoScaffoldSmiles(mol=mol) or key)


def named() -> Iterator[Molecule]:
    """Molecules a learner knows by name; no task draws them."""
    for name, smiles in NAMED.items():
        mol = Chem.MolFromSmiles(smiles)
        yield arrays(mol, Crippen.MolLogP(mol), name)


def kept_together(molecules: list[Molecule]) -> list[int]:
    """Number of the group of every molecule: linked are those with one graph of atoms and bonds, and those with one scaffold."""
    links = nx.Graph()
    for i, m in enumerate(molecules):
        graph = nx.Graph()
        graph.add_nodes_from((a, {"kind": str(kind)}) for a, kind in enumerate(m["kinds"]))
        graph.add_edges_from(bond[:2] for bond in m["bonds"])
        links.add_edge(i, "graph " + nx.weisfeiler_lehman_graph_hash(graph, node_attr="kind", iterations=4))
        if m["group"]:
            links.add_edge(i, "scaffold " + m["group"])
    number = {v: g for g, piece in enumerate(nx.connected_components(links)) for v in piece}
    return [number[i] for i in range(len(molecules))]


def packed(molecules: list[Molecule]) -> dict[str, np.ndarray]:
    """All molecules of one set, end to end."""
    bonds = np.concatenate([np.array(m["bonds"]).reshape(-1, 3) for m in molecules])
    return {
        "start": np.cumsum([0, *(len(m["kinds"]) for m in molecules)]).astype(np.uint16),
        "first": np.cumsum([0, *(len(m["bonds"]) for m in molecules)]).astype(np.uint16),
        "kinds": np.concatenate([m["kinds"] for m in molecules]).astype(np.uint8),
        "bonds": bonds[:, :2].T.astype(np.uint8),
        "orders": bonds[:, 2].astype(np.uint8),
        "places": np.concatenate([m["places"] for m in molecules]).astype(np.float16),
        "label": np.array([m["label"] for m in molecules], np.float32),
        "group": np.array(kept_together(molecules), np.uint16),
    }


def main() -> None:
    """Write the file and its entry in the manifest."""
    RDLogger.DisableLog("rdApp.*")
    sets = {"mutag": list(mutag()), "nci": list(nci()), "named": list(named())}
    data = {f"{name}/{key}": a for name, molecules in sets.items() for key, a in packed(molecules).items()}
    np.savez_compressed(ROOT / FILE, atoms=np.array(ATOMS), names=np.array(list(NAMED)), **data)
    source = "MUTAG (Debnath et al. 1991) as packed in GraKeL's tests; NCI open set as packed in RDKit, log P computed by RDKit"
    enter(
        ROOT / FILE,
        licence="BSD-3-Clause (GraKeL, RDKit)",
        source=source,
        version="grakel 0.1.11, rdkit 2026.9.1",
        command="python -m pretrained.build.molecules",
    )


if __name__ == "__main__":
    main()
