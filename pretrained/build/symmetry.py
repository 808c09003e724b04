"""Train the networks of the Images page's view on symmetry, and measure how well each keeps its equation.

    python -m pretrained.build.symmetry

About ten minutes on two cores. Writes `pretrained/weights/symmetry.npz` (plain arrays, no pickle) with, for each
`<aim>/<network>/`: its weights in half precision, `course` (steps and test score while it was trained), and `plain` and
`averaged`, what `components.learn.symmetry_table.every_case` measured with these half-precision weights; and `about`.
Names on the command line (`segment/even`) record those networks anew and keep the rest.
"""

import json
import sys
import time

import numpy as np
import torch

from components.learn.device import settle
from components.learn.segmenting import KINDS, Study, function, study_run
from components.learn.symmetry_table import RECORDED, every_case
from components.values import Frame
from pretrained.build.manifest import enter, machine, today


def arrays(study: Study) -> Frame:
    """Everything that is kept of one network."""
    began, course, frame = time.time(), [], {}
    for frame in study_run(study):
        score = frame["IoU" if study.aim == "segment" else "accuracy"].item()
        course.append((frame["step"].item(), score, time.time() - began))
    found = {n: a for n, a in frame.items() if n.startswith("weights/")}
    weights = {n.removeprefix("weights/"): a for n, a in found.items()}
    found["course"] = np.array(course, np.float32).T[:2]
    for averaged in (False, True):
        cases = every_case(study.aim, function(study, weights, averaged))
        found["averaged" if averaged else "plain"] = cases.astype(np.float32)
    good = [round(s) for _, m, s in course if m > 0.8][:1]
    print(
        study, f"score {score:.3f}, {course[-1][2]:.0f} s, above .8 after {good} s, all {time.time() - began:.0f} s", flush=True
    )
    return {f"{study.aim}/{study.network}/{n}": a for n, a in found.items()}


def main() -> None:
    """Write the file and its entry in the manifest."""
    settle()
    names = sys.argv[1:] or [f"{aim}/{network}" for aim, networks in KINDS.items() for network in networks]
    earlier: Frame = {}
    if RECORDED.exists() and sys.argv[1:]:
        with np.load(RECORDED, allow_pickle=False) as data:
            earlier = {n: data[n] for n in data.files if n != "about" and "/".join(n.split("/")[:2]) not in names}
    facts = {"date": today(), "machine": machine(), "torch": torch.__version__, "numpy": np.__version__}
    for name in names:
        earlier |= arrays(Study(*name.split("/")))
        np.savez_compressed(RECORDED, allow_pickle=False, about=np.array(json.dumps(facts)), **earlier)
    enter(
        RECORDED,
        licence="MIT for the training; the digits and photographs keep the licences of the files under pretrained/data",
        source="trained by this project on MNIST digits, and on MNIST digits written onto the photographs",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.symmetry",
    )


if __name__ == "__main__":
    main()
