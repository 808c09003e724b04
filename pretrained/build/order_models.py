"""Record eight models that learnt whether a text was shuffled, for the view "Shared steps, order" of the Sequences page.

    python -m pretrained.build.order_models

About a minute on two cores. Writes `pretrained/weights/order_models.npz` (plain arrays, no pickle): `<model>/w/<parameter>`
in half precision, `<model>/accuracy ()` on 1,000 other texts, `<model>/changed (2,)`: the share of 300 texts whose answer
changes when their words are shuffled, and the largest change of the probability; and `about`.
"""

import json

import numpy as np
import torch

from components.learn.device import settle
from components.learn.order_models import FILE, MODELS, maker
from components.learn.train import train
from components.tasks.order import draw, long_enough
from components.tasks.texts import texts
from components.tasks.words import spelled
from components.values import Frame
from pretrained.build.manifest import enter, machine, today


def weights(model: torch.nn.Module, done: bool) -> Frame:
    """The finished model's numbers."""
    return {f"w/{n}": p.detach().numpy().astype(np.float16) for n, p in model.named_parameters()} if done else {}


def changed(name: str) -> np.ndarray:
    """Share of answers that change, and the largest change, when 300 test texts are shuffled."""
    from components.learn.order_models import shuffled_chance

    words, rng = spelled(), np.random.default_rng(0)
    rows = long_enough("test")[:300]
    before = [tuple(words[i] for i in texts()[0][row]) for row in rows]
    after = [tuple(rng.permutation(text)) for text in before]
    p, q = shuffled_chance(name, before), shuffled_chance(name, after)
    return np.array([((p > 0.5) != (q > 0.5)).mean(), np.abs(p - q).max()], np.float32)


def main() -> None:
    """Train and write."""
    settle()
    torch.set_num_threads(1)
    found: Frame = {"about": np.array(json.dumps({"date": today(), "machine": machine(), "torch": torch.__version__}))}
    for name in MODELS:
        *_, last = train(
            maker(name), draw, (4096,), steps=600, every=10**9, batch=64, rate=5e-3, order="fixed", test=1000, probe=weights
        )
        found |= {f"{name}/{key}": value for key, value in last.items() if key.startswith("w/")}
        found[f"{name}/accuracy"] = np.squeeze(last["accuracy"])
        print(name, float(last["accuracy"].item()), flush=True)
        np.savez_compressed(FILE, allow_pickle=False, **found)
    for name in MODELS:
        found[f"{name}/changed"] = changed(name)
        print(name, found[f"{name}/changed"], flush=True)
    np.savez_compressed(FILE, allow_pickle=False, **found)
    enter(
        FILE,
        licence="MIT; trained on the rated reviews and tweets of vaderSentiment (MIT)",
        source="trained by this project",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.order_models",
    )


if __name__ == "__main__":
    main()
