"""What is asked of a sound: which digit, which voice, what kind of voice; and how any sound enters the question."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from components.modalities.audio_clips import specimens
from components.modalities.audio_signal import sound
from components.modalities.base import Exercise
from components.tasks import mel, speech
from components.values import BadInput, Sample

if TYPE_CHECKING:
    from torch import Generator, nn

WORD, SECOND = 0.6, 1.0  # seconds an observation is made to last when it is heard again


def enter(sample: Sample, mark: int, features: Callable[[np.ndarray, int], np.ndarray]) -> np.ndarray:
    """Any sound as x `(25, 20)`: brought to 8 kHz, silence cut off, see `tasks.mel`. The marked frame makes no difference.

    Raises:
        BadInput: there is nothing to be heard.
    """
    raw = sample["raw"]
    if "features" in raw:
        return raw["features"].copy()
    if float(np.abs(raw["wave"]).max()) < 1e-6:
        raise BadInput("This sound is silent; the network needs something to listen to.")
    return features(raw["wave"], raw["hertz"])


def show(x: np.ndarray, seconds: float) -> Sample:
    """What the network was given, as a sound: one tone for each of its 20 bands."""
    sample = sound(mel.heard(x, seconds), mel.HERTZ, 16, "What is left of a test sound in 25 × 20 numbers, made audible")
    sample["raw"]["features"] = np.array(x, np.float32)
    return sample


def spread(x: np.ndarray) -> np.ndarray:
    """Mean and standard deviation of every band over time, `(n, 40)`: what a learner without a sense of time can use."""
    return np.concatenate([x.mean(1), x.std(1)], 1)


def ordered(generators: "Sequence[Generator]", classes: int = len(speech.DIGITS)) -> "nn.Module":
    """One map for all 25 steps, then all steps side by side: the order of the sounds is seen, as a word needs it."""
    from components.models.set_classifier import SetClassifier

    return SetClassifier(mel.BANDS, classes, mel.STEPS, True, "concatenate", generators, h=32)


def averaged(generators: "Sequence[Generator]", classes: int = len(speech.SPEAKERS)) -> "nn.Module":
    """One map for all 25 steps, then their mean: when something was said is forgotten, how it sounds is not."""
    from components.models.set_classifier import SetClassifier

    return SetClassifier(mel.BANDS, classes, mel.STEPS, True, "mean", generators, h=64)


def strongest(generators: "Sequence[Generator]", classes: int = len(speech.QUALITIES)) -> "nn.Module":
    """One map for all 25 steps, then the largest value of each number: one creaky moment is enough."""
    from components.models.set_classifier import SetClassifier

    return SetClassifier(mel.BANDS, classes, mel.STEPS, True, "max", generators, h=64)


ask: Callable[..., Exercise] = partial(
    Exercise, symmetry="loudness", order="fixed", enter=partial(enter, features=mel.word), show=partial(show, seconds=WORD)
)

TASKS = {
    "digit": ask(
        "Which digit is said?",
        speech.DIGITS,
        partial(speech.draw, task="digit"),
        note="Synthetic voices: 57 to learn from (2,700 words), 19 others to be tested on (900); no voice is in both. "
        "This network sees the order of the sounds. One that only takes their mean over time got 79 % where this one got 90 %.",
        network=ordered,
        sizes=(50, 200, 800, 2700),
        test=900,
        specimens=partial(specimens, task="digit"),
        data=(speech.VOICES,),
    ),
    "digit of a person": ask(
        "Which digit does a person say?",
        speech.DIGITS,
        partial(speech.draw, task="recorded"),
        note="Learnt from the same synthetic voices, tested on ten recordings of one person (Allison Smith, CC BY-SA 3.0): "
        "the test is what the network would meet in use. Ten are few: the accuracy is only known to within about 13 points.",
        network=ordered,
        sizes=(50, 200, 800, 2700),
        test=10,
        specimens=partial(specimens, task="recorded"),
        data=(speech.VOICES, speech.PROMPTS),
    ),
    "speaker": ask(
        "Who is speaking?",
        speech.SPEAKERS,
        partial(speech.draw, task="speaker"),
        enter=partial(enter, features=mel.second),
        show=partial(show, seconds=SECOND),
        note="Recordings: five voices of telephone prompts, 400 seconds of each to learn from, 120 others to be tested on; no "
        "sentence is in both. Each voice has its own microphone and, but for two, its own language, and both help. "
        "Half the test of Allison Smith is Spanish, which she was never heard to speak in training. "
        "The Italian voice is by Menardi and Dal Zot, www.voip.ammdomus.it.",
        network=averaged,
        flat=spread,
        sizes=(50, 200, 800, 2000),
        test=600,
        specimens=partial(specimens, task="speaker"),
        data=(speech.PROMPTS,),
    ),
    "voice quality": ask(
        "Normal, breathy, whispered or creaky?",
        speech.QUALITIES,
        partial(speech.draw, task="quality"),
        note="Synthetic: one text-to-speech program with its settings for breath, voicing and roughness changed. 48 voices and "
        "20 words to learn from, 15 other voices and 10 other words to be tested on. "
        "It never heard a person: most of the recorded voices here it calls creaky.",
        network=strongest,
        flat=spread,
        sizes=(50, 200, 800, 1536),
        test=600,
        specimens=partial(specimens, task="quality"),
        data=(speech.VOICES,),
    ),
}
