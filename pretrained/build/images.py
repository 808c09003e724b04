"""Record the sweeps of the Images page's first view: every task, with and without the local window, and smaller strides.

    python -m pretrained.build.images [part ...]

A part is `<task>/<local>/<stride>`, for instance aligned/1/4, or `ways`. All of them take about twenty minutes on two cores.
Writes `pretrained/sweeps/images.npz` (plain arrays, no pickle): for each part the four architectures' `accuracy (4, s, seeds)`,
`shift_accuracy`, `changed`, `truth`, `answer` and `places/<architecture>`; for `ways` what four ways to halve a map do to a
picture that moves (`learn/shift_ways.py`); and in `about` date, machine and versions as JSON.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import torch

from components.learn.device import settle
from components.learn.picture_sweep import PictureRequest, picture_sweep
from components.learn.shift_ways import ShiftRequest, shift_ways
from components.values import Frame
from pretrained.build.manifest import enter, machine, today

FILE = Path(__file__).parents[1] / "sweeps" / "images.npz"
PARTS = [f"{task}/{local}/4" for local in (1, 0) for task in ("aligned", "anywhere", "texture")]
PARTS += [f"{task}/1/{stride}" for stride in (2, 1) for task in ("anywhere", "aligned", "texture")]
PARTS += ["ways"]
KEPT = ("accuracy", "shift_accuracy", "changed", "truth", "answer")


def part(name: str) -> Frame:
    """Everything recorded for one part."""
    if name == "ways":
        *_, frame = shift_ways(ShiftRequest(), every=10**9)
        kept = frame
    else:
        task, local, stride = name.split("/")
        *_, frame = picture_sweep(PictureRequest(task, local == "1", int(stride)), every=10**9)
        kept = {key: frame[key] for key in KEPT} | {key: a for key, a in frame.items() if key.startswith("places/")}
    return {
        f"{name}/{key}": a if a.dtype == np.uint8 else a.astype(np.float32 if key == "change" else np.float16)
        for key, a in kept.items()
    }


def main() -> None:
    """Record the parts named on the command line, or all; the others stay as they are."""
    settle()
    for name in sys.argv[1:] or PARTS:
        began = time.time()
        found = part(name)
        known = dict(np.load(FILE, allow_pickle=False)) if FILE.exists() else {}
        about = json.loads(str(known.pop("about", "{}")))
        about[name] = {"date": today(), "machine": machine(), "torch": torch.__version__}
        known = {key: a for key, a in known.items() if not key.startswith(f"{name}/")} | found
        np.savez_compressed(FILE, allow_pickle=False, about=np.array(json.dumps(about)), **known)
        print(f"{name}: {time.time() - began:.0f} s", flush=True)
    enter(
        FILE,
        licence="MIT; learns from scikit-learn's digits (UCI, CC BY 4.0) and scikit-image's photographs (see photographs.npz)",
        source="measured by this project on the Images page's tasks",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.images",
    )


if __name__ == "__main__":
    main()
