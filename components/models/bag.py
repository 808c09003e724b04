"""The bag-of-words network: count the entries of the dictionary, then two linear maps. Slide: "Language Modality".

    c_v = |{j : w_j = v}|          the bag-of-words vector: order is gone here, before anything is learnt
    f(x) = B relu(A c / sqrt(n) + a) + b

Counting is exact, so f is exactly the same for every order of the words, not only nearly.
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent


class Bag(nn.Module):
    """`(r, b, k, 2) -> (r, b, classes)`: of each element only the second number, its entry in the dictionary, is looked at.

    Args:
        entries: entries of the dictionary.
        classes: how many answers.
        generators: one random generator per replica.
        h: width of the hidden layer.
        times: what the answer is multiplied by, for quantities larger than one.
    """

    def __init__(self, entries: int, classes: int, generators: Sequence[Generator], h: int = 16) -> None:
        super().__init__()
        self.entries = entries
        self.first = Represent(entries, h, generators)
        self.second = Represent(h, classes, generators)

    def forward(self, x: Tensor) -> Tensor:
        counts, length = count(x[..., 1], self.entries)
        z = (counts / length.clamp(min=1).sqrt()).unsqueeze(2)  # (r, b, 1, entries): the root keeps long texts in range
        return self.second(self.first(z).relu()).squeeze(2)


def count(found: Tensor, entries: int) -> tuple[Tensor, Tensor]:
    """Entries `(..., k)`, -1 unknown and -2 no word, as counts `(..., entries)` and the number of words `(..., 1)`."""
    index = found.long()
    known = (index >= 0) & (index < entries)
    counts = torch.zeros(*index.shape[:-1], entries, device=found.device)
    counts.scatter_add_(-1, index.clamp(0, entries - 1), known.to(counts.dtype))
    return counts, (index > -2).sum(-1, keepdim=True)
