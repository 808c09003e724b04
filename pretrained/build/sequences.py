"""Record what sharing over time saves, for the view "Shared steps" of the Sequences page.

    python -m pretrained.build.sequences

About a minute on two cores. Writes `pretrained/sweeps/sequences.npz` (plain arrays, no pickle) with, for each length,
`<steps>/accuracy (3, s, seeds)` and `<steps>/unseen (3, 2, seeds)`, and `date`, `machine`, `torch`.
"""

import numpy as np
import torch

from components.learn.device import settle
from components.learn.time_sweep import FILE, LENGTHS, Request, sweep, unseen
from components.values import Frame
from pretrained.build.manifest import enter, machine, today


def main() -> None:
    """Train and write."""
    settle()
    found: Frame = {}
    for steps in LENGTHS:
        *_, last = sweep(Request(steps), every=10**9)
        found |= {f"{steps}/accuracy": last["accuracy"].astype(np.float32), f"{steps}/unseen": unseen(Request(steps))}
        print(steps, last["accuracy"].mean(-1).round(2).tolist(), found[f"{steps}/unseen"].mean(-1).round(2).tolist(), flush=True)
    facts = {"date": np.array(today()), "machine": np.array(machine()), "torch": np.array(torch.__version__)}
    np.savez_compressed(FILE, allow_pickle=False, **found, **facts)
    enter(
        FILE,
        licence="MIT; the sequences are synthetic",
        source="measured by this project",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.sequences",
    )


if __name__ == "__main__":
    main()
