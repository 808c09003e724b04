"""Record the sweeps of the Sets page: every task, set size, order of training and pooling.

    python -m pretrained.build.sweeps [task ...]

About half an hour on two cores. Writes `pretrained/sweeps/<task>.npz` (plain arrays, no pickle) with, for each
`<size>/<order>/<pool>/<shared>/`: `accuracy (s, seeds)`, `truth (k!)`, `answer (k!)` and, for shuffled training, the weights
looked into; for each `<size>/lookup/<ordered|canonical>/`: `sizes` and `accuracy`. Date, machine and versions go to
`recorded.json` beside them.
"""

import json
import platform
import sys
from pathlib import Path

import numpy as np
import torch

from components.catalogue import discover
from components.learn.device import settle
from components.learn.lookup import nearest_neighbour
from components.learn.sweep import Request, one
from components.learn.train import ORDERS
from components.values import Frame
from pretrained.build.manifest import enter, machine, today

HOME = Path(__file__).parents[1] / "sweeps"
SIZES = range(2, 7)
POOLS = ("sum", "mean", "max", "attention")


def last(request: Request, share: bool, pool: bool) -> Frame:
    """The last frame of one of the four architectures."""
    *_, frame = one(request, share, pool, every=10**9)
    return frame


def arrays(task: str) -> Frame:
    """Everything recorded for one task."""
    found: Frame = {}
    for size in SIZES:
        for order in ORDERS[:3]:
            for pool in (*POOLS, "concatenate"):
                request = Request(task, size, "sum" if pool == "concatenate" else pool, order)
                for share in (True, False):
                    frame = last(request, share, pool != "concatenate")
                    key = f"{size}/{order}/{pool}/{int(share)}"
                    found[f"{key}/accuracy"] = frame["accuracy"].astype(np.float32)
                    found[f"{key}/truth"] = frame["truth"].astype(np.float16)
                    found[f"{key}/answer"] = frame["answer"]
                    if order == "shuffled":
                        found |= {f"{key}/{n}": a.astype(np.float16) for n, a in frame.items() if n.startswith("weights/")}
            print(task, size, order, flush=True)
        family = discover("tasks", "FAMILY")[task]
        sizes = (family.sizes[0] // 4, family.sizes[0] // 2, *family.sizes, family.sizes[-1] * 2, family.sizes[-1] * 4)
        for name in ("ordered", "canonical"):
            seen = nearest_neighbour(family.make(size).draw, sizes, 5, canonical=name == "canonical")
            found |= {f"{size}/lookup/{name}/sizes": np.array(sizes), f"{size}/lookup/{name}/accuracy": seen}
    return found


def main() -> None:
    """Record the tasks named on the command line, or all."""
    settle()
    for task in sys.argv[1:] or list(discover("tasks", "FAMILY")):
        np.savez_compressed(HOME / f"{task}.npz", allow_pickle=False, **arrays(task))
        about = {
            "date": today(),
            "machine": machine(),
            "torch": torch.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        }
        file = HOME / "recorded.json"
        known = json.loads(file.read_text()) if file.exists() else {}
        file.write_text(json.dumps(known | {task: about}, indent=1, sort_keys=True) + "\n")
        for written in (HOME / f"{task}.npz", file):
            enter(
                written,
                licence="MIT; any0 learns from scikit-learn's digits (UCI, CC BY 4.0)",
                source="measured by this project on the Sets page's tasks",
                version=f"torch {torch.__version__}, numpy {np.__version__}",
                command=f"python -m pretrained.build.sweeps {task}",
            )


if __name__ == "__main__":
    main()
