"""Language: the bag and what it forgets, dictionaries, damage, and sound that follows its words."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
import torch

from components.learn.exercise import Lesson, answer, builder, probe, settings
from components.learn.train import train
from components.modalities.language import MODALITY, SPOKEN
from components.modalities.language_tasks import enter, show
from components.modalities.language_text import (
    beside,
    drop,
    leave_out,
    observe,
    shuffle,
    swap,
    take,
    typos,
    with_dictionary,
    with_ngrams,
    written,
)
from components.values import BadInput, Sample

RNG = np.random.default_rng


def words(sample: Sample) -> list[str]:
    return list(sample["raw"]["token"])


def test_the_vector_is_as_long_as_the_dictionary_and_counts_words() -> None:
    sample = MODALITY.examples["teacup"]()
    x = observe(sample)
    names = sample["raw"]["dictionary"]
    assert x.shape == (len(names),) == (4000,)
    assert x[names.index("a")] == 3
    assert x[names.index("the")] == x[names.index("clean")] == 1
    assert x.sum() == (sample["elements"] >= 0).sum()
    assert all(names[e] == t.lower() for e, t in zip(sample["elements"], words(sample), strict=True) if e >= 0)


@pytest.mark.parametrize("example", MODALITY.examples)
@pytest.mark.parametrize("seed", [1, 4])
def test_shuffling_leaves_the_vector_alone_and_every_word_in_its_turn(example: str, seed: int) -> None:
    sample = MODALITY.examples[example]()
    moved = shuffle(sample, seed)
    assert words(moved) != words(sample)
    assert np.array_equal(observe(moved), observe(sample))
    assert np.array_equal(moved["raw"]["turn"], sample["raw"]["turn"])
    for number in np.unique(sample["raw"]["turn"]):
        own = np.flatnonzero(sample["raw"]["turn"] == number)
        assert sorted(words(moved)[j] for j in own) == sorted(words(sample)[j] for j in own)


def test_pairs_notice_the_order() -> None:
    sample = with_ngrams(MODALITY.examples["review-good"](), 2)
    moved = shuffle(sample, 1)
    assert not np.array_equal(observe(moved), observe(sample))
    assert (moved["elements"] >= 0).sum() < 0.6 * (sample["elements"] >= 0).sum()
    assert np.array_equal(with_ngrams(shuffle(MODALITY.examples["review-good"](), 1), 2)["elements"], moved["elements"])


@pytest.mark.parametrize("n", [1, 2, 3])
def test_an_entry_is_n_words_in_a_row(n: int) -> None:
    sample = with_ngrams(MODALITY.examples["review-camera"](), n)
    low = [t.lower() for t in words(sample)]
    known = np.flatnonzero(sample["elements"] >= 0)
    assert len(known) > 5
    for j in known:
        assert sample["raw"]["dictionary"][sample["elements"][j]] == " ".join(low[j : j + n])


@pytest.mark.parametrize("size", [100, 1000])
def test_a_small_dictionary_is_the_beginning_of_the_large(size: int) -> None:
    sample = MODALITY.examples["review-bad"]()
    small = with_dictionary(sample, size)
    assert np.array_equal(observe(small), observe(sample)[:size])
    assert (small["elements"] < size).all()
    assert np.array_equal(with_dictionary(small, 4000)["elements"], sample["elements"])


def test_leaving_out_takes_the_most_frequent() -> None:
    sample = MODALITY.examples["review-bad"]()
    less = leave_out(sample, 100)
    assert observe(less)[:100].sum() == 0
    assert np.array_equal(observe(less)[100:], observe(sample)[100:])
    assert words(leave_out(written("the the the", "a test"), 300)) == ["the"] * 3  # something always stays


def test_the_keyboard() -> None:
    assert set(beside("u")) == set("yihj")
    assert set(beside("g")) == set("fhtyvb")
    assert "i" in beside("u")  # the lecture's teacup, teacip
    assert "h" in beside("g")  # and right, rihjt
    assert "j" in beside("h")
    letters = "qwertyuiopasdfghjklzxcvbnm"
    assert all(a in beside(b) for a in letters for b in beside(a))
    assert beside("7") == ""


def test_typos_make_words_unknown() -> None:
    sample = MODALITY.examples["review-good"]()
    wrong = typos(sample, 1.0, RNG(0))
    for a, b in zip(words(sample), words(wrong), strict=True):
        differ = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        assert len(differ) == any(beside(letter.lower()) for letter in a)
        assert all(y.lower() in beside(x.lower()) for x, y in differ)
    assert (wrong["elements"] < 0).mean() > 5 * (sample["elements"] < 0).mean()
    few = np.mean([a != b for a, b in zip(words(sample), words(typos(sample, 0.3, RNG(1))), strict=True)])
    assert few == pytest.approx(0.26, abs=0.1)


def test_dropping_and_swapping() -> None:
    sample = MODALITY.examples["review-camera"]()
    assert len(words(drop(sample, 0.5, RNG(0)))) == pytest.approx(0.55 * len(words(sample)), abs=20)
    assert len(words(drop(written("one", "a test"), 1.0, RNG(0)))) == 1
    full = swap(written("a b c d e", "a test"), 1.0, RNG(0))
    assert words(full) == ["b", "a", "d", "c", "e"]
    moved = swap(sample, 0.6, RNG(0))
    assert sorted(words(moved)) == sorted(words(sample)) != words(moved)
    for damage in (typos, drop, swap):
        assert words(damage(sample, 0.0, RNG(0))) == words(sample)


@pytest.mark.parametrize("example", SPOKEN)
def test_speech_has_times_speakers_and_a_speed(example: str) -> None:
    sample = MODALITY.examples[example]()
    wave, hertz = sample["sound"]
    raw, lasts = sample["raw"], len(wave) / hertz
    assert np.abs(wave).max() <= 1
    assert wave.std() > 0.01
    assert all(a < b for a, b in pairwise(raw["start"]))
    assert 0 <= raw["start"][0] < raw["start"][-1] < lasts
    assert sample["unit"] == "words/min"
    assert sample["rate"] == pytest.approx(60 * len(words(sample)) / lasts)
    assert 80 < sample["rate"] < 260
    assert len(raw["speaker"]) == raw["turn"].max() + 1
    assert "synthetic" in sample["about"] or example == "announcement"


def test_sound_follows_the_words() -> None:
    """A word that moves takes its piece of the wave along; a word that is lost takes it away."""
    sample = MODALITY.examples["announcement"]()
    wave, hertz = sample["sound"]
    last = len(words(sample)) - 1
    cut = take(sample, np.array([last, 0]))
    edges = np.round(np.append(sample["raw"]["start"], len(wave) / hertz) * hertz).astype(int)
    assert np.array_equal(cut["sound"][0], np.concatenate([wave[edges[last] :], wave[: edges[1]]]))
    assert cut["raw"]["start"][1] * hertz == pytest.approx(edges[last + 1] - edges[last], abs=2)
    moved = shuffle(sample, 2)
    assert len(moved["sound"][0]) == len(wave)
    assert not np.array_equal(moved["sound"][0], wave)
    assert np.array_equal(np.sort(moved["sound"][0]), np.sort(wave))
    assert len(drop(sample, 0.5, RNG(0))["sound"][0]) < 0.8 * len(wave)
    assert np.array_equal(typos(sample, 1.0, RNG(0))["sound"][0], wave)


def test_what_a_network_reads() -> None:
    sample = MODALITY.examples["conference"]()
    mark = words(sample).index("Who")
    turn = enter(sample, mark, turn=True, plain=True)
    assert words(show(turn)) == ["who", "else", "is", "here"]
    assert len(words(show(enter(sample, 0)))) == len(words(sample))
    lost = show(enter(written("The xyzzyq broke!", "a test"), 0))
    assert words(lost) == ["the", "□", "broke", "!"]
    assert np.array_equal(enter(lost, 0), enter(written("the xyzzyq broke!", "a test"), 0))
    small = enter(with_dictionary(sample, 100), 0)
    assert small[:, 1].max() < 100
    with pytest.raises(BadInput, match="no words"):
        enter(take(written("so ! ?", "a test"), np.array([1, 2])), 0, turn=True, plain=True)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Small products are slower in two threads than in one where the machine is busy."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def lesson_learnt(task: str, size: int) -> tuple[Lesson, dict[str, np.ndarray]]:
    lesson = Lesson("language", task, size)
    draw, made = lesson.exercise.draw, partial(probe, lesson)
    return lesson, list(train(builder(lesson), draw, (size,), **settings(lesson), probe=made))[-1]


@pytest.fixture(scope="module")
def sentiment() -> tuple[Lesson, dict[str, np.ndarray]]:
    return lesson_learnt("sentiment", 2310)


def test_sentiment_is_learnt_and_word_order_cannot_change_it(sentiment: tuple) -> None:
    lesson, frame = sentiment
    assert float(frame["accuracy"].item()) > 0.78  # a coin: 0.5
    for example, right in (("review-good", 1), ("review-bad", 0), ("review-service", 0)):
        sample = MODALITY.examples[example]()
        p = answer(lesson, frame, lesson.exercise.enter(sample, 0))
        assert p.argmax() == right
        for seed in (1, 2, 3):
            assert np.array_equal(answer(lesson, frame, lesson.exercise.enter(shuffle(sample, seed), 0)), p)


def test_irony_is_taken_at_its_word(sentiment: tuple) -> None:
    """The page's known-bad example: every friendly word counts as friendly."""
    lesson, frame = sentiment
    assert answer(lesson, frame, lesson.exercise.enter(MODALITY.examples["irony"](), 0))[1] > 0.7


def test_order_is_chance_from_single_words_and_learnt_from_pairs() -> None:
    score = {t: float(lesson_learnt(f"order from {t}", 2000)[1]["accuracy"].item()) for t in ("single words", "pairs")}
    assert abs(score["single words"] - 0.5) < 0.05  # 1,000 tests: 3 standard errors
    assert score["pairs"] > 0.7


def test_questions_and_ratings_are_learnt() -> None:
    assert lesson_learnt("response", 4000)[1]["accuracy"].item() > 0.6  # 262 tests: 3 standard errors above a coin
    assert lesson_learnt("rating", 2000)[1]["R²"].item() > 0.3
