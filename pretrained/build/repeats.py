"""Record a small transformer that learns to repeat letters, and how its heads form.

    python -m pretrained.build.repeats

Half a minute. Writes `pretrained/weights/repeats.npz` in half precision: "at (f,)" steps, "loss (f,)", "right (f,)", "previous"
and "again" `(f, 2, 4)`, the parameters "w/<name>", "about".
"""

import json

import numpy as np
import torch

from components.learn.repeated import FILE
from components.learn.repeating import Request, train
from pretrained.build.manifest import enter, machine, today


def main() -> None:
    """Train and write."""
    frames = list(train(Request()))
    found = {name: np.stack([f[name] for f in frames]).astype(np.float16) for name in ("loss", "right", "previous", "again")}
    found |= {name: value.astype(np.float16) for name, value in frames[-1].items() if name.startswith("w/")}
    about = json.dumps({"date": today(), "machine": machine(), "torch": torch.__version__})
    np.savez_compressed(FILE, allow_pickle=False, at=np.array([int(f["step"]) for f in frames]), about=about, **found)
    for name in ("loss", "right", "previous", "again"):
        print(name, frames[-1][name].round(3).tolist())
    enter(
        FILE, licence="MIT", source="trained by this project on random letters (synthetic)",
        version=f"torch {torch.__version__}, numpy {np.__version__}", command="python -m pretrained.build.repeats",
    )  # fmt: skip


if __name__ == "__main__":
    main()
