"""A convolution as it is: cut windows out, multiply each with the same filter, add up.

    y[o, t]    = b[o] + sum_c sum_j w[o, c, j]    x[c, s t + j - p]
    y[o, r, q] = b[o] + sum_c sum_ij w[o, c, i, j] x[c, s r + i - p, s q + j - p]

`s` is the stride, `p` the zeros put on each side. The filter is not turned round: mathematics calls this cross-correlation,
and PyTorch (and so everybody who trains networks) calls it convolution.
Sources: LeCun et al. 1989; lecture "How to Model", slides "Convolutional Neural Networks", modifications 1 and 2.
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional

from components.models.blocks import Represent


def windows1d(x: Tensor, k: int, stride: int = 1, padding: int = 0) -> Tensor:
    """Every window of a signal, `(..., t) -> (..., m, k)`, m = (t + 2 padding - k) // stride + 1."""
    return functional.pad(x, (padding, padding)).unfold(-1, k, stride)


def windows2d(x: Tensor, k: int, stride: int = 1, padding: int = 0) -> Tensor:
    """Every window of a picture, `(..., h, w) -> (..., h', w', k, k)`."""
    return functional.pad(x, (padding,) * 4).unfold(-2, k, stride).unfold(-2, k, stride)


def convolve1d(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    """Signals `(b, c, t)` through filters `(o, c, k)` with biases `(o,)`: `(b, o, m)`."""
    windows = windows1d(x, weight.shape[-1], stride, padding)  # (b, c, m, k)
    products = windows.unsqueeze(1) * weight[:, :, None]  # (b, o, c, m, k): one filter for all m windows
    return products.sum((2, 4)) + bias[:, None]


def convolve2d(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    """Pictures `(b, c, h, w)` through filters `(o, c, k, k)` with biases `(o,)`: `(b, o, h', w')`."""
    windows = windows2d(x, weight.shape[-1], stride, padding)  # (b, c, h', w', k, k)
    products = windows.unsqueeze(1) * weight[:, :, None, None]  # (b, o, c, h', w', k, k): one filter for all windows
    return products.sum((2, 5, 6)) + bias[:, None, None]


class Conv1d(nn.Module):
    """The same as a layer, out of the block `Represent`: each window is an element, `(r, b, c, t) -> (r, b, o, m)`.

    Args:
        c, out: channels in and out.
        k: length of the window.
        generators: one random generator per replica.
        stride, padding: steps between windows, zeros on each side.
        places: 1 shares one filter among all windows (modification 2); m gives each of the m windows a filter of its own.
    """

    def __init__(
        self, c: int, out: int, k: int, generators: Sequence[Generator], *, stride: int = 1, padding: int = 0, places: int = 1
    ) -> None:
        super().__init__()
        self.k, self.stride, self.padding = k, stride, padding
        self.represent = Represent(c * k, out, generators, n=places)

    def forward(self, x: Tensor) -> Tensor:
        windows = windows1d(x, self.k, self.stride, self.padding)  # (r, b, c, m, k)
        return self.represent(windows.transpose(2, 3).flatten(3)).transpose(2, 3)


class Conv2d(nn.Module):
    """The same for pictures, `(r, b, c, h, w) -> (r, b, o, h', w')`; arguments as in `Conv1d`."""

    def __init__(
        self, c: int, out: int, k: int, generators: Sequence[Generator], *, stride: int = 1, padding: int = 0, places: int = 1
    ) -> None:
        super().__init__()
        self.k, self.stride, self.padding = k, stride, padding
        self.represent = Represent(c * k * k, out, generators, n=places)

    def forward(self, x: Tensor) -> Tensor:
        windows = windows2d(x, self.k, self.stride, self.padding)  # (r, b, c, h', w', k, k)
        h, w = windows.shape[3:5]
        elements = windows.permute(0, 1, 3, 4, 2, 5, 6).flatten(4).flatten(2, 3)  # (r, b, h' w', c k k)
        return self.represent(elements).transpose(2, 3).unflatten(3, (h, w))


def parameters(layer: nn.Module) -> int:
    """Weights and biases of one replica."""
    return sum(torch.numel(p[0]) for p in layer.parameters())
