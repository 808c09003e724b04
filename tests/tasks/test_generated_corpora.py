"""What a generator learns from: the novel and the melodies, with nothing held out that is also learned."""

import numpy as np

from components.tasks.corpora import bigram_bits, numbered, unigram_bits
from components.tasks.melodies import END, melodies, note_name, played, sung
from components.tasks.prose import prose, spelled


def test_the_novel_is_there():
    corpus = prose()
    assert spelled(corpus.train[:40]) == "It is a truth universally acknowledged, "
    assert len(corpus.train) + len(corpus.test) == 450_000


def test_no_melody_is_on_both_sides():
    corpus = melodies()
    end = corpus.names.index(END)

    def tunes(ids: np.ndarray) -> set[tuple[int, ...]]:
        return {tuple(t) for t in np.split(ids, np.flatnonzero(ids == end) + 1) if len(t) > 1}

    assert not tunes(corpus.train) & tunes(corpus.test)
    assert len(tunes(corpus.test)) > 50


def test_pairs_tell_more_than_single_tokens():
    for corpus in (prose(), melodies()):
        assert bigram_bits(corpus) < unigram_bits(corpus) - 0.5 < np.log2(len(corpus.names))


def test_notes_have_names_and_sound():
    assert note_name(60, 4) == "C4:1"
    assert note_name(0, 2) == "r:1/2"
    ids, unknown = numbered(melodies().names, ["A4:1", "H4:1", "END"])
    assert unknown == ["H4:1"]
    notes = played(ids)
    assert notes.tolist() == [[69, 1], [0, 0]]
    wave = sung(notes[:1], 16_000)
    spectrum = np.abs(np.fft.rfft(wave))
    assert abs(spectrum.argmax() * 16_000 / len(wave) - 440) < 3
    assert np.abs(wave).max() <= 1
