"""Make `pretrained/data/voices.npz`: digits said by 76 synthetic voices, and words said in four voice qualities.

Development only, see `synthesis.py` for the two synthesisers. Run from the root of the project (a minute):

    pip install espeakng-loader==0.2.4 soundfile==0.14.0 scipy && apt install flite
    python -m pretrained.build.voices

Kept are the 25 x 20 numbers a network meets (`components/tasks/mel.py`) as levels 0 to 63, not the waves. `part` is 1 for test:
the voices there are nowhere in training; for voice quality the words are not either. eSpeak NG draws its noise anew each time,
so another run gives other numbers.
"""

from importlib.metadata import version
from pathlib import Path

import numpy as np

from components.tasks import mel
from pretrained.build.manifest import ROOT, enter
from pretrained.build.synthesis import Espeak, espeak, flite

FILE = "pretrained/data/voices.npz"
ACCENTS = ("en-US", "en", "en-GB-scotland", "en-GB-x-rp", "en-US-nyc", "en-029")
NAMES = (
    "m1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f3 f4 f5 Alex Alicia Andrea Andy Annie Denis Diogo Gene Henrique Hugo Jacky Lee Marco Mario "
    "Michael Mike Reed Storm Tweaky adam anika announcer antonio aunty belinda benjamin boris caleb david ed edward grandma "
    "grandpa gustave ian iven john kaukovalta klatt klatt2 klatt4 linda marcelo max michel miguel norbert pablo paul pedro "
    "quincy rob robert sandro shelby steph travis victor zac"
)
VARIANTS = NAMES.split()
TEST = VARIANTS[::4]  # voices only met in the test
FLITE = {"rms": (0, 85, 120), "awb": (0, 100, 150), "kal16": (0, 90, 130), "slt": (0, 150, 200)}  # voice -> pitches in Hz
FLITE_TEST = ("slt",)
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WORDS = (
    *DIGITS, "monday", "tuesday", "wednesday", "friday", "sunday", "january", "april", "august", "december", "hello", "goodbye",
    "number", "please", "money", "winter", "summer", "water", "yellow", "orange", "morning",
)  # fmt: skip
TEST_WORDS = WORDS[::3]
# how a normal voice is changed into another quality: lines of a variant file, see docs/voices.md of eSpeak NG
QUALITIES = {
    "breathy": "voicing 50\nbreath 60 60 40 30 20 15\nbreathw 150 150 200 200 400 400\n",
    "whisper": "formant 0 100 0 100\nformant 1 100 80 100\nvoicing 12\n"
    "breath 75 75 50 40 15 10\nbreathw 150 150 200 200 400 400\n",
    "creaky": "pitch 42 64\nroughness 7\nflutter 40\n",
}
DROPPED = {
    "breathy": ("voicing", "breath", "roughness", "flutter"),
    "whisper": ("voicing", "breath", "roughness", "flutter", "formant 0", "formant 1"),
    "creaky": ("voicing", "breath", "roughness", "flutter", "pitch"),
}
HUMAN = [v for v in VARIANTS if v not in {"klatt", "klatt2", "klatt4", "announcer", "Tweaky", "Storm", "boris", "iven", "Lee"}]


def variants() -> dict[str, str]:
    """The text of every variant file: those of eSpeak NG as they are, and each in three qualities as `<name>-<quality>`."""
    import espeakng_loader

    home = Path(espeakng_loader.get_data_path()) / "voices" / "!v"
    texts = {name: (home / name).read_text() for name in VARIANTS}
    for name in HUMAN:
        for quality, lines in QUALITIES.items():
            kept = [line for line in texts[name].splitlines() if not line.strip().startswith(("name", *DROPPED[quality]))]
            texts[f"{name}-{quality}"] = "\n".join([*kept, f"name {name}-{quality}", lines])
    return texts


def recorded(wave: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The wave as through a microphone in a room: a filter s[m] - a s[m-1] with a in [-.7, .7] makes it dull or bright, and
    white noise lies 20 to 50 dB below it. A synthetic voice alone is cleaner than any recording."""
    coloured = wave - rng.uniform(-0.7, 0.7) * np.concatenate([[0.0], wave[:-1]])
    size = np.sqrt(np.mean(coloured**2)) * 10 ** (-rng.uniform(20, 50) / 20)
    return coloured + size * rng.standard_normal(len(wave))


def digits(engine: Espeak, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Every digit four times from every variant, 18 times from every voice of Flite; length of the throat varied by ±13 %."""
    rows: list[tuple[np.ndarray, int, str, bool]] = []
    for variant in VARIANTS:
        for accent in rng.choice(ACCENTS, 2, replace=False):
            for digit, text in enumerate(DIGITS):
                for _ in range(2):
                    rate, pitch, spread = (int(rng.integers(*limits)) for limits in ((110, 200), (20, 80), (20, 90)))
                    wave = engine.say(text, f"gmw/{accent}+{variant}", rate=rate, pitch=pitch, spread=spread)
                    x = mel.word(recorded(wave, rng), int(engine.hertz * rng.uniform(0.88, 1.14)))
                    rows.append((x, digit, variant, variant in TEST))
    for voice, pitches in FLITE.items():
        for digit, text in enumerate(DIGITS):
            for pitch in pitches:
                for stretch in (0.8, 1.0, 1.3):
                    wave, hertz = flite(text, voice, stretch=stretch, pitch=pitch)
                    x = [mel.word(recorded(wave, rng), int(hertz * rng.uniform(0.88, 1.14))) for _ in range(2)]
                    rows += [(row, digit, voice, voice in FLITE_TEST) for row in x]
    return packed("digit", rows)


def qualities(engine: Espeak, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Words of the own part, 8 in training and as many as there are in the test, in every voice and quality."""
    rows: list[tuple[np.ndarray, int, str, bool]] = []
    for variant in HUMAN:
        test = variant in TEST
        words = TEST_WORDS if test else rng.choice([w for w in WORDS if w not in TEST_WORDS], 8, replace=False)
        for number, name in enumerate([variant, *(f"{variant}-{quality}" for quality in QUALITIES)]):
            for text in words:
                rate, pitch = int(rng.integers(120, 190)), int(rng.integers(15, 75))
                wave = engine.say(str(text), f"gmw/en-US+{name}", rate=rate, pitch=pitch)
                rows.append((mel.word(recorded(wave, rng), engine.hertz), number, variant, test))
    return packed("quality", rows)


def packed(name: str, rows: list[tuple[np.ndarray, int, str, bool]]) -> dict[str, np.ndarray]:
    """Rows as arrays: `x (n, 25, 20)` as levels 0 to 63, `y (n,)`, `voice (n,)` numbers into `voices`, `part (n,)`."""
    x, y, voice, part = zip(*rows, strict=True)
    voices, numbers = np.unique(voice, return_inverse=True)
    return {
        f"{name}/x": mel.levels(np.stack(x)),
        f"{name}/y": np.array(y, np.uint8),
        f"{name}/voice": numbers.astype(np.uint8),
        f"{name}/voices": voices,
        f"{name}/part": np.array(part, np.uint8),
    }


def main() -> None:
    """Write the file and its entry in the manifest."""
    rng = np.random.default_rng(0)
    with espeak(variants()) as engine:
        arrays = digits(engine, rng) | qualities(engine, rng)
    np.savez_compressed(ROOT / FILE, **arrays)
    enter(
        ROOT / FILE,
        licence="MIT",
        source="synthetic: words said by eSpeak NG 1.52 (GPL-3.0, used as a program) and Flite 2.2 (BSD-like), as features",
        version=f"espeakng-loader {version('espeakng-loader')}, flite 2.2-5 of Debian 12",
        command="python -m pretrained.build.voices",
    )


if __name__ == "__main__":
    main()
