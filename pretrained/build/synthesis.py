"""Two free speech synthesisers as plain functions: eSpeak NG (formants) and Flite (recorded units and statistical models).

Development only. eSpeak NG comes with `pip install espeakng-loader==0.2.4`. Flite 2.2 comes with Debian: `apt install flite`,
or where it cannot be installed `apt download flite libflite1`, `dpkg -x` each into one folder, and its name in FLITE_HOME.
"""

import ctypes
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile

SYNCHRONOUS, UTF8, RATE, PITCH, RANGE = 2, 1, 1, 3, 4  # numbers from espeak-ng/speak_lib.h
Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


@contextmanager
def espeak(variants: Mapping[str, str]) -> Iterator["Espeak"]:
    """eSpeak NG with these voice variants and no others: name -> text of the variant file, see its docs/voices.md."""
    import espeakng_loader

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "espeak-ng-data"
        shutil.copytree(espeakng_loader.get_data_path(), home)
        for other in (home / "voices", home / "lang"):  # it lists 350 voices at most: only English is kept
            shutil.rmtree(other)
        shutil.copytree(Path(espeakng_loader.get_data_path()) / "lang" / "gmw", home / "lang" / "gmw")
        for file in (home / "lang" / "gmw").iterdir():
            if not file.name.startswith("en"):
                file.unlink()
        (home / "voices" / "!v").mkdir(parents=True)
        for name, text in variants.items():
            (home / "voices" / "!v" / name).write_text(text)
        yield Espeak(espeakng_loader.get_library_path(), home)


class Espeak:
    """One synthesiser; there can be only one at a time in a process."""

    def __init__(self, library: str, home: Path) -> None:
        self.library = ctypes.CDLL(library)
        self.hertz = self.library.espeak_Initialize(SYNCHRONOUS, 0, str(home).encode(), 0)
        self.parts: list[np.ndarray] = []
        self.callback = Callback(self._receive)
        self.library.espeak_SetSynthCallback(self.callback)
        if self.hertz <= 0:
            raise RuntimeError("eSpeak NG did not start")

    def _receive(self, wave: "ctypes._Pointer[ctypes.c_short]", n: int, events: object) -> int:
        if n and wave:
            self.parts.append(np.ctypeslib.as_array(wave, (n,)).copy())
        return 0

    def say(self, text: str, voice: str, *, rate: int = 160, pitch: int = 50, spread: int = 50) -> np.ndarray:
        """A wave `(t,)` in [-1, 1] at `self.hertz`; voice as in "en-gb+f2", rate in words a minute, pitch and spread 0..99."""
        if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"eSpeak NG has no voice {voice}")
        for number, value in ((RATE, rate), (PITCH, pitch), (RANGE, spread)):
            self.library.espeak_SetParameter(number, value, 0)
        self.parts.clear()
        data = text.encode() + b"\0"
        self.library.espeak_Synth(data, len(data), 0, 0, 0, UTF8, None, None)
        return np.concatenate(self.parts).astype(np.float32) / 32768


def flite(text: str, voice: str, *, stretch: float = 1.0, pitch: float = 0.0) -> tuple[np.ndarray, int]:
    """A wave and its Hz from Flite; `stretch` of the duration, `pitch` in Hz (0 leaves the voice's own)."""
    home = os.environ.get("FLITE_HOME")
    program = f"{home}/usr/bin/flite" if home else "flite"
    libraries = {"LD_LIBRARY_PATH": str(next(Path(home).glob("usr/lib/*/libflite.so.1")).parent)} if home else {}
    settings = ["--setf", f"duration_stretch={stretch}", *(["--setf", f"int_f0_target_mean={pitch}"] if pitch else [])]
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        command = [program, "-voice", voice, *settings, "-t", text, "-o", file.name]
        subprocess.run(command, check=True, env=os.environ | libraries)
        wave, hertz = soundfile.read(file.name, dtype="float32")
    return wave, hertz
