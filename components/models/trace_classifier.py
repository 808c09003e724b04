"""A small network over time: look at each moment with its neighbours, twice, then pool.

    h1 = relu( W1 over 5 moments )        the same map at every moment: a convolution over time
    h2 = relu( W2 over 5 pairs of h1 )    pairs of moments averaged first, so this one sees 14 moments
    p  = softmax( rho( pool(h2) ) )       pooled over all of the window

What happens within 14 moments is seen in order; when in the window it happens is forgotten by the pool. Pooling five parts of
the window one by one and keeping their order was no better on any of the sensor tasks.
Source: lecture "How to Model", slide "Unified View of Deep Learning Models" (locally connected, shared weights, pooled).
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent
from components.models.neighbours import window
from components.models.pools import POOLS

REACH = 5


class TraceClassifier(nn.Module):
    """Windows over time to logits, `(r, b, k, d) -> (r, b, classes)`.

    Args:
        k: moments in a window.
        classes: how many answers.
        spread: mean and standard deviation of every channel, two `(d,)`, taken from the training part; channels are
            brought to mean 0 and deviation 1 here, so that x can stay in newtons, g or millimetres.
        generators: one random generator per replica.
        pool: a key of `POOLS`.
        h: width of every hidden layer.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(
        self,
        k: int,
        classes: int,
        spread: tuple[np.ndarray, np.ndarray],
        generators: Sequence[Generator],
        pool: str = "max",
        h: int = 24,
    ) -> None:
        super().__init__()
        for name, values in zip(("mean", "deviation"), spread, strict=True):
            self.register_buffer(name, torch.as_tensor(values, dtype=torch.float32), persistent=False)
        self.register_buffer("near", window(k, REACH), persistent=False)
        self.register_buffer("far", window(k // 2, REACH), persistent=False)
        self.first = Represent(len(self.mean), h, generators, m=REACH)
        self.second = Represent(h, h, generators, m=REACH)
        self.pool = POOLS[pool](h, k // 2, generators)
        self.rho1 = Represent(self.pool.width, h, generators)
        self.rho2 = Represent(h, classes, generators)

    def forward(self, x: Tensor) -> Tensor:
        x = (x - self.mean) / self.deviation
        z = self.first(x, self.near).relu()  # (r, b, k, h)
        r, b, k, h = z.shape
        z = z[:, :, : k // 2 * 2].reshape(r, b, k // 2, 2, h).mean(3)
        z = self.second(z, self.far).relu()  # (r, b, k // 2, h)
        z = self.pool(z).unsqueeze(2)  # (r, b, 1, h)
        return self.rho2(self.rho1(z).relu()).squeeze(2)
