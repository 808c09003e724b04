"""Make `pretrained/data/melodies.npz`: pitches and durations of the sopranos of J. S. Bach's chorales (public domain).

Source: the corpus inside the package music21 (chorales encoded by Margaret Greentree and others, distributed by permission); only
the notes' pitches and durations, which are Bach's, are kept. Moved to C major or A minor, as the key signature says. Melodies
that share much stay on one side of the split. Three seconds. From the root of the project:

    pip download music21==10.5.1 --no-deps -d DOWNLOADS
    python -m pretrained.build.melodies DOWNLOADS/music21-10.5.1-py3-none-any.whl
"""

import io
import re
import sys
import zipfile
from xml.etree import ElementTree

import numpy as np

from pretrained.build.manifest import ROOT, enter

FILE = "pretrained/data/melodies.npz"
STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
DURATIONS = (1, 2, 3, 4, 6, 8, 12, 16)  # sixteenths
ALIKE, TEST, SHORT = 0.4, 0.18, 16  # shared runs of five pitches; share of groups held out; fewest notes
Notes = list[tuple[int, int]]


def soprano(score: bytes) -> Notes:
    """Pitch (0 for a rest) and sixteenths of the first part, tied notes joined; empty if it is no soprano or too fine."""
    root = ElementTree.fromstring(score)
    first = next(root.iter("score-part"))
    if not (first.findtext("part-name") or "").startswith("Soprano"):
        return []
    part, divisions, tied = root.find("part"), 1, False
    lengths: list[tuple[int, float]] = []
    assert part is not None
    signature = part.findtext(".//key/fifths")
    fifths = int(signature or 0)
    move = (-7 * fifths + 6) % 12 - 6
    for element in (e for measure in part.iter("measure") for e in measure):
        divisions = int(element.findtext("divisions") or divisions) if element.tag == "attributes" else divisions
        if element.tag != "note" or element.find("grace") is not None or element.find("chord") is not None:
            continue
        length = int(element.findtext("duration") or 0) * 4 / divisions
        pitch = element.find("pitch")
        height = 0
        if pitch is not None:
            height = 12 * (int(pitch.findtext("octave") or 4) + 1) + STEPS[pitch.findtext("step") or "C"]
            height += int(float(pitch.findtext("alter") or 0)) + move
        if tied and lengths and lengths[-1][0] == height:
            lengths[-1] = (height, lengths[-1][1] + length)
        else:
            lengths.append((height, length))
        tied = any(t.get("type") == "start" for t in element.findall("tie"))
    while lengths and lengths[0][0] == 0:
        lengths = lengths[1:]
    fine = all(length in DURATIONS for _, length in lengths) and len(lengths) >= SHORT
    return [(int(p), int(length)) for p, length in lengths] if fine else []


def groups(melodies: list[Notes]) -> np.ndarray:
    """Melodies that are nearly the same tune: chained by sharing two fifths of the shorter one's runs of five pitches."""
    runs = [{tuple(p for p, _ in m[i : i + 5]) for i in range(len(m) - 4)} for m in melodies]
    group = np.arange(len(melodies))
    for i in range(len(runs)):
        for j in range(i):
            if group[i] != group[j] and len(runs[i] & runs[j]) >= ALIKE * min(len(runs[i]), len(runs[j])):
                group[group == group[i]] = group[j]
    return np.unique(group, return_inverse=True)[1].reshape(-1)


def main(wheel: str) -> None:
    """Read, move, split and write."""
    found: list[Notes] = []
    with zipfile.ZipFile(wheel) as outer:
        for name in sorted(n for n in outer.namelist() if re.fullmatch(r"music21/corpus/bach/bwv.*\.mxl", n)):
            with zipfile.ZipFile(io.BytesIO(outer.read(name))) as inner:
                score = next(n for n in inner.namelist() if n.endswith("xml") and "META" not in n)
                notes = soprano(inner.read(score))
            if notes and notes not in found:
                found.append(notes)
    group = groups(found)
    test = (np.random.default_rng(0).random(group.max() + 1) < TEST)[group]
    rows = np.array([note for melody in found for note in [*melody, (0, 0)]], np.uint8)
    path = ROOT / FILE
    np.savez_compressed(path, allow_pickle=False, pitch=rows[:, 0], sixteenths=rows[:, 1], test=test)
    kinds = len(np.unique(rows, axis=0))
    print(len(found), "melodies,", len(rows), "tokens,", kinds, "different;", int(test.sum()), "melodies held out;",
          int(group.max()) + 1, "groups, the largest", np.bincount(group).max(), path.stat().st_size, "bytes")  # fmt: skip
    enter(
        path,
        licence="public domain (melodies of J. S. Bach and of hymns before him); only pitches and durations are kept",
        source="music21, corpus/bach: sopranos of the chorales, as encoded by Margaret Greentree and others, by permission",
        version="music21 10.5.1",
        command="python -m pretrained.build.melodies music21-10.5.1-py3-none-any.whl",
    )


if __name__ == "__main__":
    main(sys.argv[1])
