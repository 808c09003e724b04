"""A small transformer learns to repeat: random letters that start again, and at every place the question which comes next.

    loss = - mean over the places of log p(next letter)

How many letters pass until the row starts again differs from row to row, so no fixed distance helps: what stood behind the same
letter before has to be found. Source: Olsson et al. 2022, "In-context learning and induction heads". Synthetic.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import torch
from torch import Generator, Tensor
from torch.nn.functional import cross_entropy

from components.learn.device import settle
from components.measure.head_roles import repeats, score
from components.models.repeats import NextLetter
from components.values import Frame

LETTERS = "ABCDEFGHIJKLMNOP"
LONG, PERIODS = 24, (5, 11)  # letters in a row; it starts again after 5 to 11
EXAMPLE = "KDAMGBFKDAMGBFKDAMGBF"


class Request(NamedTuple):
    """What a training run depends on."""

    steps: int = 400
    batch: int = 32
    rate: float = 1e-2
    seed: int = 1
    example: str = EXAMPLE


def rows(n: int, generator: Generator) -> tuple[Tensor, Tensor]:
    """n rows of letters `(n, LONG)`, and after how many each starts again `(n,)`; no letter twice before that."""
    period = torch.randint(PERIODS[0], PERIODS[1] + 1, (n,), generator=generator)
    base = torch.rand(n, len(LETTERS), generator=generator).argsort(1)
    return base.gather(1, torch.arange(LONG) % period[:, None]), period


def numbered(text: str) -> tuple[int, ...]:
    """The letters A to P of a text, the first LONG of them, as numbers."""
    return tuple(LETTERS.index(c) for c in text.upper() if c in LETTERS)[:LONG]


def train(request: Request, every: int = 15) -> Iterator[Frame]:
    """A frame every `every` steps, the first before any.

    Yields:
        "step", "steps", "loss" (since the last frame), "right" (of the letters that can be known, on new rows), "previous" and
        "again" `(2, 4)` (scores of the heads, see `measure/head_roles.py`), "weights (2, 4, n, n)" of the example; with the last
        frame the parameters, "w/<name>".
    """
    settle()
    generator = Generator().manual_seed(request.seed + 1)
    model = NextLetter(len(LETTERS), LONG, [Generator().manual_seed(request.seed)])
    adam = torch.optim.Adam(model.parameters(), lr=request.rate, fused=True)
    exam = rows(100, Generator().manual_seed(1_000_003))
    total, since = 0.0, 0
    for step in range(request.steps + 1):
        done = step == request.steps
        if done or step % every == 0:
            loss = total / since if since else math.log(len(LETTERS))
            frame = measured(model, *exam) | {"loss": np.array(loss), "weights": example(model, request.example)}
            yield frame | {"step": np.array(step), "steps": np.array(request.steps)} | (parameters(model) if done else {})
            total, since = 0.0, 0
        if done:
            return
        for group in adam.param_groups:
            group["lr"] = request.rate * min(1.0, step / 50) * 0.5 * (1 + math.cos(math.pi * step / request.steps))
        x, _ = rows(request.batch, generator)
        value = cross_entropy(model(x[None])[0, :, :-1].flatten(0, 1), x[:, 1:].flatten())
        adam.zero_grad()
        value.backward()
        adam.step()
        total, since = total + value.item(), since + 1


def parameters(model: NextLetter) -> Frame:
    """The weights by name, `w/<name>`."""
    return {f"w/{name}": value.numpy().copy() for name, value in model.state_dict().items()}


def measured(model: NextLetter, x: Tensor, period: Tensor) -> Frame:
    """How often the next letter is guessed where it can be known, and what every head does, on these rows."""
    with torch.inference_mode():
        logits, weights = model.looked(x[None])
    known = torch.arange(1, LONG) >= period[:, None]
    hit = (logits[0, :, :-1].argmax(-1) == x[:, 1:]) & known
    targets = [repeats(row.tolist()) for row in x]
    found = {
        role: np.mean([score(w, target[role]) for w, target in zip(weights[0].numpy(), targets, strict=True)], 0)
        for role in ("previous", "again")
    }
    return found | {"right": np.array(float(hit.sum() / known.sum())), "asked": np.array(int(known.sum()))}


def example(model: NextLetter, text: str) -> np.ndarray:
    """The attention of all heads for one row of letters, `(2, 4, n, n)`."""
    with torch.inference_mode():
        return model.looked(torch.tensor(numbered(text))[None, None])[1][0, 0].numpy().astype(np.float32)


def restored(found: Frame) -> NextLetter:
    """A model from the parameters of a frame or of the file."""
    model = NextLetter(len(LETTERS), LONG, [Generator().manual_seed(0)])
    weights = {k.removeprefix("w/"): torch.from_numpy(v.astype(np.float32)) for k, v in found.items() if k.startswith("w/")}
    model.load_state_dict(weights)
    return model.eval()
