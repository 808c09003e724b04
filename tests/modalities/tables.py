"""Small tables for tests, and one thread for their small networks."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
import torch

from components.modalities.table import MODALITY
from components.modalities.table_samples import read
from components.values import Sample

RNG = np.random.default_rng


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """These networks are too small for two threads."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False).encode()


def made(n: int = 60) -> Sample:
    rng = RNG(0)
    x = rng.standard_normal((n, 2)).round(4)
    frame = pd.DataFrame({"x": x[:, 0], "y": x[:, 1], "sign": np.where(x[:, 0] > 0, "plus", "minus"), "sum": x.sum(1)})
    return read(csv(frame))


def set_to(sample: Sample, **values: object) -> Sample:
    for name, value in values.items():
        sample = MODALITY.controls[name].apply(sample, value)
    return sample
