"""Record the sweeps of the Graphs page's view "Samples needed".

    python -m pretrained.build.graph_samples [task ...]

Takes about six minutes on one free core. Writes `pretrained/sweeps/graph_samples.npz` (plain arrays, no pickle): for every task,
aggregation and sharing `accuracy (s, 5)`, `changed ()` and `difference ()`; the four networks that learnt from 256 molecules, as
`molecules/<aggregation>/<sharing>/weights/<parameter>`; `longer (3,)`, see `learn/graph_summary.py`; and `about` as JSON.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import torch

from components.learn.device import settle
from components.learn.graph_sweep import HOWS, GraphRequest, builder, one
from components.learn.train import train
from components.tasks.graph_questions import GRAPH_TASKS
from components.values import Frame
from pretrained.build.manifest import enter, machine, today

FILE = Path(__file__).parents[1] / "sweeps" / "graph_samples.npz"


def part(task: str, how: str, share: bool) -> Frame:
    """One architecture at all sizes and seeds."""
    aggregate = how != "concatenate"
    *_, frame = one(GraphRequest(task, how if aggregate else "sum"), share, aggregate, every=10**9)
    kept = {name: frame[name].astype(np.float32 if name == "difference" else np.float16)
            for name in ("accuracy", "changed", "difference")}  # fmt: skip
    if task == "molecules" and how in ("sum", "concatenate"):
        kept |= {name: a.astype(np.float16) for name, a in frame.items() if name.startswith("weights/")}
    return {f"{task}/{how}/{int(share)}/{name}": a for name, a in kept.items()}


def longer() -> np.ndarray:
    """Shared + invariant on `places`, five times the steps and half the rate: `(3,)`."""
    task = GRAPH_TASKS["places"]
    network = builder(GraphRequest("places"), True, True)
    *_, frame = train(
        network, task.draw, (1024,), seeds=3, steps=5 * task.steps, every=10**9, rate=task.rate / 2, order="fixed", test=task.test
    )
    return frame["accuracy"][0]


def main() -> None:
    """Record the tasks named on the command line, or all; the others stay as they are."""
    settle()
    found: Frame = dict(np.load(FILE, allow_pickle=False)) if FILE.exists() else {}
    found.pop("about", None)
    tasks = sys.argv[1:] or list(GRAPH_TASKS)
    for task in tasks:
        for how in (*HOWS, "concatenate"):
            for share in (True, False):
                began = time.time()
                found |= part(task, how, share)
                accuracy = found[f"{task}/{how}/{int(share)}/accuracy"].mean(1).astype(float).round(3).tolist()
                print(f"{task} {how} {share}: {time.time() - began:.0f} s, {accuracy}", flush=True)
    if "places" in tasks:
        found["longer"] = longer().astype(np.float16)
    about = {"date": today(), "machine": machine(), "torch": torch.__version__}
    np.savez_compressed(FILE, allow_pickle=False, about=np.array(json.dumps(about)), **found)
    enter(
        FILE,
        licence="MIT; learns from molecules of the NCI open set as in RDKit (BSD) and scikit-learn's digits (UCI, CC BY 4.0)",
        source="measured by this project on the Graphs page's tasks",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.graph_samples",
    )


if __name__ == "__main__":
    main()
