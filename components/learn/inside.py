"""Looking into a trained network: what each channel answers to a picture, where, how unusual that is, and what it depends on.

    z_c[p] = (a_c[p] - m_c) / s_c

a_c[p] is the answer of channel c at place p, m_c and s_c are mean and standard deviation of this channel's answers at all
places of the eight bundled photographs: so channels with different units can be compared. Slide "Convolutional Neural Networks".
"""

import time
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
import torch

from components.learn.device import settle
from components.measure.receptive_field import Field, receptive_fields, seen
from components.modalities.vision import PHOTOGRAPH_NAMES, photograph, teacup
from components.models import efficientnet
from components.models.imagenet_networks import network, prepared

SIDE = 224  # pixels along a side of what the networks see
SHARE = 0.9  # of the influence that the inner frame holds
CROP = 72  # pixels of a patch that is kept
BUNDLED = {name: partial(photograph, name) for name in PHOTOGRAPH_NAMES} | {"teacup": teacup}


@dataclass(frozen=True)
class Photo:
    """A picture with a short name for its content, by which results are remembered."""

    key: str
    pixels: np.ndarray = field(compare=False, repr=False)  # as the networks see it, (224, 224, 3) in [0, 1], half precision


def photo(key: str, pixels: np.ndarray) -> Photo:
    """A picture `(h, w, 1 or 3)` in [0, 1] as the networks see it: made square."""
    whole = efficientnet.prepared(pixels)[0].permute(1, 2, 0)
    return Photo(key, ((whole * 128 + 127) / 255).clamp(0, 1).half().contiguous().numpy())


class Answers(NamedTuple):
    """All that a network says to one picture."""

    maps: dict[str, np.ndarray]  # layer -> (c, h, w) in half precision
    probabilities: np.ndarray  # (1000,)
    seconds: float  # of the forward pass with all maps kept


class Usual(NamedTuple):
    """What the channels of one layer answer to the bundled photographs."""

    mean: np.ndarray  # (c,)
    spread: np.ndarray  # (c,) 1 where a channel never changes
    best: np.ndarray  # (photographs, c) largest answer
    where: np.ndarray  # (photographs, c) its place, row * w + column


@lru_cache(maxsize=16)
def bundled(name: str) -> Photo:
    """A bundled photograph."""
    return photo(f"bundled-{name}", BUNDLED[name]()["raw"])


@lru_cache(maxsize=8)  # 2 to 4 MB each
def answers(net: str, photo: Photo) -> Answers:
    """One forward pass of the network over the picture."""
    settle()
    open_network, x = network(net), prepared(net, photo.pixels)
    began = time.perf_counter()
    with torch.inference_mode():
        found = open_network.activations(x)
    seconds = time.perf_counter() - began
    maps = {name: a[0].half().numpy() for name, a in found.items() if a.ndim == 4}
    return Answers(maps, found["logits"][0].softmax(0).numpy(), seconds)


@lru_cache(maxsize=2)
def usual(net: str) -> dict[str, Usual]:
    """Mean, spread and largest answers of every channel of every layer over the bundled photographs."""
    settle()
    parts: dict[str, list[tuple[np.ndarray, ...]]] = {}
    for name in BUNDLED:
        with torch.inference_mode():
            found = network(net).activations(prepared(net, bundled(name).pixels))
        for layer, a in found.items():
            if a.ndim == 4:
                flat = a[0].flatten(1).double()
                top = flat.max(1)
                rows = flat.mean(1), flat.square().mean(1), top.values, top.indices
                parts.setdefault(layer, []).append(tuple(row.numpy() for row in rows))
    return {layer: _usual(rows) for layer, rows in parts.items()}


def _usual(rows: list[tuple[np.ndarray, ...]]) -> Usual:
    mean, square, best, where = (np.stack(column) for column in zip(*rows, strict=True))
    spread = np.sqrt(np.maximum(square.mean(0) - mean.mean(0) ** 2, 0))
    spread[spread < 1e-4 * max(spread.max(), 1e-12)] = np.inf  # a channel that is never used stands out nowhere
    return Usual(mean.mean(0), spread, best, where)


def standing(net: str, photo: Photo, layer: str) -> np.ndarray:
    """How unusual every answer is, z `(c, h, w)`."""
    known = usual(net)[layer]
    maps = answers(net, photo).maps[layer].astype(np.float32)
    return ((maps - known.mean[:, None, None]) / known.spread[:, None, None]).astype(np.float32)


def field_of(net: str, layer: str) -> Field:
    """The receptive field of a layer."""
    return next(f for f in receptive_fields(network(net).layers()) if f.name == layer)


def cells(seen_by: Field, count: int) -> np.ndarray:
    """For each of the 224 pixels along a side, the place of the layer whose middle is nearest."""
    return np.clip(np.floor((np.arange(SIDE) - seen_by.centre) / seen_by.jump + 0.5), 0, count - 1).astype(int)


def box(seen_by: Field, place: tuple[int, int]) -> tuple[int, int, int, int]:
    """First column and row, and those after the last, of the pixels that a place sees."""
    (top, bottom), (left, right) = (seen(seen_by, at, SIDE) for at in place)
    return left, top, right, bottom


@lru_cache(maxsize=128)
def influence(net: str, photo: Photo, layer: str, channel: int, place: tuple[int, int]) -> tuple[int, int, int, int]:
    """The smallest square around the middle of the influence that holds 90 % of it, like `box`.

    Influence of a pixel: how much the answer changes with it, |d a / d pixel| summed over its colours. Source: Luo et al. 2016,
    "Understanding the effective receptive field".
    """
    settle()
    with torch.inference_mode(False), torch.enable_grad():
        x = prepared(net, photo.pixels).clone().requires_grad_()
        answer = network(net).activations(x)[layer][0, channel, place[0], place[1]]
        (slope,) = torch.autograd.grad(answer, x)
    weight = slope[0].abs().sum(0).double().numpy()
    if not weight.any():  # a ReLU that is off depends on nothing
        return box(field_of(net, layer), place)
    row, column = (round(float((np.arange(SIDE) * weight.sum(axis)).sum() / weight.sum())) for axis in (1, 0))
    total = np.pad(weight.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    for reach in range(SIDE):
        top, left = max(0, row - reach), max(0, column - reach)
        bottom, right = min(SIDE, row + reach + 1), min(SIDE, column + reach + 1)
        if total[bottom, right] - total[top, right] - total[bottom, left] + total[top, left] >= SHARE * total[-1, -1]:
            break
    return left, top, right, bottom


@lru_cache(maxsize=64)
def excites(net: str, layer: str, channel: int) -> tuple[tuple[str, float, np.ndarray], ...]:
    """The bundled photographs by how much they excite a channel: name, z, and the patch around the place `(s, s, 3)`.

    All patches have the side of the square that holds 90 % of the influence on the strongest answer.
    """
    known, width = usual(net)[layer], answers(net, bundled("cat")).maps[layer].shape[2]
    z = (known.best[:, channel] - known.mean[channel]) / known.spread[channel]
    names, order = list(BUNDLED), np.argsort(-z, kind="stable")
    places = [tuple(int(v) for v in divmod(int(at), width)) for at in known.where[:, channel]]
    first = int(order[0])
    left, top, right, bottom = influence(net, bundled(names[first]), layer, channel, (places[first][0], places[first][1]))
    side = max(9, min(SIDE, max(right - left, bottom - top)))
    seen_by = field_of(net, layer)
    return tuple((names[i], float(z[i]), _patch(bundled(names[i]), seen_by, places[i], side)) for i in order)


def _patch(of: Photo, seen_by: Field, place: tuple[int, ...], side: int) -> np.ndarray:
    """The square of `side` pixels around a place, moved inwards at the border, at most `CROP` pixels wide."""
    top, left = (int(np.clip(seen_by.centre + at * seen_by.jump - side / 2, 0, SIDE - side)) for at in place)
    patch = of.pixels[top : top + side, left : left + side]
    if side <= CROP:
        return patch
    keep = np.linspace(0, side - 1, CROP).round().astype(int)
    return patch[keep][:, keep]
