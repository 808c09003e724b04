"""Looking into a trained network: standings, places, influence, the two runs; and the networks that are fetched."""

import functools
import hashlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from components.idle import let_go
from components.learn import inside
from components.learn.device import settle
from components.learn.inside import SIDE, answers, box, bundled, cells, excites, field_of, influence, photo, standing, usual
from components.learn.inside_runs import corners, cover, dream, spread_out
from components.measure.receptive_field import receptive_fields, seen
from components.models.imagenet_download import fetch
from components.models.imagenet_networks import NETWORKS, AlexNet, ResNet18, file_of, network, prepared, present
from components.values import BadInput


@pytest.fixture(autouse=True)
def settled() -> None:
    """As the app sets it up: two threads on a busy machine wait for each other."""
    settle()


def test_a_channel_has_mean_zero_and_spread_one_over_the_bundled_photographs() -> None:
    z = np.concatenate([standing("lite0", bundled(name), "block5").reshape(40, -1) for name in inside.BUNDLED], 1)
    assert np.abs(z.mean(1)).max() < 0.02
    assert np.abs(z.std(1) - 1).max() < 0.02


def test_a_dead_channel_stands_out_nowhere() -> None:
    dead = np.isinf(usual("lite0")["stem"].spread)
    assert dead.any()  # Lite0's stem has some
    assert not standing("lite0", bundled("cat"), "stem")[dead].any()


@pytest.mark.parametrize("layer", ["stem", "block5", "block11"])
def test_a_click_finds_the_place_whose_field_lies_around_it(layer: str) -> None:
    seen_by, count = field_of("lite0", layer), answers("lite0", bundled("cat")).maps[layer].shape[1]
    of = cells(seen_by, count)
    assert of[0] == 0
    assert of[-1] == count - 1
    assert (np.diff(of) >= 0).all()
    assert np.unique(of).size == count
    for pixel in (20, 100, 200):
        first, last = seen(seen_by, int(of[pixel]), SIDE)
        assert first <= pixel < last


def test_influence_lies_within_the_receptive_field_and_holds_what_it_says() -> None:
    picture, place = bundled("cat"), (6, 8)
    left, top, right, bottom = influence("lite0", picture, "block8", 47, place)
    x0, y0, x1, y1 = box(field_of("lite0", "block8"), place)
    assert x0 <= left < right <= x1
    assert y0 <= top < bottom <= y1
    x = prepared("lite0", picture.pixels).requires_grad_()
    (slope,) = torch.autograd.grad(network("lite0").activations(x)["block8"][0, 47, 6, 8], x)
    weight = slope[0].abs().sum(0)
    share = float(weight[top:bottom, left:right].sum() / weight.sum())
    assert share >= 0.9
    assert float(weight[top + 1 : bottom - 1, left + 1 : right - 1].sum() / weight.sum()) < 0.9


def test_patches_come_strongest_first_and_the_first_holds_the_strongest_answer() -> None:
    found = excites("lite0", "block8", 47)
    strengths = [z for _, z, _ in found]
    assert strengths == sorted(strengths, reverse=True)
    assert {name for name, _, _ in found} == set(inside.BUNDLED)
    assert len({patch.shape for _, _, patch in found}) == 1
    name, z, _ = found[0]
    assert z == pytest.approx(float(standing("lite0", bundled(name), "block8")[47].max()), rel=1e-2)


@pytest.mark.parametrize("shape", [(1, 1, 1), (8, 8, 1), (512, 1, 3), (20, 400, 3)])
def test_every_picture_has_answers(shape: tuple[int, ...]) -> None:
    found = answers("lite0", photo(f"test-{shape}", np.linspace(0, 1, int(np.prod(shape)), dtype=np.float32).reshape(shape)))
    assert np.isfinite(found.probabilities).all()
    assert found.probabilities.sum() == pytest.approx(1, abs=1e-3)
    assert all(np.isfinite(maps).all() for maps in found.maps.values())


def test_covering_measures_the_drop_it_says() -> None:
    label = int(answers("lite0", bundled("coffee")).probabilities.argmax())
    *_, last = cover("lite0", bundled("coffee"), label)
    assert int(last["step"]) == int(last["steps"]) == len(corners())
    i, j = np.unravel_index(int(np.argmax(last["drop"])), last["drop"].shape)
    pixels = bundled("coffee").pixels.copy()
    pixels[corners()[i] : corners()[i] + 56, corners()[j] : corners()[j] + 56] = 0.5
    p = answers("lite0", photo("covered", pixels.astype(np.float32))).probabilities[label]
    assert float(last["whole"]) - p == pytest.approx(float(last["drop"][i, j]), abs=2e-3)
    assert np.isfinite(spread_out(last["drop"])).all()


def test_a_dream_answers_more_than_it_began() -> None:
    first, *_, last = dream("lite0", "block11", 7, steps=12)
    assert float(last["answer"]) > float(first["answer"]) + 1
    assert last["picture"].min() >= 0
    assert last["picture"].max() <= 1


def test_a_channel_that_is_off_is_refused_in_a_sentence() -> None:
    dead = int(np.flatnonzero(np.isinf(usual("lite0")["stem"].spread))[0])
    with pytest.raises(BadInput, match=f"Channel {dead}"):
        list(dream("lite0", "stem", dead, steps=4))


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder for networks; afterwards no fetched network stays open."""
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path / "hub"))
    yield tmp_path
    let_go(0)
    answers.cache_clear()
    usual.cache_clear()


def published(folder: Path, name: str, made: ResNet18, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file like PyTorch's, with the digits of its checksum in its name."""
    torch.save(made.body.state_dict(), folder / "file.pth")
    digits = hashlib.sha256((folder / "file.pth").read_bytes()).hexdigest()[:8]
    file = f"{name}-{digits}.pth"
    (folder / "file.pth").rename(folder / file)
    monkeypatch.setitem(NETWORKS, name, NETWORKS[name]._replace(file=file))
    return file


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A server of files on this machine."""
    (tmp_path / "www").mkdir()
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path / "www"))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}/"
        running.shutdown()


def test_a_network_is_fetched_checked_and_opened(own_cache: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(0)
    made = ResNet18().eval()
    published(own_cache / "www", "resnet18", made, monkeypatch)
    assert not present("resnet18")
    *_, last = fetch("resnet18", server)
    assert int(last["step"]) == int(last["steps"])
    assert present("resnet18")
    x = prepared("resnet18", bundled("cat").pixels)
    with torch.inference_mode():
        assert torch.allclose(network("resnet18")(x), made.body(x), atol=1e-4)
    assert excites("resnet18", "block3", 0)
    assert [f.name for f in file_of("resnet18").parent.iterdir()] == [file_of("resnet18").name]


def test_another_file_than_was_published_is_not_kept(own_cache: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = published(own_cache / "www", "resnet18", ResNet18(), monkeypatch)
    (own_cache / "www" / file).write_bytes(b"something else")
    with pytest.raises(BadInput, match="checksum"):
        list(fetch("resnet18", server))
    assert not list(file_of("resnet18").parent.iterdir())


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://no.such.name.invalid/"])
def test_without_a_network_there_is_one_sentence(own_cache: Path, address: str) -> None:
    with pytest.raises(BadInput) as refusal:
        list(fetch("alexnet", address, timeout=2))
    assert str(refusal.value).count(".") == 1
    assert not present("alexnet")


def test_a_damaged_file_is_refused_in_a_sentence(own_cache: Path) -> None:
    file_of("resnet18").parent.mkdir(parents=True)
    file_of("resnet18").write_bytes(b"\x80\x04not a network")
    with pytest.raises(BadInput, match="damaged"):
        network("resnet18")


@pytest.mark.parametrize("kind", [AlexNet, ResNet18])
def test_the_windows_of_a_fetched_network_are_those_of_its_maps(kind: type[AlexNet | ResNet18]) -> None:
    torch.manual_seed(0)
    made = kind().eval()
    x = torch.randn(1, 3, SIDE, SIDE).requires_grad_()
    fields = {f.name: f for f in receptive_fields(made.layers())}
    maps = made.activations(x)
    assert torch.allclose(maps["logits"], made.body(x), atol=1e-5)
    names = [name for name in maps if name != "logits"]
    assert set(names) <= set(fields)
    layer = names[3]
    row = maps[layer].shape[2] // 2
    (slope,) = torch.autograd.grad(maps[layer][0, :, row, row].sum(), x)
    used = slope[0].abs().amax(0) > 0
    first, last = seen(fields[layer], row, SIDE)
    assert used[first:last, first:last].any()
    used[first:last, first:last] = False
    assert not used.any()
