"""A text as a sample, and what can be done to it: other orders, other dictionaries, damage. Everything is a pure function.

Where a text is spoken, its sound is cut at the words and moves with them.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from components.tasks.words import ENTRIES, bag, entries, entry_name, is_word, numbered, sentences, split
from components.values import Sample

KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
Sound = tuple[np.ndarray, int]
SENTENCE, TURN, MINUTE = "words/sentence", "words/turn", "words/min"


def text(
    token: Sequence[str], turn: np.ndarray, speaker: Sequence[str], about: str, *,
    start: np.ndarray | None = None, sound: Sound | None = None, seconds: float = 0.0, n: int = 1, size: int = ENTRIES,
    unit: str = SENTENCE,
) -> Sample:  # fmt: skip
    """A sample from tokens, see `components.figures.text` for what `raw` holds.

    Args:
        token: the words and marks, at least one.
        turn: which sentence or turn each is in, `(n,)`.
        speaker: one label per turn, "" for none.
        about: where it comes from.
        start: seconds at which each token begins, for what is spoken.
        sound: the wave and its Hz.
        seconds: how long it lasts, where there are times but no sound.
        n: words an entry of the dictionary is made of.
        size: entries of the dictionary.
        unit: what words are counted in where nothing is known of time.
    """
    begins = np.zeros(0) if start is None else np.asarray(start, float)
    length = len(sound[0]) / sound[1] if sound else seconds
    words = sum(is_word(t) for t in token)
    timed = len(begins) > 0 and length > 0
    rate = 60 * words / length if timed else words / len(np.unique(turn))
    found: Sample = {
        "raw": {
            "token": tuple(token),
            "turn": np.array(turn, int),
            "speaker": tuple(speaker),
            "start": begins,
            "seconds": np.array([length]),
            "ngram": np.array([n]),
            "dictionary": dictionary(n, size),
        },
        "elements": entries(numbered(token), n, size),
        "grid": (len(token),),
        "rate": float(rate),
        "unit": MINUTE if timed else unit,
        "about": about,
        "kind": "text",
    }
    if sound:
        found["sound"] = sound
    return found


@cache
def dictionary(n: int, size: int) -> tuple[str, ...]:
    """The entries of the dictionary of this size, in the order of x_i."""
    return tuple(entry_name(v, n) for v in range(size))


def written(words: str, about: str) -> Sample:
    """A written text; its turns are its sentences."""
    token = split(words)
    return text(token, sentences(token), (), about)


def again(sample: Sample, **changed: object) -> Sample:
    """The same text with some of the arguments of `text` changed."""
    raw = sample["raw"]
    kept = {
        "token": raw["token"], "turn": raw["turn"], "speaker": raw["speaker"], "about": sample["about"],
        "start": raw["start"].copy() if len(raw["start"]) else None, "sound": sample.get("sound"),
        "seconds": float(raw["seconds"][0]), "n": int(raw["ngram"][0]), "size": len(raw["dictionary"]),
        "unit": sample["unit"],
    }  # fmt: skip
    return text(**(kept | changed))


def take(sample: Sample, order: np.ndarray) -> Sample:
    """The tokens with these numbers, in this order; what was spoken is cut at the words and put together the same way."""
    raw, keep = sample["raw"], np.asarray(order, int)
    if np.array_equal(keep, np.arange(len(raw["token"]))):
        return again(sample)
    changed: dict[str, object] = {"token": [raw["token"][j] for j in keep], "turn": raw["turn"][keep]}
    if len(raw["start"]):
        edges = np.append(raw["start"], max(float(raw["seconds"][0]), float(raw["start"][-1])))
        edges[0] = 0.0
        lasts = np.diff(edges)[keep]
        changed |= {"start": np.append(0.0, np.cumsum(lasts)[:-1]), "seconds": float(lasts.sum())}
        if "sound" in sample:
            wave, hertz = sample["sound"]
            at = np.round(edges * hertz).astype(int)
            changed["sound"] = (np.concatenate([wave[at[j] : at[j + 1]] for j in keep]), hertz)
    return again(sample, **changed)


def shuffle(sample: Sample, seed: int) -> Sample:
    """The words of every sentence or turn in another order; 0 is the order they were written or said in."""
    rng, turn = np.random.default_rng(seed), sample["raw"]["turn"]
    if seed == 0:
        return again(sample)
    order = np.arange(len(turn))
    for number in np.unique(turn):
        own = np.flatnonzero(turn == number)
        order[own] = rng.permutation(own)
    return take(sample, order)


def with_ngrams(sample: Sample, n: int) -> Sample:
    """A dictionary whose entries are runs of n words; element j is then the run that begins at word j."""
    return again(sample, n=n)


def with_dictionary(sample: Sample, size: int) -> Sample:
    """A dictionary of the `size` most frequent entries; all others are unknown."""
    return again(sample, size=size)


def leave_out(sample: Sample, count: int) -> Sample:
    """Without the `count` most frequent words of the dictionary; the rarest word of the text always stays."""
    ids = numbered(sample["raw"]["token"])
    rank = np.where(ids < 0, ENTRIES, ids)
    return take(sample, np.flatnonzero((rank >= count) | (rank == rank.max())))


def observe(sample: Sample) -> np.ndarray:
    """The input observation x_i: how often each entry of the dictionary occurs, `(V,)`. Order is gone."""
    return bag(sample["elements"], len(sample["raw"]["dictionary"]))


@cache
def beside(letter: str) -> str:
    """The keys left, right, above and below this one on a QWERTY keyboard."""
    for r, row in enumerate(KEYS):
        c = row.find(letter)
        if c >= 0:
            near = [row[c - 1] if c else "", row[c + 1 : c + 2]]
            near += [KEYS[r - 1][c : c + 2]] if r else []  # each row stands half a key to the right of the one above
            near += [KEYS[r + 1][max(0, c - 1) : c + 1]] if r < 2 else []
            return "".join(near)
    return ""


def typos(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """In each word, with probability `strength`, one letter becomes its neighbour on the keyboard: teacup, teacip."""
    return again(sample, token=[_slip(t, rng) if rng.random() < strength else t for t in sample["raw"]["token"]])


def _slip(word: str, rng: np.random.Generator) -> str:
    places = [i for i, letter in enumerate(word) if beside(letter.lower())]
    if not is_word(word) or not places:
        return word
    i = int(rng.choice(places))
    wrong = str(rng.choice(list(beside(word[i].lower()))))
    return word[:i] + (wrong.upper() if word[i].isupper() else wrong) + word[i + 1 :]


def drop(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Lose each word with probability 0.9 strength; one always stays."""
    kept = np.flatnonzero(rng.random(len(sample["elements"])) >= 0.9 * strength)
    return take(sample, kept if len(kept) else np.array([int(rng.integers(len(sample["elements"])))]))


def swap(sample: Sample, strength: float, rng: np.random.Generator) -> Sample:
    """Walk through each sentence or turn; with probability `strength` a word changes places with the next one."""
    turn, order = sample["raw"]["turn"], np.arange(len(sample["elements"]))
    chance, j = rng.random(len(order)), 0
    while j + 1 < len(order):
        if turn[j] == turn[j + 1] and chance[j] < strength:
            order[[j, j + 1]] = order[[j + 1, j]]
            j += 1
        j += 1
    return take(sample, order)
