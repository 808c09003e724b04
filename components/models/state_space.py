"""A state-space layer: a linear recurrence with a diagonal matrix, so that all steps can be computed at once by a scan.

    s_t = a s_(t-1) + B x_t        a in (0, 1), one number for each entry of the state: how slowly it forgets
    y_t = C s_t + D x_t

The scan doubles its reach: after it has added what lies 1, 2, 4, ... steps back, each times a to that power, every state holds
its whole past, in log2 n rounds instead of n steps. Sources: Gu et al. 2022, "On the parameterization and initialization of
diagonal state space models" (S4D, here with real a); Hillis & Steele 1986 for the scan; slide "RNN -> LSTM -> TCN -> State space
models".
"""

import math
from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent


def scan(a: Tensor, u: Tensor) -> Tensor:
    """s_t = a s_(t-1) + u_t for all t, from `a (r, s)` and `u (r, b, n, s)`, in log2 n rounds."""
    reach, s, decay = 1, u, a[:, None, None, :]
    while reach < u.shape[2]:
        s = torch.cat([s[:, :, :reach], s[:, :, reach:] + decay * s[:, :, :-reach]], 2)
        decay, reach = decay * decay, reach * 2
    return s


def stepwise(a: Tensor, u: Tensor) -> Tensor:
    """The same one step after the other, as it is defined."""
    state, found = torch.zeros_like(u[:, :, 0]), []
    for t in range(u.shape[2]):
        state = a[:, None, :] * state + u[:, :, t]
        found.append(state)
    return torch.stack(found, 2)


class StateSpace(nn.Module):
    """`(r, b, n, d) -> (r, b, n, h)`; the entries of the state start with memories of 1 to `longest` steps.

    Args:
        d: numbers per token.
        h: numbers per output.
        generators: one random generator per replica.
        states: entries of the state.
        longest: steps after which the slowest entry has forgotten to 1/e at the start of training.
    """

    def __init__(self, d: int, h: int, generators: Sequence[Generator], states: int = 32, longest: float = 64.0) -> None:
        super().__init__()
        self.into = Represent(d, states, generators)  # B
        self.out = Represent(states, h, generators)  # C
        self.past = Represent(d, h, generators)  # D
        memory = torch.logspace(0, math.log10(longest), states)
        self.rate = nn.Parameter((1 / memory).log().expand(len(generators), states).clone())  # a = exp(-exp(rate))

    def decay(self) -> Tensor:
        """a `(r, s)`, between 0 and 1 whatever is learnt."""
        return (-self.rate.exp()).exp()

    def states(self, x: Tensor) -> Tensor:
        """The state at every step, `(r, b, n, s)`."""
        return scan(self.decay(), self.into(x))

    def forward(self, x: Tensor) -> Tensor:
        return self.out(self.states(x)) + self.past(x)
