"""Molecules a learner brings: MOL and SDF files (V2000), and SMILES. Only atoms, bonds and places are read.

Sources: Dalby et al. 1992 (the file formats of MDL); Weininger 1988 (SMILES).
"""

import re

import numpy as np

from components.modalities.graph_layout import layout
from components.modalities.graph_readers import text_of
from components.modalities.graph_sample import atoms
from components.values import BadInput, Sample

LARGEST, FAR = 200, 1e6
SYMBOL = re.compile(r"[A-Z][a-z]?")
TOKEN = re.compile(
    r"\[\d*(?P<inside>[A-Z][a-z]?|[a-z]{1,2}|\*)[^\[\]]*\]|(?P<atom>Br|Cl|[BCNOPSFI]|[bcnops])|(?P<bond>[-=#$:/\\~])"
    r"|(?P<open>\()|(?P<close>\))|%(?P<two>\d\d)|(?P<one>\d)|(?P<dot>\.)"
)
ORDER = {"=": 2, "#": 3, "$": 3, ":": 4}
Array = np.ndarray
Bonds = list[tuple[int, int, int]]


def made(letters: list[str], bonds: Bonds, places: Array | None) -> Sample:
    """The sample, its bonds each once.

    Raises:
        BadInput: no atoms, or too many.
    """
    if not letters:
        raise BadInput("This molecule has no atoms.")
    if len(letters) > LARGEST:
        raise BadInput(f"This molecule has more than {LARGEST} atoms, the limit here.")
    once = {(min(a, b), max(a, b)): order for a, b, order in bonds if a != b}
    pairs = np.array(list(once), np.int64).reshape(-1, 2).T
    shown = np.array([a if SYMBOL.fullmatch(a) else "?" for a in letters])
    at = layout(pairs, len(letters)) if places is None else places
    return atoms(shown, pairs, np.array(list(once.values()), np.int64), at, "Your molecule")


def _whole(text: str) -> int:
    """A number in a fixed column; blank is 0."""
    return int(text) if text.strip() else 0


def read_mol(data: bytes) -> Sample:
    """The first molecule of a MOL or SDF file, V2000: columns of fixed width, three signs for each count.

    Raises:
        BadInput: empty, too large, not text, V3000, fewer lines than promised, more than 200 atoms, numbers that are none.
    """
    lines = text_of(data).splitlines()
    if len(lines) > 3 and "V3000" in lines[3]:
        raise BadInput("MOL files of version V3000 are not read here; please save it as V2000.")
    broken = BadInput("This is not a MOL or SDF file of version V2000, or it is damaged or incomplete.")
    if len(lines) < 4:
        raise broken
    try:
        count, bonded = _whole(lines[3][:3]), _whole(lines[3][3:6])
        if count > LARGEST:
            raise BadInput(f"This molecule has more than {LARGEST} atoms, the limit here.")
        rows, links = lines[4 : 4 + count], lines[4 + count : 4 + count + bonded]
        if count < 0 or bonded < 0 or len(rows) < count or len(links) < bonded:
            raise broken
        at = np.array([[float(row[i : i + 10]) for i in (0, 10, 20)] for row in rows]).reshape(-1, 3)
        bonds = [(_whole(row[:3]) - 1, _whole(row[3:6]) - 1, _whole(row[6:9])) for row in links]
    except BadInput:
        raise
    except ValueError:
        raise broken from None
    if any(not 0 <= end < count for bond in bonds for end in bond[:2]):
        raise BadInput("This molecule has a bond to an atom that is not there.")
    if not np.isfinite(at).all() or np.abs(at).max(initial=0) > FAR:
        raise BadInput("Some coordinates are not finite numbers, or beyond a million; please repair the file.")
    flat = count > 0 and not at[:, 2].any() and np.ptp(at[:, :2]) > 0
    orders: Bonds = [(a, b, order if order in (1, 2, 3, 4) else 1) for a, b, order in bonds]
    return made([row[31:34].strip() for row in rows], orders, at[:, :2] if flat else None)


def _closed(rings: dict[str, tuple[int, int]], number: str, atom: int, order: int, bonds: Bonds) -> None:
    """Open a ring bond, or close the one of this number."""
    if number in rings:
        start, before = rings.pop(number)
        bonds.append((start, atom, order or before))
    else:
        rings[number] = (atom, order)


def parsed(smiles: str) -> tuple[list[str], Bonds]:
    """Letters and bonds of a SMILES line; bonds between two aromatic atoms (small letters) have order 4.

    Raises:
        ValueError: it is not SMILES.
    """
    letters: list[str] = []
    soft: list[bool] = []
    bonds: Bonds = []
    rings: dict[str, tuple[int, int]] = {}
    branches: list[int] = []
    before, order, at = -1, 0, 0
    while at < len(smiles):
        token = TOKEN.match(smiles, at)
        if token is None:
            raise ValueError
        at, kind = token.end(), str(token.lastgroup)
        if kind in ("atom", "inside"):
            text = token[kind]
            letters.append(text.capitalize())
            soft.append(text[0].islower())
            if before >= 0:
                bonds.append((before, len(letters) - 1, order))
            before, order = len(letters) - 1, 0
            if len(letters) > LARGEST:
                break
        elif kind == "bond":
            order = ORDER.get(token[0], 1)
        elif kind == "open":
            branches.append(before)
        elif kind == "close":
            before = branches.pop() if branches else -2
        elif kind == "dot":
            before = -1
        else:
            _closed(rings, token[kind], before, order, bonds)
            order = 0
        if before < -1 or (kind in ("one", "two", "open") and before < 0):
            raise ValueError
    if len(letters) <= LARGEST and (rings or branches or order):
        raise ValueError
    return letters, [(a, b, order or (4 if soft[a] and soft[b] else 1)) for a, b, order in bonds]


def read_smiles(data: bytes) -> Sample:
    """The first line of a SMILES file; what follows a blank, the name, is not read.

    Raises:
        BadInput: empty, too large, not text, not SMILES, more than 200 atoms.
    """
    words = text_of(data).split()
    if not words:
        raise BadInput("This file holds no SMILES.")
    try:
        letters, bonds = parsed(words[0][:4000])
    except ValueError:
        raise BadInput("This is not SMILES that can be read here: one molecule, for instance CCO for ethanol.") from None
    return made(letters, bonds, None)
