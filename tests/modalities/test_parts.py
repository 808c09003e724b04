"""Samples taken apart: every part can be hidden, hidden parts are gone, the rest stays, and nobody changes the sample."""

import copy

import numpy as np
import pytest

from components.catalogue import discover
from components.modalities.audio_clips import clips, specimens
from components.modalities.vision_parts import boxes
from components.ui.modality_stage import known
from components.values import BadInput

MODALITIES = discover("modalities", "MODALITY")
EXAMPLES = [(m, e) for m in MODALITIES for e in MODALITIES[m].examples]
CLOSED = ("vision", "audio", "sensor", "set")


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_parts_are_apart_and_can_be_hidden(name: str, example: str) -> None:
    modality = MODALITIES[name]
    sample = modality.examples[example]()
    kept, n = copy.deepcopy(sample), len(sample["elements"])
    for mark in {0, n // 2, n - 1}:
        parts = modality.parts(sample, mark)
        assert parts.elements
        assert set(parts.channel) <= set(parts.elements)
        top = sample["elements"].shape[1] if name == "table" else n
        for numbers in parts.elements.values():
            assert len(np.unique(numbers)) == len(numbers)
            assert not len(numbers) or 0 <= numbers.min() <= numbers.max() < top
        if not parts.channel:
            together = np.concatenate(list(parts.elements.values()))
            assert len(np.unique(together)) == len(together)
        same, where = parts.hide([])
        assert known(same) == known(sample) or name in ("graph", "table", "language")
        assert 0 <= where < max(1, len(same["elements"]))
        for part in list(parts.elements)[:3]:
            hidden, where = parts.hide([part])
            assert 0 <= where < len(hidden["elements"])
            assert not np.shares_memory(hidden["elements"], sample["elements"])
    assert known(sample) == known(kept)


@pytest.mark.parametrize("name", ["vision", "audio", "sensor"])
def test_what_is_hidden_is_gone_and_the_rest_stays(name: str) -> None:
    sample = list(MODALITIES[name].examples.values())[-1]()
    parts = MODALITIES[name].parts(sample, len(sample["elements"]) // 2)
    part = list(parts.elements)[len(parts.elements) // 2]
    hidden, _ = parts.hide([part])
    before, after = (s["raw"]["wave"] if name == "audio" else s["elements"] for s in (sample, hidden))
    different = np.flatnonzero((before != after).reshape(len(before), -1).any(1))
    assert len(different)
    if name == "audio":
        start, end = (float(v) / 1000 for v in part.removesuffix(" ms").split("–"))
        hertz = sample["raw"]["hertz"]
        assert start * hertz - hertz / 900 <= different.min() <= different.max() <= end * hertz + hertz / 900
        assert not after[different].any()
    else:
        assert set(different) <= set(parts.elements[part])
        spread = after[parts.elements[part]].std(0)
        assert (spread if name == "vision" else spread[[parts.channel[part]]]).max() < 1e-5


def test_blocks_fill_the_picture_and_are_finer_near_the_mark() -> None:
    for h, w, mark in ((8, 8, 0), (28, 28, 100), (3, 200, 5), (256, 256, 40_000), (1, 1, 0)):
        covered = np.zeros((h, w), int)
        for top, left, bottom, right in boxes(h, w, mark):
            covered[top:bottom, left:right] += 1
        assert (covered == 1).all()
    sizes = {(b - t) for t, left, b, r in boxes(256, 256, 128 * 256 + 128) if t <= 128 < b and left <= 128 < r}
    assert sizes == {4}


def test_hidden_words_are_dropped_and_the_mark_moves_along() -> None:
    sample = MODALITIES["language"].examples["conference"]()
    parts = MODALITIES["language"].parts(sample, 40)
    hidden, where = parts.hide(list(parts.elements)[:10])
    assert hidden["raw"]["token"] == sample["raw"]["token"][10:]
    assert hidden["raw"]["token"][where] == sample["raw"]["token"][40]
    nothing, where = parts.hide(list(parts.elements))
    assert nothing["raw"]["token"] == ("□",)
    assert nothing["raw"]["turn"][where] == sample["raw"]["turn"][40]


def test_a_hidden_cell_is_typical_and_the_others_stay() -> None:
    sample = MODALITIES["table"].examples["penguins"]()
    parts = MODALITIES["table"].parts(sample, 5)
    hidden, where = parts.hide(["mass, g", "island"])
    frame, row = sample["raw"]["frame"], hidden["raw"]["frame"].iloc[where]
    assert row["mass, g"] == frame["mass, g"].median()
    assert row["island"] == frame["island"].mode()[0]
    assert row["flipper, mm"] == frame["flipper, mm"].iloc[5] or frame["flipper, mm"].isna().iloc[5]
    assert (hidden["raw"]["frame"].dtypes == frame.dtypes).all()


def test_the_answer_is_no_part_of_a_row() -> None:
    sample = MODALITIES["table"].examples["penguins"]()
    parts = MODALITIES["table"].parts(sample, 5)
    assert "species" not in parts.elements
    assert all(len(numbers) for numbers in parts.elements.values())


def test_a_hidden_atom_has_neither_bonds_nor_kind() -> None:
    sample = MODALITIES["graph"].examples["caffeine"]()
    parts = MODALITIES["graph"].parts(sample, 0)
    name = list(parts.elements)[3]
    hidden, _ = parts.hide([name])
    assert not (hidden["edges"] == 3).any()
    assert not hidden["elements"][3].any()
    assert len(hidden["elements"]) == len(sample["elements"])


def test_the_pair_that_is_asked_about_stays_the_same() -> None:
    modality = MODALITIES["graph"]
    sample = modality.examples["airports"]()
    parts, link = modality.parts(sample, 30), modality.tasks["link"]
    whole = link.enter(*parts.hide([]))
    assert np.array_equal(whole, link.enter(sample, 30))
    for name in list(parts.elements)[:5]:
        seen = link.enter(*parts.hide([name]))
        assert (seen <= whole).all()
        assert (seen != whole).any()


def test_sets_lose_the_hidden_points_and_keep_one() -> None:
    sample = MODALITIES["set"].examples["torus"]()
    parts = MODALITIES["set"].parts(sample, 7)
    assert len(parts.elements) == 32
    name = next(iter(parts.elements))
    hidden, where = parts.hide([name])
    assert len(hidden["elements"]) == 1024 - len(parts.elements[name])
    if 7 not in parts.elements[name]:
        assert np.array_equal(hidden["elements"][where], sample["elements"][7])
    with pytest.raises(BadInput, match="Nothing is left"):
        parts.hide(list(parts.elements))


@pytest.mark.parametrize(("task", "classes"), [("digit", 10), ("recorded", 10), ("quality", 4), ("speaker", 5)])
def test_clips_are_real_sounds_of_every_class(task: str, classes: int) -> None:
    waves, y, hertz = clips(task)
    assert hertz == 8000
    assert np.bincount(y, minlength=classes).min() == np.bincount(y).max()
    assert all(0.1 < len(w) / hertz < 3 and np.abs(w).max() > 0.5 for w in waves)
    found = specimens(8, 0, task)
    assert all(len(truth) == 1 and "features" not in sample["raw"] for sample, truth in found)
