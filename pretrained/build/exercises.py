"""Record the tasks of the Modality page: every task of every modality, at every number of training samples.

    python -m pretrained.build.exercises

About half a minute. Writes `pretrained/weights/exercises.npz` (plain arrays, no pickle) with, for each
`<modality>/<task>/<size>/`: the last frame of `components.learn.exercise.learn` (answers, scores, baselines, weights); and
`about`: date, machine, versions. Names on the command line (`audio graph`) record those modalities anew and keep the rest.
"""

import json
import sys

import numpy as np
import torch

from components.catalogue import discover
from components.learn.device import settle
from components.learn.exercise import RECORDED, Lesson, learn
from components.tasks.downloads import SOURCES
from components.values import Frame
from pretrained.build.manifest import enter, machine, today


def kept(frame: Frame) -> Frame:
    """What is worth keeping of a last frame, in half precision where it is real."""
    found = {n: a for n, a in frame.items() if n not in ("step", "steps", "sizes", "loss", "tested")}
    exact = {n: a for n, a in found.items() if a.ndim == 0 or (n == "truth" and a.ndim == 1 and a.dtype == np.float32)}
    return {
        n: a if n in exact else a.astype(np.float16) if np.issubdtype(a.dtype, np.floating) else a.astype(np.uint16)
        for n, a in found.items()
    }


def arrays(names: list[str]) -> Frame:
    """The last frame of every lesson of these modalities."""
    found: Frame = {}
    for modality in (discover("modalities", "MODALITY")[name] for name in names):
        for task, exercise in modality.tasks.items():
            for size in exercise.sizes if task not in SOURCES else ():  # those are not shipped
                *_, frame = learn(Lesson(modality.name, task, size))
                found |= {f"{modality.name}/{task}/{size}/{n}": a for n, a in kept(frame).items()}
                scores = {n: round(a.item(), 3) for n, a in frame.items() if a.size == 1 and n not in ("step", "steps", "sizes")}
                print(modality.name, task, size, scores, flush=True)
    return found


def main() -> None:
    """Write the file and its entry in the manifest."""
    settle()
    names = sys.argv[1:] or list(discover("modalities", "MODALITY"))
    earlier: Frame = {}
    if RECORDED.exists() and sys.argv[1:]:
        with np.load(RECORDED, allow_pickle=False) as data:
            earlier = {n: data[n] for n in data.files if n != "about" and n.split("/")[0] not in names}
    facts = {"date": today(), "machine": machine(), "torch": torch.__version__, "numpy": np.__version__}
    np.savez_compressed(RECORDED, allow_pickle=False, about=np.array(json.dumps(facts)), **(earlier | arrays(names)))
    enter(
        RECORDED,
        licence="MIT for the training; the data keep the licences of the files under pretrained/data",
        source="trained by this project on the tasks of the Modality page",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.exercises",
    )


if __name__ == "__main__":
    main()
