"""Public data sets that are fetched where there is a network, from the servers that torchvision names, and kept.

A download is a generator of frames, so it runs, reports and is cancelled like a training run. Nothing that comes in is ever
unpickled or extracted: of CIFAR-10 the binary version is taken, see `downloaded.py` for the readers.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from components.tasks.transfer import Part, disk, transfer
from components.values import BadInput, Frame

TIMEOUT, SPARE = 20.0, 50 * 2**20  # seconds without an answer; bytes that must stay free on the disk
ABANDONED = 24 * 3600  # seconds after which what a broken process left unfinished is removed


@dataclass(frozen=True)
class Source:
    """A data set that can be fetched: its files, the addresses to try in turn, and its terms."""

    name: str  # of its folder
    title: str
    parts: tuple[Part, ...]
    addresses: tuple[str, ...]  # each ends with a slash; the file's name follows
    about: str  # what it is, by whom, under which licence

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(part.size for part in self.parts)


FASHION = Source(
    "fashion",
    "Fashion-MNIST",
    (
        Part(
            "train-images-idx3-ubyte.gz",
            26_421_880,
            "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        ),
        Part(
            "train-labels-idx1-ubyte.gz",
            29_515,
            "25c81989df183df01b3e8a0aad5dffbe",
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        ),
        Part(
            "t10k-images-idx3-ubyte.gz",
            4_422_102,
            "bef4ecab320f06d8554ea6380940ec79",
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        ),
        Part(
            "t10k-labels-idx1-ubyte.gz",
            5_148,
            "bb300cfdad3c16e7a12a480ee83cd310",
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
        ),
    ),
    ("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",),
    "Fashion-MNIST by Zalando Research (Xiao et al. 2017), MIT licence",
)
CIFAR10 = Source(
    "cifar10",
    "CIFAR-10",
    (
        Part(
            "cifar-10-binary.tar.gz",
            170_052_171,
            "c32a1d4ab5d03f1284b67883e8d87530",
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
        ),
    ),
    ("https://www.cs.toronto.edu/~kriz/",),
    "CIFAR-10 by Alex Krizhevsky (2009), published without a licence",
)
SOURCES: Mapping[str, Source] = {"fashion": FASHION, "cifar10": CIFAR10, "dog": CIFAR10}
"""Task of the Modality page -> the data set it needs."""


def cache_folder() -> Path:
    """Where downloads are kept: `MODALITY_LAB_CACHE`, else the user's cache folder, else the one for temporary files;
    the first that can be written."""
    home = Path(os.environ.get("LOCALAPPDATA") or "~/AppData/Local") if sys.platform == "win32" else Path("~/.cache")
    named, shared = (os.environ.get(variable) for variable in ("MODALITY_LAB_CACHE", "XDG_CACHE_HOME"))
    choices = [Path(named)] if named else []
    choices += [base / "modality-lab" for base in (Path(shared) if shared else home, home)]
    for choice in choices:
        with suppress(OSError, RuntimeError):  # RuntimeError: nobody's home is known
            folder = choice.expanduser()
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
    return Path(tempfile.gettempdir()) / "modality-lab"


def file_of(source: Source, part: Part, folder: Path | None = None) -> Path:
    """Where one file of a data set lies once it is here."""
    return (folder or cache_folder()) / source.name / part.file


def here(source: Source, part: Part, folder: Path | None = None) -> bool:
    """Whether a file is here in its full size; its checksums were compared before it got its name."""
    file = file_of(source, part, folder)
    return file.is_file() and file.stat().st_size == part.size


def present(name: str) -> bool:
    """Whether all that a task needs is here."""
    return all(here(SOURCES[name], part) for part in SOURCES[name].parts)


def fetch(name: str, folder: Path | None = None, timeout: float = TIMEOUT) -> Iterator[Frame]:
    """Download what is missing for a task; each frame tells kilobytes so far (`step`) and in all (`steps`).

    Closing the generator, or an error, leaves nothing behind but files that are complete.

    Args:
        name: a task in `SOURCES`.
        folder: where downloads are kept, else `cache_folder()`.
        timeout: seconds to wait for the server's next answer.

    Raises:
        BadInput: no network, an error of the server, another file than was published, no room on the disk.
    """
    source = SOURCES[name]
    missing = [part for part in source.parts if not here(source, part, folder)]
    needed = sum(part.size for part in missing)
    home = file_of(source, source.parts[0], folder).parent
    _prepare(home, needed, source.title)
    done = source.size - needed
    yield _frame(done, source.size)
    for part in missing:
        for got in transfer(part, source.addresses, home, source.title, timeout):
            yield _frame(done + got, source.size)
        done += part.size


def _frame(done: int, size: int) -> Frame:
    return {"step": np.array(done // 1000), "steps": np.array(size // 1000)}


def _prepare(home: Path, needed: int, title: str) -> None:
    """Make the folder, remove what a broken process left long ago, and see that there is room."""
    with disk(title):
        home.mkdir(parents=True, exist_ok=True)
        for old in home.glob("*.unfinished"):
            if time.time() - old.stat().st_mtime > ABANDONED:
                old.unlink(missing_ok=True)
        free = shutil.disk_usage(home).free
    if needed and free < needed + SPARE:
        raise BadInput(f"There is not enough space on the disk of this machine for {title} ({needed / 1e6:.0f} MB).")
