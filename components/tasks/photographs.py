"""Which photograph does this patch come from? Real pixels, told apart by colour and texture.

A patch is 16 x 16 pixels. Patches overlap, so a random split would test on pixels that were trained on: training patches lie
left of column 160 of each photograph, test patches right of it.
"""

import io
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.files import arrays

if TYPE_CHECKING:
    from torch import Generator, Tensor

PATCH, BORDER, FLAT = 16, 160, 0.01
PATCH_SOURCES = ("cat", "coffee", "astronaut", "rocket", "temple", "flower")  # those in colour


@cache
def pixels_of(name: str) -> np.ndarray:
    """One photograph, `(256, 256, 3)` in [0, 1]."""
    from PIL import Image

    with Image.open(io.BytesIO(arrays("photographs.npz")[name].tobytes()), formats=("JPEG",)) as image:
        return np.asarray(image.convert("RGB"), np.float32) / 255


def window_means(values: np.ndarray) -> np.ndarray:
    """The mean over every window of 16 x 16 of `(h, w)` values, `(h - 15, w - 15)`, from sums that are shared by windows."""
    sums = np.pad(values.astype(np.float64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    return (sums[PATCH:, PATCH:] - sums[:-PATCH, PATCH:] - sums[PATCH:, :-PATCH] + sums[:-PATCH, :-PATCH]) / PATCH**2


@cache
def corners(name: str, part: str) -> np.ndarray:
    """Where the patches of one part begin, `(m, 2)` row and column. Patches of one flat colour (spread of their greys below
    0.01) are left out: they are the same everywhere."""
    grey = pixels_of(name).mean(-1)
    spread = window_means(grey**2) - window_means(grey) ** 2
    columns = np.arange(spread.shape[1])
    own = columns + PATCH <= BORDER if part == "train" else columns >= BORDER
    return np.argwhere((spread >= FLAT**2) & own)


def draw_patches(n: int, generator: "Generator", part: str, only: str | None = None) -> "tuple[Tensor, Tensor]":
    """n patches flattened column by column, colour after colour, `x (n, 1, 768)` in [0, 1].

    `y (n,)` is the number of the photograph, all equally often on average; with `only`, whether it is that one, half and half.
    """
    import torch

    count = len(PATCH_SOURCES)
    source = torch.randint(count, (n,), generator=generator)
    if only is not None:
        wanted = PATCH_SOURCES.index(only)
        other = (wanted + 1 + torch.randint(count - 1, (n,), generator=generator)) % count
        source = torch.where(torch.randint(2, (n,), generator=generator) == 1, wanted, other)
    part_of = torch.rand(n, generator=generator, dtype=torch.float64).numpy()
    x = np.empty((n, PATCH, PATCH, 3), np.float32)
    for i, (s, place) in enumerate(zip(source.tolist(), part_of, strict=True)):
        free = corners(PATCH_SOURCES[s], part)
        r, c = free[int(place * len(free))]
        x[i] = pixels_of(PATCH_SOURCES[s])[r : r + PATCH, c : c + PATCH]
    y = source if only is None else (source == wanted).long()
    return torch.from_numpy(x.transpose(0, 3, 2, 1).reshape(n, 1, -1).copy()), y
