"""The network that is watched while it learns: it reaches what it should, its frames are whole, its files are safe."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import partial

import numpy as np
import pytest
import torch
from safetensors.numpy import save
from torch import Generator

from components.learn import watching
from components.learn.train import train
from components.learn.watching import Watch, answers, count, exam, grid, network, pool, stages, untrained, watch
from components.learn.watching_file import ALLOWED, RECORDED, packed, recorded, unpacked
from components.values import BadInput

SHORT = Watch(steps=80, samples=500, rate=0.01)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Small products on several threads wait for each other longer than they compute, on a machine that is busy."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def frames(one_thread: None) -> list[dict[str, np.ndarray]]:
    return list(watch(SHORT))


def test_the_first_frame_is_before_any_step_and_filters_change(frames: list[dict[str, np.ndarray]]) -> None:
    first, last = frames[0], frames[-1]
    assert int(first["step"]) == 0
    for name, a in untrained(SHORT).items():
        assert np.array_equal(first[name], a)
    assert int(last["step"]) == 80
    assert np.abs(last["weights/conv1.weight"] - first["weights/conv1.weight"]).max() > 0.05
    assert last["images"] == 80 * 32
    assert float(last["seconds"]) > 0


def test_a_short_run_learns_digits(frames: list[dict[str, np.ndarray]]) -> None:
    assert float(frames[0]["accuracy"].item()) < 0.25
    assert float(frames[-1]["accuracy"].item()) > 0.45
    assert float(frames[-1]["loss"].item()) < float(frames[1]["loss"].item())


def test_equal_requests_give_equal_weights(frames: list[dict[str, np.ndarray]]) -> None:
    again = next(f for f in watch(replace(SHORT)) if int(f["step"]) == 10)
    assert np.array_equal(again["weights/conv1.weight"], frames[1]["weights/conv1.weight"])


def test_what_a_frame_makes_of_a_picture_is_what_the_live_model_makes_of_it() -> None:
    x = torch.from_numpy(exam("mnist")[0][:3])
    seen = []

    def probe(model: torch.nn.Module, done: bool) -> dict[str, np.ndarray]:
        with torch.no_grad():
            seen.append({n: a[0].numpy() for n, a in model.activations(x[None]).items()})  # type: ignore[operator]
        return watching.weights_of(model)

    request = replace(SHORT, steps=4)
    run = train(
        partial(network, request), request.exercise.draw, (64,), steps=4, every=2, order="fixed", test=10, peek=10, probe=probe
    )
    for i, frame in enumerate(run):
        found = stages(request, frame, x[:, 0].numpy())
        assert set(found) == {*seen[i], "probabilities"}
        for name, a in seen[i].items():
            assert np.array_equal(found[name], a), name
    assert len(seen) == 3


def test_accuracy_is_that_of_the_answers_from_the_weights(frames: list[dict[str, np.ndarray]]) -> None:
    x, y = exam("mnist")
    right = (answers(SHORT, frames[-1], x[:, 0]).argmax(1) == y).mean()
    assert int(frames[-1]["tested"]) == len(y) == 1000
    assert abs(right - frames[-1]["accuracy"].item()) < 0.002


@pytest.mark.parametrize("data", ["mnist", "photograph"])
def test_the_recorded_run_reaches_a_named_accuracy(data: str) -> None:
    kept = recorded(Watch(data))
    assert int(kept[0]["step"]) == 0
    assert float(kept[-1]["accuracy"].item()) > {"mnist": 0.9, "photograph": 0.75}[data]
    x, y = exam(data)
    again = (answers(Watch(data), kept[-1], x[:300, 0]).argmax(1) == y[:300]).mean()
    assert abs(again - kept[-1]["accuracy"].item()) < 0.08  # 300 of the 1,000, weights in half precision
    assert recorded(Watch(data, samples=100)) == ()
    assert RECORDED.stat().st_size < 2**20


def test_training_and_test_pictures_are_apart() -> None:
    own, others = (x.reshape(len(x), -1) for x in (pool(Watch(samples=500))[0], exam("mnist")[0]))
    assert not {a.tobytes() for a in own} & {a.tobytes() for a in others}


def test_the_seed_alone_decides_the_first_weights() -> None:
    one, same, other = (network(Watch(seed=s)).conv2.weight.detach() for s in (1, 1, 2))
    assert torch.equal(one, same)
    assert not torch.equal(one, other)


def test_pixels_come_back_as_they_went_in() -> None:
    x, _ = pool(Watch("photograph", samples=20))
    shown = Watch("photograph").exercise.show(x[3])["raw"]
    assert np.array_equal(grid("photograph", x[3, 0]), shown)


@pytest.mark.parametrize("rate", [1.0, 1e30])
def test_a_rate_that_is_much_too_high_ends_without_a_crash(rate: float) -> None:
    request = replace(SHORT, rate=rate, samples=20, steps=20)
    last = list(watch(request))[-1]
    p = answers(request, last, exam("mnist")[0][:50, 0])
    assert np.isfinite(p).all()
    assert float(last["accuracy"].item()) < 0.4


def test_twenty_pictures_are_learnt_by_heart() -> None:
    last = list(watch(Watch(samples=20, steps=150, rate=0.01)))[-1]
    assert float(last["learnt"]) > 0.9
    assert float(last["accuracy"].item()) < 0.65


@pytest.mark.parametrize("ending", watching.ENDINGS)
@pytest.mark.parametrize("down", watching.DOWNS)
def test_a_saved_model_comes_back_exactly(ending: str, down: str) -> None:
    request = Watch(ending=ending, down=down, width=4, seed=3)
    frame = untrained(request) | {"step": np.array(40)}
    again, loaded = unpacked(packed(request, frame))
    assert again == request
    assert int(loaded["step"]) == 40
    assert set(loaded) == set(frame)
    for name, a in frame.items():
        assert np.array_equal(loaded[name], a), name
    assert sum(count(request).values()) == sum(a.size for n, a in frame.items() if n.startswith("weights/"))


def test_every_setting_of_a_file_is_one_of_the_page() -> None:
    assert set(ALLOWED) == set(asdict(Watch()))
    assert all(value in ALLOWED[name] for name, value in asdict(Watch()).items())


def hostile() -> dict[str, bytes]:
    weights = {n.removeprefix("weights/"): a for n, a in untrained(Watch()).items() if n.startswith("weights/")}
    about = {"settings": json.dumps(asdict(Watch())), "step": "600"}
    good = save(weights, about)

    def settings(**change: object) -> bytes:
        return save(weights, about | {"settings": json.dumps(asdict(Watch()) | change)})

    def changed(value: float) -> bytes:
        bad = dict(weights)
        bad["conv1.weight"] = np.full_like(bad["conv1.weight"], value)
        return save(bad, about)

    return {
        "empty": b"",
        "pickle": b"\x80\x04\x95\x1a\x00\x00\x00\x00\x00\x00\x00\x8c\x08builtins\x94\x8c\x04eval\x94\x93\x94.",
        "cut": good[: len(good) // 2],
        "longer": good + b"\x00" * 8,
        "huge": bytes(3 * 2**20),
        "header": (2**62).to_bytes(8, "little") + good[8:],
        "deep": (60_000).to_bytes(8, "little") + b"[" * 60_000,
        "no settings": save(weights),
        "strange settings": save(weights, about | {"settings": "[1, 2]"}),
        "unknown data": settings(data="../../etc"),
        "another width": settings(width=1000),
        "a text for a number": settings(width="8"),
        "true for one": settings(seed=True),
        "too many": settings(more=1),
        "no step": save(weights, about | {"step": "many"}),
        "shapes": settings(width=12),
        "missing": save({n: a for n, a in weights.items() if n != "read.bias"}, about),
        "half precision": save({n: a.astype(np.float16) for n, a in weights.items()}, about),
        "not a number": changed(float("nan")),
        "infinite": changed(float("inf")),
        "too large": changed(1e30),
    }


@pytest.mark.parametrize("kind", hostile())
def test_any_other_file_is_refused_in_a_sentence(kind: str) -> None:
    with pytest.raises(BadInput) as refusal:
        unpacked(hostile()[kind])
    assert str(refusal.value).endswith(".")
    assert len(str(refusal.value)) < 120


def test_drawing_does_not_touch_torchs_generator() -> None:
    before = torch.get_rng_state()
    network(Watch(), [Generator()])
    assert torch.equal(before, torch.get_rng_state())
