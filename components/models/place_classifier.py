"""The picture classifier of the lecture: look at every place, aggregate, read off the class.

    f(x) = W POOL_p relu(phi_p(x around place p)) + b

Local: the place sees a window of k x k pixels; else the whole picture. Sharing: phi_p = phi for all places, or one for each.
Pooling: the largest (or sum, mean) over places, or concatenation. Local, shared and pooled is a convolution with pooling; none
of them is a fully connected network, the slide's first picture.

A filter that is shared by places and yet sees the whole picture has to say where a pixel is *as seen from the place*: it is
a filter larger than the picture, slid over it with zeros around, so that it covers the picture from every place.
Source: lecture "How to Model", slides "Convolutional Neural Networks", modifications 1 and 2.
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent
from components.models.pools import POOLS


def corners_of_places(side: int, patch: int, stride: int) -> list[int]:
    """The first row (or column) of every window along one side."""
    return list(range(0, side - patch + 1, stride))


def windows_of_places(x: Tensor, colours: int, patch: int, stride: int) -> Tensor:
    """What each place sees through its window, `(r, b, 1, colours side^2) -> (r, b, places, colours patch^2)`."""
    side = round((x.shape[-1] / colours) ** 0.5)
    windows = x.unflatten(-1, (colours, side, side)).squeeze(2).unfold(3, patch, stride).unfold(4, patch, stride)
    places_first = windows.permute(0, 3, 4, 1, 2, 5, 6).flatten(4).flatten(1, 2)  # as the block multiplies them: one copy
    return places_first.transpose(1, 2)  # places column by column, as the picture is


def position_table(side: int, patch: int, stride: int) -> Tensor:
    """Where each pixel lies as seen from each place: `(side^2, places)` numbers of weights of a filter of (side + last)^2."""
    corners = corners_of_places(side, patch, stride)
    last, pixel = corners[-1], torch.arange(side)
    seen = pixel + last
    tables = [((seen - left).unsqueeze(1) * (side + last) + seen - top).flatten() for left in corners for top in corners]
    return torch.stack(tables, 1)


class PlaceClassifier(nn.Module):
    """`(r, b, 1, colours side^2) -> (r, b, classes)`, in logits. The picture comes as the slide's long vector.

    Args:
        side: pixels along each side of the square picture.
        colours: numbers a pixel.
        classes: how many answers.
        patch, stride: side of the local window, and the step from one place to the next.
        local: a place sees its window (True) or the whole picture (False).
        share: one filter bank for all places (True) or one for each (False).
        pool: a key of `POOLS`; "concatenate" keeps the places apart, all others forget them.
        generators: one random generator per replica.
        h: numbers at each place.
    """

    table: Tensor  # which weight of the large filter meets a pixel, seen from a place; empty for the other kinds

    def __init__(
        self,
        side: int,
        colours: int,
        classes: int,
        patch: int,
        stride: int,
        local: bool,
        share: bool,
        pool: str,
        generators: Sequence[Generator],
        h: int = 24,
    ) -> None:
        super().__init__()
        self.places = len(corners_of_places(side, patch, stride)) ** 2
        self.local, self.share = local, share
        self.window = (colours, patch, stride)
        pixels = torch.zeros(0, dtype=torch.long)
        if local:
            self.phi = Represent(colours * patch * patch, h, generators, n=1 if share else self.places)
        elif share:
            table = position_table(side, patch, stride)
            reach = side + corners_of_places(side, patch, stride)[-1]
            pixels = torch.arange(colours)[:, None, None] * reach * reach + table  # (colours, side^2, places)
            self.phi = Represent(colours * reach * reach, h, generators)
        else:  # every place sees the same long vector: one map with places * h outputs
            self.phi = Represent(colours * side * side, self.places * h, generators)
        self.register_buffer("table", pixels.flatten(), persistent=False)
        self.pool = POOLS[pool](h, self.places, generators)
        self.read = Represent(self.pool.width, classes, generators)

    def features(self, x: Tensor) -> Tensor:
        """What each place says, `(r, b, places, h)`."""
        if self.local:
            return self.phi(windows_of_places(x, *self.window)).relu()
        if not self.share:
            return self.phi(x).relu().unflatten(-1, (self.places, -1)).squeeze(2)
        weight = self.phi.weight[:, 0, 0].index_select(1, self.table)  # (r, pixels * places, h): the same weights many times
        weight = weight.reshape(len(weight), x.shape[-1], -1)
        return (x.squeeze(2) @ weight).unflatten(-1, (self.places, -1)).add(self.phi.bias.unsqueeze(1)).relu()

    def forward(self, x: Tensor) -> Tensor:
        return self.read(self.pool(self.features(x)).unsqueeze(2)).squeeze(2)
