"""Texts that learners bring: every encoding, every kind, every refusal."""

import numpy as np
import pytest

from components.modalities.language import MODALITY
from components.modalities.language_readers import begin_of_words, read
from components.values import BadInput, Sample

SENTENCE = "A naïve café. Is it good? Yes!"
SRT = "1\n00:00:01,000 --> 00:00:03,000\n<i>Hello</i> there.\n\n2\n00:00:03,500 --> 00:00:05,500\nBOB: Who is <b>it</b>?\n"
VTT = (
    "WEBVTT\n\nNOTE a remark\n\n00:01.000 --> 00:02.000 align:start\n<v Ann Lee>One <00:01.500>two\nthree\n\n"
    "00:02.000 --> 00:04.000\nfour\n"
)


def words(sample: Sample) -> list[str]:
    return list(sample["raw"]["token"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings(encoding: str) -> None:
    sample = read(SENTENCE.encode(encoding))
    assert words(sample) == ["A", "naïve", "café", ".", "Is", "it", "good", "?", "Yes", "!"]
    assert sample["raw"]["turn"].tolist() == [0] * 4 + [1] * 4 + [2] * 2
    assert sample["rate"] == pytest.approx(7 / 3)
    assert sample["unit"] == "words/sentence"
    assert sample["about"] == "Your text"


@pytest.mark.parametrize(
    ("data", "token"),
    [
        (b"one", ["one"]),
        (b"\r\n\r\none\r\ntwo\x1a", ["one", "two"]),
        (b"<script>alert(1)</script>", ["script", "alert", "1", "script"]),
        (b'=HYPERLINK("x"),@SUM(1)', ["HYPERLINK", "x", ",", "SUM", "1"]),
        ("猫が好き。\u202eevil".encode(), ["猫が好き", "evil"]),
        (b"Note: only one line", ["Note", "only", "one", "line"]),
    ],
)
def test_texts_that_are_fine(data: bytes, token: list[str]) -> None:
    sample = read(data)
    assert words(sample) == token
    assert sample["raw"]["speaker"] == ()


def test_named_turns() -> None:
    sample = read(b"MARTHA: Look around you.\nLook again.\n\nCLARK:  But why?\n")
    assert sample["raw"]["speaker"] == ("MARTHA", "CLARK")
    assert sample["raw"]["turn"].tolist() == [0] * 7 + [1] * 3
    assert sample["unit"] == "words/turn"
    assert sample["rate"] == pytest.approx(7 / 2)


def test_subtitles() -> None:
    sample = read(SRT.encode())
    assert words(sample) == ["Hello", "there", "Who", "is", "it"]
    assert sample["raw"]["speaker"] == ("", "BOB")
    assert sample["raw"]["start"][[0, 2]].tolist() == [1.0, 3.5]
    assert (np.diff(sample["raw"]["start"]) > 0).all()
    assert sample["rate"] == pytest.approx(60 * 5 / 5.5)
    web = read(VTT.encode())
    assert words(web) == ["One", "two", "three", "four"]
    assert web["raw"]["speaker"] == ("Ann Lee", "")


def test_words_begin_in_order_within_their_time() -> None:
    start = begin_of_words(["a", "abc", "a"], 2.0, 10.0)
    assert start.tolist() == [2.0, 4.0, 8.0]


BAD = {
    "empty": (b"", "empty"),
    "too large": (b"a " * (6 * 2**20), "10 MB"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not a text"),
    "zeros": (b"\0" * 100, "not a text"),
    "noise": (bytes(np.random.default_rng(0).integers(0, 256, 5000, dtype=np.uint8)), "not a text"),
    "blank": (b" \n\t\n", "no words"),
    "marks only": (b"... !!! ,,,", "no words"),
    "too many words": (b"word " * 20_001, "20,000"),
    "too many turns": (b"a: word\n" * 20_001, "20,000"),
    "too many cues": (b"00:01.000 --> 00:01.000\nx y\n\n" * 10_001, "20,000"),
    "one endless word": (b"a" * 1000, "80 letters"),
    "cues without words": (b"00:01.000 --> 00:02.000\n\n", "no words"),
    "times backwards": (b"00:05.000 --> 00:06.000\nx\n\n00:01.000 --> 00:02.000\ny\n", "backwards"),
    "cue ends before it begins": (b"00:05.000 --> 00:04.000\nx\n", "backwards"),
    "endless": (b"999:00:00.000 --> 999:00:01.000\nx\n", "24 hours"),
    "half a utf-16": (b"\xff\xfea\0b\0\0\0\0", "not a text"),
}


@pytest.mark.parametrize("name", BAD)
def test_refusals(name: str) -> None:
    data, why = BAD[name]
    with pytest.raises(BadInput, match=why) as refusal:
        read(data)
    assert "<" not in str(refusal.value)
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


@pytest.mark.parametrize(
    "data", [b"a: b\n" * 9000, b"<" * 200_000 + b" ok", b"00:01.000 --> " * 5000 + b"\nword", b"NAME" * 10 + b" x"]
)
def test_hostile_lines_end_soon(data: bytes) -> None:
    assert len(read(data)["elements"]) > 0


def test_what_was_read_can_be_put_through_everything() -> None:
    for data in (b"one", SRT.encode(), b"A: hi\nB: ho\n"):
        sample = MODALITY.read["txt"](data)
        for control in MODALITY.controls.values():
            for value in control.values:
                assert MODALITY.observe(control.apply(sample, value)).size
        for damage in MODALITY.corrupt.values():
            assert len(damage(sample, 1.0, np.random.default_rng(0))["elements"])
        for task in MODALITY.tasks.values():
            assert task.enter(sample, 0).shape == (64, 2)
