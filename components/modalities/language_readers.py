"""Texts and transcripts that a learner brings: plain text, "NAME: words" turns, and subtitles (SRT, WebVTT)."""

import re

import numpy as np

from components.modalities.language_text import TURN, text
from components.modalities.readers import weighed
from components.tasks.words import is_word, sentences, split
from components.values import BadInput, Sample

WORDS, LONGEST, HOURS = 20_000, 80, 24  # words a text, signs a word and hours a transcript may have
NAME = re.compile(r"^\s*([^\W\d_][\w .'’()-]{0,30}?)\s*:\s+(\S.*)$")
STAMP = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})")
CUE = re.compile(rf"^\s*{STAMP.pattern}\s+-->\s+{STAMP.pattern}")
VOICE, TAG = re.compile(r"^<v(?:\.\S+)?\s+([^>]{1,40})>"), re.compile(r"<[^<>]{0,200}>")


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or else Windows' western encoding.

    Raises:
        BadInput: empty, over 10 MB, or not a text.
    """
    weighed(data)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found = data.decode("utf-16", "replace")
    else:
        try:
            found = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            found = data.decode("cp1252", "replace")
    strange = sum(sign < " " and sign not in "\t\n\r\f\v\x1a" for sign in found[:100_000]) + found[:100_000].count("\ufffd")
    if "\0" in found or strange > 0.02 * min(len(found), 100_000):
        raise BadInput("This is not a text file; a text is read from plain text (TXT, MD) or subtitles (SRT, VTT).")
    return found


def read(data: bytes) -> Sample:
    """A text file as a sample; its turns are its sentences, or who speaks where lines begin with "NAME:", or subtitles.

    Raises:
        BadInput: not a text, no words, more than 20,000 words, a word of more than 80 signs, or times that go backwards.
    """
    found = decoded(data)
    lines = found.splitlines()
    if any(CUE.match(line) for line in lines):
        return _subtitles(lines)
    named = [NAME.match(line) for line in lines]
    full = sum(bool(line.strip()) for line in lines)
    if sum(match is not None for match in named) >= max(2, full / 2):
        return _turns(lines, named)
    token = _limited(split(found, WORDS + 1))
    return text(token, sentences(token), (), "Your text")


def _limited(token: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The tokens, if there are some, not too many, and none that is too long to be a word."""
    if not any(is_word(t) for t in token):
        raise BadInput("There are no words in this file.")
    if len(token) > WORDS:
        raise BadInput(f"This text has more than {WORDS:,} words and marks, the limit here.")
    if max(len(t) for t in token) > LONGEST:
        raise BadInput(f"This text has a word of more than {LONGEST} letters, the limit here; is it really a text?")
    return tuple(token)


def _turns(lines: list[str], named: list[re.Match[str] | None]) -> Sample:
    """Lines "NAME: words"; a line without a name goes on with the turn before it."""
    token: list[str] = []
    turn: list[int] = []
    speaker: list[str] = []
    for line, match in zip(lines, named, strict=True):
        words = split(match[2] if match else line, WORDS + 1)
        if not words:
            continue
        if len(token) > WORDS:
            break
        if match or not speaker:
            speaker.append(match[1].strip() if match else "")
        token += words
        turn += [len(speaker) - 1] * len(words)
    return text(_limited(token), np.array(turn, int), speaker, "Your transcript", unit=TURN)


def _seconds(hours: str | None, minutes: str, seconds: str, part: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(part) / 10 ** len(part)


def _subtitles(lines: list[str]) -> Sample:
    """Cues "0:01.000 --> 0:02.500" and the lines under each; where in a cue a word begins is estimated from its letters."""
    token: list[str] = []
    turn: list[int] = []
    speaker: list[str] = []
    start: list[float] = []
    end, i = 0.0, 0
    while i < len(lines):
        match = CUE.match(lines[i])
        i += 1
        if not match:
            continue
        parts = match.groups()
        begins, ends = _seconds(*parts[:4]), _seconds(*parts[4:])
        if begins < (start[-1] if start else 0) or ends < begins or ends > HOURS * 3600:
            raise BadInput(f"The times of these subtitles go backwards or beyond {HOURS} hours.")
        spoken: list[str] = []
        while i < len(lines) and lines[i].strip() and not CUE.match(lines[i]):
            spoken.append(lines[i].strip())
            i += 1
        name, words = _said(" ".join(spoken))
        if len(token) > WORDS:
            break
        if words:
            speaker.append(name)
            token += words
            turn += [len(speaker) - 1] * len(words)
            start += begin_of_words(words, begins, ends).tolist()
            end = max(end, ends)
    return text(_limited(token), np.array(turn, int), speaker, "Your subtitles", start=np.array(start), seconds=end)


def _said(line: str) -> tuple[str, tuple[str, ...]]:
    """Who speaks, if the line says so, and the words without the subtitles' own tags and without punctuation."""
    voice = VOICE.match(line)
    named = NAME.match(TAG.sub("", line))
    name = voice[1] if voice else named[1] if named else ""
    words = TAG.sub("", line) if voice or not named else named[2]
    return name.strip(), tuple(token for token in split(words, WORDS + 1) if is_word(token))


def begin_of_words(words: tuple[str, ...] | list[str], begins: float, ends: float) -> np.ndarray:
    """When each word begins, `(n,)` seconds, if every letter takes as long as every other and a pause as long as one."""
    lasts = np.array([len(word) + 1 for word in words], float)
    return begins + (ends - begins) * np.append(0, np.cumsum(lasts)[:-1]) / lasts.sum()
