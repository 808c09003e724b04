"""One classifier for every sequence model of the lecture: embed each token, carry it over time, aggregate, read off the class.

    kind            over time                                   aggregated by
    bag             nothing: every token alone                  the mean
    feedforward     nothing                                     concatenation, a place for each of n tokens
    rnn, lstm       h_t from x_t and h_(t-1)                    the last state
    convolution     a window of earlier steps, ever wider       the last output
    state space     s_t = a s_(t-1) + B x_t                     the last output
    attention       every token looks at every token            the mean

Source: lecture "How to Model", slides "From Token to Sequences" to "Modern Sequence Models".
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.attention import SelfAttention
from components.models.blocks import Represent, uniform
from components.models.recurrent import Recurrent
from components.models.state_space import StateSpace
from components.models.temporal_convolution import TemporalConvolution

KINDS = ("bag", "feedforward", "rnn", "lstm", "convolution", "state space", "attention")
UNKNOWN, NOTHING = -1, -2


def positions(n: int, d: int) -> Tensor:
    """A code for every position, `(n, d)`: sines and cosines of wavelengths from 2 pi to 10,000 x 2 pi (Vaswani et al. 2017)."""
    angle = torch.arange(n)[:, None] / 10_000 ** (torch.arange(0, d, 2) / d)
    return torch.stack([angle.sin(), angle.cos()], -1).flatten(1)[:, :d]


class Embedding(nn.Module):
    """A vector for each token, `(r, b, n) -> (r, b, n, h)`; unknown tokens share one, "nothing" is zero."""

    def __init__(self, tokens: int, h: int, generators: Sequence[Generator]) -> None:
        super().__init__()
        self.table = uniform((tokens + 1, h), 1.0, generators)

    def forward(self, ids: Tensor) -> Tensor:
        r, rows, _ = self.table.shape
        index = torch.where((ids < 0) | (ids >= rows - 1), rows - 1, ids)
        offset = rows * torch.arange(r, device=ids.device)[:, None, None]
        return self.table.flatten(0, 1)[index + offset] * (ids != NOTHING).unsqueeze(-1).to(self.table.dtype)


class SequenceClassifier(nn.Module):
    """Tokens to logits, `(r, b, n, 1 or more) -> (r, b, classes)`; the last number of an element is its token, -1 unknown, -2 the
    empty room behind a shorter sequence.

    Args:
        kind: a member of `KINDS`.
        tokens: entries of the dictionary.
        classes: how many answers.
        n: the longest sequence that a network with a place for each token can read.
        generators: one random generator per replica.
        h: numbers per token and per state.
        share: the same cell at every step ("rnn" and "lstm"), or one for each of n steps.
        order: whether attention is told the positions.
        heads: of the attention.
    """

    def __init__(
        self,
        kind: str,
        tokens: int,
        classes: int,
        n: int,
        generators: Sequence[Generator],
        h: int = 32,
        share: bool = True,
        order: bool = True,
        heads: int = 2,
    ) -> None:
        super().__init__()
        if kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
        self.kind, self.n, self.order = kind, n, order
        self.embed = Embedding(tokens, h, generators)
        if kind in ("rnn", "lstm"):
            self.body: nn.Module = Recurrent(h, h, generators, kind, steps=1 if share else n)
        elif kind == "convolution":
            self.body = TemporalConvolution(h, h, generators, (1, 2, 4, 8, 16))
        elif kind == "state space":
            self.body = StateSpace(h, h, generators)
        elif kind == "attention":
            self.body = SelfAttention(h, heads, generators)
        self.read1 = Represent(h * n if kind == "feedforward" else h, h, generators)
        self.read2 = Represent(h, classes, generators)

    def forward(self, x: Tensor) -> Tensor:
        ids = x[..., -1].round().long()
        valid = ids != NOTHING
        longest = max(1, int(valid.sum(-1).max()))
        ids, valid = ids[..., :longest], valid[..., :longest]
        z = self.over_time(self.embed(ids), valid)
        return self.read2(self.read1(self.aggregated(z, valid).unsqueeze(2)).relu()).squeeze(2)

    def over_time(self, z: Tensor, valid: Tensor) -> Tensor:
        """What each step knows after it has heard of the others, `(r, b, n, h)`."""
        if self.kind in ("bag", "feedforward"):
            return z
        if self.kind == "attention":
            z = z + positions(z.shape[2], z.shape[3]).to(z) if self.order else z
            return z + self.body(z, valid[:, :, None, None, :])[0]
        out = self.body(z)
        return out.relu() + z if self.kind == "state space" else out

    def aggregated(self, z: Tensor, valid: Tensor) -> Tensor:
        """The sequence as one vector, `(r, b, h)`, or `(r, b, n h)` where every place keeps its own room."""
        r, b, _, h = z.shape
        if self.kind == "feedforward":
            z = z[:, :, : self.n]
            return torch.cat([z.flatten(2), z.new_zeros(r, b, (self.n - z.shape[2]) * h)], 2)
        count = valid.sum(-1, keepdim=True).clamp(min=1)
        if self.kind in ("bag", "attention"):
            return (z * valid.unsqueeze(-1)).sum(2) / count
        return z.gather(2, (count - 1).unsqueeze(-1).expand(r, b, 1, h)).squeeze(2)
