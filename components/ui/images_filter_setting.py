"""What the filter slides over: a piece of the picture, of one of its rows, or of a recorded signal."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.catalogue import discover
from components.measure.filtering import filtered, lively, out_shape, windows
from components.ui.digest import digest
from components.ui.links import went_back

SIGNALS = {"row": "A row of the picture", "voice": "A voice", "watch": "A watch on a wrist"}
SIDE, LENGTH, MOST = 10, 11, 400  # cells of a piece, samples of a piece, samples of a whole signal


class Setting(NamedTuple):
    """Everything the view shows depends on this, and on the place."""

    dim: int
    whole: np.ndarray  # (n,) or (h, w)
    about: str
    corner: tuple[int, ...]
    piece: np.ndarray
    weight: np.ndarray  # (k,) or (k, k)
    own: np.ndarray | None  # (m, k), filters of the piece's places where they are not shared
    bias: float
    padding: int
    stride: int
    signed: bool

    @property
    def k(self) -> int:
        """Cells along the window's side."""
        return int(self.weight.shape[-1])

    @property
    def places(self) -> tuple[int, ...]:
        """Places of the piece; raises BadInput where the window does not fit."""
        return out_shape(self.piece.shape, self.k, self.padding, self.stride)

    @property
    def filters(self) -> np.ndarray:
        """The filter, or with separate ones a row for each place."""
        return self.weight if self.own is None else self.own

    def outputs(self) -> np.ndarray:
        """The piece's outputs."""
        return filtered(self.piece, self.filters, self.bias, self.padding, self.stride)


def grey(raw: np.ndarray) -> np.ndarray:
    """A picture `(h, w, 1 or 3)` as the mean of its colours, `(h, w)`."""
    return np.asarray(raw, np.float64).mean(-1)


@lru_cache(maxsize=8)
def recorded_signal(name: str) -> tuple[np.ndarray, str]:
    """A recorded signal, its liveliest `MOST` samples, and what it is."""
    if name == "voice":
        sample = discover("modalities", "MODALITY")["audio"].examples["seven"]()
        wave, rate = sample["sound"]
        wave = np.asarray(wave, np.float64).reshape(len(wave), -1)[:, 0]
        wave = wave / np.abs(wave).max()
        said = f"The word seven, {rate:,} samples a second, scaled to ±1"
    else:
        sample = discover("modalities", "MODALITY")["sensor"].examples["watch-abduction"]()
        wave = np.asarray(sample["elements"][:, 0], np.float64)
        said = "Acceleration along the first axis, in g, 50 samples a second"
    start = lively(wave, MOST)[0]
    return wave[start : start + MOST], f"{said}. {sample['about']}"


def corner(name: str, whole: np.ndarray, side: int) -> tuple[int, ...]:
    """Where the piece begins: from a click or the address (the number of a cell), else where most happens."""
    size = int(whole.size)
    if name not in st.session_state or went_back():
        st.session_state[name] = st.query_params.get(name, "")
    text = str(st.session_state[name])
    if not (text.isdecimal() and int(text[:9]) < size):
        if name in st.query_params:
            del st.query_params[name]
        return _lively(digest(whole), whole, side)
    if st.query_params.get(name) != text:
        st.query_params[name] = text
    found = np.unravel_index(int(text), whole.shape)
    return tuple(int(min(i, max(0, n - side))) for i, n in zip(found, whole.shape, strict=True))


_found: dict[tuple[str, int], tuple[int, ...]] = {}


def _lively(name: str, whole: np.ndarray, side: int) -> tuple[int, ...]:
    """`lively`, remembered for all learners."""
    if (name, side) not in _found:
        if len(_found) > 256:
            _found.clear()
        _found[name, side] = lively(whole, side)
    return _found[name, side]


def separate(weight: np.ndarray, first: int, m: int, stride: int) -> np.ndarray:
    """A filter for each of m places `(m, k)`: random numbers that belong to the place in the whole signal, as a layer
    without sharing starts; the first keeps the chosen numbers."""
    most = max(float(np.abs(weight).max()), 1e-9)
    table = np.random.default_rng(0).uniform(-most, most, (MOST * 4, len(weight)))
    found = np.round(table[(first + stride * np.arange(m)) % len(table)], 2)
    found[0] = weight
    return found


def whole_output(setting: Setting) -> np.ndarray | None:
    """The output of the whole picture or signal; None where the window does not fit into it."""
    try:
        m = windows(setting.whole, setting.k, setting.padding, setting.stride).shape[0]
    except ValueError:
        return None
    weight = setting.weight
    if setting.own is not None:
        weight = separate(weight, 0, m, setting.stride)
        skipped = setting.corner[0] // setting.stride
        if setting.corner[0] % setting.stride == 0:
            rows = weight[skipped : skipped + len(setting.own)]
            rows[:] = setting.own[: len(rows)]
    return filtered(setting.whole, weight, setting.bias, setting.padding, setting.stride)
