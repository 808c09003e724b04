"""Self-attention: every element asks all others how much they matter to it, and takes in what they offer.

    A = softmax( X Wq (X Wk)^T / sqrt(d) )        (n, n): row i says how element i divides its attention among all, sum 1
    h = A X Wv                                    (n, d): a mean of all elements, weighted anew for each of them

Several heads do this side by side, each in d / heads numbers of its own, and Wo mixes what they found. The weights Wq, Wk, Wv,
Wo are shared by all elements, so the block is permutation-equivariant: elements in another order give the same h in that
order. Sources: Vaswani et al. 2017, "Attention is all you need"; lecture, slides "Modern Sequence Models", "Vision Transformer".
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent


class SelfAttention(nn.Module):
    """Attention among the elements of each observation, `(r, b, n, d) -> (r, b, n, d)` and the weights `(r, b, heads, n, n)`.

    Args:
        d: numbers per element.
        heads: how many attend side by side; each works in d / heads numbers.
        generators: one random generator per replica.

    Raises:
        ValueError: the heads do not divide d.
    """

    def __init__(self, d: int, heads: int, generators: Sequence[Generator]) -> None:
        super().__init__()
        if d % heads:
            raise ValueError(f"{heads} heads do not divide {d} numbers")
        self.heads = heads
        self.query = Represent(d, d, generators)  # X Wq + bq: what an element looks for
        self.key = Represent(d, d, generators)  # X Wk + bk: what it can be found by
        self.value = Represent(d, d, generators)  # X Wv + bv: what it has to say
        self.out = Represent(d, d, generators)

    def split(self, x: Tensor) -> Tensor:
        """Each head's share of the numbers, `(r, b, n, d) -> (r, b, heads, n, d / heads)`."""
        return x.unflatten(3, (self.heads, -1)).transpose(2, 3)

    def matrices(self, x: Tensor, mask: Tensor | None = None) -> dict[str, Tensor]:
        """Every matrix on the way, by name: "query", "key", "value", "head" `(r, b, heads, n, d / heads)`, "scores" and "weights"
        `(r, b, heads, n, n)`, and "out" `(r, b, n, d)`.

        Args:
            x: elements `(r, b, n, d)`.
            mask: bool, where row i may look at column j; any shape that broadcasts to `(r, b, heads, n, n)`: a causal mask is
                `(n, n)`, elements `there (r, b, n)` of padded sequences are `there[:, :, None, None]`. A row that may look
                nowhere takes in nothing.
        """
        q, k, v = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        scores = q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5
        if mask is None:
            weights = scores.softmax(-1)
        else:
            shut = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
            weights = shut.softmax(-1) * mask  # the product matters only where a whole row is shut
        head = weights @ v
        out = self.out(head.transpose(2, 3).flatten(3))
        return {"query": q, "key": k, "scores": scores, "weights": weights, "value": v, "head": head, "out": out}

    def forward(self, x: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """What each element took in `(r, b, n, d)`, from where `(r, b, heads, n, n)`; arguments as in `matrices`."""
        found = self.matrices(x, mask)
        return found["out"], found["weights"]
