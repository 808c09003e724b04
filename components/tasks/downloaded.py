"""What was downloaded, read and drawn: Fashion-MNIST and CIFAR-10.

Both are plain bytes in a documented order; no pickle is read, nothing is extracted to the disk, and no more is unpacked than
what is kept: the first 10,000 training pictures and the first 2,000 test pictures.

Formats: idx, http://yann.lecun.com/exdb/mnist; CIFAR-10 binary version, https://www.cs.toronto.edu/~kriz/cifar.html.
"""

import gzip
import hashlib
import struct
import tarfile
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np

from components.tasks.downloads import CIFAR10, FASHION, SOURCES, Source, file_of, present
from components.values import BadInput

if TYPE_CHECKING:
    from torch import Generator, Tensor

KEPT = {"train": 10_000, "test": 2_000}
FASHION_SIDE, CIFAR_SIDE = 28, 32
RECORD = 1 + 3 * CIFAR_SIDE**2  # a label, then red, green and blue, row by row
MEMBERS = {"train": "cifar-10-batches-bin/data_batch_1.bin", "test": "cifar-10-batches-bin/test_batch.bin"}
MAGIC = {1: 0x801, 3: 0x803}  # idx of bytes: labels (n,), pictures (n, h, w)
DAMAGED = (OSError, EOFError, zlib.error, struct.error, tarfile.TarError, ValueError)
Pictures = tuple[np.ndarray, np.ndarray]
FASHION_CLASSES = (
    "T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "trainer", "bag", "ankle boot",
)  # fmt: skip
CIFAR_CLASSES = ("aeroplane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "lorry")


def read_idx(file: Path, most: int) -> np.ndarray:
    """The first `most` items of an idx file of bytes, `(n,)` or `(n, h, w)`, without unpacking the rest.

    Raises:
        ValueError: not such a file, or shorter than its heading says.
    """
    with gzip.open(file) as packed:
        (magic,) = struct.unpack(">I", packed.read(4))
        axes = magic & 0xFF
        if MAGIC.get(axes) != magic:
            raise ValueError("not an idx file of bytes")
        n, *sides = struct.unpack(f">{axes}I", packed.read(4 * axes))
        shape = (min(n, most), *sides)
        if any(side > FASHION_SIDE for side in sides):
            raise ValueError("larger than expected")
        return np.frombuffer(_exactly(packed, int(np.prod(shape))), np.uint8).reshape(shape)


def read_cifar(file: Path, most: dict[str, int]) -> dict[str, Pictures]:
    """Pictures `(n, 32, 32, 3)` and labels `(n,)` of both parts, from the members of the archive that are known by name.

    Raises:
        ValueError: a member is missing, too short, or no plain file.
    """
    found: dict[str, Pictures] = {}
    parts = {member: part for part, member in MEMBERS.items()}
    with tarfile.open(file, "r|gz") as archive:
        for member in archive:
            part = parts.get(member.name)
            if part is None:
                continue
            stream = archive.extractfile(member) if member.isreg() else None
            if stream is None:
                raise ValueError("a member is not a plain file")
            n = min(most[part], member.size // RECORD)
            rows = np.frombuffer(_exactly(stream, n * RECORD), np.uint8).reshape(n, RECORD)
            pictures = rows[:, 1:].reshape(n, 3, CIFAR_SIDE, CIFAR_SIDE).transpose(0, 2, 3, 1)
            found[part] = np.ascontiguousarray(pictures), rows[:, 0].astype(np.int64)
            if len(found) == len(parts):
                return found
    raise ValueError("a member is missing")


def _exactly(stream: IO[bytes] | gzip.GzipFile, count: int) -> bytes:
    data = stream.read(count)
    if len(data) != count:
        raise ValueError("shorter than it says")
    return data


@cache
def kept(name: str) -> dict[str, Pictures]:
    """Pictures of type uint8 and labels of both parts of a data set, one copy for everybody. Its checksums are compared again.

    Raises:
        BadInput: it is not here, or what is here is damaged; then it is removed.
    """
    source = SOURCES[name]
    if not present(name):
        size = f"{source.size / 1e6:.0f} MB"
        raise BadInput(f"{source.title} is not on this machine yet: download it first ({size}).")
    try:
        return _read(source)
    except DAMAGED:
        for part in source.parts:
            with suppress(OSError):
                file_of(source, part).unlink()
        raise BadInput(f"{source.title} on this machine was damaged and has been removed: download it again.") from None


def _read(source: Source) -> dict[str, Pictures]:
    paths = {part.file: file_of(source, part) for part in source.parts}
    for part in source.parts:
        with paths[part.file].open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != part.sha256:
                raise ValueError("another checksum")
    if source.name == CIFAR10.name:
        return read_cifar(next(iter(paths.values())), KEPT)
    beginnings = {"train": "train", "test": "t10k"}
    return {
        part: (
            read_idx(paths[f"{beginning}-images-idx3-ubyte.gz"], KEPT[part]),
            read_idx(paths[f"{beginning}-labels-idx1-ubyte.gz"], KEPT[part]).astype(np.int64),
        )
        for part, beginning in beginnings.items()
    }


def draw_downloaded(
    n: int, generator: "Generator", part: str, name: str = FASHION.name, only: int | None = None
) -> "tuple[Tensor, Tensor]":
    """n pictures of a data set flattened column by column, colour after colour, `x (n, 1, h w d)` in [0, 1]; `y (n,)` the class.

    With `only`, whether it is that class, both equally often. As long as there are enough pictures, each comes once.

    Raises:
        BadInput: the data set is not on this machine.
    """
    import torch

    pictures, labels = kept(name)[part]
    if only is None:
        chosen = some(np.arange(len(labels)), n, generator)
    else:
        yes, no = (np.flatnonzero((labels == only) == flag) for flag in (True, False))
        chosen = np.concatenate([some(yes, n // 2, generator), some(no, n - n // 2, generator)])
        chosen = chosen[torch.randperm(n, generator=generator).numpy()]
    grid = pictures[chosen]
    x = grid.reshape(*grid.shape[:3], -1).transpose(0, 3, 2, 1).reshape(n, 1, -1).astype(np.float32) / 255
    y = labels[chosen] if only is None else (labels[chosen] == only).astype(np.int64)
    return torch.from_numpy(x), torch.from_numpy(y)


def some(own: np.ndarray, n: int, generator: "Generator") -> np.ndarray:
    """n of these numbers at random, each once as long as there are enough."""
    import torch

    if n <= len(own):
        return own[torch.randperm(len(own), generator=generator)[:n].numpy()]
    return own[torch.randint(len(own), (n,), generator=generator).numpy()]
