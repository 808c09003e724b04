"""Make `pretrained/data/clips.npz`: sounds of the test parts as waves, so that they can be damaged before a network hears them.

Development only; the tools and packages are those of `voices.py` and `prompts.py`. Run from the root of the project:

    SOUNDS_HOME=sounds python -m pretrained.build.clips

Of each task "digit", "recorded", "quality" and "speaker": `<task>/wave`, all clips end to end as the bytes of one FLAC file
of 8 kHz, `<task>/length (n,)` in samples and `<task>/y (n,)`. Synthetic voices, words and prompts are those of the test part;
digits and qualities are said anew here, so these are other clips than those whose features are in `voices.npz`.
"""

import io
from importlib.metadata import version

import numpy as np
import soundfile

from components.tasks import mel
from pretrained.build.manifest import ROOT, enter
from pretrained.build.prompts import LICENCE, LOUD, PIECES, SETS, SOURCE, home, is_test
from pretrained.build.synthesis import Espeak, espeak
from pretrained.build.voices import ACCENTS, DIGITS, HUMAN, QUALITIES, TEST, TEST_WORDS, recorded, variants

FILE = "pretrained/data/clips.npz"
EACH = {"digit": 10, "quality": 25, "speaker": 20}  # clips of every class
Clip = tuple[np.ndarray, int]


def level(wave: np.ndarray, hertz: int) -> np.ndarray:
    """A wave at 8 kHz, its largest number 0.7."""
    found = mel.resampled(wave.astype(np.float32), hertz, mel.HERTZ)
    return found * (0.7 / max(1e-6, float(np.abs(found).max())))


def digits(engine: Espeak, rng: np.random.Generator) -> list[Clip]:
    """Every digit from ten voices of the test part, changed as the training words were."""
    found = []
    for variant in rng.choice(TEST, EACH["digit"], replace=False):
        for digit, text in enumerate(DIGITS):
            rate, pitch, spread = (int(rng.integers(*limits)) for limits in ((110, 200), (20, 80), (20, 90)))
            wave = engine.say(text, f"gmw/{rng.choice(ACCENTS)}+{variant}", rate=rate, pitch=pitch, spread=spread)
            found.append((level(recorded(wave, rng), int(engine.hertz * rng.uniform(0.88, 1.14))), digit))
    return found


def qualities(engine: Espeak, rng: np.random.Generator) -> list[Clip]:
    """Words and voices of the test part, in every quality."""
    found, voices = [], [v for v in HUMAN if v in TEST]
    for number, quality in enumerate(("", *QUALITIES)):
        for i in range(EACH["quality"]):
            variant = voices[i % len(voices)] + (f"-{quality}" if quality else "")
            rate, pitch = int(rng.integers(120, 190)), int(rng.integers(15, 75))
            wave = engine.say(str(rng.choice(TEST_WORDS)), f"gmw/en-US+{variant}", rate=rate, pitch=pitch)
            found.append((level(recorded(wave, rng), engine.hertz), number))
    return found


def seconds(folder: str) -> list[np.ndarray]:
    """Seconds of a folder's test prompts, cut as in `prompts.py`, as waves."""
    root, found = home() / "asterisk" / "sounds" / folder, []
    for file in sorted(root.rglob("*.wav")):
        prompt = file.relative_to(root).as_posix().removesuffix(".wav")
        if prompt.startswith(("silence", "beep", "ascending", "descending")) or not is_test(prompt):
            continue
        wave, hertz = soundfile.read(file, dtype="float32")
        frames = mel.log_mel(wave, hertz)
        lead = int(np.flatnonzero(frames.max(1) > 1 - mel.TRIM / mel.RANGE)[0])
        said = mel.spoken(frames)
        for i in range(min(PIECES, len(said) // mel.SECOND)):
            if said[i * mel.SECOND : (i + 1) * mel.SECOND].max(1).mean() > LOUD:
                start = (lead + i * mel.SECOND) * mel.HOP
                found.append(wave[start : start + mel.SECOND * mel.HOP + mel.WINDOW - mel.HOP])
    return found


def speakers(rng: np.random.Generator) -> list[Clip]:
    """As many seconds of every voice; half of Allison Smith's are Spanish, as in the test part."""
    found = []
    for folder, (voice, _, _) in SETS.items():
        own = seconds(folder)
        count = EACH["speaker"] // sum(other[0] == voice for other in SETS.values())
        found += [(level(own[i], mel.HERTZ), voice) for i in rng.permutation(len(own))[:count]]
    return found


def packed(name: str, clips: list[Clip]) -> dict[str, np.ndarray]:
    """Clips end to end as one FLAC file, 16 bit."""
    out = io.BytesIO()
    soundfile.write(out, np.concatenate([wave for wave, _ in clips]), mel.HERTZ, format="FLAC", subtype="PCM_16")
    return {
        f"{name}/wave": np.frombuffer(out.getvalue(), np.uint8),
        f"{name}/length": np.array([len(wave) for wave, _ in clips], np.uint16),
        f"{name}/y": np.array([y for _, y in clips], np.uint8),
    }


def main() -> None:
    """Write the file and its entry in the manifest."""
    rng = np.random.default_rng(1)
    with espeak(variants()) as engine:
        arrays = packed("digit", digits(engine, rng)) | packed("quality", qualities(engine, rng))
    folder = home() / "asterisk" / "sounds" / "en_US_f_Allison" / "digits"
    said = [(level(*soundfile.read(folder / f"{digit}.wav", dtype="float32")), digit) for digit in range(10)]
    np.savez(ROOT / FILE, **arrays, **packed("recorded", said), **packed("speaker", speakers(rng)))
    enter(
        ROOT / FILE,
        licence=f"{LICENCE}; synthetic voices: MIT",
        source=f"{SOURCE}; synthetic: words said by eSpeak NG 1.52 (GPL-3.0, used as a program)",
        version="asterisk-core-sounds 1.6.1-1, asterisk-prompt-it-menardi 1.4.22+mm20110907-3.1, "
        f"espeakng-loader {version('espeakng-loader')}",
        command="SOUNDS_HOME=... python -m pretrained.build.clips",
    )


if __name__ == "__main__":
    main()
