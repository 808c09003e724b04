"""Spoken word, speaker, voice quality: 25 steps of time, 20 bands of frequency each, see `mel.py` for the numbers.

Words and voice qualities are synthetic, the voices of the speaker task and ten digits are recordings. Training and test share no
synthetic voice, no sentence, and for voice quality no word.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from components.tasks.files import arrays
from components.tasks.mel import numbers

if TYPE_CHECKING:
    from torch import Generator, Tensor

VOICES, PROMPTS = "voices.npz", "prompts.npz"
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
QUALITIES = ("normal", "breathy", "whisper", "creaky")
SPEAKERS = ("Allison Smith", "June Wallack", "Carlo Flora", "ivrvoice.ru", "Paola Dal Zot")


@cache
def rows(task: str, part: str) -> tuple[np.ndarray, np.ndarray]:
    """All observations `x (n, 25, 20)` in [-2, 2] and labels `y (n,)` of one part of "digit", "recorded", "quality", "speaker".

    "recorded" has the training part of "digit", and as its test the ten digits said by a person.
    """
    if task == "recorded" and part == "test":
        x, y = arrays(PROMPTS)["digit/x"], np.arange(10)
    else:
        name = "digit" if task == "recorded" else task
        data = arrays(PROMPTS if name == "speaker" else VOICES)
        own = data[f"{name}/part"] == (part == "test")
        x, y = data[f"{name}/x"][own], data[f"{name}/y"][own]
    return numbers(x), y.astype(np.int64)


def draw(n: int, generator: "Generator", part: str, task: str) -> "tuple[Tensor, Tensor]":
    """n sounds of one part, `x (n, 25, 20)`, `y (n,)`; up to as many as there are, each comes at most once."""
    import torch

    x, y = rows(task, part)
    if n <= len(x):
        chosen = torch.randperm(len(x), generator=generator)[:n].numpy()
    else:
        chosen = torch.randint(len(x), (n,), generator=generator).numpy()
    return torch.from_numpy(x[chosen]), torch.from_numpy(y[chosen])
