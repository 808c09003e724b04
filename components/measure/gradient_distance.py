"""How much the last state still feels a token, by its distance: the size of the gradient.

    g(k) = || d s_T / d x_(T - k) ||       Frobenius norm of the Jacobian, geometric mean over sequences

Where every step multiplies by the same matrix, g falls (vanishing) or grows (exploding) by about the same factor a step. Sources:
Bengio et al. 1994, "Learning long-term dependencies with gradient descent is difficult"; Pascanu et al. 2013.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor


def gradient_sizes(last: Callable[[Tensor], Tensor], x: Tensor) -> np.ndarray:
    """g(k) for k = 0 ... n - 1 (0 is the last token), `(n,)`.

    Args:
        last: the last state `(b, h)` from embedded tokens `(b, n, d)`; sequences do not mix.
        x: embedded tokens.
    """
    x = x.detach().requires_grad_()
    state = last(x)
    total = torch.zeros(x.shape[:2], dtype=torch.float64)
    for unit in range(state.shape[1]):
        (slope,) = torch.autograd.grad(state[:, unit].sum(), x, retain_graph=True)
        total += slope.double().square().sum(-1)
    return np.exp(0.5 * total.clamp(min=1e-60).log().mean(0).numpy())[::-1].copy()


def fallen(sizes: np.ndarray, share: float = 0.01) -> float:
    """The first distance at which it is at most this share of what it is at distance 0; infinite where never."""
    below = np.flatnonzero(sizes <= share * sizes[0])
    return float(below[0]) if len(below) else float("inf")
