"""Make `pretrained/data/emoji.npz`: pictographs and the English keywords people know them by (Unicode CLDR).

A keyword is a set of pictographs: "fruit" is a set of apples, grapes and pears. Kept are keywords with 2 to 60 members.
Keywords that share two fifths of their members (Jaccard index of .4: "fairy" and "fairytale") are put into one group. A
quarter of the groups with a keyword of 5 members or more is for the test, and nothing of these groups is for training.
Development only; `npm` fetches the data. Run from the root of the project:

    python -m pretrained.build.emoji
"""

import itertools
import json
import subprocess
import tarfile
import tempfile
import unicodedata
from collections import defaultdict
from pathlib import Path

import numpy as np

from pretrained.build.manifest import ROOT, enter

FILE, PACKAGE = "pretrained/data/emoji.npz", "cldr-annotations-full@48.2.0"
FEWEST, MOST, ALIKE, ASKED, TESTED = 2, 60, 0.4, 5, 0.25
LEFT_OUT = {"\U0001f595"}  # not for a class room


def annotations() -> dict[str, tuple[str, list[str]]]:
    """Pictograph -> its name and its keywords."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            text = archive.extractfile("package/annotations/en/annotations.json").read()
    entries = json.loads(text)["annotations"]["annotations"]
    return {e: (v["tts"][0], v.get("default", [])) for e, v in entries.items() if pictograph(e)}


def pictograph(text: str) -> bool:
    """One sign of Unicode's pictographs, known in 2021 (so that most devices can draw it), not a tone of skin."""
    return (
        len(text) == 1
        and text >= "\U0001f300"
        and not "\U0001f3fb" <= text <= "\U0001f3ff"
        and unicodedata.category(text) != "Cn"
        and text not in LEFT_OUT
    )


def groups(sets: dict[str, set[str]]) -> list[list[str]]:
    """Keywords that are linked by sharing members, directly or through others."""
    home = {word: [word] for word in sets}
    for a, b in itertools.combinations(sets, 2):
        if home[a] is not home[b] and len(sets[a] & sets[b]) >= ALIKE * len(sets[a] | sets[b]):
            home[a] += home[b]
            home |= dict.fromkeys(home[b], home[a])
    return list({id(group): group for group in home.values()}.values())


def main() -> None:
    """Write the file and its entry in the manifest."""
    known, sets = annotations(), defaultdict(set)
    for sign, (_, words) in known.items():
        for word in words:
            sets[word].add(sign)
    sets = {word: sets[word] for word in sorted(sets) if FEWEST <= len(sets[word]) <= MOST}
    used = sorted(set().union(*sets.values()))
    number = {sign: i for i, sign in enumerate(used)}
    found = [group for group in groups(sets) if max(len(sets[word]) for word in group) >= ASKED]
    order = np.random.default_rng(0).permutation(len(found))
    tested = {word for i in order[: round(TESTED * len(found))] for word in found[i]}
    sets = {word: members for word, members in sets.items() if word not in tested or len(members) >= ASKED}
    tested &= set(sets)
    members = [sorted(number[sign] for sign in sets[word]) for word in sets]
    np.savez_compressed(
        ROOT / FILE,
        sign=np.array(used),
        name=np.array([known[sign][0] for sign in used]),
        keyword=np.array(list(sets)),
        tested=np.array([word in tested for word in sets]),
        member=np.concatenate(members).astype(np.uint16),
        end=np.cumsum([len(m) for m in members]).astype(np.uint16),
    )
    print(len(used), "pictographs,", len(sets), "keywords in", len(found), "groups,", len(tested), "for the test")
    enter(
        ROOT / FILE,
        licence="Unicode License v3",
        source="Unicode CLDR, English annotations (npm package cldr-annotations-full)",
        version=PACKAGE,
        command="python -m pretrained.build.emoji",
    )


if __name__ == "__main__":
    main()
