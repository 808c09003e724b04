"""Three recurrent models that learnt two questions, recorded; and everything that happens in them, token by token."""

from functools import cache, partial
from pathlib import Path

import numpy as np
import torch
from torch import Generator, Tensor

from components.learn.device import settle
from components.measure.gradient_distance import gradient_sizes
from components.models.recurrent import Recurrent
from components.models.sequence_classifier import SequenceClassifier
from components.models.state_space import StateSpace
from components.tasks.noisy_last import SYMBOLS
from components.tasks.texts import KNOWN

CELLS = {"rnn": "rnn", "lstm": "lstm", "ssm": "state space"}
QUESTIONS = {"sentiment": (KNOWN, ("negative", "positive")), "last": (len(SYMBOLS), ("A came last", "B came last"))}
WIDTH = 16
FILE = Path(__file__).parents[2] / "pretrained" / "weights" / "unrolled.npz"


def maker(cell: str, question: str) -> "partial[SequenceClassifier]":
    """Makes a stack of this model from one generator per replica."""
    return partial(SequenceClassifier, CELLS.get(cell, cell), QUESTIONS[question][0], 2, 64, h=WIDTH)


@cache
def recorded() -> dict[str, np.ndarray]:
    """The file: `<cell>/<question>/<parameter>`, `.../accuracy`, and `about`."""
    with np.load(FILE, allow_pickle=False) as data:
        return dict(data)


@cache
def model(cell: str, question: str, trained: bool = True) -> SequenceClassifier:
    """One of them, as trained or as it starts."""
    settle()  # one thread: with two, a busy machine makes small networks a hundred times slower
    made, start = maker(cell, question)([Generator().manual_seed(0)]), f"{cell}/{question}/w/"
    if trained:
        found = recorded()
        made.load_state_dict(
            {k.removeprefix(start): torch.from_numpy(v.astype(np.float32)) for k, v in found.items() if k.startswith(start)}
        )
    return made.eval()


def unrolled(cell: str, question: str, ids: np.ndarray) -> dict[str, np.ndarray]:
    """Everything on the way: "p" `(n,)` what it would say after each token, "state" `(n, 16 or 32)`, "own" and "past" (what
    the token and the state before add to each unit), and the gates of an LSTM, all `(n, ...)`.

    For the state-space model "state" is s, "own" is B x and "past" is a s; for the others "own" is W x + b and "past" U h,
    with the LSTM's four gates side by side.
    """
    net = model(cell, question)
    with torch.inference_mode():
        z = net.embed(torch.from_numpy(ids)[None, None])
        body = net.body
        out = net.over_time(z, torch.ones(z.shape[:3], dtype=torch.bool))
        found = {"p": net.read2(net.read1(out).relu())[0, 0].softmax(-1)[:, 1]}
        if isinstance(body, StateSpace):
            s = body.states(z)[0, 0]
            before = torch.cat([torch.zeros_like(s[:1]), s[:-1]])
            found |= {"state": s, "own": body.into(z)[0, 0], "past": body.decay()[0] * before, "decay": body.decay()[0]}
        else:
            assert isinstance(body, Recurrent)
            steps = {name: value[0, 0] for name, value in body.unrolled(z).items()}
            before = torch.cat([torch.zeros_like(steps["h"][:1]), steps["h"][:-1]])
            found |= {"state": steps.pop("h"), "own": body.input(z)[0, 0], "past": before @ body.recur[0, 0]} | steps
    return {name: value.numpy() for name, value in found.items()}


@cache
def gradients(cell: str, question: str, trained: bool, scale: float = 1.0, n: int = 48) -> np.ndarray:
    """g(k) of this model, or of one layer of attention as it starts, over eight random sequences of the question's tokens; U of
    the RNN multiplied by `scale`."""
    net = model(cell, question, trained and cell != "attention")
    ids = torch.randint(QUESTIONS[question][0], (1, 8, n), generator=Generator().manual_seed(1))
    there = torch.ones(1, 8, n, dtype=torch.bool)

    def last(x: Tensor) -> Tensor:
        if isinstance(net.body, StateSpace):  # the state itself, as for the others
            return net.body.states(x[None])[0, :, -1]
        if isinstance(net.body, Recurrent) and scale != 1.0:
            own = net.body.input(x[None])
            state = net.body.start(1, len(x), x[None])
            for t in range(n):
                state = (own[:, :, t] + scale * torch.bmm(state[0], net.body.recur[:, 0])).tanh(), state[1]
            return state[0][0]
        return net.over_time(x[None], there)[0, :, -1]

    return gradient_sizes(last, net.embed(ids)[0])
