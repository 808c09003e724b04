"""What the Profile page says is what the measures read; every state it names exists."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from components.catalogue import discover
from components.measure.base import Dimension
from components.modalities.base import Modality
from components.modalities.language_text import written
from components.ui.profile_words import CHECK, GUESS, LEFT, NOISY, RIGHT, SAME, SITUATIONS, TORN, WORDS
from components.values import Reading, Sample

MODALITIES: dict[str, Modality] = discover("modalities", "MODALITY")
DIMENSIONS: dict[str, Dimension] = discover("measure", "DIMENSION")
STATES = [values for _, values in SITUATIONS.values()] + [words.question.state for words in WORDS.values()]


def sample(state: Mapping[str, Any], side: str) -> Sample:
    """The sample that a state puts on a side, as the page makes it; every key is used."""
    own = {k.removeprefix(f"{side}_"): v for k, v in state.items() if k.startswith(f"{side}_")}
    modality = MODALITIES[state.get(side, {"left": "vision", "right": "language"}[side])]
    made = modality.examples[own.pop("example", "teacup")]()
    damage, strength = own.pop("damage", None), own.pop("strength", 30)
    if damage is not None:
        made = modality.corrupt[damage](made, strength / 100, np.random.default_rng(0))
    for name, value in own.items():
        assert value in modality.controls[name].values
        made = modality.controls[name].apply(made, value)
    return made


def read(state: Mapping[str, Any], dimension: str, number: int = 0) -> tuple[Reading, Reading]:
    left, right = (DIMENSIONS[dimension].measure(sample(state, side))[number] for side in (LEFT, RIGHT))
    return left, right


@pytest.mark.parametrize("state", STATES)
def test_states_exist(state: Mapping[str, Any]) -> None:
    for side in (LEFT, RIGHT):
        assert len(sample(state, side)["elements"])
    others = {k for k in state if not k.startswith(("left_", "right_"))}
    assert others <= {"left", "right", "show"}
    assert state.get("show", "card") in {"card", "laboratory", *DIMENSIONS}


def test_every_dimension_has_its_words_in_the_lecture_s_order() -> None:
    assert list(WORDS) == sorted(DIMENSIONS, key=lambda name: DIMENSIONS[name].order)
    for words in WORDS.values():
        for sentence in (words.idea, words.picture, words.attempt, words.question.answer):
            assert sentence.endswith((".", "?"))
            assert len(sentence) <= 150
        assert words.question.text.endswith("?")
    assert 4 <= len(SITUATIONS) <= 6
    assert any(name.startswith("Bad: ") for name in SITUATIONS)
    assert all(CHECK)
    assert GUESS.endswith("?")


@pytest.mark.parametrize("name", WORDS)
def test_the_answers_are_measured(name: str) -> None:
    question = WORDS[name].question
    left, right = (r["value"] for r in read(question.state, name, question.reading))
    if question.more == SAME:
        assert left == pytest.approx(right, rel=1e-9)
    else:
        large, small = (left, right) if question.more == LEFT else (right, left)
        assert large > 1.2 * small


def test_the_picture_needs_several_hundred_times_the_bits_of_the_sentence() -> None:
    left, right = read({}, "information")
    assert left["unit"] == right["unit"] == "bits"
    assert 300 < left["value"] / right["value"] < 2000


def test_noise_needs_more_than_twice_the_bits() -> None:
    clean, noisy = read(NOISY, "information")
    assert noisy["value"] > 2 * clean["value"]


def test_the_same_words_with_and_without_a_speed() -> None:
    state = SITUATIONS["One sentence, read and heard"][1]
    left, right = read(state, "representation")
    assert left["unit"] != right["unit"] == "words/min"
    assert [r["value"] for r in read(state, "representation", 3)] == [12, 12]


def test_a_black_picture_is_not_defined_in_some_rows() -> None:
    black = sample(SITUATIONS["Bad: a black picture"][1], LEFT)
    whys = [r["why"] for d in ("representation", "structure") for r in DIMENSIONS[d].measure(black)[:1]]
    assert all(why.startswith("Not defined because") for why in whys)


def test_the_check_is_true() -> None:
    """Penguins with shuffled columns: what is counted stays, structure falls, information rises."""
    for name in ("representation", "distribution"):
        before, after = read(TORN, name)
        assert before["value"] == pytest.approx(after["value"])
    before, after = read(TORN, "structure")
    assert abs(after["value"]) < 0.1 * before["value"]
    before, after = read(TORN, "information")
    assert after["value"] > 1.05 * before["value"]


def test_what_the_attempts_say() -> None:
    """Half the resolution: bits fall, by less than to a quarter. Typos: more words are near a known one."""
    state = {"left": "vision", "right": "vision", "right_example": "teacup", "right_resolution": 128}
    before, after = read(state, "information")
    assert 0.25 < after["value"] / before["value"] < 1
    state = {"left": "language", "right_example": "teacup", "right_damage": "typos", "right_strength": 80}
    before, after = read(state, "noise", 1)
    assert after["value"] > 2 * before["value"]
    before, after = read(state, "noise")
    assert before["value"] == 0
    assert after["value"] > 10
    typed = written("A teacip on the rihjt of a laptop in a clean room.", "test")
    assert DIMENSIONS["noise"].measure(typed)[0]["value"] == pytest.approx(100 * 2 / 12)
    before, after = read(state, "distribution")
    assert after["value"] >= before["value"]
