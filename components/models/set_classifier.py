"""The set classifier of the lecture: represent every element, aggregate, read off the class.

    f(x) = rho( POOL_i phi_i(x_i) )

Sharing: phi_i = phi for all i, or a phi_i for each place. Pooling: permutation-invariant, or concatenation.
With both, f is invariant to the order of the set (Deep Sets, Zaheer et al. 2017, theorem 2).
"""

from collections.abc import Sequence

from torch import Generator, Tensor, nn

from components.models.blocks import Represent
from components.models.pools import POOLS


class SetClassifier(nn.Module):
    """phi: two layers with a ReLU between; one pool; rho: two layers with a ReLU between.

    `(r, b, n, d) -> (r, b, classes)`, in logits.

    Args:
        d: numbers per element.
        classes: how many answers.
        n: elements per set.
        share: one phi for all places (True) or one for each (False).
        pool: a key of `POOLS`; "concatenate" sees the order, all others do not.
        generators: one random generator per replica.
        h: width of every hidden layer.
    """

    def __init__(
        self, d: int, classes: int, n: int, share: bool, pool: str, generators: Sequence[Generator], h: int = 32
    ) -> None:
        super().__init__()
        own = 1 if share else n
        self.phi1 = Represent(d, h, generators, n=own)
        self.phi2 = Represent(h, h, generators, n=own)
        self.pool = POOLS[pool](h, n, generators)
        self.rho1 = Represent(self.pool.width, h, generators)
        self.rho2 = Represent(h, classes, generators)

    def forward(self, x: Tensor) -> Tensor:
        z = self.phi2(self.phi1(x).relu())  # (r, b, n, h): each element on its own
        z = self.pool(z).unsqueeze(2)  # (r, b, 1, h'): the whole set
        return self.rho2(self.rho1(z).relu()).squeeze(2)  # (r, b, classes)


def parameters(model: nn.Module) -> int:
    """Numbers that training sets in one replica of `model`."""
    return sum(p[0].numel() for p in model.parameters())
