"""The representation block: one linear map per element, with every choice of sharing as a broadcast axis.

    h[i] = sum_j x[neighbours[i, j]] @ W[i, j] + b[i]

`W` has shape (n|1, m|1, d, h). An axis of length 1 is *shared*: the same weights serve every element (n) or every
neighbour (m). That one choice is the difference between the architectures of the lecture:

    set element        m = 1 (itself)      W (1, 1, d, h)
    fully connected    m = n (all)         W (n, n, d, h)
    locally connected  m = k (window)      W (n, k, d, h)
    convolution        m = k (window)      W (1, k, d, h)
    graph layer        m = max degree      W (1, 1, d, h)

A leading replica axis r trains r models at once: a live run is a stack of one, a sweep a stack of hundreds.
Source: lecture "How to Model", slides "Unified View of Deep Learning Models" and "A Simple Classification Example".
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn


def uniform(shape: Sequence[int], bound: float, generators: Sequence[Generator]) -> nn.Parameter:
    """Random numbers in [-bound, bound], shape `(r, *shape)`; replica i draws from its own generator, so that it starts
    from the same numbers alone and in any stack."""
    return nn.Parameter(torch.stack([(torch.rand(*shape, generator=g) * 2 - 1) * bound for g in generators]))


class Represent(nn.Module):
    """Linear representation of each element from its neighbours, `(r, b, n, d) -> (r, b, n, h)`.

    Args:
        d: numbers per input element.
        h: numbers per output element.
        generators: one random generator per replica; their count is r.
        n: elements with weights of their own; 1 shares one map among all.
        m: neighbours with weights of their own; 1 shares one map among all.

    Weights start as in `torch.nn.Linear`: uniform in ±1/sqrt(m d).
    """

    def __init__(self, d: int, h: int, generators: Sequence[Generator], *, n: int = 1, m: int = 1) -> None:
        super().__init__()
        bound = (m * d) ** -0.5
        self.weight = uniform((n, m, d, h), bound, generators)
        self.bias = uniform((n, h), bound, generators)

    def forward(self, x: Tensor, neighbours: Tensor | None = None) -> Tensor:
        """Apply the block.

        Args:
            x: elements `(r, b, n, d)`.
            neighbours: table `(n, m)` of element numbers, -1 for "none here"; `None` means each element alone.

        Raises:
            RuntimeError: the weights' n or m is neither 1 nor the input's.
        """
        r, b, n, _ = x.shape
        weight: Tensor = self.weight
        if neighbours is not None:
            x, weight = self._gather(x, neighbours, weight)
        own = weight.shape[1]  # 1, or n
        x = x.transpose(1, 2)  # elements first: then a shared map is one long matrix product, maps of their own a batch
        x = x.reshape(r * own, -1, x.shape[-1])
        out = torch.baddbmm(self.bias.flatten(0, 1).unsqueeze(1), x, weight.flatten(0, 1).flatten(1, -2))
        return out.view(r, n, b, -1).transpose(1, 2)

    @staticmethod
    def _gather(x: Tensor, neighbours: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
        """Lay each element's neighbours side by side, `(r, b, n, m d)`; or add them up where one map serves them all."""
        r, b, _, d = x.shape
        n, m = neighbours.shape
        near = x[:, :, neighbours.clamp(min=0)] * (neighbours >= 0).unsqueeze(-1).to(x.dtype)
        # one map for all neighbours: adding them first gives the same for m times less work
        return near.sum(3) if weight.shape[2] == 1 else near.reshape(r, b, n, m * d), weight
