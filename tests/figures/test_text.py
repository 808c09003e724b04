"""Pictures of texts: words never overlap, what is foreign stays text, and clicks carry the number of the word."""

import numpy as np
import pytest

from components.figures.sample import ACCENT
from components.figures.scale import DARK, LIGHT
from components.figures.text import KIND
from components.figures.text_lines import SIZES, cut, fitted, lay, width
from components.figures.text_vector import ENTRIES, FOLD
from components.modalities.language import MODALITY
from components.modalities.language_readers import read
from components.modalities.language_text import observe, with_dictionary, with_ngrams, written
from components.values import Sample

LONG = written("It is " + "very long, and Wide words like 猫猫猫猫 " * 400, "a test")
SAMPLES = {name: make() for name, make in MODALITY.examples.items()} | {"long": LONG}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("across", [size[0] for size in SIZES])
def test_nothing_is_drawn_over_anything(name: str, across: int) -> None:
    sample = SAMPLES[name]
    place, labels = lay(sample, across)
    taken: set[tuple[int, int]] = set()
    tokens = [cut(t, across) for t in sample["raw"]["token"]]
    for (line, column), text in [*zip(place.tolist(), tokens, strict=True), *(((i, 0), label) for i, label in labels)]:
        cells = {(line, column + i) for i in range(width(text))}
        assert not cells & taken
        assert column + width(text) <= across + 1  # a full stop may hang out by one
        taken |= cells
    assert (np.diff(place[:, 0]) >= 0).all()


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("height", [300, 370])
def test_the_marked_word_is_in_the_picture_and_framed(name: str, height: int) -> None:
    sample = SAMPLES[name]
    n = len(sample["elements"])
    for mark in {0, n // 2, n - 1}:
        figure = KIND.raw(sample, DARK, mark, height)
        words, _, targets = figure.data
        assert mark in targets.customdata
        (box,) = figure.layout.shapes
        assert box.line.color == DARK.series[ACCENT]
        hit = [i for i, (x, y) in enumerate(zip(words.x, words.y, strict=True)) if box.x0 < x < box.x1 and box.y0 < y < box.y1]
        assert [words.text[i] for i in hit] == [sample["raw"]["token"][mark]]
        assert len(targets.x) < 4000
        assert 0 <= min(words.y) <= max(words.y) < fitted(sample, height)[2]


def test_unknown_words_look_different() -> None:
    sample = written("The xyzzyq broke", "a test")
    font = KIND.raw(sample, LIGHT, 0, 370).data[0].textfont
    assert list(font.style) == ["normal", "italic", "normal"]
    assert list(font.lineposition) == ["none", "under", "none"]


def test_marks_of_punctuation_are_no_words() -> None:
    sample = written("The xyzzyq broke. “No!” ♥", "a test")
    assert "1 of 4</i></u> unknown" in KIND.raw(sample, LIGHT, 0, 370).layout.annotations[0].text
    assert "0 of 1</i></u> unknown" in KIND.raw(written("!", "a test"), LIGHT, 0, 370).layout.annotations[0].text


def test_short_texts_are_large_and_long_ones_are_windows() -> None:
    assert fitted(SAMPLES["teacup"], 370)[1] == SIZES[0][2]
    assert fitted(LONG, 370)[1] == SIZES[-1][2]
    note = KIND.raw(LONG, LIGHT, 500, 370).layout.annotations[0].text
    assert "more ↑ ↓" in note


def test_a_pair_is_framed_as_two_words() -> None:
    sample = with_ngrams(SAMPLES["teacup"], 2)
    assert len(KIND.raw(sample, LIGHT, 2, 370).layout.shapes) == 2
    assert len(KIND.raw(sample, LIGHT, len(sample["elements"]) - 1, 370).layout.shapes) == 1


@pytest.mark.parametrize("mark", [0, 3, 8])
def test_the_vector_is_true(mark: int) -> None:
    sample = SAMPLES["review-good"]
    x = observe(sample)
    figure = KIND.observation(sample, x, LIGHT, mark, 370)
    numbers, names, places, grip, dots, _ = figure.data
    (frame,) = [s for s in figure.layout.shapes if s.line.color == LIGHT.series[ACCENT]]
    row = round((frame.y0 + frame.y1) / 2)
    entry = int(sample["elements"][mark])
    assert numbers.text[list(numbers.y).index(row)] == f"{x[entry]:.0f}"
    at = list(names.y).index(row)
    assert names.text[at] == f"<b>{sample['raw']['token'][mark].lower()}</b>"
    assert places.text[at] == f"{entry + 1:,}"
    assert all(sample["elements"][j] >= 0 for j in dots.customdata)
    assert sorted(y * FOLD + x for x, y in zip(dots.x, dots.y, strict=True)) == np.flatnonzero(x).tolist()
    first = {int(e): j for j, e in reversed(list(enumerate(sample["elements"])))}
    assert grip.customdata[list(grip.y).index(row)] == first[entry]


def test_an_unknown_word_is_framed_outside_the_vector() -> None:
    sample = written("The xyzzyq broke", "a test")
    figure = KIND.observation(sample, observe(sample), LIGHT, 1, 370)
    (frame,) = [s for s in figure.layout.shapes if s.line.color == LIGHT.series[ACCENT]]
    numbers, *_, grip, _ = figure.data
    below = round((frame.y0 + frame.y1) / 2, 3)
    assert below == numbers.y[-1] > ENTRIES - 1
    assert numbers.text[-1] == "1"
    assert 1 in grip.customdata


@pytest.mark.parametrize("size", [100, 4000])
def test_every_entry_has_its_dot(size: int) -> None:
    sample = with_dictionary(SAMPLES["review-camera"], size)
    x = observe(sample)
    figure = KIND.observation(sample, x, DARK, 0, 370)
    assert len(figure.data[4].x) == (x > 0).sum()
    assert f"{(x > 0).sum():,} of {size:,}" in figure.layout.annotations[-1].text


def test_foreign_text_stays_text() -> None:
    sample = read(b"<b>X</b>: hello there\n<a href=x>Y</a>: well\nA<B: x\nA: y\nB&C: z\n")
    evil = sample | {"raw": sample["raw"] | {"token": ("<b>bold</b>", *sample["raw"]["token"][1:]), "speaker": ("<i>x</i>",) * 9}}
    for figure in (KIND.raw(evil, LIGHT, 0, 370), KIND.observation(evil, observe(evil), LIGHT, 0, 370)):
        assert "<b>bold" not in figure.to_json()
        assert "<i>x" not in figure.to_json()
    assert "<b>bold" not in "".join(str(trace) for trace in KIND.small(evil, 0, 0, LIGHT))


def test_small_shows_the_beginning_within_its_square() -> None:
    (trace,) = KIND.small(SAMPLES["review-camera"], 2, 3, LIGHT)
    assert 2 <= trace.x[0] < 3
    assert 3 <= trace.y[0] < 3.94
    assert trace.text[0].startswith("cool toy")
    assert len(trace.text[0].split("<br>")) <= 5


@pytest.mark.parametrize(("word", "most", "short"), [("short", 9, "short"), ("endlessly", 5, "endl…"), ("猫猫猫", 4, "猫…")])
def test_cut(word: str, most: int, short: str) -> None:
    assert cut(word, most) == short
    assert width(short) <= most


def sizes(sample: Sample) -> set[float]:
    figure = KIND.raw(sample, LIGHT, 0, 370)
    return {trace.textfont.size for trace in figure.data[:2]} | {a.font.size for a in figure.layout.annotations}


def test_type_is_never_smaller_than_13() -> None:
    assert min(min(sizes(sample)) for sample in SAMPLES.values()) >= 13
