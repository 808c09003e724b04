"""Real data as nodes and typed edges: points, a melody, a picture, a sentence, a molecule."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from components.catalogue import discover
from components.measure.filtering import lively
from components.models.lattices import Typed, complete, lattice, no_edges
from components.tasks.melodies import END, STEPS, melodies, played
from components.tasks.mnist import mnist_example

SHAPES = {"set": "cow", "sequence": "melody", "picture": "mnist-5", "attention": "", "graph": "caffeine"}
"""Kinds of data, and what is shown of each at first."""
DATA: dict[str, tuple[str, ...]] = {
    "set": ("cow", "teapot", "duck", "digit-6"),
    "sequence": ("melody", "watch"),
    "graph": ("caffeine", "aspirin", "mutagen"),
}
SENTENCE = "The dog chased the cat because it was angry."
POINTS, NOTES, SIDE, WORDS = 500, 32, 64, 16
"""How many points, notes, pixels a side and tokens there are at most."""
BONDS = {1: "single", 2: "double", 3: "triple", 4: "aromatic"}


class Nodes(NamedTuple):
    """Nodes with their features and typed edges."""

    shape: str
    x: Tensor  # (n, d)
    edges: Tensor  # (2, m)
    kinds: Tensor  # (m,)
    types: int
    k: int  # side of the window, 1 where there is none
    grid: tuple[int, ...]
    places: np.ndarray  # (n, 2) where the nodes are drawn, y upwards
    names: tuple[str, ...]  # what a node is called
    about: str
    orders: tuple[int, ...] = ()  # of a molecule: the kind of bond of each type, a key of BONDS


def nodes_of(shape: str, data: str = "", k: int = 3, layer: int = 0) -> Nodes:
    """One kind of data by its name; what is unknown is its default. A sentence is the words themselves, as MiniLM's `layer` gets
    them."""
    if shape == "attention":
        return sentence(data or SENTENCE, layer)
    if shape == "picture":
        digit = int(data[-1]) if data.startswith("mnist-") and data[-1].isdecimal() else 5
        return picture(mnist_example(digit) / 255, k, "Handwritten digit, MNIST (CC BY-SA 3.0)")
    name = data if data in DATA[shape] else DATA[shape][0]
    if shape == "sequence":
        return sequence(name, k)
    return points(name) if shape == "set" else molecule(name)


@lru_cache(maxsize=8)
def points(name: str) -> Nodes:
    """A set of points: across, up, and depth (or ink); no edges."""
    sample = discover("modalities", "MODALITY")["set"].examples[name]()
    x = np.asarray(sample["elements"], np.float32)
    if len(x) > POINTS:
        x = x[np.random.default_rng(0).permutation(len(x))[:POINTS]]
    if not name.startswith("digit"):
        x = x[:, [1, 2, 0]] if name in ("teapot", "duck") else x[:, [0, 2, 1]]
    about = sample["about"].split(";")[0] + f"; {len(x)} points"
    return _made("set", x, no_edges(), 0, 1, (), x[:, :2], tuple(f"point {i + 1}" for i in range(len(x))), about)


def _made(
    shape: str, x: np.ndarray, typed: Typed, types: int, k: int, grid: tuple[int, ...], places: np.ndarray,
    names: tuple[str, ...], about: str, orders: tuple[int, ...] = (),
) -> Nodes:  # fmt: skip
    found = torch.from_numpy(np.array(x, np.float32))
    return Nodes(shape, found, *typed, types, k, grid, np.asarray(places, np.float64), names, about, orders)


@lru_cache(maxsize=8)
def sequence(name: str, k: int = 3) -> Nodes:
    """A melody, one number a note: semitones above its middle note; or a watch's acceleration above its mean."""
    if name == "watch":
        sample = discover("modalities", "MODALITY")["sensor"].examples["watch-abduction"]()
        whole = np.asarray(sample["elements"][:, 0], np.float64)[::4]
        start = lively(whole, 40)[0]
        x, about = whole[start : start + 40], f"{sample['about']}; acceleration in g above its mean, 12.5 values a second"
        x = x - x.mean()
        names = tuple(f"{i / 12.5:.2f} s" for i in range(len(x)))
    else:
        corpus = melodies()
        ids = corpus.test[: corpus.test.tolist().index(corpus.names.index(END))]
        pitch = played(ids)[:, 0]
        pitch = pitch[pitch > 0][:NOTES]
        x = pitch - np.median(pitch)
        names = tuple(f"{STEPS[int(p) % 12]}{int(p) // 12 - 1}" for p in pitch)
        about = "Soprano of a chorale by J. S. Bach (public domain), in C major or A minor; semitones above its middle note"
    places = np.stack([np.arange(len(x)), x], 1)
    return _made("sequence", x[:, None], lattice((len(x),), k), k - 1, k, (len(x),), places, names, about)


def picture(grey: np.ndarray, k: int, about: str) -> Nodes:
    """A grey picture `(h, w)` in [0, 1], made smaller where a side is longer than 64: every pixel a node."""
    from PIL import Image

    h, w = grey.shape
    if max(h, w) > SIDE:
        size = (max(1, round(w * SIDE / max(h, w))), max(1, round(h * SIDE / max(h, w))))
        grey = np.asarray(Image.fromarray(grey.astype(np.float32)).resize(size, Image.Resampling.BOX))
        about = f"{about}; {size[0]} × {size[1]} pixels"
        h, w = grey.shape
    r, c = np.divmod(np.arange(h * w), w)
    names = tuple(f"row {i + 1}, column {j + 1}" for i, j in zip(r, c, strict=True))
    return _made("picture", grey.reshape(-1, 1), _grid(h, w, k), k * k - 1, k, (h, w), np.stack([c, -r], 1), names, about)


@lru_cache(maxsize=16)
def _grid(h: int, w: int, k: int) -> Typed:
    return lattice((h, w), k)


@lru_cache(maxsize=32)
def sentence(text: str, layer: int = 0) -> Nodes:
    """The tokens of a sentence, 384 numbers each as layer number `layer` of MiniLM gets them; everybody hears everybody.

    Raises:
        BadInput: the model's weights are not there.
    """
    from components.models.minilm import load, read

    tokens = read(text, WORDS)
    with torch.inference_mode():
        x = load().states(torch.tensor(tokens.ids))[0][layer].numpy().copy()
    n = len(x)
    angle = np.pi / 2 - 2 * np.pi * np.arange(n) / n
    about = "Words as MiniLM-L6 (Apache-2.0) holds them, 384 numbers each" + ("; only the beginning" if tokens.cut else "")
    return _made("attention", x, complete(n), 1, 1, (), np.stack([np.cos(angle), np.sin(angle)], 1), tokens.tokens, about)


@lru_cache(maxsize=8)
def molecule(name: str) -> Nodes:
    """A molecule: atoms as one 1 among their kinds, bonds as edges both ways, typed by their order."""
    sample = discover("modalities", "MODALITY")["graph"].examples[name]()
    letters, pairs = sample["raw"]["letters"], np.asarray(sample["edges"])
    order = np.asarray(sample["raw"]["orders"], int)
    present, kind = np.unique(order, return_inverse=True)
    elements = np.unique(letters)
    x = (letters[:, None] == elements).astype(np.float32)
    edges = torch.from_numpy(np.concatenate([pairs, pairs[::-1]], 1).astype(np.int64))
    kinds = torch.from_numpy(np.concatenate([kind, kind]).astype(np.int64))
    orders, names = tuple(int(o) for o in present), tuple(f"{a}{i + 1}" for i, a in enumerate(letters))
    return _made("graph", x, (edges, kinds), len(orders), 1, (), sample["raw"]["positions"], names, sample["about"], orders)
