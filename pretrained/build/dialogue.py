"""Make `pretrained/data/dialogue.npz`: a telephone conversation, an announcement and a sentence: words, times and sound.

The machine's turns are recordings of Allison Smith (Debian package asterisk-core-sounds-en-wav 1.6.1-1, CC BY-SA 3.0), cut at
their silences and set in a row; the words are those of the transcript in asterisk-core-sounds-en. The caller's turns, and the
lecture's sentence, are synthetic speech (package espeakng-loader 0.2.4, GPL 3, a tool for building only). The whole is
CC BY-SA 3.0 as well. Needs the project's requirements and scipy. Run from the root of the project:

    apt-get download asterisk-core-sounds-en asterisk-core-sounds-en-wav && for f in *.deb; do dpkg-deb -x $f SOUNDS; done
    pip install espeakng-loader==0.2.4
    python -m pretrained.build.dialogue SOUNDS
"""

import ctypes
import gzip
import json
import re
import sys
import wave
from functools import cache
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from components.modalities.language_readers import begin_of_words
from components.tasks.words import is_word, split
from pretrained.build.manifest import ROOT, enter

FILE, HERTZ, PAUSE, QUIET = "pretrained/data/dialogue.npz", 8000, 0.35, 0.02
MACHINE, CALLER = "Machine", "Caller"
SPEED = 140  # words a minute, as the synthesiser counts them
CONFERENCE = [
    (MACHINE, "conf-getconfno"), (CALLER, "Seven four one."), (MACHINE, "conf-invalid"),
    (CALLER, "Oh, I am sorry. Seven four two."), (MACHINE, "conf-getpin"), (CALLER, "Nine five."),
    (MACHINE, "auth-thankyou"), (CALLER, "Who else is here?"), (MACHINE, "conf-onlyperson"),
    (CALLER, "Wonderful, I love waiting."), (MACHINE, "conf-waitforleader"),
    (CALLER, "Can you play a nice song?"), (MACHINE, "queue-thankyou"), (CALLER, "No thanks, this is terrible. Goodbye!"),
    (MACHINE, "goodbye"),
]  # fmt: skip
SCRIPTS = {
    "conference": CONFERENCE,
    "announcement": [(MACHINE, "basic-pbx-ivr-main")],
    "teacup": [("Voice", "A teacup on the right of a laptop in a clean room.")],  # the lecture's sentence
}


def transcript(folder: Path) -> dict[str, str]:
    """Name of a recording -> what is said in it."""
    file = next(folder.rglob("core-sounds-en.txt.gz"))
    lines = gzip.decompress(file.read_bytes()).decode("latin-1").splitlines()
    return dict(line.split(": ", 1) for line in lines if re.match(r"[\w/-]+: ", line))


def recording(folder: Path, name: str) -> np.ndarray:
    """A recording in [-1, 1], 8 kHz."""
    with wave.open(str(next(folder.rglob(f"en_US_f_Allison/{name}.wav")))) as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (HERTZ, 2, 1)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768


@cache
def _engine() -> tuple[ctypes.CDLL, int, list[np.ndarray], object]:
    """eSpeak NG, its Hz, the list its sound is put into, and the callback that must stay alive. It can be started only once."""
    import espeakng_loader

    library, pieces = ctypes.CDLL(espeakng_loader.get_library_path()), []
    library.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    hertz = library.espeak_Initialize(2, 0, str(Path(espeakng_loader.get_data_path()).parent).encode(), 0)

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
    def keep(samples: "ctypes._Pointer[ctypes.c_short]", count: int, events: object) -> int:
        if samples and count:
            pieces.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    library.espeak_SetSynthCallback(keep)
    library.espeak_SetVoiceByName(b"en-gb")
    library.espeak_SetParameter(1, SPEED, 0)
    return library, hertz, pieces, keep


def synthetic(words: str) -> np.ndarray:
    """The words as eSpeak NG's British voice speaks them, in [-1, 1], 8 kHz."""
    library, hertz, pieces, _ = _engine()
    pieces.clear()
    raw = words.encode()
    library.espeak_Synth(raw, ctypes.c_size_t(len(raw) + 1), 0, 0, ctypes.c_uint(0), 1, None, None)
    library.espeak_Synchronize()
    return resample_poly(np.concatenate(pieces) / 32768, HERTZ, hertz)


def trimmed(sound: np.ndarray) -> np.ndarray:
    """Without the silence at both ends, as loud as all others."""
    loud = np.flatnonzero(np.abs(sound) > QUIET * np.abs(sound).max())
    part = sound[loud[0] : loud[-1] + 1]
    return 0.1 * part / np.sqrt((part**2).mean())


def audible(sound: np.ndarray, share: np.ndarray) -> np.ndarray:
    """The seconds at which these shares of everything audible are over: pauses between sentences do not count."""
    frames = sound[: len(sound) // 80 * 80].reshape(-1, 80)  # 10 ms each
    heard = np.cumsum(np.abs(frames).max(1) > 2 * QUIET * np.abs(sound).max())
    return np.searchsorted(heard, share * heard[-1], "right") * 80 / HERTZ


def spoken(folder: Path, script: list[tuple[str, str]]) -> tuple[np.ndarray, dict[str, list]]:
    """One wave, and for each word what it is, its turn, and when it begins (within a turn estimated from the letters)."""
    said = transcript(folder)
    pause = np.zeros(int(PAUSE * HERTZ))
    pieces, found = [], {"token": [], "turn": [], "start": [], "speaker": []}
    now = 0.0
    for i, (who, what) in enumerate(script):
        sound = trimmed(recording(folder, what) if who == MACHINE else synthetic(what))
        words = [t for t in split(said[what] if who == MACHINE else what) if is_word(t)]
        lasts = len(sound) / HERTZ
        found["token"] += words
        found["turn"] += [i] * len(words)
        found["start"] += np.round(now + audible(sound, begin_of_words(words, 0, 1)), 3).tolist()
        found["speaker"].append(who)
        pieces += [sound, pause]
        now += lasts + PAUSE
    return np.clip(np.concatenate(pieces), -1, 1), found


def main(folder: Path) -> None:
    """Put the turns in a row and write them."""
    arrays = {}
    for name, script in SCRIPTS.items():
        sound, found = spoken(folder, script)
        arrays[f"{name}/sound"] = np.round(sound * 32767).astype(np.int16)
        arrays[f"{name}/text"] = np.frombuffer(json.dumps(found).encode(), np.uint8)
        print(name, f"{len(sound) / HERTZ:.1f} s", len(found["token"]), "words", " ".join(found["token"]))
    path = ROOT / FILE
    np.savez_compressed(path, hertz=np.array(HERTZ), **arrays)
    enter(
        path,
        licence="CC BY-SA 3.0 (recordings: Allison Smith for Asterisk, contributed by Digium; cut and set in a row)",
        source="Debian asterisk-core-sounds-en-wav 1.6.1-1; the caller's turns are synthetic (eSpeak NG)",
        version="1.6.1-1; espeakng-loader 0.2.4",
        command="python -m pretrained.build.dialogue SOUNDS",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
