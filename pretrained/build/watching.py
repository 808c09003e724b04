"""Record the runs that the view "Watch it learn" of the Images page shows first: one for each data set that is shipped.

    python -m pretrained.build.watching

About 15 seconds on two cores. Writes `pretrained/weights/watching.npz` (plain arrays, no pickle): for twenty steps of each run
all weights (float16), loss, accuracies and seconds.
"""

import json

import numpy as np
import torch

from components.learn.device import settle
from components.learn.watching import Watch, watch
from components.learn.watching_file import RECORDED
from components.values import Frame
from pretrained.build.manifest import enter, machine, today

KEPT = (0, 10, 20, 30, 40, 50, 60, 70, 80, 100, 120, 150, 180, 220, 270, 330, 400, 470, 540, 600)
DATA = ("mnist", "photograph")


def frames(data: str) -> Frame:
    """The kept frames of one run, each array as `<data>/<step>/<name>`."""
    found: Frame = {f"{data}/steps": np.array(KEPT)}
    for frame in watch(Watch(data)):
        if int(frame["step"]) in KEPT:
            for name, a in frame.items():
                small = a.astype(np.float16) if name.startswith("weights/") else a
                found[f"{data}/{int(frame['step'])}/{name}"] = small
    print(data, float(frame["accuracy"].item()), flush=True)
    return found


def main() -> None:
    """Write the file and its entry in the manifest."""
    settle()
    about = {"date": today(), "machine": machine(), "torch": torch.__version__, "numpy": np.__version__}
    arrays: Frame = {"about": np.array(json.dumps(about))}
    for data in DATA:
        arrays |= frames(data)
    np.savez_compressed(RECORDED, allow_pickle=False, **arrays)
    enter(
        RECORDED,
        licence="MIT; the digits learnt from are MNIST's, CC BY-SA 3.0, the photographs those of photographs.npz",
        source="trained by this project on mnist.npz and photographs.npz",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.watching",
    )


if __name__ == "__main__":
    main()
