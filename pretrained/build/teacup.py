"""Make `pretrained/data/teacup.npz`: "a teacup on the right of a laptop in a clean room", 256 x 256, as JPEG bytes.

Drawn by this project's script: a ray tracer by sphere tracing (Hart 1996), rendered at 2048 x 2048 and reduced. Needs nothing but
NumPy and Pillow, takes about a minute on one core. Run from the root of the project:

    python -m pretrained.build.teacup

Every signed distance in `teacup_scene.py` is one of Quilez, "Distance functions" (iquilezles.org/articles/distfunctions): boxes,
a ring, and surfaces of revolution made of line segments. All lengths are in decimetres. Nothing is random: each of the 64 rays
behind a pixel looks at its own part of the lamp and in its own direction, so shadows are soft and free of noise.
"""

import io
from typing import Any

import numpy as np
from PIL import Image

from pretrained.build.manifest import ROOT, enter
from pretrained.build.teacup_paint import colour, glossy
from pretrained.build.teacup_scene import distance, nearest

FILE = "pretrained/data/teacup.npz"
ABOUT = "A teacup on the right of a laptop in a clean room, drawn by this project's script, MIT"
SIDE, FINE = 256, 8  # pixels of the picture, and rays along each side of one of them
EYE, TARGET, ZOOM = np.array([0.55, 3.35, 7.0]), np.array([0.24, 0.84, 0.0]), 2.42
LAMP = np.array(
    [[-5.2, 4.6, 3.4], [0.0, 1.5, 0.3], [1.2, 0.0, 2.0]]
)  # a window left of the picture: middle, and its two half sides
LIGHT, AMBIENT = np.array([1.0, 0.95, 0.86]), np.array([0.66, 0.70, 0.76])
STEPS, REACH, NEAR, BOUNCE = 110, 30.0, 1.5e-3, 4.0
CHUNK = 1 << 15  # rays at a time, so that they stay in the processor's cache


def march(start: np.ndarray, way: np.ndarray, reach: float = REACH) -> np.ndarray:
    """How far rays `start + t way` (3, n) get until they meet something (n,); `reach` where nothing is met."""
    t = np.full(start.shape[1], 2e-2, np.float32)
    live = np.arange(len(t))
    for _ in range(STEPS):
        step = distance(start[:, live] + t[live] * way[:, live])
        t[live] += step
        live = live[(step > NEAR) & (t[live] < reach)]
        if not len(live):
            break
    return np.minimum(t, reach)


def shadow(point: np.ndarray, goal: np.ndarray) -> np.ndarray:
    """1 where the goal is seen from the point, 0 where something is between them, (n,)."""
    way = goal - point
    far = np.sqrt((way**2).sum(0))
    return (march(point, way / far, float(far.max())) >= far - 0.05).astype(np.float32)


def normal(point: np.ndarray) -> np.ndarray:
    """The direction in which the distance grows (3, n): differences at the corners of a tetrahedron."""
    corners = np.array([[1, -1, -1], [-1, -1, 1], [-1, 1, -1], [1, 1, 1]], np.float32)
    found = sum(k[:, None] * distance(point + 1e-3 * k[:, None]) for k in corners)
    return found / np.maximum(np.sqrt((found**2).sum(0)), 1e-9)


def around(n: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Directions about normals `n` (3, m), cosine-weighted, from two numbers in [0, 1) each."""
    side = np.cross(n, np.where(np.abs(n[1]) < 0.9, np.array([[0], [1], [0]]), np.array([[1], [0], [0]])), axis=0)
    side /= np.sqrt((side**2).sum(0))
    angle, r = 2 * np.pi * u, np.sqrt(v)
    return (r * np.cos(angle) * side + r * np.sin(angle) * np.cross(n, side, axis=0) + np.sqrt(1 - v) * n).astype(np.float32)


def direct(point: np.ndarray, n: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Light that comes straight from the lamp, (3, m); each ray looks at the part (u, v) of it."""
    middle, up, along = (LAMP[i][:, None] for i in range(3))
    goal = (middle + (2 * u - 1) * up + (2 * v - 1) * along).astype(np.float32)
    way = goal - point
    far = np.sqrt((way**2).sum(0))
    facing = np.maximum((n * way / far).sum(0), 0)
    return LIGHT[:, None] * facing * shadow(point + 4e-3 * n, goal) * np.minimum(60 / far**2, 1.6)


def shade(point: np.ndarray, way: np.ndarray, u: np.ndarray, v: np.ndarray, bounces: int = 1) -> np.ndarray:
    """The light (3, m) that surfaces at `point` send back along `way`: lamp, room, one diffuse bounce, one mirror image."""
    n = normal(point)
    kind = nearest(point)
    albedo, glow = colour(point, kind)
    light = direct(point, n, u, v)
    lifted = point + 4e-3 * n
    if bounces:
        out = around(n, (u + 0.37) % 1, (v * 0.98 + 0.01) % 1)
        t = march(lifted, out, BOUNCE)
        met = t < BOUNCE
        sent = np.repeat(AMBIENT[:, None], len(t), 1)
        if met.any():  # the farther away a surface, the more it is just a part of the bright room
            back, far = shade((lifted + t * out)[:, met], out[:, met], v[met], u[met], 0), (t[met] / BOUNCE) ** 2
            sent[:, met] = (1 - far) * back + far * sent[:, met]
        light = light + sent
    else:
        light = light + 0.62 * AMBIENT[:, None]
    found = albedo * light + glow
    shine = glossy(kind)
    some = (shine > 0) if bounces else np.zeros(len(shine), bool)
    if some.any():
        facing = np.clip(-(n * way).sum(0)[some], 0, 1)
        mirror = way[:, some] + 2 * facing * n[:, some]
        t = march(lifted[:, some], mirror, 14.0)
        seen = shade(lifted[:, some] + t * mirror, mirror, u[some], v[some], 0)
        share = shine[some] + (1 - shine[some]) * 0.7 * (1 - facing) ** 5
        found[:, some] = (1 - share) * found[:, some] + share * seen
    return found


def render(side: int = SIDE, fine: int = FINE) -> np.ndarray:
    """The picture, `(side, side, 3)` in linear light: the mean of `fine * fine` rays a pixel."""
    size = side * fine
    ahead = (TARGET - EYE) / np.linalg.norm(TARGET - EYE)
    right = np.cross(ahead, [0, 1, 0])
    right /= np.linalg.norm(right)
    up = np.cross(right, ahead)
    rows, columns = np.divmod(np.arange(size * size), size)
    part = (rows % fine) * fine + columns % fine
    u, v = (part + 0.5) / fine**2, (part * 7 % fine**2 + 0.5) / fine**2  # a lattice: evenly spread in both
    picture = np.empty((3, size * size), np.float32)
    for first in range(0, size * size, CHUNK):
        at = slice(first, first + CHUNK)
        x, y = (2 * columns[at] + 1) / size - 1, 1 - (2 * rows[at] + 1) / size
        way = ahead[:, None] * ZOOM + right[:, None] * x + up[:, None] * y
        way = (way / np.sqrt((way**2).sum(0))).astype(np.float32)
        start = np.repeat(EYE[:, None].astype(np.float32), way.shape[1], 1)
        point = start + march(start, way) * way
        picture[:, at] = shade(point, way, u[at].astype(np.float32), v[at].astype(np.float32))
    return np.minimum(picture, 1.6).T.reshape(side, fine, side, fine, 3).mean((1, 3))


def developed(light: np.ndarray) -> np.ndarray:
    """Linear light as 8-bit sRGB; the brightest is bent over softly instead of being cut."""
    bent = np.where(light < 0.7, light, 0.7 + 0.3 * np.tanh((light - 0.7) / 0.3))
    curve = np.where(bent <= 0.0031308, 12.92 * bent, 1.055 * np.maximum(bent, 1e-6) ** (1 / 2.4) - 0.055)
    return np.round(255 * np.clip(curve, 0, 1)).astype(np.uint8)


def main() -> None:
    """Write the file and its entry in the manifest."""
    out = io.BytesIO()
    Image.fromarray(developed(render())).save(out, "JPEG", quality=92, subsampling=0, optimize=True)
    arrays: dict[str, Any] = {"teacup": np.frombuffer(out.getvalue(), np.uint8), "teacup/about": np.array(ABOUT)}
    np.savez(ROOT / FILE, **arrays)
    enter(
        ROOT / FILE,
        licence="MIT (own work)",
        source="Drawn by this project's script, pretrained/build/teacup.py, after the sentence on the lecture's slides",
        version="1",
        command="python -m pretrained.build.teacup",
    )


if __name__ == "__main__":
    main()
