"""Short names for content, so that equal things are drawn once."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd


def digest(*things: Any) -> str:
    """A short name for the content of arrays, tables, texts and dictionaries of them; equal content, equal name."""
    found = blake2b(digest_size=12)
    for thing in things:
        if isinstance(thing, np.ndarray):
            found.update(f"{thing.dtype}{thing.shape}".encode())
            found.update(repr(thing.tolist()).encode() if thing.dtype.hasobject else np.ascontiguousarray(thing).tobytes())
        elif isinstance(thing, pd.DataFrame):
            found.update(pd.util.hash_pandas_object(thing).to_numpy().tobytes() + repr(list(thing.columns)).encode())
        elif isinstance(thing, Mapping):
            found.update(digest(*(part for item in thing.items() for part in item)).encode())
        elif isinstance(thing, tuple | list) and len(thing) and not isinstance(thing[0], str | int | float):
            found.update(digest(*thing).encode())
        else:
            found.update(repr(thing).encode())
    return found.hexdigest()
