"""Record the three trainings of the view "Train it here" of the Graphs page.

    python -m pretrained.build.graph_train

About two minutes on two cores. Writes `pretrained/sweeps/graph_train.npz`, plain arrays, no pickle: for every lesson, under
`<lesson>/<settings>:`, the arrays of its last frame, `course (t, 5)`, its score on the way with five seeds, `at (t,)` the steps
and `seconds`; and `about`.
"""

import json
import time
from collections.abc import Iterator

import numpy as np
import torch

from components.learn import link_lesson, molecule_lesson, node_lesson
from components.learn.device import settle
from components.learn.graph_lessons_file import FILE, name_of
from components.models.graph_layers import LAYERS
from components.tasks.held_links import RULES
from components.tasks.known_nodes import NETWORKS
from components.values import Frame
from pretrained.build.manifest import enter, machine, today

SCORES = ("auc", "R²", "accuracy")
KEPT = ("places", "seen", "chance", "scores")


def lessons() -> Iterator[tuple[tuple[str | int, ...], Iterator[Frame]]]:
    """Every lesson that is recorded, and its run."""
    for name in NETWORKS:
        ways = [("convolution", n) for n in node_lesson.LAYERS] + [(kind, 2) for kind in LAYERS if kind != "convolution"]
        for kind, layers in ways:
            node = node_lesson.NodeLesson(name, kind, layers)
            yield node, node_lesson.run(node)
    for name in link_lesson.NETWORKS:
        for rule in RULES:
            link = link_lesson.LinkLesson(name, rule)
            yield link, link_lesson.run(link)
    for task in molecule_lesson.MOLECULE_TASKS:
        molecule = molecule_lesson.MoleculeLesson(task)
        yield molecule, molecule_lesson.run(molecule)


def small(a: np.ndarray) -> np.ndarray:
    """Real numbers in half precision."""
    return a.astype(np.float16) if a.dtype.kind == "f" else a


def main() -> None:
    """Train and write."""
    settle()
    kept: Frame = {}
    for lesson, run in lessons():
        began = time.perf_counter()
        frames = list(run)
        spent, last, key = time.perf_counter() - began, frames[-1], name_of(lesson)
        measure = next(name for name in SCORES if name in last)
        found = {name: a for name, a in last.items() if name in KEPT or name.startswith("weights/")}
        found |= {"course": np.stack([f[measure][0] for f in frames]), "step": last["step"], "steps": last["steps"]}
        found |= {"at": np.array([int(f["step"]) for f in frames], np.int16)}
        kept |= {f"{key}:{name}": small(a) for name, a in found.items()} | {f"{key}:seconds": np.array(spent, np.float32)}
        print(key, f"{spent:.1f} s", measure, last[measure].mean().round(3), last[measure].round(3)[0], flush=True)
    about = {"date": today(), "machine": machine(), "torch": torch.__version__}
    np.savez_compressed(FILE, allow_pickle=False, about=np.array(json.dumps(about)), **kept)
    enter(
        FILE,
        licence="MIT; networks and molecules as in networks.npz and molecules.npz",
        source="measured and trained by this project",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.graph_train",
    )


if __name__ == "__main__":
    main()
