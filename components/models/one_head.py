"""One head of self-attention as the slide writes it, small enough that every number can be shown.

    X = E[words] (+ positions)       H = softmax( X Wq Wk^T X^T / sqrt(d) ) X Wv       f = read( mean over words of X + H )

Source: Vaswani et al. 2017; lecture "How to Model", slide "Modern Sequence Models".
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent, uniform
from components.models.sequence_classifier import NOTHING, Embedding, positions


class OneHead(nn.Module):
    """Words to logits, `(r, b, n, 1 or more) -> (r, b, classes)`, in d numbers a word; the last number of an element is its word.

    Args:
        words: entries of the dictionary.
        classes: how many answers.
        d: numbers a word.
        placed: whether positions are added.
        generators: one random generator per replica.
    """

    def __init__(self, words: int, classes: int, d: int, placed: bool, generators: Sequence[Generator]) -> None:
        super().__init__()
        self.d, self.placed = d, placed
        self.embed = Embedding(words, d, generators)
        self.query, self.key, self.value = (uniform((d, d), d**-0.5, generators) for _ in "qkv")
        self.read = Represent(d, classes, generators)

    def forward(self, x: Tensor) -> Tensor:
        ids = x[..., -1].round().long()
        there = ids != NOTHING
        longest = max(1, int(there.sum(-1).max()))
        ids, there = ids[..., :longest], there[..., :longest]
        z = self.embed(ids)
        z = z + positions(longest, self.d).to(z) if self.placed else z
        q, k, v = (z @ w.unsqueeze(1) for w in (self.query, self.key, self.value))
        scores = (q @ k.transpose(-1, -2) * self.d**-0.5).masked_fill(~there.unsqueeze(2), torch.finfo(z.dtype).min)
        found = z + scores.softmax(-1) @ v
        mean = (found * there.unsqueeze(-1)).sum(2) / there.sum(-1, keepdim=True).clamp(min=1)
        return self.read(mean.unsqueeze(2)).squeeze(2)
