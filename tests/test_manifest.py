"""Everything shipped under `pretrained/` is named, licensed, unchanged, and holds no code."""

import hashlib
import json
import time
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
MANIFEST = json.loads((ROOT / "pretrained" / "manifest.json").read_text("utf-8"))
SHIPPED = sorted(
    file.relative_to(ROOT).as_posix()
    for folder in ("data", "weights", "sweeps")
    for file in (ROOT / "pretrained" / folder).rglob("*")
    if file.is_file() and not file.name.startswith(".")
)


def test_every_file_is_named_and_every_name_is_a_file() -> None:
    assert sorted(MANIFEST) == SHIPPED


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_entry_is_complete_and_the_file_unchanged(name: str) -> None:
    entry = MANIFEST[name]
    assert set(entry) >= {"licence", "source", "version", "sha256", "command"}
    assert all(entry.values())
    assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("name", [n for n in SHIPPED if n.endswith(".npz")])
def test_arrays_load_without_pickle(name: str) -> None:
    with np.load(ROOT / name, allow_pickle=False) as file:
        assert file.files
        assert all(file[key].dtype != object for key in file.files)


def test_nothing_is_pickled() -> None:
    assert not [n for n in SHIPPED if n.endswith((".pkl", ".pickle", ".pt", ".pth", ".bin", ".joblib"))]


def test_photographs_are_small() -> None:
    assert (ROOT / "pretrained" / "data" / "photographs.npz").stat().st_size < 500_000


@pytest.mark.parametrize("name", [n for n in SHIPPED if n.endswith(".npz") and "/data/" in n])
def test_data_load_quickly(name: str) -> None:
    """In under 0.3 s of the processor, so that no page waits for its data; the best of three counts."""

    def seconds() -> float:
        began = time.process_time()
        with np.load(ROOT / name, allow_pickle=False) as file:
            for key in file.files:
                file[key]
        return time.process_time() - began

    assert min(seconds() for _ in range(3)) < 0.3


def test_everything_shipped_is_under_80_megabytes() -> None:
    assert sum((ROOT / name).stat().st_size for name in SHIPPED) < 80 * 2**20
