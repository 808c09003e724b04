"""Which pixels belong to the thing? A small network of convolutions that answers at every pixel.

    h1 = relu(conv 5 x 5 (x))        h2 = relu(conv 3 x 3 (down h1))        h3 = relu(conv 3 x 3 (down h2))
    u2 = relu(conv 3 x 3 [up h3; h2])        u1 = relu(conv 3 x 3 [up u2; h1])        f(x)[p] = w u1[p] + b

`down` halves each side as in the classifier, `up` writes each value into 2 x 2 pixels, and [;] puts channels side by side: the
U-Net (Ronneberger, Fischer & Brox 2015). With `down="none"` nothing is halved: the same weights, all places kept. Then, on a
torus, f commutes with every shift; with halving only with shifts by multiples of four.
Source: lecture "How to Model", slide "Data equivariances - example of image segmentation".
"""

from collections.abc import Sequence

import torch
from torch import Generator, Tensor, nn

from components.models.blocks import Represent
from components.models.conv_network import Convolution, halved


def doubled(x: Tensor) -> Tensor:
    """Write each value into 2 x 2 pixels, `(..., h, w) -> (..., 2 h, 2 w)`."""
    return x.repeat_interleave(2, -1).repeat_interleave(2, -2)


class Segmenter(nn.Module):
    """Pictures to one logit a pixel, `(r, b, 1, side^2 colours) -> (r, b, side^2)`, columns on top of each other on both sides.

    Args:
        side: pixels along each side of the square picture; a multiple of four where something is halved.
        colours: numbers a pixel.
        generators: one random generator per replica.
        widths: channels at full, half and quarter resolution.
        down: a member of `conv_network.DOWN`.
        circular: the picture is a torus.
    """

    def __init__(
        self,
        side: int,
        colours: int,
        generators: Sequence[Generator],
        widths: tuple[int, int, int] = (8, 12, 12),
        down: str = "none",
        circular: bool = True,
    ) -> None:
        super().__init__()
        self.side, self.colours, self.down, self.circular = side, colours, down, circular
        a, b, c = widths
        self.conv1 = Convolution(colours, a, 5, generators, circular)
        self.conv2 = Convolution(a, b, 3, generators, circular)
        self.conv3 = Convolution(b, c, 3, generators, circular)
        self.join2 = Convolution(b + c, b, 3, generators, circular)
        self.join1 = Convolution(a + b, a, 3, generators, circular)
        self.read = Represent(a, 1, generators)
        with torch.no_grad():  # as large as keeps the spread through a ReLU (He et al. 2015): deep networks learn sooner
            for layer in (self.conv1, self.conv2, self.conv3, self.join2, self.join1):
                layer.weight.mul_(6**0.5)

    def forward(self, x: Tensor) -> Tensor:
        r, b = x.shape[:2]
        picture = x.reshape(r, b, self.colours, self.side, self.side).transpose(3, 4)
        h1 = self.conv1(2 * picture - 1).relu()
        h2 = self.conv2(self._down(h1)).relu()
        h3 = self.conv3(self._down(h2)).relu()
        u2 = self.join2(torch.cat([self._up(h3), h2], 2)).relu()
        u1 = self.join1(torch.cat([self._up(u2), h1], 2)).relu()
        pixels = u1.transpose(3, 4).flatten(3).transpose(2, 3)  # (r, b, side^2, channels), columns on top of each other
        return self.read(pixels.flatten(1, 2).unsqueeze(2)).reshape(r, b, -1)

    def _down(self, x: Tensor) -> Tensor:
        return halved(x, self.down, self.circular)

    def _up(self, x: Tensor) -> Tensor:
        return x if self.down == "none" else doubled(x)
