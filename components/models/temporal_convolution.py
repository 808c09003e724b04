"""Temporal convolution: every step sees itself and steps before it, `dilation` apart; dilations of 1, 2, 4 see ever further.

    h_t = relu( b + sum_j W_j x_(t - j dilation) )      j = 0 ... k - 1, the same W at every step

A layer of k steps and dilation s adds (k - 1) s steps to what is seen. It never looks ahead. Source: Bai et al. 2018, "An
empirical evaluation of generic convolutional and recurrent networks for sequence modeling" (TCN); lecture, slide "Sequence
Generation".
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent


def causal(n: int, k: int, dilation: int = 1) -> Tensor:
    """Each step of n sees itself and k - 1 before it, `dilation` apart: a neighbour table `(n, k)`, -1 before the beginning."""
    table = torch.arange(n)[:, None] - dilation * torch.arange(k - 1, -1, -1)
    return table.clamp(min=-1)


class TemporalConvolution(nn.Module):
    """A stack of causal convolutions with residual connections, `(r, b, n, d) -> (r, b, n, h)`.

    Args:
        d: numbers per token.
        h: numbers per output.
        generators: one random generator per replica.
        dilations: of the layers.
        k: steps one layer sees.
    """

    def __init__(
        self, d: int, h: int, generators: Sequence[Generator], dilations: Sequence[int] = (1, 2, 4, 8), k: int = 3
    ) -> None:
        super().__init__()
        self.dilations, self.k = tuple(dilations), k
        widths = [d] + [h] * (len(self.dilations) - 1)
        self.layers = nn.ModuleList([Represent(width, h, generators, m=k) for width in widths])

    @property
    def reach(self) -> int:
        """Steps that the last output sees: 1 + (k - 1) times the sum of the dilations."""
        return 1 + (self.k - 1) * sum(self.dilations)

    def forward(self, x: Tensor) -> Tensor:
        for dilation, layer in zip(self.dilations, self.layers, strict=True):
            out = layer(x, causal(x.shape[2], self.k, dilation).to(x.device)).relu()
            x = out + x if x.shape[-1] == out.shape[-1] else out
        return x
