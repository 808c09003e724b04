"""A small transformer that guesses the next letter: two layers of four heads, and nobody looks ahead.

    x = letters + places;   x = layer(x), twice;   p(next) = softmax(norm(x) W)

Source: the task and its "induction heads" after Olsson et al. 2022, "In-context learning and induction heads".
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent, uniform
from components.models.transformer import EncoderLayer, LayerNorm


class NextLetter(nn.Module):
    """Letters `(r, b, n)` as numbers to logits of the letter after each `(r, b, n, letters)`.

    Args:
        letters: how many there are.
        longest: places that have numbers of their own.
        generators: one random generator per replica.
        d, heads, layers: size of the transformer.
    """

    def __init__(
        self, letters: int, longest: int, generators: Sequence[Generator], d: int = 32, heads: int = 4, layers: int = 2
    ) -> None:
        super().__init__()
        self.letter, self.place = uniform((letters, d), 1.0, generators), uniform((longest, d), 1.0, generators)
        self.layers = nn.ModuleList([EncoderLayer(d, heads, generators) for _ in range(layers)])
        self.norm, self.out = LayerNorm(d, len(generators)), Represent(d, letters, generators)

    def looked(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """Logits `(r, b, n, letters)` and the attention of all heads `(r, b, layers, heads, n, n)`."""
        r, n = ids.shape[0], ids.shape[2]
        x = self.letter[torch.arange(r, device=ids.device)[:, None, None], ids] + self.place[:, None, :n]
        seen = torch.ones(n, n, dtype=torch.bool, device=ids.device).tril()
        found = []
        for layer in self.layers:
            x, weights = layer(x, seen)
            found.append(weights)
        return self.out(self.norm(x)), torch.stack(found, 2)

    def forward(self, ids: Tensor) -> Tensor:
        return self.looked(ids)[0]
