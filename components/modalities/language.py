"""Language modality, written and spoken: words out of a dictionary. Slide: "Language Modality".

The input observation counts how often each entry of the dictionary occurs ("bag of words"):

    x_i in N^V,    x_iv = |{ j : w_ij = v }|,    |x_i| = V = number of words in the dictionary
"""

import json
from functools import cache, partial

import numpy as np

from components.modalities import language_readers as readers
from components.modalities import language_text as texts
from components.modalities.base import Control, Modality
from components.modalities.language_parts import parts
from components.modalities.language_tasks import TASKS
from components.tasks.files import arrays
from components.tasks.words import ENTRIES, FILE
from components.values import Sample

DIALOGUE = "dialogue.npz"
CORPUS = "Amazon review, each sentence rated from -4 to 4 by 20 people: Hutto and Gilbert 2014, MIT"
ALLISON = "Recordings of Allison Smith for Asterisk, CC BY-SA 3.0"
REVIEWS = ("review-good", "review-bad", "review-camera", "review-service")
SLIDE = (
    "Masterful! Ideal for anyone with an interest in disguises who likes to see the subject tackled in a humourous manner. "
    "0 of 4 people found this review helpful"
)
SENTENCES = {
    "teacup": ("A teacup on the right of a laptop in a clean room.", "The lecture's sentence"),
    "slide": (SLIDE, "The review on the lecture's slide, quoted"),
    "man-bites-dog": ("The dog bites the man. The man bites the dog.", "Written for this page"),
    "negation": ("This is not good, it is not great, and I would not love to buy it again.", "Written for this page"),
    "irony": ("Oh great, another wonderful update that makes my phone so much better at crashing.", "Written for this page"),
}
SPOKEN = {
    "conference": f"{ALLISON}; the caller's turns are synthetic speech; times of words within a turn are estimated",
    "announcement": f"{ALLISON}; times of words are estimated",
    "teacup-spoken": "The lecture's sentence in synthetic speech (eSpeak NG); times of words are estimated",
}


@cache
def _reviews() -> dict[str, list[tuple[str, float]]]:
    return json.loads(arrays(FILE)["examples"].tobytes())


def review(name: str) -> Sample:
    """A real review; each of its sentences is a turn, labelled with the mean of its ratings."""
    token: list[str] = []
    turn: list[int] = []
    rated = _reviews()[name]
    for number, (words, _) in enumerate(rated):
        parts = texts.split(words)
        token += parts
        turn += [number] * len(parts)
    labels = [f"{mean:+.1f}".replace("-", "−") for _, mean in rated]
    return texts.text(token, np.array(turn), labels, CORPUS)


@cache
def _dialogues() -> dict[str, np.ndarray]:
    return arrays(DIALOGUE)


def spoken(name: str, about: str) -> Sample:
    """Words with their speakers, their times and their sound."""
    data, key = _dialogues(), name.removesuffix("-spoken")
    found = json.loads(data[f"{key}/text"].tobytes())
    sound = (data[f"{key}/sound"].astype(np.float32) / 32768, int(data["hertz"]))
    start = np.array(found["start"])
    return texts.text(found["token"], np.array(found["turn"]), found["speaker"], about, start=start, sound=sound)


MODALITY = Modality(
    name="language",
    order=1,
    title="Language",
    sentence="A text is a sequence of words out of a dictionary. A model meets it as a long vector that counts, "
    "for every entry of the dictionary, how often it occurs.",
    slide="Language Modality",
    formula=r"x_{iv}=\bigl|\{\,j:\mark{w_{ij}}=v\,\}\bigr|,\qquad x_i\in\mathbb{N}^{V}",
    describe=lambda sample: {"n": len(sample["elements"]), "V": len(sample["raw"]["dictionary"])},
    examples={name: partial(review, name) for name in REVIEWS}
    | {name: partial(texts.written, *sentence) for name, sentence in SENTENCES.items()}
    | {name: partial(spoken, name, about) for name, about in SPOKEN.items()},
    read=dict.fromkeys(("txt", "md", "srt", "vtt"), readers.read),
    observe=texts.observe,
    controls={
        "shuffle": Control(
            "Word order",
            tuple(range(7)),
            0,
            texts.shuffle,
            "Put the words of each sentence or turn in another order; the sound is cut at the words and follows",
            lambda v: f"shuffle {v}" if v else "as written",
        ),
        "ngrams": Control(
            "An entry is",
            (1, 2, 3),
            1,
            texts.with_ngrams,
            "What an entry of x_i counts: one word, a pair of words in a row (bigram), or three (trigram)",
            lambda v: ("one word", "two words", "three words")[v - 1],
        ),
        "dictionary": Control(
            "Dictionary",
            (100, 300, 1000, 2000, ENTRIES),
            ENTRIES,
            texts.with_dictionary,
            "How many entries the dictionary has, the most frequent first; the networks know the first 2,000",
            lambda v: f"{v:,}",
        ),
        "without": Control(
            "Leave out",
            (0, 10, 30, 100, 300),
            0,
            texts.leave_out,
            "Take away the most frequent words of the dictionary: the, and, i ...",
            lambda v: f"the {v} commonest" if v else "nothing",
        ),
    },
    corrupt={"typos": texts.typos, "dropped words": texts.drop, "swapped neighbours": texts.swap},
    tasks=TASKS,
    parts=parts,
    presets={
        "A review": ("Its words, and the one number that each of them adds to.", {}),
        "Bad: shuffled, and nobody notices": (
            "The vector is the same for every word order, so this network is right half of the time, however long it learns.",
            {"shuffle": 1, "task": "order from single words"},
        ),
        "Pairs of words notice": (
            "Count pairs of words instead, and a shuffled text is another vector.",
            {"shuffle": 1, "ngrams": 2, "task": "order from pairs", "element": 85},
        ),
        "A conversation": (
            "Turns, the sound of them, and how many words come in a minute. Is the marked turn a question?",
            {"example": "conference", "task": "response", "element": 41},
        ),
        "Bad: typos": (
            "One wrong letter makes a word that the dictionary does not have.",
            {"damage": "typos", "strength": 80},
        ),
        "Bad: irony": ("It counts the friendly words, and takes them at their word.", {"example": "irony"}),
    },
    check=(
        "Choose a shuffled word order. How many numbers of $x_i$ change? And if an entry is two words?",
        "None: a bag of words counts the same words in any order. Pairs do change: most of those in a shuffled sentence are "
        "in no dictionary.",
    ),
)
