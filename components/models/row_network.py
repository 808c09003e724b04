"""A network for the rows of a table: a linear model, and beside it a small network for what is not linear.

    f(x) = c + s ( A x + W2 relu(W1 x) )

c and s are constants. Where the answer is a number they are the mean and the standard deviation of the answers trained on:
the weights learn on a scale of one, and what comes out has the unit of the question. Classes need none: c = 0, s = 1.
Tables are small; a wide network alone would learn their few rows by heart. Source: Wide & Deep (Cheng et al. 2016).
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent


class RowNetwork(nn.Module):
    """`(r, b, 1, d) -> (r, b, classes)`.

    Args:
        generators: one random generator per replica.
        d: numbers per row.
        classes: how many answers; 1 for a number.
        centre, spread: c and s.
        h: width of the hidden layer.
    """

    def __init__(
        self, generators: Sequence[Generator], d: int, classes: int, centre: float = 0.0, spread: float = 1.0, h: int = 16
    ) -> None:
        super().__init__()
        self.centre, self.spread = centre, spread
        self.wide = Represent(d, classes, generators)
        self.deep1 = Represent(d, h, generators)
        self.deep2 = Represent(h, classes, generators)
        with torch.no_grad():  # it begins as the linear model alone
            self.deep2.weight.zero_()
            self.deep2.bias.zero_()

    def forward(self, x: Tensor) -> Tensor:
        out = self.wide(x) + self.deep2(self.deep1(x).relu())
        return self.centre + self.spread * out.squeeze(2)
