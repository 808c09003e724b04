"""Real sounds of the test parts, to be damaged before a network hears them: what `show` makes of 25 x 20 numbers is no longer
the sound. See `pretrained/build/clips.py`."""

from functools import cache

import numpy as np

from components.modalities.audio_readers import decoded
from components.modalities.audio_signal import sound
from components.tasks.files import arrays
from components.values import Sample

CLIPS = "clips.npz"


@cache
def clips(task: str) -> tuple[list[np.ndarray], np.ndarray, int]:
    """All waves of "digit", "recorded", "quality" or "speaker", their answers `(n,)`, and their Hz."""
    data = arrays(CLIPS)
    wave, hertz = decoded(data[f"{task}/wave"].tobytes())
    ends = np.cumsum(data[f"{task}/length"].astype(int))
    return np.split(wave, ends[:-1]), data[f"{task}/y"].astype(np.int64), hertz


def specimens(count: int, seed: int, task: str) -> list[tuple[Sample, np.ndarray]]:
    """`count` test sounds with their answers, chosen at random; each at most once if there are enough."""
    waves, y, hertz = clips(task)
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(y), count, replace=count > len(y))
    return [(sound(waves[i], hertz, 16, "a test sound", hop=20), y[[i]]) for i in chosen]
