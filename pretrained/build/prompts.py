"""Make `pretrained/data/prompts.npz`, recorded voices as features, and `pretrained/data/sounds.npz`, sounds to listen to.

Development only. The recordings are Debian packages; unpack them anywhere and name the folder in SOUNDS_HOME:

    pip install espeakng-loader==0.2.4 soundfile==0.14.0 scipy
    apt download asterisk-core-sounds-{en,es,fr,it,ru}-wav asterisk-prompt-it-menardi-wav sonic-pi-samples
    for file in *.deb; do dpkg -x $file sounds; done
    SOUNDS_HOME=sounds python -m pretrained.build.prompts

`prompts.npz` has pieces of one second, `speaker/x (n, 25, 20)` as levels 0 to 63, `speaker/y` the voice, `speaker/set` which
folder of `SETS`, `speaker/part` 1 for test; and `digit/x`, the ten English digits. A prompt, the same sentence in all
languages, has all its pieces in one part, chosen by the checksum of its name. Allison Smith's Spanish is only in the test.
"""

import io
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from components.tasks import mel
from pretrained.build.manifest import ROOT, enter
from pretrained.build.synthesis import espeak
from pretrained.build.voices import variants

FILE, SOUNDS = "pretrained/data/prompts.npz", "pretrained/data/sounds.npz"
# folder -> number of the voice in components/tasks/speech.py, training pieces, test pieces
SETS = {
    "en_US_f_Allison": (0, 400, 60),
    "es_MX_f_Allison": (0, 0, 60),
    "fr_CA_f_June": (1, 400, 120),
    "it_IT_m_Carlo": (2, 400, 120),
    "ru_RU_f_IvrvoiceRU": (3, 400, 120),
    "it_IT_f_Menardi": (4, 400, 120),
}
PIECES, LOUD = 4, 0.5  # pieces of a prompt at most; a piece whose bands are on average weaker than this is mostly pause
ASTERISK = "from Asterisk's core sounds"
PEOPLE = {
    "en_US_f_Allison": f"Recorded by Allison Smith, 8 kHz, CC BY-SA 3.0, {ASTERISK}",
    "es_MX_f_Allison": f"Recorded by Allison Smith in Spanish, 8 kHz, CC BY-SA 3.0, {ASTERISK}",
    "fr_CA_f_June": f"Recorded by June Wallack in French, 8 kHz, CC BY-SA 3.0, {ASTERISK}",
    "it_IT_m_Carlo": f"Recorded by Carlo Flora in Italian, 8 kHz, CC BY 3.0, {ASTERISK}",
    "ru_RU_f_IvrvoiceRU": f"Recorded by ivrvoice.ru (Maxim Topal) in Russian, 8 kHz, CC BY 3.0, {ASTERISK}",
    "it_IT_f_Menardi": "Recorded by Marco Menardi and Paola Dal Zot in Italian, 8 kHz, CC BY-SA 3.0 IT, www.voip.ammdomus.it",
}
PROMPTS = {
    "seven": ("en_US_f_Allison", "digits/7"),
    "three": ("en_US_f_Allison", "digits/3"),
    "hello (Allison)": ("en_US_f_Allison", "hello-world"),
    "hola (Allison)": ("es_MX_f_Allison", "hello-world"),
    "bonjour (June)": ("fr_CA_f_June", "hello-world"),
    "ciao (Carlo)": ("it_IT_m_Carlo", "hello-world"),
}
MUSIC = {
    "guitar": (
        "guit_harmonics",
        3.5,
        "Guitar recorded by BStateham, 44.1 kHz, 16 bit, CC0, freesound 141524 by Sonic Pi",
    ),
    "cymbal": ("drum_cymbal_open", 1.5, "Cymbal recorded by menegass, 44.1 kHz, 16 bit, CC0, freesound 100055 by Sonic Pi"),
    "crow": ("misc_crow", 0.5, "Crow recorded by davidworksonline, 44.1 kHz, 16 bit, CC0, freesound 54973 by Sonic Pi"),
}
SYNTHETIC = {"normal voice": "f1", "whisper": "f1-whisper", "creaky voice": "f1-creaky"}
LICENCE = (
    "Allison Smith, June Wallack: CC BY-SA 3.0; Carlo Flora, ivrvoice.ru (Maxim Topal): CC BY 3.0; "
    "Marco Menardi and Paola Dal Zot: CC BY-SA 3.0 IT"
)
SOURCE = "Debian 12: asterisk-core-sounds-{en,es,fr,it,ru}-wav, asterisk-prompt-it-menardi-wav (http://www.voip.ammdomus.it)"


def home() -> Path:
    """The folder the packages were unpacked into."""
    return Path(os.environ["SOUNDS_HOME"]) / "usr" / "share"


def is_test(prompt: str) -> bool:
    """Three of ten prompts, by their name, whoever says them."""
    return zlib.crc32(prompt.encode()) % 10 >= 7


def pieces(folder: str) -> Iterator[tuple[np.ndarray, bool]]:
    """Consecutive seconds of every prompt in a folder, with whether its prompt belongs to the test."""
    root = home() / "asterisk" / "sounds" / folder
    for file in sorted(root.rglob("*.wav")):
        prompt = file.relative_to(root).as_posix().removesuffix(".wav")
        if prompt.startswith(("silence", "beep", "ascending", "descending")):
            continue
        wave, hertz = soundfile.read(file, dtype="float32")
        frames = mel.spoken(mel.log_mel(wave, hertz))
        for i in range(min(PIECES, len(frames) // mel.SECOND)):
            x = frames[i * mel.SECOND : (i + 1) * mel.SECOND]
            if x.max(1).mean() > LOUD:
                yield mel.piece(x), is_test(prompt)


def voices() -> dict[str, np.ndarray]:
    """The pieces of all voices, as many of each as `SETS` says, drawn at random."""
    rng, rows = np.random.default_rng(0), []
    for number, (folder, (voice, train, test)) in enumerate(SETS.items()):
        found = list(pieces(folder))
        for part, count in enumerate((train, test)):
            own = [x for x, is_in_test in found if is_in_test == bool(part)]
            rows += [(own[i], voice, number, part) for i in rng.permutation(len(own))[:count]]
    x, y, sets, part = zip(*rows, strict=True)
    return {
        "speaker/x": mel.levels(np.stack(x)),
        "speaker/y": np.array(y, np.uint8),
        "speaker/set": np.array(sets, np.uint8),
        "speaker/part": np.array(part, np.uint8),
    }


def flac(wave: np.ndarray, hertz: int) -> np.ndarray:
    """A wave as the bytes of a 16-bit FLAC file."""
    out = io.BytesIO()
    soundfile.write(out, wave, hertz, format="FLAC", subtype="PCM_16", compression_level=1.0)
    return np.frombuffer(out.getvalue(), np.uint8)


def sounds() -> dict[str, np.ndarray]:
    """Every sound to listen to as FLAC bytes, and `<name>/about`."""
    arrays: dict[str, np.ndarray] = {}
    for name, (folder, prompt) in PROMPTS.items():
        wave, hertz = soundfile.read(home() / "asterisk" / "sounds" / folder / f"{prompt}.wav", dtype="float32")
        arrays |= {name: flac(wave, hertz), f"{name}/about": np.array(PEOPLE[folder])}
    for name, (file, seconds, about) in MUSIC.items():
        wave, hertz = soundfile.read(home() / "sonic-pi" / "samples" / f"{file}.flac", dtype="float32", always_2d=True)
        wave = wave.mean(1)[: int(seconds * hertz)]
        fade = np.clip((len(wave) - np.arange(len(wave))) / (0.05 * hertz), 0, 1)
        arrays |= {name: flac(wave * fade, hertz), f"{name}/about": np.array(about)}
    with espeak(variants()) as engine:
        for name, voice in SYNTHETIC.items():
            wave = engine.say("wednesday", f"gmw/en-US+{voice}", rate=140)
            about = f"Synthetic: the word Wednesday said by eSpeak NG, voice {voice}, {engine.hertz / 1000} kHz"
            arrays |= {name: flac(wave, engine.hertz), f"{name}/about": np.array(about)}
    return arrays


def main() -> None:
    """Write both files and their entries in the manifest."""
    digits = home() / "asterisk" / "sounds" / "en_US_f_Allison" / "digits"
    recorded = np.stack([mel.word(*soundfile.read(digits / f"{digit}.wav", dtype="float32")) for digit in range(10)])
    np.savez_compressed(ROOT / FILE, **voices(), **{"digit/x": mel.levels(recorded)})
    np.savez(ROOT / SOUNDS, **sounds())
    facts = {"version": "asterisk-core-sounds 1.6.1-1, asterisk-prompt-it-menardi 1.4.22+mm20110907-3.1"}
    command = "SOUNDS_HOME=... python -m pretrained.build.prompts"
    enter(ROOT / FILE, licence=LICENCE, source=f"{SOURCE}, as log-mel features", command=command, **facts)
    facts["version"] += ", sonic-pi-samples 3.2.2~repack-8, espeakng-loader 0.2.4"
    source = f"{SOURCE}; sonic-pi-samples (freesound 141524, 100055, 54973); eSpeak NG"
    licence = f"{LICENCE}; guitar, cymbal, crow: CC0; synthetic voices: MIT"
    enter(ROOT / SOUNDS, licence=licence, source=source, command=command, **facts)


if __name__ == "__main__":
    main()
