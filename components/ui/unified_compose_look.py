"""One real observation as the diagram of a composed model draws it: its elements, where they lie, how each of them looks."""

import math
from functools import lru_cache
from html import escape

import numpy as np

from components.figures.composition_sheets import Elements
from components.figures.sample import data_uri, pixels
from components.learn.composed_model import observations
from components.learn.materials import material
from components.models.composition import Shape
from components.tasks.words import spelled
from components.values import Sample

EXCERPT, WRITTEN, LETTERS = 9, 7, 12
"""Elements of a long sequence that are drawn, fewer where they are words; letters of a word that are written."""


@lru_cache(maxsize=256)
def look(modality: str, task: str, number: int, mark: int) -> Elements:
    """The elements of test observation `number`; of a long sequence those around element `mark`."""
    about = material(modality, task)
    source, x, _ = observations(modality, task)
    s, own = about.shape, x[number].numpy()
    if len(s.grid) == 2:
        return _grid(s, about.exercise.show(source[number].numpy()))
    if (modality, task) == ("graph", "side"):
        return _club(own)
    if s.linked:
        return _molecule(about.exercise.show(source[number].numpy()))
    if not s.grid and not s.named and not s.each:
        return _points(own)
    glyphs = _glyphs(modality, task, number, s)
    return _tiles(glyphs) if s.each else _column(glyphs, mark)


def present(modality: str, task: str, number: int) -> int:
    """How many elements this observation has; those of short texts and small molecules are fewer than the model has room for."""
    s, own = material(modality, task).shape, observations(modality, task)[1][number].numpy()
    if s.tokens:
        return max(1, int((own[:, -1].round() != -2).sum()))
    return max(1, int((own[:, : s.d] != 0).any(1).sum())) if s.linked else s.n


def _grid(s: Shape, sample: Sample) -> Elements:
    rows, columns = s.grid
    places = np.array([[(c + 0.5) / columns, (r + 0.5) / rows] for r in range(rows) for c in range(columns)])
    hints = tuple(f"row {r + 1}, column {c + 1}" for r in range(rows) for c in range(columns))
    return Elements("grid", places, (1 / columns, 1 / rows), tuple(range(s.n)), data_uri(pixels(sample)), hints=hints)


def _spread(places: np.ndarray) -> np.ndarray:
    """Places moved into the unit square, y downwards, their shape kept."""
    low, high = places.min(0), places.max(0)
    reach = max(float((high - low).max()), 1e-6)
    return 0.5 + 0.88 * (places - (low + high) / 2) / reach * np.array([1, -1])


def _points(own: np.ndarray) -> Elements:
    x, y = own[:, 0], own[:, 1]
    if own.shape[1] > 2 and own[:, 2].min() < 0:  # in space: from the front, a little from above
        x, y = (x - y) / 2**0.5, 0.9 * own[:, 2] - 0.3 * (x + y)
    return Elements("cloud", _spread(np.stack([x, y], 1)), (0.0, 0.0), tuple(range(len(own))))


def _club(own: np.ndarray) -> Elements:
    from components.modalities.graph_sample import shipped

    sample = shipped("karate")
    wires = tuple((int(a), int(b)) for a, b in sample["edges"].T)
    names = [escape(str(n)) for n in sample["raw"]["names"]]
    hints = tuple(f"{n}{', the one asked about' if own[i, 0] else ''}" for i, n in enumerate(names))
    return Elements("cloud", _spread(sample["raw"]["positions"]), (0.0, 0.0), tuple(range(len(own))), wires=wires, hints=hints)


def _molecule(sample: Sample) -> Elements:
    letters = tuple(escape(str(a)) for a in sample["raw"]["letters"])
    wires = tuple((int(a), int(b)) for a, b in sample["edges"].T)
    shown, hints = tuple(range(len(letters))), tuple(f"atom {i + 1}: {a}" for i, a in enumerate(letters))
    return Elements("cloud", _spread(sample["raw"]["positions"]), (0.0, 0.0), shown, glyphs=letters, wires=wires, hints=hints)


def _column(glyphs: tuple[str, ...], mark: int) -> Elements:
    """All in one column, or of a long one the elements around the mark."""
    n, most = len(glyphs), EXCERPT if glyphs[0].startswith("data:") else WRITTEN
    first = max(0, min(mark - most // 2, n - most))
    shown = tuple(range(first, min(n, first + most)))
    height = 1 / len(shown)
    places = np.array([[0.5, (i - first + 0.5) * height] for i in range(n)])
    words = tuple(f"element {i + 1} of {n}" + ("" if g.startswith("data:") else f": {g}") for i, g in enumerate(glyphs))
    return Elements("column", places, (1.0, height), shown, glyphs=glyphs, hints=words)


def _tiles(glyphs: tuple[str, ...]) -> Elements:
    """A few pictures that lie in no order, each large enough to be seen."""
    side = math.ceil(len(glyphs) ** 0.5)
    places = np.array([[(i % side + 0.5) / side, (i // side + 0.5) / side] for i in range(len(glyphs))])
    hints = tuple(f"picture {i + 1}" for i in range(len(glyphs)))
    return Elements("column", places, (1 / side, 1 / side), tuple(range(len(glyphs))), glyphs=glyphs, hints=hints)


def _glyphs(modality: str, task: str, number: int, s: Shape) -> tuple[str, ...]:
    """How each element looks: its word, its name and number, or its numbers as a strip of greys."""
    source, x, _ = (a[number].numpy() if a is not None else a for a in observations(modality, task))
    if s.tokens:
        ids = source[:, 0].round().astype(int)
        words = [spelled()[i] if i >= 0 else "□" for i in ids[: present(modality, task, number)]]
        return tuple(_short(w) for w in words)
    if s.named:
        entries = material(modality, task).exercise.show(source)["raw"]["entries"]
        names = [str(e) for e in entries] + ["missing?"] * (s.n - len(entries))
        return tuple(f"{_short(n)} {v:.1f}" for n, v in zip(names, x[:, 0], strict=True))
    if s.each:
        side = round(source.shape[1] ** 0.5)
        return tuple(data_uri(1 - row.reshape(side, side, 1)) for row in source)
    low, high = x.min(0), x.max(0)
    grey = (x - low) / np.maximum(high - low, 1e-6)
    return tuple(data_uri(row[None, :, None]) for row in grey)


def _short(text: str) -> str:
    return escape(text if len(text) <= LETTERS else text[: LETTERS - 1] + "…")
