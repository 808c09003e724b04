"""What the Profile page says: one entry per dimension, named situations, a prediction and a question. Pure data.

A state is what a link to the page holds: `left`, `right` (modalities), `left_example`, `left_damage`, `left_strength` (per cent),
`left_<control>`, the same for the right, and `show`. What is left out keeps its default: the lecture's picture and sentence.
Every claim here is measured in `tests/ui/test_profile_words.py`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

State = Mapping[str, Any]
LEFT, RIGHT, SAME = "left", "right", "same"


class Question(NamedTuple):
    """A prediction: which side reads more? The page measures it."""

    text: str
    state: State
    reading: int  # number of the reading of this dimension that decides
    more: str  # LEFT, RIGHT or SAME
    answer: str


class Words(NamedTuple):
    """One dimension in plain words."""

    idea: str  # the lecture's definition
    picture: str  # what its curves show
    attempt: str  # a control that moves it
    question: Question


CAT = {"left": "vision", "left_example": "cat", "right": "vision", "right_example": "cat"}
REVIEW = {"left": "language", "left_example": "review-good", "right": "language", "right_example": "review-good"}
PENGUINS = {"left": "table", "left_example": "penguins", "right": "table", "right_example": "penguins"}
NOISY = CAT | {"right_damage": "noise", "right_strength": 100}
BLURRED = CAT | {"right_damage": "blur", "right_strength": 30}
TORN = PENGUINS | {"right_damage": "shuffled columns", "right_strength": 100}

WORDS: dict[str, Words] = {
    "representation": Words(
        "What one element is: a symbol out of a list or a number on a scale, and how often elements come.",
        "What was counted to get the number: regions of a picture, words over time, rows or points.",
        "Set “Levels per colour” of a picture to 2: a scale of 256 values becomes two symbols.",
        Question(
            "A photograph, and the same with two levels per colour. Which has more different values?",
            CAT | {"right_levels": 2},
            1,
            LEFT,
            "The first. With two levels, each colour of a pixel says yes or no, and nothing between. Still a cat?",
        ),
    ),
    "distribution": Words(
        "How often each value occurs among the elements.",
        "One bar for every value or symbol: high where it is frequent.",
        "Give a text typos: words that were the same become different ones.",
        Question(
            "Shuffle the words of a review. Which has the larger effective number of words?",
            REVIEW | {"right_shuffle": 1},
            0,
            SAME,
            "Neither. Counting does not see the order: the same words are there.",
        ),
    ),
    "structure": Words(
        "How elements hang together to form the whole: in time, in space, in levels, by links.",
        "How much elements that are near each other tell about each other. The grey band is what chance gives.",
        "Add noise to a picture: each pixel still has its place, but its neighbours tell less and less about it.",
        Question(
            "A photograph, and the same under strong noise. In which does a neighbour tell more?",
            NOISY,
            0,
            LEFT,
            "In the clean one. Noise is drawn for every pixel alone, so no pixel tells of another's.",
        ),
    ),
    "information": Words(
        "How much there is to tell: the bits that the elements and their composition need, without what is repeated.",
        "Bits under several codes, and what is left at coarser and coarser scales. The smallest code counts.",
        "Halve the resolution of a picture: its numbers fall to a quarter, its bits by less. Its fine grain was partly repeated.",
        Question(
            "Which has more bits: the picture or the sentence?",
            {},
            0,
            LEFT,
            "The picture, several hundred times over. Most of it is light and grain, which the sentence leaves out.",
        ),
    ),
    "noise": Words(
        "What went wrong on the way: random error, wrong or missing elements.",
        "How what is taken for noise is spread. It is an estimate: nobody has the clean original.",
        "Add typos to the sentence, as in teacip for teacup or rihjt for right: more words lie a key or two beside a known one.",
        Question(
            "A photograph, and the same blurred. For which is a higher signal-to-noise ratio estimated?",
            BLURRED,
            0,
            RIGHT,
            "For the blurred one! Fine grain is taken for noise, and blur removes it: a better number, a worse picture.",
        ),
    ),
    "relevance": Words(
        "Which elements matter. It depends on the question that is asked, and on what else is there.",
        "How much each column, word, region or node says about the answer.",
        "Choose another task for the same sample: other parts light up. Then hide the context.",
        Question(
            "A table, and the same with every column shuffled. In which does a column say more about the answer?",
            TORN,
            0,
            LEFT,
            "In the first. Shuffled, every column has the same cells, but not beside the answer they belong to.",
        ),
    ),
}

GUESS = "which of the two has more bits?"

SITUATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "The lecture's pair": (
        "A picture and a sentence of the same thing. How far apart are they, and in which rows can they be compared at all?",
        {},
    ),
    "One sentence, read and heard": (
        "The same twelve words. Only those that are heard have a speed, so the first row has two units.",
        {"left": "language", "left_example": "teacup", "right": "language", "right_example": "teacup-spoken"},
    ),
    "Shuffled columns: all there, nothing fits": (
        "Every column keeps its cells, so the distribution stays. No column tells of another any more: the structure is gone.",
        TORN | {"show": "structure"},
    ),
    "Bad: noise counts as information": (
        "The noisy cat needs more than twice the bits of the clean one, and tells less. Entropy does not know what you want.",
        NOISY | {"show": "information"},
    ),
    "Bad: blur passes for clean": (
        "By its estimated signal-to-noise ratio the blurred picture is the better one.",
        BLURRED | {"show": "noise"},
    ),
    "Bad: a black picture": (
        "All pixels are lost. What needs a difference between elements is not defined, and says so.",
        {"left_damage": "missing pixels", "left_strength": 100},
    ),
}

CHECK = (
    "Take the penguins on both sides (Table) and shuffle the columns of one at full strength (Change). Which rows of the card "
    "stay, which one falls to nearly nothing, and which one rises?",
    "Representations and distributions stay: every column has the cells it had. Structure falls to nearly nothing, since no "
    "column tells of another any more. Information rises: where nothing can be guessed from the rest, all has to be told.",
)
