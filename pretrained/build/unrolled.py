"""Record three small recurrent models, for the view "Unrolled" of the Sequences page.

    python -m pretrained.build.unrolled

Under a minute on two cores. Writes `pretrained/weights/unrolled.npz` (plain arrays, no pickle):
`<cell>/<question>/w/<parameter>` in half precision and `<cell>/<question>/accuracy ()` on 1,000 test sequences, and `about`.
"""

import json

import numpy as np
import torch
from torch import Generator, Tensor

from components.learn.device import settle
from components.learn.train import train
from components.learn.unrolling import CELLS, FILE, QUESTIONS, maker
from components.tasks.noisy_last import symbols
from components.tasks.sentiment import draw as draw_texts
from components.values import Frame
from pretrained.build.manifest import enter, machine, today

LONGEST = 24


def draw_letters(n: int, generator: Generator, part: str) -> tuple[Tensor, Tensor]:
    """Rows of 24 letters without noise, `x (n, 24, 1)`."""
    rows, y = symbols(n, generator, LONGEST)
    return rows.unsqueeze(-1).float(), y


def weights(model: torch.nn.Module, done: bool) -> Frame:
    """The finished model's numbers."""
    return {f"w/{n}": p.detach().numpy().astype(np.float16) for n, p in model.named_parameters()} if done else {}


def main() -> None:
    """Train and write."""
    settle()
    torch.set_num_threads(1)
    found: Frame = {"about": np.array(json.dumps({"date": today(), "machine": machine(), "torch": torch.__version__}))}
    for question in QUESTIONS:
        lesson = draw_texts if question == "sentiment" else draw_letters
        for cell in CELLS:
            *_, last = train(
                maker(cell, question), lesson, (2048,), steps=600, every=10**9, batch=64, rate=5e-3, order="fixed", test=1000,
                probe=weights,
            )  # fmt: skip
            found |= {f"{cell}/{question}/{key}": value for key, value in last.items() if key.startswith("w/")}
            found[f"{cell}/{question}/accuracy"] = np.squeeze(last["accuracy"])
            print(cell, question, float(last["accuracy"].item()), flush=True)
    np.savez_compressed(FILE, allow_pickle=False, **found)
    enter(
        FILE,
        licence="MIT; trained on the rated reviews and tweets of vaderSentiment (MIT) and on synthetic letters",
        source="trained by this project",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.unrolled",
    )


if __name__ == "__main__":
    main()
