"""Downloads: what arrives is counted, checked and kept; whatever goes wrong is one sentence and leaves nothing behind."""

import errno
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.models.vision_library import torchvision
from components.tasks import downloads, transfer
from components.tasks.downloads import CIFAR10, FASHION, SOURCES, cache_folder, fetch, present
from components.values import BadInput
from tests.tasks.published import RNG, served, source

BIG = {"big.bin": RNG(0).bytes(1_500_000)}
PAIR = {"one.gz": RNG(1).bytes(40_000), "two.gz": RNG(2).bytes(60_000)}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODALITY_LAB_CACHE", str(tmp_path))
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Iterator:
    """Makes a tiny data set the one to be fetched as "fashion", from a server with some behaviour."""
    running = []

    def start(files: dict[str, bytes], behaviour: str = "good", pause: float = 0.0) -> list[str]:
        server = served(files, behaviour, pause)
        address, asked = server.__enter__()
        running.append(server)
        monkeypatch.setitem(SOURCES, "fashion", source(files, address))
        return asked

    yield start
    for server in running:
        server.__exit__(None, None, None)


def left(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in folder.rglob("*") if file.is_file()}


def test_published_numbers_are_those_of_torchvision() -> None:
    library = torchvision().datasets
    assert [(part.file, part.md5) for part in FASHION.parts] == library.FashionMNIST.resources
    assert set(FASHION.addresses) <= set(library.FashionMNIST.mirrors)
    pickled = library.CIFAR10
    (part,) = CIFAR10.parts
    assert pickled.url.startswith(CIFAR10.addresses[0])  # the same server, but never its pickles
    assert part.file == "cifar-10-binary.tar.gz"
    assert (part.md5, part.file) != (pickled.tgz_md5, pickled.filename)
    assert all(len(p.md5) == 32 and len(p.sha256) == 64 for s in SOURCES.values() for p in s.parts)


def test_progress_arrives_in_several_frames(offered, tmp_path: Path) -> None:
    offered(BIG)
    assert not present("fashion")
    frames = [(int(f["step"]), int(f["steps"])) for f in fetch("fashion")]
    assert frames[0] == (0, 1500)
    assert frames[-1] == (1500, 1500)
    assert len(frames) >= 4
    assert frames == sorted(frames)
    assert (tmp_path / "fashion" / "big.bin").read_bytes() == BIG["big.bin"]
    assert left(tmp_path) == {"big.bin": 1_500_000}
    assert present("fashion")


def test_what_is_here_is_not_fetched_again(offered, tmp_path: Path) -> None:
    asked = offered(PAIR)
    assert len(list(fetch("fashion"))) >= 3
    assert len(asked) == 2
    assert [int(f["step"]) for f in fetch("fashion")] == [100]
    assert len(asked) == 2
    (tmp_path / "fashion" / "two.gz").unlink()
    assert [int(f["step"]) for f in fetch("fashion")] == [40, 100]
    assert asked == ["/one.gz", "/two.gz", "/two.gz"]


def test_cancelling_leaves_nothing(offered, tmp_path: Path) -> None:
    offered(BIG, pause=0.002)
    run = fetch("fashion")
    next(run)
    assert int(next(run)["step"]) > 0
    assert any(name.endswith(".unfinished") for name in left(tmp_path))
    run.close()
    assert left(tmp_path) == {}
    assert not present("fashion")


@pytest.mark.parametrize(
    ("behaviour", "sentence"),
    [
        ("broken", "connection broke"),
        ("silent", "connection broke"),
        ("stuck", "connection broke"),
        ("error", "error 503"),
        ("long", "larger than the published"),
        ("other", "checksum differs"),
        ("page", "size differs"),
    ],
)
def test_every_bad_server_is_one_sentence(offered, tmp_path: Path, behaviour: str, sentence: str) -> None:
    offered(PAIR, behaviour)
    with pytest.raises(BadInput, match=sentence) as refusal:
        list(fetch("fashion", timeout=0.3))
    assert "Fashion-MNIST" in str(refusal.value)
    assert str(refusal.value).endswith(".")
    assert left(tmp_path) == {}
    assert not present("fashion")


def test_a_wrong_sha256_alone_is_refused(offered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files with a chosen md5 can be made; the second checksum is compared too."""
    offered(PAIR)
    good = SOURCES["fashion"]
    parts = tuple(transfer.Part(p.file, p.size, p.md5, "0" * 64) for p in good.parts)
    monkeypatch.setitem(SOURCES, "fashion", downloads.Source(good.name, good.title, parts, good.addresses, good.about))
    with pytest.raises(BadInput, match="checksum differs"):
        list(fetch("fashion"))
    assert left(tmp_path) == {}


def test_no_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for address in ("http://127.0.0.1:9/", "http://no-such-host.invalid/"):
        monkeypatch.setitem(SOURCES, "fashion", source(PAIR, address))
        with pytest.raises(BadInput, match="could not be reached"):
            list(fetch("fashion", timeout=2))
    assert left(tmp_path) == {}


def test_the_next_address_is_tried(offered, monkeypatch: pytest.MonkeyPatch) -> None:
    offered(PAIR)
    good = SOURCES["fashion"]
    several = downloads.Source(good.name, good.title, good.parts, ("http://127.0.0.1:9/", *good.addresses), good.about)
    monkeypatch.setitem(SOURCES, "fashion", several)
    list(fetch("fashion"))
    assert present("fashion")


def test_not_enough_space_is_said_before_anything_is_asked(offered, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = offered(PAIR)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(BadInput, match="not enough space"):
        list(fetch("fashion"))
    assert not asked


@pytest.mark.parametrize(
    ("number", "sentence"), [(errno.ENOSPC, "disk of this machine is full"), (errno.EROFS, "cannot be written")]
)
def test_a_disk_that_refuses(offered, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int, sentence: str) -> None:
    offered(PAIR)

    def refuse(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(BadInput, match=sentence):
        list(fetch("fashion"))
    assert left(tmp_path) == {}


def test_what_a_broken_process_left_is_removed_a_day_later(offered, tmp_path: Path) -> None:
    offered(PAIR)
    home = tmp_path / "fashion"
    home.mkdir()
    old, new = home / "old.unfinished", home / "new.unfinished"
    for file in (old, new):
        file.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * downloads.ABANDONED,) * 2)
    list(fetch("fashion"))
    assert not old.exists()
    assert new.exists()  # another process may be at work on it


def test_where_downloads_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_folder() == tmp_path
    monkeypatch.delenv("MODALITY_LAB_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    assert cache_folder() == tmp_path / "caches" / "modality-lab"
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setenv("HOME", str(blocked))
    assert cache_folder().name == "modality-lab"
    assert blocked not in cache_folder().parents
