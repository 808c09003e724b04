"""Composed models learn, are measured, recorded, saved and brought back; strange files are refused with a sentence."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.numpy import save

from components.learn.composed_file import MOST, packed, read, unpacked, written
from components.learn.composed_model import bare, field, filled, outline, scored
from components.learn.composed_records import about, beside, recorded
from components.learn.composed_symmetry import EXACT, fresh, measured, moved, moves, said, trained
from components.learn.composing import Recipe, compose, one_model
from components.models.composition import CNN, DEEP_SETS, GCN, PRESETS, RNN, VIT, Composition, Shape, objections
from components.values import BadInput

SMALL = Recipe(replace(CNN, width=8), "vision", "digit", 200, 100)


@pytest.fixture(scope="module")
def last() -> dict[str, np.ndarray]:
    *_, frame = compose(SMALL)
    return frame


@pytest.mark.parametrize("name", ["deep sets", "cnn", "rnn", "gcn"])
def test_a_named_model_learns_its_home_task_as_recorded(name: str) -> None:
    preset = PRESETS[name]
    recipe = Recipe(preset.composition, preset.modality, preset.task)
    *_, frame = compose(recipe)
    kept = recorded(recipe)
    assert kept is not None
    assert frame["accuracy"].item() >= {"deep sets": 0.8, "cnn": 0.93, "rnn": 0.75, "gcn": 0.75}[name]
    assert frame["accuracy"].item() == pytest.approx(kept.score[-1], abs=0.08)
    assert int(frame["tested"]) == kept.tested


def test_every_preset_is_recorded_at_home_above_guessing() -> None:
    assert set(about()) == {"date", "machine", "torch"}
    for preset in PRESETS.values():
        kept = recorded(Recipe(preset.composition, preset.modality, preset.task))
        assert kept is not None, preset.title
        assert kept.score[-1] > 0.7
        assert kept.seconds > 0
    assert {"Deep Sets", "Convolutional network"} <= set(beside("vision", "mnist"))
    assert beside("sensor", "exercise") == {}
    assert recorded(Recipe(replace(CNN, width=64), "vision", "mnist")) is None
    assert recorded(Recipe(CNN, "vision", "mnist", 200)) is None


@pytest.mark.parametrize(
    ("c", "modality", "task", "kept", "lost"),
    [
        (DEEP_SETS, "set", "solid", {"permute"}, set()),
        (replace(DEEP_SETS, pool="each"), "set", "anomaly", {"permute"}, set()),
        (replace(DEEP_SETS, pool="concat"), "set", "solid", set(), {"permute"}),
        (CNN, "vision", "digit", set(), {"permute", "aside", "mirror"}),
        (replace(VIT, positions=False), "audio", "digit", {"permute", "shift", "reverse"}, set()),
        (RNN, "audio", "digit", set(), {"permute", "shift", "reverse"}),
        (GCN, "graph", "mutagen", {"relabel"}, {"swap"}),
    ],
)
def test_symmetries_are_what_the_choices_promise(
    c: Composition, modality: str, task: str, kept: set[str], lost: set[str]
) -> None:
    found = fresh(Recipe(c, modality, task))
    assert {n for n, v in found.items() if v < EXACT} == kept
    assert {n for n, v in found.items() if v > 1e-3} == lost


def test_a_new_numbering_takes_the_edges_along() -> None:
    s = Shape(4, 1, 2, linked=True)
    x = torch.cat([torch.arange(4.0).view(4, 1), torch.diag(torch.ones(3), 1)], 1)
    order = torch.tensor([2, 0, 3, 1])
    there = moved(x, s, "relabel", order)
    for i in range(4):
        for j in range(4):
            assert there[i, 1 + j] == x[order[i], 1 + order[j]]
    assert torch.equal(moved(x, s, "swap", order)[:, 1:], x[:, 1:])
    assert set(moves(Shape(6, 1, 2, grid=(2, 3)))) == {"permute", "aside", "mirror"}


def test_symmetry_after_training_is_measured_on_the_trained_weights(last: dict[str, np.ndarray]) -> None:
    found = trained(SMALL, last)
    x = SMALL.material.draw(500, torch.Generator().manual_seed(1_000_003), "test")[0][:24]
    assert found == pytest.approx(measured(filled(SMALL, last), x), rel=0.2)
    assert found != fresh(SMALL)
    assert said(2e-7) == "exact (2e-07)"
    assert said(0.1234) == "0.12"


def test_the_field_is_what_changes_the_marked_element() -> None:
    recipe, mark = bare(Recipe(CNN, "vision", "digit")), 27
    found, model = field(recipe, 0, mark), one_model(recipe)
    x = recipe.material.draw(1, torch.Generator(), "test")[0][None].requires_grad_()
    model.stages(x)["layer 2"][0, 0, mark].sum().backward()
    assert x.grad is not None
    assert (x.grad[0, 0].abs().sum(-1) > 0).numpy().sum() <= found.lit[0].sum() == 25
    assert not (x.grad[0, 0].abs().sum(-1) > 0).numpy()[~found.lit[0]].any()
    assert found.lit[-1].tolist() == [i == mark for i in range(64)]
    assert found.reach == (1, 9, 25)
    assert sum(p.weights for p in outline(recipe)) == sum(p.numel() for p in model.parameters())


def test_only_what_is_there_counts() -> None:
    found = field(bare(Recipe(replace(VIT, layers=1), "language", "sentiment")), 0, 2)
    assert found.lit[0].sum() == found.there.sum() < 64


def test_a_saved_model_comes_back_with_its_score(last: dict[str, np.ndarray]) -> None:
    data = packed(SMALL, last)
    recipe, frame = unpacked(data)
    assert recipe == SMALL
    score, tested = scored(recipe, filled(recipe, frame))
    assert tested == int(last["tested"])
    assert score == pytest.approx(last["accuracy"].item(), abs=0.003)
    assert read(written(SMALL)) == SMALL


def changed(**how: object) -> str:
    return json.dumps(json.loads(written(SMALL)) | how)


def test_bad_files_are_refused(last: dict[str, np.ndarray]) -> None:
    data = packed(SMALL, last)
    weights = {n.removeprefix("weights/"): a for n, a in last.items() if n.startswith("weights/")}
    first = next(iter(weights))
    meta = {"recipe": written(SMALL), "step": "100"}
    bad = [
        b"", b"\x80\x04]", data[:200], data[:-4], bytes(MOST + 1), (2**40).to_bytes(8, "little") + data[8:],
        save(weights, meta | {"step": "x"}), save(weights), save(weights, meta | {"recipe": "{}"}),
        save(weights | {first: weights[first][..., :1].copy()}, meta), save(weights | {"more": weights[first]}, meta),
        save({n: a for n, a in weights.items() if n != first}, meta), save(weights | {first: weights[first] * np.nan}, meta),
        save(weights | {first: weights[first].astype(np.float64)}, meta), save(weights | {first: weights[first] + 1e9}, meta),
        save(weights, meta | {"recipe": written(replace(SMALL, composition=replace(CNN, width=16)))}),
    ]  # fmt: skip
    for each in bad:
        with pytest.raises(BadInput, match=r"\.$"):
            unpacked(each)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", "null", "[" * 5000, changed(task="nowhere"), changed(modality=[]), changed(size=3), changed(size=True),
        changed(steps=10**9), changed(composition={"mix": "blender"}), changed(composition=[]), changed(more=1),
        changed(composition={"neighbours": "edges"}), changed(task=["digit"]), changed(modality={}),
    ],
)  # fmt: skip
def test_bad_compositions_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"\.$"):
        read(text)


def test_objections_of_the_presets_at_home_are_none() -> None:
    for preset in PRESETS.values():
        assert objections(preset.composition, Recipe(preset.composition, preset.modality, preset.task).material.shape) == []
