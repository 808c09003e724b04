"""Single layers on the pixels of a picture, on the symmetry bench."""

from collections.abc import Callable
from functools import partial

import numpy as np
import torch
from torch import Generator, Tensor

from components.learn.bench_entry import Entry, Function, Thing, asked, batch, channels, seeds
from components.learn.bench_pictures import MNIST, SMALL, mnist, small
from components.learn.bench_sets import Among
from components.models.blocks import Represent
from components.models.conv_network import Convolution
from components.models.convolution import Conv2d
from components.models.lattices import lattice
from components.models.neighbours import everyone, patch
from components.models.relation_layer import RelationLayer
from components.models.stack import Stack
from components.tasks.places_torus import TORUS

EDGE = "One filter for all places; exact until something reaches the edge."


def mapped(net: Callable[[Tensor], Tensor]) -> Function:
    """A layer `(1, 1, c, h, w)` to maps `(1, 1, c', h', w')` as a function of pictures, `(h', w', c')`."""

    def f(x: Thing) -> np.ndarray:
        with torch.inference_mode():
            return net(channels(x))[0, 0].permute(1, 2, 0).numpy()

    return f


def torus() -> Function:
    """One convolution on a torus."""
    return mapped(Convolution(1, 6, 5, seeds(), circular=True))


def stack(between: str) -> Function:
    """Three convolutions as they start."""
    net = Stack(1, 3, between, Generator().manual_seed(0))
    return mapped(lambda x: net.activations(x[0])["layer3"][None])


def conv2d(stride: int, places: int) -> Function:
    """One convolution; with places, a filter for each."""
    return mapped(Conv2d(1, 6, 5, seeds(), stride=stride, padding=2, places=places))


def represent(kind: str) -> Function:
    """The block on the pixels of a small picture: windows of 5 x 5, or all of it."""
    n = TORUS * TORUS
    if kind == "lattice":  # the picture as a graph: eight types of edges, one for each direction
        layer, typed = RelationLayer(1, 3, 8, seeds()), lattice((TORUS, TORUS), 3)
        return lambda x: _all(layer, x, typed)
    table = patch(TORUS, TORUS, 5) if kind.startswith("window") else everyone(n)
    own = {"window": 1, "window-own": n, "all-own": n}[kind]
    net = Among(Represent(1, 3, seeds(), n=own, m=table.shape[1]), table)
    return lambda x: asked(net, batch)(np.asarray(x).reshape(n, 1)).reshape(TORUS, TORUS, -1)


def _all(layer: RelationLayer, x: Thing, typed: tuple[Tensor, Tensor]) -> np.ndarray:
    with torch.inference_mode():
        return layer(batch(np.asarray(x).reshape(-1, 1)), *typed)[0, 0].reshape(TORUS, TORUS, -1).numpy()


def entries() -> list[Entry]:
    """Maps over pixels."""
    found = []
    layers = partial(Entry, family="pictures", kind="picture", out="elements")
    found.append(layers("conv2d-torus", "Layer: convolution, torus", make=torus, inputs=small, modules=("conv_network",),
                        because="One filter for all windows, and no edge.", data=SMALL))  # fmt: skip
    found += [
        layers(
            f"stack-{between}", "Three convolutions" + (", halved twice" if between == "stride" else ""), inputs=mnist,
            make=partial(stack, between), modules=("stack",), data=MNIST, step=4 if between == "stride" else 1,
            because=EDGE,
        )
        for between in ("none", "stride")
    ]  # fmt: skip
    for key, stride, places, because in (
        ("1", 1, 1, EDGE),
        ("2", 2, 1, "One filter for every second window."),
        ("own", 1, TORUS * TORUS, "A filter for every window."),
    ):
        title = {"1": "one filter", "2": "one filter, stride 2", "own": "own filters"}[key]
        found.append(layers(f"conv2d-{key}", f"Layer: convolution, {title}", make=partial(conv2d, stride, places), inputs=small,
                            modules=("convolution",), because=because, data=SMALL, step=stride))  # fmt: skip
    for key, title, because in (
        (
            "window",
            "Layer: window of 5 × 5, one map",
            "One map for every pixel's window; exact until something reaches the edge.",
        ),
        (
            "lattice",
            "Layer: pixels as a graph, typed edges",
            "A map for every direction, the same at every pixel: a convolution.",
        ),
        ("window-own", "Layer: window of 5 × 5, own maps", "Every pixel has a map of its own."),
        ("all-own", "Layer: all pixels, own maps", "Fully connected: a weight for every pair of pixels."),
    ):
        modules = ("relation_layer", "lattices") if key == "lattice" else ("blocks", "neighbours")
        found.append(layers(f"pixels-{key}", title, make=partial(represent, key), inputs=small, modules=modules,
                            because=because, data=SMALL))  # fmt: skip
    return found
