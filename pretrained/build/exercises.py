"""Record the tasks of the Modality page: every task of every modality, at every number of training samples.

    python -m pretrained.build.exercises

About half a minute. Writes `pretrained/weights/exercises.npz` (plain arrays, no pickle) with, for each
`<modality>/<task>/<size>/`: `p (500, classes)`, `truth (500,)`, `weights/<parameter>`; and `about`: date, machine, versions.
"""

import json

import numpy as np
import torch

from components.catalogue import discover
from components.learn.device import settle
from components.learn.exercise import RECORDED, SIZES, Lesson, learn
from components.values import Frame
from pretrained.build.manifest import enter, machine, today


def arrays() -> Frame:
    """The last frame of every lesson, in half precision where it is real."""
    found: Frame = {}
    for modality in discover("modalities", "MODALITY").values():
        for task in modality.tasks:
            for size in SIZES:
                *_, frame = learn(Lesson(modality.name, task, size))
                kept = {n: a for n, a in frame.items() if n in ("p", "truth") or n.startswith("weights/")}
                small = {n: a.astype(np.float16 if a.dtype == np.float32 else np.uint8) for n, a in kept.items()}
                found |= {f"{modality.name}/{task}/{size}/{n}": a for n, a in small.items()}
                print(modality.name, task, size, frame["accuracy"].item(), flush=True)
    return found


def main() -> None:
    """Write the file and its entry in the manifest."""
    settle()
    facts = {"date": today(), "machine": machine(), "torch": torch.__version__, "numpy": np.__version__}
    np.savez_compressed(RECORDED, about=np.array(json.dumps(facts)), **arrays())
    enter(
        RECORDED,
        licence="MIT",
        source="trained by this project on scikit-learn's digits (UCI, CC BY 4.0) and on synthetic point clouds",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.exercises",
    )


if __name__ == "__main__":
    main()
