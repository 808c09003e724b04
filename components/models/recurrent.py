"""Recurrent layers: one cell, used again at every step of time, or (not shared) a cell of its own for each step.

    RNN     h_t = tanh(W x_t + U h_(t-1) + b)
    LSTM    i, f, o = sigmoid(W x_t + U h_(t-1) + b)    g = tanh(W x_t + U h_(t-1) + b)
            c_t = f c_(t-1) + i g                       h_t = o tanh(c_t)

Sources: Elman 1990; Hochreiter & Schmidhuber 1997; lecture "How to Model", slides "Sequence Classification" ("Same model
parameters are used for all time steps") and "Sequence Generation".
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent, uniform

GATES = {"rnn": ("h",), "lstm": ("i", "f", "g", "o")}
State = tuple[Tensor, Tensor]


class Recurrent(nn.Module):
    """Sequences to hidden states, `(r, b, n, d) -> (r, b, n, h)`.

    Args:
        d: numbers per token.
        h: numbers of the hidden state.
        generators: one random generator per replica.
        kind: "rnn" or "lstm".
        steps: cells with weights of their own; 1 shares one cell among all steps. A step beyond the last has none left:
            such a layer reads at most so many tokens.
    """

    def __init__(self, d: int, h: int, generators: Sequence[Generator], kind: str = "rnn", steps: int = 1) -> None:
        super().__init__()
        width = h * len(GATES[kind])
        self.kind, self.h, self.steps = kind, h, steps
        self.input = Represent(d, width, generators, n=steps)  # W and b, for all steps at once
        self.recur = uniform((steps, h, width), h**-0.5, generators)  # U
        bound = h**-0.5
        with torch.no_grad():
            self.input.weight.mul_(bound * d**0.5)  # as torch.nn.RNN starts: everything uniform in +-1/sqrt(h)
            self.input.bias.mul_(bound * d**0.5)

    def start(self, r: int, b: int, like: Tensor) -> State:
        """The empty memory h_0 = c_0 = 0."""
        return like.new_zeros(r, b, self.h), like.new_zeros(r, b, self.h)

    def cell(self, z: Tensor, state: State, step: int) -> tuple[State, dict[str, Tensor]]:
        """One step from `z = W x_t + b (r, b, gates h)`: the new state, and the gates by name, each `(r, b, h)`."""
        h, c = state
        z = z + torch.bmm(h, self.recur[:, step if self.steps > 1 else 0])
        if self.kind == "rnn":
            h = z.tanh()
            return (h, c), {"h": h}
        i, f, g, o = z.chunk(4, -1)
        gates = {"i": i.sigmoid(), "f": f.sigmoid(), "g": g.tanh(), "o": o.sigmoid()}
        c = gates["f"] * c + gates["i"] * gates["g"]
        return (gates["o"] * c.tanh(), c), gates

    def forward(self, x: Tensor) -> Tensor:
        return self.unrolled(x)["h"]

    def unrolled(self, x: Tensor) -> dict[str, Tensor]:
        """Everything that happens: "h" and "c" `(r, b, n, h)`, and for an LSTM the gates "i", "f", "g", "o" likewise.

        Raises:
            ValueError: more tokens than there are cells of their own.
        """
        r, b, n, _ = x.shape
        if self.steps > 1:
            if n > self.steps:
                raise ValueError(f"this layer has cells for {self.steps} steps, not for {n}")
            x = torch.cat([x, x.new_zeros(r, b, self.steps - n, x.shape[-1])], 2) if n < self.steps else x
        inputs = self.input(x)
        state = self.start(r, b, x)
        found: dict[str, list[Tensor]] = {}
        for step in range(n):
            state, gates = self.cell(inputs[:, :, step], state, step)
            for name, value in (gates | {"h": state[0], "c": state[1]}).items():
                found.setdefault(name, []).append(value)
        return {name: torch.stack(values, 2) for name, values in found.items()}
