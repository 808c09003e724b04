"""The colours and the shine of what `teacup_scene.py` puts into the room: linear red, green and blue."""

import numpy as np

from pretrained.build.teacup_scene import (
    BASE,
    CUP,
    CUP_AT,
    FLOOR,
    KINDS,
    LID,
    PANE,
    PLANT,
    ROOM,
    SAUCER,
    TABLE,
    TALL,
    TEA,
    WALL,
    WIDE,
    cup_place,
    inner,
    laptop,
)  # fmt: skip


def glossy(kind: np.ndarray) -> np.ndarray:
    """The share of light that is mirrored straight on (n,)."""
    share = np.zeros(KINDS, np.float32)
    share[[CUP, SAUCER]], share[TEA], share[[BASE, LID]], share[TABLE] = 0.05, 0.06, 0.04, 0.03
    return share[kind]


def colour(p: np.ndarray, kind: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What part of red, green and blue light each point sends back, and what it shines itself: two arrays (3, n)."""
    plain = np.array(
        [
            [0.60, 0.40, 0.24],  # table
            [0.80, 0.80, 0.77],  # room
            [0.92, 0.92, 0.90],  # window's frame
            [0.60, 0.62, 0.65],  # laptop
            [0.60, 0.62, 0.65],  # its lid
            [0.93, 0.93, 0.90],  # cup
            [0.42, 0.15, 0.03],  # tea
            [0.93, 0.93, 0.90],  # saucer
            [0.20, 0.42, 0.16],  # plant
        ],
        np.float32,
    )
    albedo, glow = plain[kind].T.copy(), np.zeros((3, len(kind)), np.float32)
    for which, paint in (
        (TABLE, _wood),
        (ROOM, _room),
        (BASE, _keys),
        (LID, _screen),
        (CUP, _cup),
        (SAUCER, _saucer),
        (PLANT, _plant),
    ):
        some = kind == which
        if some.any():
            albedo[:, some], glow[:, some] = paint(p[:, some], albedo[:, some])
    return albedo, glow


def mix(a: np.ndarray, colour: tuple[float, float, float], where: np.ndarray) -> np.ndarray:
    """Colours (3, n) with another one where `where` (n,) is 1."""
    return a + (np.array(colour, np.float32)[:, None] - a) * where


def rounded(u: np.ndarray, v: np.ndarray, half: tuple[float, float], edge: float) -> np.ndarray:
    """Whether points of a plane lie inside a rectangle with round corners (n,)."""
    x, y = np.abs(u) - (half[0] - edge), np.abs(v) - (half[1] - edge)
    return np.sqrt(np.maximum(x, 0) ** 2 + np.maximum(y, 0) ** 2) + np.minimum(np.maximum(x, y), 0) < edge


def _wood(p: np.ndarray, a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Boards with a faint grain along x."""
    board = np.floor((p[2] + 2.1) / 0.82)
    tone = 1 + 0.05 * np.sin(board * 2.4) + 0.025 * np.sin(9 * p[2] + 1.3 * np.sin(0.9 * p[0] + 2 * board) + 3 * board)
    seam = np.abs((p[2] + 2.1) / 0.82 - board - 0.5) > 0.488
    return a * np.where(seam, 0.72, tone), 0 * a


def _room(p: np.ndarray, a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A floor of pale boards, white skirting, and on the back wall the sky in the window."""
    floor = p[1] < FLOOR + 0.01
    a = mix(a, (0.52, 0.43, 0.34), floor)
    a = mix(a, (0.9, 0.9, 0.88), (p[1] < FLOOR + 0.42) & ~floor)
    x, y, half, tall = PANE
    inside = (np.abs(p[0] - x) < half) & (np.abs(p[1] - y) < tall) & (p[2] < WALL + 0.03)
    h = np.clip((p[1] - y + tall) / (2 * tall), 0, 1)
    sky = np.stack([0.86 - 0.38 * h, 0.93 - 0.2 * h, 1.0 - 0.02 * h])
    hill = p[1] < y - tall + 0.75 + 0.16 * np.sin(1.5 * p[0]) + 0.05 * np.sin(5 * p[0])
    sky = mix(sky.astype(np.float32), (0.46, 0.62, 0.40), hill)
    return np.where(inside, 0.02, a), np.where(inside, 1.02 * sky, 0)


def _keys(p: np.ndarray, a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Five rows of dark keys, a space bar, and a touch pad in front of them."""
    base, _ = laptop(p)
    u, w, top = base[0], base[2], base[1] > 0.1
    across, down, columns, rows = 1.32, 0.56, 13, 5
    i, j = (u + across) / (2 * across) * columns, (w + 0.78) / (2 * down) * rows
    key = (np.abs(i % 1 - 0.5) < 0.4) & (np.abs(j % 1 - 0.5) < 0.38) & (i > 0) & (i < columns) & (j > 0) & (j < rows)
    last = (j >= rows - 1) & (j < rows)
    bar = last & (i > 3.1) & (i < 9.9) & (np.abs(j % 1 - 0.5) < 0.38)
    key = np.where(last & (i > 3) & (i < 10), bar, key)
    a = mix(a, (0.035, 0.04, 0.05), key & top)
    pad = rounded(u, w - 0.66, (0.46, 0.25), 0.05) & top
    return mix(a, (0.44, 0.46, 0.49), pad), 0 * a


def _screen(p: np.ndarray, a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A dark rim, and a lit screen with a page of text and a picture on it."""
    _, lid = laptop(p)
    u, v, front = lid[0], lid[1] - TALL, lid[2] > 0.02
    a = mix(a, (0.02, 0.022, 0.026), rounded(u, v, (WIDE - 0.03, TALL - 0.03), 0.06) & front)
    lit = rounded(u, v, (WIDE - 0.13, TALL - 0.13), 0.02) & front
    h = np.clip(0.5 + 0.5 * v / TALL, 0, 1)
    glow = np.stack([0.10 + 0.10 * h, 0.30 + 0.26 * h, 0.52 + 0.30 * h]).astype(np.float32)
    page = rounded(u + 0.25, v + 0.02, (0.92, 0.66), 0.04)
    glow = mix(glow, (0.90, 0.92, 0.94), page)
    glow = mix(glow, (0.62, 0.68, 0.74), page & (v > 0.52))
    line = (
        (np.abs((v + 0.02) / 0.15 % 1 - 0.5) < 0.2)
        & (np.abs(v + 0.08) < 0.5)
        & (u > -1.05)
        & (u < -0.05 - 0.16 * np.sin(9 * np.floor(v / 0.15)))
    )
    glow = mix(glow, (0.30, 0.34, 0.40), page & line)
    glow = mix(glow, (0.90, 0.48, 0.20), rounded(u - 0.33, v - 0.2, (0.24, 0.22), 0.03))
    glow = mix(glow, (0.20, 0.55, 0.45), rounded(u - 0.33, v + 0.33, (0.24, 0.22), 0.03))
    return np.where(lit, 0.02, a), np.where(lit, 0.9 * glow, 0)


def _cup(p: np.ndarray, a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """White china with a blue band below the rim, outside."""
    q = cup_place(p)
    band = (q[1] > 0.66) & (q[1] < 0.74) & (inner(q) > 0) & (np.sqrt(q[0] ** 2 + q[2] ** 2) < 0.74)
    return mix(a, (0.08, 0.22, 0.55), band), 0 * a


def _saucer(p: np.ndarray, a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """White china with a blue band along the edge."""
    r = np.sqrt((p[0] - CUP_AT[0]) ** 2 + (p[2] - CUP_AT[2]) ** 2)
    return mix(a, (0.08, 0.22, 0.55), (r > 0.95) & (r < 1.02)), 0 * a


def _plant(p: np.ndarray, a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A white pot below, leaves above."""
    return mix(a, (0.78, 0.42, 0.28), p[1] < 0.62 + 0.5), 0 * a
