"""Which solid is it? Point clouds on six parametric surfaces, with random proportions, noise and direction.

Each surface maps u and v in [0, 1) and a proportion s in [0, 1) to points in space, all arrays of one shape.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from torch import Generator, Tensor

POINTS, NOISE = 32, 0.06
Array = np.ndarray


def ring(u: Array, radius: Array, z: Array) -> Array:
    """A circle about the upright axis: (radius cos 2 pi u, radius sin 2 pi u, z)."""
    return np.stack([radius * np.cos(2 * np.pi * u), radius * np.sin(2 * np.pi * u), z], -1)


def sphere(u: Array, v: Array, s: Array) -> Array:
    """A sphere, pressed or drawn along its axis by .7 to 1.3."""
    return ring(u, np.sqrt(1 - (2 * v - 1) ** 2), (2 * v - 1) * (0.7 + 0.6 * s))


def cube(u: Array, v: Array, s: Array) -> Array:
    """Six faces: u chooses the face and the place along it, v the place across; pressed or drawn like the sphere."""
    face, along = np.floor(6 * u).astype(int) % 6, (6 * u) % 1
    side = np.stack([2 * along - 1, 2 * v - 1, np.where(face % 2, 1.0, -1.0)], -1)
    turned = np.take_along_axis(side, (np.arange(3) + face[..., None] // 2) % 3, -1)
    return turned * np.stack([np.ones_like(s), np.ones_like(s), 0.7 + 0.6 * s], -1)


def torus(u: Array, v: Array, s: Array) -> Array:
    """A ring of thickness .25 to .5."""
    thick = 0.25 + 0.25 * s
    return ring(u, 1 + thick * np.cos(2 * np.pi * v), thick * np.sin(2 * np.pi * v))


def cone(u: Array, v: Array, s: Array) -> Array:
    """A cone without its base, point upwards, 1.2 to 2.2 high."""
    return ring(u, np.sqrt(v), (1.2 + s) * (0.5 - np.sqrt(v)))


def cylinder(u: Array, v: Array, s: Array) -> Array:
    """A tube, 1.2 to 2.2 high."""
    return ring(u, np.full_like(u, 0.8), (1.2 + s) * (v - 0.5))


def sheet(u: Array, v: Array, s: Array) -> Array:
    """A wavy sheet standing upright: the one that looks different from every side."""
    return np.stack([2 * u - 1, (0.1 + 0.2 * s) * np.sin(2 * np.pi * u), 2 * v - 1], -1)


SURFACES: dict[str, Callable[[Array, Array, Array], Array]] = {
    "torus": torus,
    "sphere": sphere,
    "cube": cube,
    "cone": cone,
    "cylinder": cylinder,
    "sheet": sheet,
}


def unit(points: Array) -> Array:
    """Move the centre of `(..., n, d)` points to the origin and the farthest of them to distance 1."""
    points = points - points.mean(-2, keepdims=True)
    return points / np.maximum(np.linalg.norm(points, axis=-1, keepdims=True).max(-2, keepdims=True), 1e-12)


def turn(points: Array, angle: Array | float) -> Array:
    """Rotate the first two coordinates of `(..., d)` points by an angle in radians; the others stay."""
    x, y = points[..., 0], points[..., 1]
    turned = [np.cos(angle) * x - np.sin(angle) * y, np.sin(angle) * x + np.cos(angle) * y]
    return np.concatenate([np.stack(turned, -1), points[..., 2:]], -1)


def example(name: str, n: int) -> Array:
    """n points `(n, 3)` on one surface, always the same."""
    rng = np.random.default_rng(sorted(SURFACES).index(name))
    u, v = rng.random((2, n))
    return unit(SURFACES[name](u, v, np.full(n, 0.5)) + NOISE * rng.standard_normal((n, 3)))


def draw(n: int, generator: "Generator", part: str) -> "tuple[Tensor, Tensor]":
    """n new clouds of 32 points, sorted upwards, `x (n, 32, 3)`, each turned about the upright axis; `y (n,)` the surface."""
    import torch

    rng = np.random.default_rng(int(torch.randint(2**62, (1,), generator=generator)))
    y = rng.integers(len(SURFACES), size=n)
    u, v = rng.random((2, n, POINTS))
    s = np.broadcast_to(rng.random((n, 1)), u.shape)
    x = np.empty((n, POINTS, 3))
    for i, surface in enumerate(SURFACES.values()):
        x[y == i] = surface(u[y == i], v[y == i], s[y == i])
    x = turn(unit(x + NOISE * rng.standard_normal(x.shape)), rng.uniform(0, 2 * np.pi, (n, 1)))
    x = np.take_along_axis(x, x[..., 2:].argsort(1), 1)
    return torch.from_numpy(x.astype(np.float32)), torch.from_numpy(y)
