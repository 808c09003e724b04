"""The same recurrent cell at every step, a cell of its own for each step, or no cell at all: three readers of one sequence.

    shared      h_t = tanh(W x_t + U h_(t-1) + b)            f = rho(h_T)
    separate    h_t = tanh(W_t x_t + U_t h_(t-1) + b_t)      f = rho(h_T)
    place       f = rho(relu(W [x_1; ...; x_T] + b))         feed-forward on the concatenation

Source: lecture "How to Model", slides "Sequence Classification" ("Same model parameters are used for all time steps").
"""

from collections.abc import Sequence

from torch import Generator, Tensor, nn

from components.models.blocks import Represent
from components.models.recurrent import Recurrent

READERS = ("shared", "separate", "place")


class TimeClassifier(nn.Module):
    """Sequences of a fixed length to logits, `(r, b, steps, d) -> (r, b, classes)`.

    Args:
        reader: a member of `READERS`.
        d: numbers per step.
        classes: how many answers.
        steps: steps of a sequence.
        generators: one random generator per replica.
        h: numbers of the hidden state, or of the hidden layer.
    """

    def __init__(self, reader: str, d: int, classes: int, steps: int, generators: Sequence[Generator], h: int = 16) -> None:
        super().__init__()
        self.reader = reader
        if reader == "place":
            self.body: nn.Module = Represent(steps * d, h, generators)
        else:
            self.body = Recurrent(d, h, generators, "rnn", steps=1 if reader == "shared" else steps)
        self.read = Represent(h, classes, generators)

    def forward(self, x: Tensor) -> Tensor:
        if self.reader == "place":
            return self.read(self.body(x.flatten(2).unsqueeze(2)).relu()).squeeze(2)
        return self.read(self.body(x)[:, :, -1:]).squeeze(2)
