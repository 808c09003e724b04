"""A sample as a measure sees it: its form, its streams of symbols, its signals. Read from the data, not from a modality's name.

    form(sample)      text, symbols, picture, series, sound, graph, table, points, pictures (a set of them)
    symbols(sample)   streams of whole numbers, for entropies and counts
    signals(sample)   arrays of reals on their grid, for correlations and spectra
    seconds(sample)   how long it lasts, where it lasts

Reals become symbols by their own step where they have one (a picture's 1/255, a wave's 2 / 2^bits), see `step_of`; else they
are cut into 256 even steps from the smallest to the largest, and the stream says so (`rounded`).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from components.values import Sample

TEXT, SYMBOLS, PICTURE, SERIES = "text", "symbols", "picture", "series"
SOUND, GRAPH, TABLE, POINTS, PICTURES = "sound", "graph", "table", "points", "pictures"
LEVELS, FEW, FINEST, PROBED = 256, 16, 2**16, 20_000  # steps of what has none; "few values"; steps that count; values looked at
COLOURS = {1: ("grey",), 3: ("red", "green", "blue")}
NO_SYMBOL = ("", "nan", "<NA>", "NaT", "None")


class Stream(NamedTuple):
    """One stream of discrete symbols."""

    name: str  # which: "red", "words", "wave", the name of a column
    ids: np.ndarray  # (n,) whole numbers from 0, in their order; cells that are missing are left out
    alphabet: int | None  # how many different symbols could occur; None where nobody knows
    element: str  # what one of them is: "pixel value", "word", "wave sample", "cell", "degree", "coordinate", "channel value"
    names: tuple[str, ...] = ()  # of the symbols: names[id]; () where they are numbers
    low: float = 0.0  # numbers: the value of symbol 0
    step: float = 0.0  # numbers: value = low + step * id; 0 where there is no even step
    rounded: bool = False  # numbers: the step is not the data's own, they were cut into 256
    distinct: int = 0  # different values before they were cut, where they were


class Signal(NamedTuple):
    """One array of reals on its grid: (t,) a series, (h, w) a picture; (n,) a column or coordinate, whose order means nothing."""

    name: str
    values: np.ndarray


def form(sample: Sample) -> str:
    """What the data are, by what they hold: see the list at the top."""
    raw, elements, grid = sample["raw"], np.asarray(sample["elements"]), tuple(sample["grid"])
    if "edges" in sample:
        return GRAPH
    if has(raw, "wave", "hertz"):
        return SOUND
    if has(raw, "token"):
        return TEXT
    if has(raw, "frame"):
        return TABLE
    if (elements.ndim == 1 and elements.dtype.kind in "iub") or _named(raw) is not None:
        return SYMBOLS
    if not grid and isinstance(raw, np.ndarray) and raw.ndim > 2 and raw.size == elements.size:
        return PICTURES
    return {0: POINTS, 1: SERIES}.get(len(grid), PICTURE)


def has(raw: Any, *keys: str) -> bool:
    """Whether the raw thing is a mapping with these keys."""
    return isinstance(raw, Mapping) and all(key in raw for key in keys)


def symbols(sample: Sample) -> list[Stream]:
    """The streams of symbols of a sample, none of them empty; no stream at all where there is nothing to count."""
    makers = {TEXT: _words, SYMBOLS: _ids, PICTURE: _pixels, PICTURES: _pixels, SOUND: _wave, GRAPH: _degrees, TABLE: _cells}
    maker = makers.get(form(sample), _numbers)
    return [stream for stream in maker(sample) if len(stream.ids)]


def signals(sample: Sample) -> list[Signal]:
    """The reals of a sample on their grid, one signal a channel, float64; a table's number columns with NaN where missing.

    None for texts, symbols and graphs.
    """
    shape, raw = form(sample), sample["raw"]
    if shape in (TEXT, SYMBOLS, GRAPH):
        return []
    if shape == SOUND:
        wave = np.asarray(raw["wave"], float)
        return [Signal("wave", wave if wave.ndim == 1 else wave.mean(1))]
    if shape == TABLE:
        frame = raw["frame"]
        numeric = [name for name in frame.columns if frame[name].dtype.kind in "iuf"]
        return [Signal(str(name), frame[name].to_numpy(float, na_value=np.nan)) for name in numeric]
    if shape == PICTURES:
        return [Signal(f"picture {j + 1}", np.asarray(one, float)) for j, one in enumerate(raw)]
    values = columns(sample)
    where = tuple(sample["grid"]) or (len(values),)
    return [Signal(name, values[:, j].reshape(where)) for j, name in enumerate(channels(sample))]


def columns(sample: Sample) -> np.ndarray:
    """The elements as float64 `(n, d)`; what is not finite becomes 0."""
    values = np.asarray(sample["elements"], float)
    return np.nan_to_num(values.reshape(len(values), -1) if values.size else values.reshape(0, 1), posinf=0, neginf=0)


def channels(sample: Sample) -> tuple[str, ...]:
    """The names of the d numbers an element has."""
    d, raw = columns(sample).shape[1], sample["raw"]
    if form(sample) == PICTURE and d in COLOURS:
        return COLOURS[d]
    named = raw["names"] if has(raw, "names") else getattr(getattr(raw, "dtype", None), "names", None) or ()
    return tuple(map(str, named)) if len(named) == d else tuple(f"number {j + 1}" for j in range(d))


def grey(sample: Sample) -> np.ndarray:
    """A picture as one array on its grid: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601), else the mean of its channels."""
    values = columns(sample)
    weights = np.array((0.299, 0.587, 0.114)) if values.shape[1] == 3 else np.full(values.shape[1], 1 / values.shape[1])
    return (values @ weights).reshape(tuple(sample["grid"]))


def seconds(sample: Sample) -> float | None:
    """How long the sample lasts in seconds; None where it is not in time or nobody knows."""
    raw, shape = sample["raw"], form(sample)
    if shape == SOUND:
        found = len(raw["wave"]) / raw["hertz"] if raw["hertz"] else 0.0
    elif shape == TEXT:
        found = float(np.sum(raw["seconds"])) if has(raw, "seconds") else 0.0
    else:
        found = len(sample["elements"]) / sample["rate"] if sample["unit"] in ("Hz", "frames/s") and sample["rate"] > 0 else 0.0
    return found if found > 0 and np.isfinite(found) else None


def step_of(values: np.ndarray) -> float:
    """The largest q so that all values are low + k q with whole k; 0 where there is none, or it would be finer than 2^-16.

    Euclid's algorithm on the gaps between neighbouring values, with room for the rounding of 32-bit floats. At least eight
    gaps must agree, or chance would find a step in anything.
    """
    known = np.unique(values if len(values) <= PROBED else values[:: -(-len(values) // PROBED)])
    span, slack = float(np.ptp(known)), 8 * float(np.finfo(np.float32).eps) * float(np.abs(known).max())
    gaps = np.diff(known)
    gaps = gaps[gaps > slack]
    step = float(gaps.min()) if len(gaps) else 0.0
    for _ in range(8):
        if step <= 8 * slack or span / step > FINEST:
            return 0.0
        near = gaps[gaps < 32 * step]
        off = np.abs(near - step * np.round(near / step))
        wrong = off > max(0.02 * step, 4 * slack)
        if not wrong.any():
            return float(near.sum() / np.round(near / step).sum()) if len(near) >= 8 else 0.0
        step = float(off[wrong].min())
    return 0.0


def quantise(values: np.ndarray, name: str, element: str) -> Stream:
    """Reals as symbols: few values as they are, else by their own step, else cut into 256; what is not finite is left out."""
    values = np.asarray(values, float).ravel()
    values = values[np.isfinite(values)]
    if not len(values):
        return Stream(name, np.zeros(0, int), None, element)
    low, high = float(values.min()), float(values.max())
    some = np.unique(values[: 8 * FEW])
    if len(some) <= FEW and len(some := np.unique(values)) <= FEW:
        gaps = np.diff(some)
        step = float(gaps.min(initial=np.inf)) if len(gaps) else 0.0
        if 0 < high - low < FINEST and np.array_equal(some, np.round(some)):
            step = float(np.gcd.reduce(gaps.astype(np.int64)))
        if not step or (high - low) / step > FINEST or not np.allclose(gaps / step, np.round(gaps / step), atol=0.02):
            return Stream(name, np.searchsorted(some, values), len(some), element, low=low)
        return Stream(name, np.round((values - low) / step).astype(int), round((high - low) / step) + 1, element, (), low, step)
    own = step_of(values)
    step = own or (high - low) / (LEVELS - 1)
    ids = np.round((values - low) / step).astype(np.int64)
    return Stream(name, ids, int(ids.max()) + 1, element, (), low, step, not own, 0 if own else len(np.unique(values)))


def named_ids(things: Any, name: str, element: str, alphabet: int | None = None) -> Stream:
    """Words, categories or other things with names as symbols."""
    names, ids = np.unique(np.asarray(things, str), return_inverse=True)
    return Stream(name, ids.ravel(), alphabet, element, tuple(names.tolist()))


def words_of(sample: Sample) -> tuple[list[str], np.ndarray]:
    """The words of a text in small letters, without marks of punctuation, and the number of the token each one is."""
    token = [str(t) for t in sample["raw"]["token"]]
    kept = [j for j, t in enumerate(token) if any(sign.isalnum() for sign in t)] or list(range(len(token)))
    return [token[j].lower() for j in kept], np.array(kept, int)


def _named(raw: Any) -> np.ndarray | None:
    """The first column of text of a structured array: what its rows are called."""
    kinds = getattr(getattr(raw, "dtype", None), "fields", None) or {}
    named = [key for key, (dtype, *_) in kinds.items() if dtype.kind == "U" and dtype.itemsize > 4]
    return raw[named[0]] if named else None


def _words(sample: Sample) -> list[Stream]:
    return [named_ids(words_of(sample)[0], "words", "word")]


def _ids(sample: Sample) -> list[Stream]:
    named = _named(sample["raw"])
    if named is not None:
        return [named_ids(named, "symbols", "symbol")]
    _, ids = np.unique(np.asarray(sample["elements"]).ravel(), return_inverse=True)
    return [Stream("symbols", ids.ravel(), None, "symbol")]


def _pixels(sample: Sample) -> list[Stream]:
    """Values in [0, 1] are taken as 8 bits, unless they have a step of their own that is none of a 255th."""
    whole = form(sample) == PICTURES
    values = columns(sample).reshape(-1, 1) if whole else columns(sample)
    names = ("pixels",) if whole else channels(sample)
    if values.size and values.min() >= 0 and values.max() <= 1:
        exact = np.abs(values * 255 - np.round(values * 255)).max() < 0.01
        if exact or not step_of(values.ravel()):
            ids = np.round(values * 255).astype(np.int64)
            return [Stream(c, ids[:, j], 256, "pixel value", (), 0.0, 1 / 255, not exact) for j, c in enumerate(names)]
    return [quantise(values[:, j], c, "pixel value") for j, c in enumerate(names)]


def _wave(sample: Sample) -> list[Stream]:
    raw, bits = sample["raw"], int(sample["raw"].get("bits", 16))
    wave, top = signals(sample)[0].values, 2 ** (bits - 1)
    ids = np.clip(np.round(np.nan_to_num(wave) * top), -top, top - 1).astype(np.int64) + top
    return [Stream("wave", ids, 2 * top, "wave sample", (), -1.0, 1 / top, "bits" not in raw)]


def _degrees(sample: Sample) -> list[Stream]:
    n = len(sample["elements"])
    degree = np.bincount(np.asarray(sample["edges"], int).ravel(), minlength=n)[:n]
    return [Stream("degree", degree, max(n, int(degree.max(initial=0)) + 1), "degree", step=1.0)]


def _cells(sample: Sample) -> list[Stream]:
    frame, found = sample["raw"]["frame"], []
    for name in frame.columns:
        cells = frame[name].dropna()
        if cells.dtype.kind in "iuf":
            found.append(quantise(cells.to_numpy(float), str(name), "cell"))
        else:
            text = cells.astype(str)
            found.append(named_ids(text[~text.isin(NO_SYMBOL)].to_numpy(str), str(name), "cell"))
    return found


def _numbers(sample: Sample) -> list[Stream]:
    what = "coordinate" if form(sample) == POINTS else "channel value"
    return [quantise(s.values, s.name, what) for s in signals(sample)]
