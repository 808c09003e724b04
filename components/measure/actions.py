"""Group actions on pictures: what can be done to a picture `(..., h, w, c)` without changing what it shows.

    shift by t         (g x)[r, c] = x[r, c - t mod w]      on a torus: what leaves on the right comes back on the left
    paper shift by t   the same, but what leaves is lost and paper comes in: undoing it does not bring it back
    flip, quarter turn pixels change places: exact, and undone exactly
    rotation by a      pixels fall between pixels and are interpolated: not exact, rotate(-a) rotate(a) x is not x

The four turns and their mirror images are the eight symmetries of the square, here `SQUARE`.
Source: lecture "How to Model", slides "Data invariances" and "Data equivariances".
"""

from functools import partial

import numpy as np

from components.measure.symmetry import Function

FLIPS = {1: (-2,), 2: (-3,), 3: (-3, -2)}
"""Left-right, up-down, both: the axes that are reversed."""
SQUARE = tuple((quarters, flipped) for flipped in (False, True) for quarters in range(4))
"""The eight symmetries of the square: quarter turns, and whether the picture is flipped left-right before."""


def shift(x: np.ndarray, right: int, down: int = 0) -> np.ndarray:
    """Move a picture on the torus; exact, and shifts add."""
    return np.roll(x, (down, right), (-3, -2))


def paper_shift(x: np.ndarray, right: int, down: int = 0, paper: float = 0.0) -> np.ndarray:
    """Move a picture on a sheet of paper: what is pushed over the edge is lost, and paper comes in."""
    h, w = x.shape[-3:-1]
    out = np.full_like(x, paper)
    if abs(right) < w and abs(down) < h:
        to = (slice(max(0, down), h + min(0, down)), slice(max(0, right), w + min(0, right)))
        come = (slice(max(0, -down), h + min(0, -down)), slice(max(0, -right), w + min(0, -right)))
        out[..., *to, :] = x[..., *come, :]
    return out


def flip(x: np.ndarray, which: int = 1) -> np.ndarray:
    """Mirror a picture, see `FLIPS`; twice is the picture itself."""
    return np.flip(x, FLIPS[which])


def turn(x: np.ndarray, quarters: int) -> np.ndarray:
    """Turn a picture anticlockwise by quarters of a circle; four are the picture itself."""
    return np.rot90(x, quarters, (-3, -2))


def rotate(x: np.ndarray, degrees: float, paper: float = 0.0) -> np.ndarray:
    """Turn a picture anticlockwise about its centre by any angle; each new pixel is a mean of the four old ones around the
    place it comes from (bilinear interpolation), and paper outside."""
    h, w = x.shape[-3:-1]
    angle = np.deg2rad(degrees)
    r, c = np.mgrid[:h, :w] - np.array([(h - 1) / 2, (w - 1) / 2])[:, None, None]
    rows = np.round(np.cos(angle) * r + np.sin(angle) * c + (h - 1) / 2, 9)  # rounded: quarter turns stay exact
    columns = np.round(np.cos(angle) * c - np.sin(angle) * r + (w - 1) / 2, 9)
    top, left = np.floor(rows).astype(int), np.floor(columns).astype(int)
    sheet = np.pad(x, [(0, 0)] * (x.ndim - 3) + [(1, 1), (1, 1), (0, 0)], constant_values=paper)
    out = np.zeros_like(x)
    for dr in (0, 1):
        for dc in (0, 1):
            weight = (1 - np.abs(rows - top - dr)) * (1 - np.abs(columns - left - dc))
            near = sheet[..., np.clip(top + dr + 1, 0, h + 1), np.clip(left + dc + 1, 0, w + 1), :]
            out += weight[..., None].astype(x.dtype) * near
    return out


def square(x: np.ndarray, quarters: int, flipped: bool) -> np.ndarray:
    """One symmetry of the square: the flip first, then the turn."""
    return turn(flip(x) if flipped else x, quarters)


def back(x: np.ndarray, quarters: int, flipped: bool) -> np.ndarray:
    """What undoes `square`: the turn back first, then the flip."""
    x = turn(x, -quarters)
    return flip(x) if flipped else x


def act(name: str, amount: int, paper: float = 0.0) -> Function:
    """The action g with a name and an amount.

    Args:
        name: "shift" or "paper" (amount in pixels to the right), "flip" (a key of `FLIPS`), "turn" (90, 180 or 270 degrees),
            "angle" (degrees).
        amount: how much.
        paper: what comes in from outside.

    Raises:
        ValueError: there is no such action.
    """
    if name == "shift":
        return partial(shift, right=amount)
    if name == "paper":
        return partial(paper_shift, right=amount, paper=paper)
    if name == "flip":
        return partial(flip, which=amount)
    if name == "turn":
        return partial(turn, quarters=amount // 90)
    if name == "angle":
        return partial(rotate, degrees=amount, paper=paper)
    raise ValueError(f"no action is called {name!r}")


def known(name: str, amount: int, h: int, w: int) -> np.ndarray:
    """Where a moved picture shows something of the old one, and not paper: `(h, w)` of bool."""
    return act(name, amount)(np.ones((h, w, 1)))[..., 0] > 0.999
