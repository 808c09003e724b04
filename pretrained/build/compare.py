"""Record "Special or general": `python -m pretrained.build.compare [modality ...]`, about six minutes of one CPU core in all.

For each modality and model: the rate is chosen on held-out training samples, then all sizes and seeds are trained.
Named modalities are recorded again, the others kept. Writes `pretrained/sweeps/compare.npz`.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import torch

from components.learn.special import CONTESTS, RATES, costs, run, searched
from pretrained.build.manifest import enter, machine, today

FILE = Path(__file__).parents[1] / "sweeps" / "compare.npz"
SEEDS = {"vision": 3, "language": 3, "audio": 3}  # elsewhere 5: those are cheap


def record(modality: str) -> dict[str, np.ndarray]:
    """Accuracy `(models, sizes, seeds)`, search `(models, rates)`, CPU seconds a network `(models,)`, costs `(models, 2)`."""
    _, sizes, contenders = CONTESTS[modality]
    seeds = SEEDS.get(modality, 5)
    accuracy, search, seconds = [], [], []
    for contender in contenders:
        search.append(searched(modality, contender))
        rate = RATES[int(search[-1].argmax())]
        start = time.thread_time()
        *_, last = run(modality, contender, rate, sizes, seeds)
        seconds.append((time.thread_time() - start) / (len(sizes) * seeds))
        accuracy.append(last["accuracy"])
        print(
            modality,
            contender.name,
            "rate",
            rate,
            search[-1].round(3),
            accuracy[-1].mean(1).round(3),
            f"{seconds[-1]:.2f} s",
            flush=True,
        )
    return {
        f"{modality}/accuracy": np.array(accuracy, np.float32),
        f"{modality}/search": np.array(search, np.float32),
        f"{modality}/seconds": np.array(seconds, np.float32),
        f"{modality}/cost": np.array(costs(modality), np.int64),
        f"{modality}/sizes": np.array(sizes, np.int64),
        f"{modality}/tested": np.array(int(last["tested"])),
    }


def main() -> None:
    """All of it, or the modalities named."""
    torch.set_num_threads(1)
    found = dict(np.load(FILE, allow_pickle=False)) if FILE.exists() else {}
    for modality in sys.argv[1:] or list(CONTESTS):
        found |= record(modality)
        about = {"date": today(), "machine": f"{machine()}, one thread", "torch": torch.__version__.split("+")[0]}
        found["about"] = np.array(json.dumps(about))
        np.savez_compressed(FILE, **found)
    enter(
        FILE, licence="MIT (this project)", source="trained by this project's own code on its shipped data",
        version=today(), command="python -m pretrained.build.compare",
    )  # fmt: skip


if __name__ == "__main__":
    main()
