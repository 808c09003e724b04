"""One layer of a transformer: the elements talk (attention), then each thinks for itself (a network of two layers).

    norm first:  x = x + attention(norm x)     x = x + W2 act(W1 norm x)
    norm last:   x = norm(x + attention x)     x = norm(x + W2 act(W1 x))

Both parts are added to what was there. Sources: Vaswani et al. 2017 (norm last); Xiong et al. 2020, "On layer normalization in
the transformer architecture" (norm first: easier to train).
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional

from components.models.attention import SelfAttention
from components.models.blocks import Represent


class LayerNorm(nn.Module):
    """(x - mean) / sqrt(variance + 1e-5) over the d numbers of each element, times a scale plus a shift; `(r, b, n, d)` stays."""

    def __init__(self, d: int, r: int) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(r, 1, 1, d))
        self.shift = nn.Parameter(torch.zeros(r, 1, 1, d))

    def forward(self, x: Tensor) -> Tensor:
        return functional.layer_norm(x, x.shape[-1:]) * self.scale + self.shift


class EncoderLayer(nn.Module):
    """Attention, then the same network for every element, `(r, b, n, d) -> (r, b, n, d)` and the weights `(r, b, heads, n, n)`.

    Args:
        d: numbers per element.
        heads: of the attention.
        generators: one random generator per replica.
        hidden: width of the network; twice d if not said.
        norm_first: normalise before each part, or after.
        activation: "gelu" or "relu".
    """

    def __init__(
        self, d: int, heads: int, generators: Sequence[Generator], *, hidden: int = 0, norm_first: bool = True,
        activation: str = "gelu",
    ) -> None:  # fmt: skip
        super().__init__()
        self.norm_first, self.activation = norm_first, activation
        self.norm1, self.norm2 = LayerNorm(d, len(generators)), LayerNorm(d, len(generators))
        self.attention = SelfAttention(d, heads, generators)
        self.up = Represent(d, hidden or 2 * d, generators)
        self.down = Represent(hidden or 2 * d, d, generators)

    def think(self, x: Tensor) -> Tensor:
        """W2 act(W1 x), the same for every element."""
        return self.down(functional.gelu(self.up(x)) if self.activation == "gelu" else functional.relu(self.up(x)))

    def forward(self, x: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Elements `(r, b, n, d)`; the mask is that of `SelfAttention`."""
        if self.norm_first:
            heard, weights = self.attention(self.norm1(x), mask)
            x = x + heard
            return x + self.think(self.norm2(x)), weights
        heard, weights = self.attention(x, mask)
        x = self.norm1(x + heard)
        return self.norm2(x + self.think(x)), weights
