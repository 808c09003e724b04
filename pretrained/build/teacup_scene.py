"""What stands in the room of `teacup.py`, as signed distances. Lengths in decimetres; x right, y up, z to the viewer."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

TABLE, ROOM, WINDOW, BASE, LID, CUP, TEA, SAUCER, PLANT = range(9)
KINDS = 9
CUP_AT, LAPTOP_AT, TURN = (1.82, 0.0, 0.62), (-0.72, 0.0, 0.1), 0.3  # where they stand, and the laptop's turn in radians
LEAN = 0.34  # of the lid, backwards, in radians
WIDE, DEEP, TALL = 1.5, 1.02, 0.98  # half sides of the laptop's base and the half height of its lid
FLOOR, WALL, LEFT, RIGHT = -2.6, -5.2, -5.5, 6.5
PANE = (-2.55, 2.3, 1.55, 1.75)  # the window's middle x, y and half sides
CUP_PROFILE = ((0.0, 0.09), (0.30, 0.09), (0.34, 0.05), (0.33, 0.11), (0.46, 0.22), (0.58, 0.42), (0.65, 0.68), (0.69, 0.83))
SAUCER_PROFILE = ((0.0, 0.045), (0.55, 0.045), (0.62, 0.06), (0.92, 0.135), (1.08, 0.19))
THICK = 0.022


def box(p: np.ndarray, middle: tuple[float, ...], half: tuple[float, ...], edge: float = 0.0) -> np.ndarray:
    """Distance to a box with edges rounded by `edge`."""
    q = [np.abs(p[i] - np.float32(middle[i])) - np.float32(half[i] - edge) for i in range(3)]
    outside = np.sqrt(sum(np.maximum(c, 0) ** 2 for c in q))
    return outside + np.minimum(np.maximum(q[0], np.maximum(q[1], q[2])), 0) - np.float32(edge)


def turned(p: np.ndarray, profile: tuple[tuple[float, float], ...], thick: float) -> np.ndarray:
    """Distance to the surface that a line through (radius, height) sweeps about the upright axis, with a thickness."""
    r, y = np.sqrt(p[0] ** 2 + p[2] ** 2), p[1]
    found = np.full(r.shape, 1e9, np.float32)
    for (r0, y0), (r1, y1) in pairwise(profile):
        dr, dy = np.float32(r1 - r0), np.float32(y1 - y0)
        h = np.clip(((r - r0) * dr + (y - y0) * dy) / (dr * dr + dy * dy), 0, 1)
        np.minimum(found, (r - r0 - h * dr) ** 2 + (y - y0 - h * dy) ** 2, out=found)
    return np.sqrt(found) - np.float32(thick)


def inner(p: np.ndarray) -> np.ndarray:
    """How far outside the radius of the cup's wall a point is, at its height; negative inside the cup."""
    radii, heights = np.array(CUP_PROFILE[3:]).T
    return np.sqrt(p[0] ** 2 + p[2] ** 2) - np.interp(p[1], heights, radii).astype(np.float32)


def ring(p: np.ndarray, middle: tuple[float, float, float], size: tuple[float, float], thick: float) -> np.ndarray:
    """Distance to an upright ring in the plane z = 0 with half axes `size`; exact where they are equal."""
    x, y, z = (p[i] - np.float32(middle[i]) for i in range(3))
    scale = np.float32(size[0] / size[1])
    flat = np.sqrt(x**2 + (y * scale) ** 2) - np.float32(size[0])
    return 0.8 * (np.sqrt(flat**2 + z**2) - np.float32(thick))


def laptop(p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The point as the laptop's base and as its lid see it (3, n): x along the hinge, y out of the surface or up the lid."""
    c, s = np.float32(np.cos(TURN)), np.float32(np.sin(TURN))
    x, z = p[0] - np.float32(LAPTOP_AT[0]), p[2] - np.float32(LAPTOP_AT[2])
    base = np.stack([c * x - s * z, p[1], s * x + c * z])
    c, s = np.float32(np.cos(LEAN)), np.float32(np.sin(LEAN))
    y, z = base[1] - np.float32(0.1), base[2] + np.float32(DEEP)
    return base, np.stack([base[0], c * y - s * z, s * y + c * z])


def cup_place(p: np.ndarray) -> np.ndarray:
    """The point seen from the middle of the cup's foot, its handle along x."""
    x, z = p[0] - np.float32(CUP_AT[0]), p[2] - np.float32(CUP_AT[2])
    c, s = np.float32(np.cos(0.45)), np.float32(np.sin(0.45))
    return np.stack([c * x + s * z, p[1] - np.float32(0.06), c * z - s * x])


def china(p: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Distances to the cup with its handle, the tea in it, and the saucer."""
    q = cup_place(p)
    hollow = inner(q)
    handle = np.maximum(ring(q, (0.72, 0.5, 0), (0.22, 0.25), 0.045), -hollow)
    shell = turned(q, CUP_PROFILE, THICK)
    blend = np.clip(0.5 + 0.5 * (handle - shell) / 0.05, 0, 1)
    cup = handle * (1 - blend) + shell * blend - 0.05 * blend * (1 - blend)
    tea = np.maximum(0.8 * hollow, np.abs(q[1] - np.float32(0.62)) - np.float32(0.02))
    return cup, tea, turned(p - np.array([[CUP_AT[0]], [0], [CUP_AT[2]]], np.float32), SAUCER_PROFILE, THICK)


def plant(p: np.ndarray) -> np.ndarray:
    """A pot with leaves, on the sill."""
    x, y, z = p[0] - np.float32(-1.55), p[1] - np.float32(0.62), p[2] - np.float32(WALL + 0.42)
    r = np.sqrt(x**2 + z**2)
    found = np.maximum(0.95 * (r - np.float32(0.22) - 0.12 * y), np.abs(y - np.float32(0.25)) - np.float32(0.25))
    for angle, lean, high in ((0.2, 0.32, 0.95), (1.5, 0.4, 0.8), (2.7, 0.36, 0.9), (3.9, 0.42, 0.75), (5.2, 0.3, 1.05)):
        a, b = np.float32(np.cos(angle) * lean), np.float32(np.sin(angle) * lean * 0.5)
        t = np.clip((y - 0.35) / (high - 0.35 + 0.25), 0, 1)
        leaf = np.sqrt((x - a * t * 1.3) ** 2 + (z - b * t) ** 2) - np.float32(0.13) * np.sin(np.pi * (0.08 + 0.9 * t))
        found = np.minimum(found, np.maximum(0.6 * leaf, np.maximum(y - np.float32(high + 0.2), 0.35 - y)))
    return found


def window(p: np.ndarray) -> np.ndarray:
    """The window's frame, its bars and its sill."""
    x, y, half, tall = PANE
    z = WALL + 0.06
    q = p.copy()
    q[0], q[1] = np.abs(p[0] - np.float32(x)), np.abs(p[1] - np.float32(y))
    sides = np.minimum(box(q, (half, 0, z), (0.12, tall + 0.12, 0.12), 0.02), box(q, (0, tall, z), (half, 0.12, 0.12), 0.02))
    bars = np.minimum(box(q, (0, 0, z), (0.05, tall, 0.08)), box(q, (0, 0, z), (half, 0.05, 0.08)))
    return np.minimum(np.minimum(sides, bars), box(p, (x, y - tall - 0.14, WALL + 0.3), (half + 0.3, 0.06, 0.34), 0.03))


def _near(
    p: np.ndarray, middle: tuple[float, float, float], radius: float, exact: Callable[[np.ndarray], Any], count: int
) -> list[np.ndarray]:
    """Distances to parts inside a ball: exact near it, elsewhere a safe lower bound, which is cheap."""
    bound = np.sqrt(sum((p[i] - np.float32(middle[i])) ** 2 for i in range(3))) - np.float32(radius)
    close = bound < 0.25
    found = [np.where(close, 0, bound + np.float32(0.1)) for _ in range(count)]
    if close.any():
        parts = exact(p[:, close])
        for whole, part in zip(found, parts if count > 1 else (parts,), strict=True):
            whole[close] = part
    return found


def parts(p: np.ndarray) -> list[np.ndarray]:
    """Signed distances from points (3, n) to everything in the room, in the order of the kinds."""
    table = np.minimum(box(p, (0.2, -0.1, -0.05), (3.5, 0.1, 2.0), 0.05), 1e9)
    room = np.minimum(np.minimum(p[1] - np.float32(FLOOR), p[2] - np.float32(WALL)), np.minimum(p[0] - LEFT, RIGHT - p[0]))
    skirting = box(p, (0, FLOOR + 0.2, WALL), (20, 0.2, 0.07), 0.03)

    def folded(q: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        base, lid = laptop(q)
        return (
            box(base, (0, 0.06, 0), (WIDE, 0.05, DEEP), 0.04),
            box(lid, (0, TALL, 0), (WIDE, TALL, 0.035), 0.03),
        )

    bottom, top = _near(p, (LAPTOP_AT[0], 0.8, LAPTOP_AT[2] - 0.4), 2.1, folded, 2)
    cup, tea, saucer = _near(p, (CUP_AT[0] + 0.1, 0.4, CUP_AT[2]), 1.2, china, 3)
    (frame,) = _near(p, (PANE[0], PANE[1], WALL), 2.6, window, 1)
    (green,) = _near(p, (-1.55, 1.3, WALL + 0.4), 1.0, plant, 1)
    return [table, np.minimum(room, skirting), frame, bottom, top, cup, tea, saucer, green]


def distance(p: np.ndarray) -> np.ndarray:
    """Signed distance from points (3, n) to the nearest surface."""
    return np.minimum.reduce(parts(p)).astype(np.float32)


def nearest(p: np.ndarray) -> np.ndarray:
    """Which thing each point lies on, (n,)."""
    return np.argmin(np.stack(parts(p)), 0)
