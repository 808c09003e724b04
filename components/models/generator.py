"""A generator: reads the token it wrote last, remembers, and says how likely each token is to come next.

    h_t = tanh(U y_(t-1) + W h_(t-1) + b)        (or an LSTM's cell)
    p(y_t) = softmax(V h_t + c)

y_(t-1) is a token as a vector with a single 1, so U y_(t-1) is one row of a table. (`recurrent.py` calls this table W and the
matrix of the memory U, as for a sequence that is read; the letters here are those of the slide "Sequence Generation".)
Sources: Elman 1990; Sutskever, Martens & Hinton 2011 (text by characters); Graves 2013.
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn
from torch.nn.functional import one_hot

from components.models.blocks import Represent
from components.models.recurrent import Recurrent, State


class Writer(nn.Module):
    """Tokens `(r, b, n)` to scores of the token after each, `(r, b, n, v)`.

    Args:
        v: different tokens.
        h: numbers of the hidden state.
        generators: one random generator per replica.
        kind: "rnn" or "lstm".
    """

    def __init__(self, v: int, h: int, generators: Sequence[Generator], kind: str = "rnn") -> None:
        super().__init__()
        self.v = v
        self.cell = Recurrent(v, h, generators, kind)
        self.read = Represent(h, v, generators)

    def enter(self, tokens: Tensor) -> Tensor:
        """U y + b for tokens `(r, b, n)`, each as a vector of v zeros with a single 1."""
        return self.cell.input(one_hot(tokens, self.v).to(self.read.weight.dtype))

    def start(self, r: int, b: int) -> State:
        """The empty memory."""
        return self.cell.start(r, b, self.read.weight)

    def run(self, tokens: Tensor, state: State) -> tuple[Tensor, State]:
        """Scores after each token `(r, b, n, v)`, and the memory afterwards, from which a later call goes on."""
        inputs, hidden = self.enter(tokens), []
        for step in range(tokens.shape[2]):
            state, _ = self.cell.cell(inputs[:, :, step], state, 0)
            hidden.append(state[0])
        return self.read(torch.stack(hidden, 2)), state

    def forward(self, tokens: Tensor) -> Tensor:
        return self.run(tokens, self.start(*tokens.shape[:2]))[0]
