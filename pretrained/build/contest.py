"""Record the contest of seven sequence models for the view "One task, all models" of the Sequences page.

    python -m pretrained.build.contest

About five minutes on two cores. Writes two files of plain arrays, no pickle. `pretrained/sweeps/contest.npz`: under
`<task>/<samples>/<longest>/` the arrays `at (t,)`, `accuracy (t, 7, 3)`, `by_length (7, bins, 3)` and `changed (7, 3)` of three
seeds; `<task>/per_step (7,)`, seconds of a training step of one model; `cost/tokens (n,)` and `cost/milliseconds (7, n)` of
reading one sequence; and `about`. `pretrained/weights/contest.npz`: the weights of the first seed at the page's first settings.
"""

import json
import time

import numpy as np
import torch

from components.learn.contest import models
from components.learn.contest_runs import START, SWEEP, TASKS, WEIGHTS, Contest, run
from components.learn.device import settle
from components.models.sequence_classifier import KINDS
from components.values import Frame
from pretrained.build.manifest import enter, machine, today

SEEDS, COSTS, TRIES = 3, (16, 64, 256, 1024), 5


def recorded(request: Contest) -> tuple[Frame, Frame]:
    """The arrays of one setting, and the weights."""
    frames = list(run(request, SEEDS, every=10, peek=300))
    last = frames[-1]
    found = {"at": np.array([int(f["step"]) for f in frames], np.int16)}
    found["accuracy"] = np.stack([f["accuracy"] for f in frames]).astype(np.float16)
    found |= {name: last[name].astype(np.float16) for name in ("by_length", "changed")}
    return found, {name: a for name, a in last.items() if name.startswith("weights/")}


def per_step(task: str) -> np.ndarray:
    """Seconds of a training step of each model alone, `(7,)`."""
    for frame in run(Contest(task, *START[task]), every=10, peek=1):
        if frame["step"] == 10:
            start = frame["seconds"].copy()  # the first steps warm up
        if frame["step"] == 40:
            break
    found: np.ndarray = (frame["seconds"] - start) / 30
    return found


def costs() -> np.ndarray:
    """Milliseconds to read one sequence, the fastest of some tries, `(7, n)`."""
    nets = models(KINDS, 8)
    found = np.zeros((len(nets), len(COSTS)), np.float32)
    for i, (kind, net) in enumerate(nets.items()):
        for j, n in enumerate(COSTS):
            net.n = n
            if kind == "feedforward":
                net = models(("feedforward",), 8)["feedforward"]  # reads its 64 places, however long the sequence
            x, tried = torch.randint(8, (1, 1, n, 1)).float(), []
            with torch.inference_mode():
                for _ in range(TRIES):
                    began = time.perf_counter()
                    net(x)
                    tried.append(time.perf_counter() - began)
            found[i, j] = 1000 * min(tried)
    return found


def main() -> None:
    """Train and write."""
    settle()
    sweep: Frame = {"cost/tokens": np.array(COSTS), "cost/milliseconds": costs()}
    kept: Frame = {}
    for name, task in TASKS.items():
        sweep[f"{name}/per_step"] = per_step(name).astype(np.float32)
        for samples in task.samples:
            for longest in task.longest:
                began = time.perf_counter()
                arrays, weights = recorded(Contest(name, samples, longest))
                sweep |= {f"{name}/{samples}/{longest}/{key}": a for key, a in arrays.items()}
                if (samples, longest) == START[name]:
                    kept |= {f"{name}/{key}": a for key, a in weights.items()}
                print(name, samples, longest, f"{time.perf_counter() - began:.0f} s", arrays["accuracy"][-1].mean(-1), flush=True)
    about = {"date": today(), "machine": machine(), "torch": torch.__version__}
    np.savez_compressed(SWEEP, allow_pickle=False, about=np.array(json.dumps(about)), **sweep)
    np.savez_compressed(WEIGHTS, allow_pickle=False, **kept)
    for file in (SWEEP, WEIGHTS):
        enter(
            file,
            licence="MIT; trained on the rated reviews and tweets of vaderSentiment (MIT), and on synthetic letters",
            source="measured and trained by this project",
            version=f"torch {torch.__version__}, numpy {np.__version__}",
            command="python -m pretrained.build.contest",
        )


if __name__ == "__main__":
    main()
