"""Set anomaly detection: each element is compared with the mean of the others, by one map for all.

    z_i = phi(x_i),    rest_i = mean of z_j over j != i,    score_i = rho( z_i, rest_i, (z_i - rest_i)^2 )

The rest is invariant to the order of the others, so the scores are permutation-equivariant: f(P x) = P f(x). Source: Deep Sets
(Zaheer et al. 2017), theorem on equivariant layers and section 4.4, outlier detection.
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent


class OddOneOut(nn.Module):
    """One score an element, `(r, b, n, d) -> (r, b, n)`, in logits; n may be any number from 2.

    Args:
        d: numbers per element.
        generators: one random generator per replica.
        h: width of every hidden layer.
    """

    def __init__(self, d: int, generators: Sequence[Generator], h: int = 48) -> None:
        super().__init__()
        self.phi1 = Represent(d, h, generators)
        self.phi2 = Represent(h, h, generators)
        self.rho1 = Represent(3 * h, h, generators)
        self.rho2 = Represent(h, 1, generators)

    def forward(self, x: Tensor) -> Tensor:
        z = self.phi2(self.phi1(x).relu())  # (r, b, n, h): each element on its own
        rest = (z.sum(2, keepdim=True) - z) / max(1, z.shape[2] - 1)  # (r, b, n, h): the mean of the others
        compared = torch.cat([z, rest, (z - rest).square()], -1)
        return self.rho2(self.rho1(compared).relu()).squeeze(-1)
