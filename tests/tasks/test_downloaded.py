"""Reading and drawing what was downloaded: equal to torchvision's readers, bounded, hostile files refused, learnable."""

import gzip
import struct
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Generator

from components.learn.train import train
from components.modalities.vision import MODALITY
from components.models.vision_library import torchvision
from components.tasks import downloaded
from components.tasks.downloaded import KEPT, draw_downloaded, kept, read_cifar, read_idx
from components.tasks.downloads import SOURCES, file_of, present
from components.values import BadInput
from tests.tasks.published import archive, cifar_files, fashion_files, idx, pictures, records, sources

NAMES = ("fashion", "cifar10", "dog")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Both data sets on this machine, tiny."""
    monkeypatch.setenv("MODALITY_LAB_CACHE", str(tmp_path))
    for name, tiny in sources("http://127.0.0.1:9/").items():
        monkeypatch.setitem(SOURCES, name, tiny)
    for folder, files in (("fashion", fashion_files()), ("cifar10", cifar_files())):
        (tmp_path / folder).mkdir()
        for file, data in files.items():
            (tmp_path / folder / file).write_bytes(data)
    kept.cache_clear()
    yield tmp_path
    kept.cache_clear()


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODALITY_LAB_CACHE", str(tmp_path))
    kept.cache_clear()


def seed(n: int = 0) -> Generator:
    return Generator().manual_seed(n)


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("fashion", "Fashion-MNIST is not on this machine yet: download it first (31 MB)."),
        ("cifar10", "CIFAR-10 is not on this machine yet: download it first (170 MB)."),
        ("dog", "CIFAR-10 is not on this machine yet: download it first (170 MB)."),
    ],
)
def test_before_the_download_the_task_says_what_to_do(name: str, sentence: str) -> None:
    assert not present(name)
    with pytest.raises(BadInput) as refusal:
        MODALITY.tasks[name].draw(10, seed(), "train")
    assert str(refusal.value) == sentence


def test_every_source_is_a_task_of_vision() -> None:
    assert set(SOURCES) == set(NAMES) <= set(MODALITY.tasks)


def test_idx_as_torchvision_reads_it(tmp_path: Path) -> None:
    x, y = pictures(30, 28, 1, 5)
    for array in (x[..., 0], y):
        (tmp_path / "a.gz").write_bytes(idx(array))
        (tmp_path / "a").write_bytes(gzip.decompress(idx(array)))
        theirs = torchvision().datasets.mnist.read_sn3_pascalvincent_tensor(str(tmp_path / "a")).numpy()
        assert np.array_equal(read_idx(tmp_path / "a.gz", 100), theirs)
        assert np.array_equal(read_idx(tmp_path / "a.gz", 7), theirs[:7])


def test_cifar_as_its_page_describes_it(tmp_path: Path) -> None:
    x, y = pictures(20, 32, 3, 6)
    (tmp_path / "c").write_bytes(archive({downloaded.MEMBERS["train"]: records(x, y), downloaded.MEMBERS["test"]: records(x, y)}))
    found = read_cifar(tmp_path / "c", {"train": 20, "test": 5})
    assert np.array_equal(found["train"][0], x)
    assert np.array_equal(found["train"][1], y)
    assert len(found["test"][0]) == len(found["test"][1]) == 5


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x1f\x8b",
        gzip.compress(b""),
        gzip.compress(b"\x00\x00\x08"),
        gzip.compress(struct.pack(">2I", 0x00000D01, 5) + bytes(20)),  # numbers that are not bytes
        gzip.compress(struct.pack(">2I", 0x00000801, 5) + bytes(4)),
        gzip.compress(struct.pack(">4I", 0x00000803, 2, 2**31, 2**31) + bytes(9)),
        gzip.compress(struct.pack(">4I", 0x00000803, 5, 28, 28) + bytes(784))[:-9],
        b"\x80\x04\x95a pickle",
    ],
    ids=range(9),
)
def test_hostile_idx(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.gz").write_bytes(data)
    with pytest.raises(downloaded.DAMAGED):
        read_idx(tmp_path / "a.gz", 10)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        archive({}),
        archive({"cifar-10-batches-bin/data_batch_1.bin": bytes(3073)}),
        archive(dict.fromkeys(downloaded.MEMBERS.values(), b""), tarfile.SYMTYPE),
        archive(dict.fromkeys(downloaded.MEMBERS.values(), bytes(3073 * 4)))[:-40],
        cifar_files()["cifar-10-binary.tar.gz"][:2000],
    ],
    ids=range(6),
)
def test_hostile_archive(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "c").write_bytes(data)
    with pytest.raises(downloaded.DAMAGED):
        read_cifar(tmp_path / "c", KEPT)


def test_nothing_is_extracted_and_nothing_unpickled(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {file for file in here.parent.rglob("*") if file.is_file()}
    monkeypatch.setitem(sys.modules, "pickle", None)  # an import of it would fail
    for name in ("fashion", "cifar10"):
        kept(name)
    assert {file for file in here.parent.rglob("*") if file.is_file()} == before
    assert not {"pickle", "cPickle"} & set(vars(downloaded))


def test_no_more_is_kept_than_was_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloaded, "KEPT", {"train": 50, "test": 20})
    for name in ("fashion", "cifar10"):
        parts = kept(name)
        assert [len(parts[p][0]) for p in ("train", "test")] == [50, 20]
        assert all(x.dtype == np.uint8 for x, _ in parts.values())
    assert kept("cifar10") is kept("cifar10")


@pytest.mark.parametrize("name", ["fashion", "cifar10"])
def test_a_damaged_file_is_removed(here: Path, name: str) -> None:
    file = file_of(SOURCES[name], SOURCES[name].parts[0])
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 255
    file.write_bytes(data)
    assert present(name)
    with pytest.raises(BadInput, match="damaged and has been removed"):
        kept(name)
    assert not present(name)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", NAMES)
def test_draw(name: str) -> None:
    exercise = MODALITY.tasks[name]
    x, y = exercise.draw(60, seed(), "train")
    assert x.shape == (60, 1, 784 if name == "fashion" else 3072)
    assert 0 <= float(x.min()) < float(x.max()) <= 1
    assert set(y.tolist()) == set(range(len(exercise.classes)))
    assert bool((exercise.draw(60, seed(), "train")[0] == x).all())
    seen = [{o.numpy().tobytes() for o in exercise.draw(300, seed(), part)[0]} for part in ("train", "test")]
    assert not seen[0] & seen[1]
    for observation in x[:3].numpy():
        assert np.array_equal(exercise.enter(exercise.show(observation), 0), observation)


@pytest.mark.usefixtures("here")
def test_dogs_are_half() -> None:
    """Forty of 400 pictures are dogs; of 60 drawn, half are, and each comes once."""
    x, y = draw_downloaded(60, seed(), "train", "cifar10", only=5)
    assert int(y.sum()) == 30
    assert len({o.numpy().tobytes() for o in x}) == 60


@pytest.mark.usefixtures("here")
def test_pixels_come_in_the_order_of_the_slide() -> None:
    """x_i[r + h (c + w k)] = X[r, c, k], of the picture that was drawn."""
    x, y = draw_downloaded(1, seed(3), "test", "cifar10")
    pictures_, labels = kept("cifar10")["test"]
    shown = MODALITY.tasks["cifar10"].show(x[0].numpy())["raw"]
    (match,) = np.flatnonzero((np.abs(pictures_ / 255 - shown) < 1e-6).all((1, 2, 3)))
    assert labels[match] == y[0]


@pytest.fixture
def one_core() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("here", "one_core")
@pytest.mark.parametrize("name", NAMES)
def test_the_networks_learn_it(name: str) -> None:
    """Made-up pictures in the same format, whose class is the place of a bright block; the real ones are not on this machine."""
    exercise = MODALITY.tasks[name]
    assert exercise.network is not None
    *_, frame = train(exercise.network, exercise.draw, (200,), steps=40, batch=32, rate=exercise.rate, order="fixed", test=100)
    assert frame["accuracy"].item() > 0.9


@pytest.mark.parametrize("shape", [(1, 1, 1), (300, 200, 3), (40, 500, 1), (32, 32, 3), (28, 28, 1)])
@pytest.mark.parametrize("name", ["fashion", "cifar10"])
def test_any_picture_can_be_asked_about(name: str, shape: tuple[int, ...]) -> None:
    from components.modalities.pictures import picture

    sample = picture(np.random.default_rng(0).random(shape), "a test")
    x = MODALITY.tasks[name].enter(sample, 0)
    assert x.shape == (1, 784 if name == "fashion" else 3072)
    assert np.isfinite(x).all()


def test_a_garment_on_white_paper_is_read_as_one_on_black() -> None:
    from components.modalities.pictures import picture

    paper = np.full((90, 60, 3), 0.95)
    paper[25:65, 15:45] = 0.2
    x = MODALITY.tasks["fashion"].enter(picture(paper, "a test"), 0).reshape(28, 28, order="F")
    assert x[14, 14] > 0.7
    assert x[0].max() < 0.1
