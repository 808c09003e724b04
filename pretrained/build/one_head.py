"""Record single heads of self-attention trained on rated reviews and tweets, for the view "Self-attention" of the Sequences page.

    python -m pretrained.build.one_head

A quarter of a minute on two cores. Writes `pretrained/weights/one_head.npz` (plain arrays, no pickle): for d of 4, 8 and 16 and
with (1) or without (0) positions, under `<d>/<placed>/`: `embed (2001, d)`, `query`, `key`, `value (d, d)`, `weight (d, 2)`,
`bias (2,)` and `accuracy ()` on the test part; and `about`: date, machine, versions.
"""

import json
from functools import partial
from pathlib import Path

import numpy as np
import torch

from components.learn.device import settle
from components.learn.train import train
from components.models.one_head import OneHead
from components.tasks.sentiment import draw
from components.tasks.texts import KNOWN
from components.values import Frame
from pretrained.build.manifest import enter, machine, today

FILE = Path(__file__).parents[1] / "weights" / "one_head.npz"


def weights(model: torch.nn.Module, done: bool) -> Frame:
    """What the finished head is made of."""
    assert isinstance(model, OneHead)
    if not done:
        return {}
    parts = {
        "embed": model.embed.table[0], "query": model.query[0], "key": model.key[0], "value": model.value[0],
        "weight": model.read.weight[0, 0, 0], "bias": model.read.bias[0, 0],
    }  # fmt: skip
    return {name: p.detach().numpy().astype(np.float16) for name, p in parts.items()}


def main() -> None:
    """Train and write."""
    settle()
    torch.set_num_threads(1)
    found: Frame = {}
    for d in (4, 8, 16):
        for placed in (False, True):
            make = partial(OneHead, KNOWN, 2, d, placed)
            *_, frame = train(
                make, draw, (2048,), steps=500, every=10**9, batch=64, rate=1e-2, order="fixed", test=1000, probe=weights
            )
            wanted = ("embed", "query", "key", "value", "weight", "bias", "accuracy")
            found |= {f"{d}/{int(placed)}/{name}": np.squeeze(frame[name]) for name in wanted}
            print(d, placed, frame["accuracy"].item(), flush=True)
    about = {"date": today(), "machine": machine(), "torch": torch.__version__}
    np.savez_compressed(FILE, allow_pickle=False, about=np.array(json.dumps(about)), **found)
    enter(
        FILE,
        licence="MIT; trained on the rated reviews and tweets of vaderSentiment (MIT)",
        source="trained by this project",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.one_head",
    )


if __name__ == "__main__":
    main()
