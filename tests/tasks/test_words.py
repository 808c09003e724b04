"""Words, dictionary and bag: what the slide says of the vector."""

import numpy as np
import pytest

from components.tasks import words
from components.tasks.texts import LONGEST, observed, texts, utterances


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Ideal for anyone!", ["Ideal", "for", "anyone", "!"]),
        ("I don’t, it's 4.5 :)", ["I", "don't", ",", "it's", "4", ".", "5", ":)"]),
        ("<b>bold</b> &", ["b", "bold", "b"]),
        ("wait... what?!", ["wait", "...", "what", "?!"]),
        ("naïve café 猫", ["naïve", "café", "猫"]),
        ("— * —", []),
    ],
)
def test_split(text: str, tokens: list[str]) -> None:
    assert list(words.split(text)) == tokens


def test_sentences_end_with_their_marks() -> None:
    token = words.split("One two. Three! Four ... ? five")
    assert words.sentences(token).tolist() == [0, 0, 0, 1, 1, 2, 2, 2, 3]
    assert words.sentences(()).tolist() == []


def test_small_dictionaries_begin_the_large_one_and_hold_the_most_frequent() -> None:
    ids = np.arange(words.ENTRIES)
    assert (words.entries(ids, 1, 100)[:100] == ids[:100]).all()
    assert (words.entries(ids, 1, 100)[100:] == words.UNKNOWN).all()
    found, _, test = texts()
    counts = np.bincount(np.concatenate([t for t, held in zip(found, test, strict=True) if not held]), minlength=words.ENTRIES)
    assert (np.diff(counts[: words.ENTRIES]) <= 0).all()
    assert counts[words.ENTRIES - 1] >= 2


def test_case_does_not_matter_and_unknown_words_have_no_entry() -> None:
    a, b, none = words.numbered(["The", "the", "xyzzyq"])
    assert a == b >= 0
    assert none == words.UNKNOWN


@pytest.mark.parametrize("n", [2, 3])
def test_runs_are_found_where_they_begin(n: int) -> None:
    name = words.entry_name(7, n)
    assert len(name.split()) == n
    ids = words.numbered(["xyzzyq", *name.split(), "xyzzyq"])
    found = words.entries(ids, n)
    assert found[1] == 7
    assert words.entries(ids, n, 7)[1] == words.UNKNOWN
    assert (found[-n + 1 :] == words.UNKNOWN).all()  # a run cannot begin with the last words
    assert len({words.entry_name(v, n) for v in range(words.ENTRIES)}) == words.ENTRIES


def test_bag_counts_and_forgets_the_order() -> None:
    found = np.array([[3, 0, 3, -1, -2], [0, 3, -2, 3, -1]])
    assert words.bag(found, 4).tolist() == [[1, 0, 0, 2], [1, 0, 0, 2]]
    assert words.bag(found[0], 3).tolist() == [1, 0, 0]
    rng = np.random.default_rng(0)
    text = rng.integers(-1, 50, 200)
    assert np.array_equal(words.bag(text, 50), words.bag(rng.permutation(text), 50))
    assert words.bag(text, 50).sum() == (text >= 0).sum()


def test_what_a_network_receives() -> None:
    x = observed(np.array([5, 3000, -1]))
    assert x.shape == (LONGEST, 2)
    assert x[:4].tolist() == [[5, 5], [3000, -1], [-1, -1], [-2, -2]]
    assert observed(np.zeros(LONGEST + 9, int)).shape == (LONGEST + 9, 2)


def test_utterances_have_no_punctuation_and_come_once() -> None:
    found, asked, _ = utterances()
    names = words.spelled()
    assert all(words.is_word(names[i]) for text in found for i in text)
    assert len({np.unique(text).tobytes() for text in found}) == len(found)
    assert 0.03 < asked.mean() < 0.3
