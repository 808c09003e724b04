"""A small convolutional network for pictures, made of the two blocks: represent every window, represent windows of windows,
aggregate, read off the class.

    h1[p] = ReLU( W1 window5(x, p) + b1 )     5 x 5 windows, every second place p; one map shared by all places
    h2[p] = ReLU( W2 window3(h1, p) + b2 )    3 x 3 windows of these, again every second place
    f(x)  = W3 POOL_p h2[p] + b3

Pooling by concatenation keeps where a feature was, which digits need; the mean forgets it, which suits texture.
Sources: LeCun et al. 1998, "Gradient-based learning applied to document recognition"; lecture "How to Model", slides on
parameter sharing and pooling.
"""

from collections.abc import Sequence

from torch import Generator, Tensor, nn

from components.models.blocks import Represent
from components.models.pools import POOLS

STRIDE, FIRST, SECOND = 2, 5, 3


def windows(x: Tensor, k: int) -> Tensor:
    """All k x k windows of a square at every second place, no padding, each laid out as one element.

    `(r, b, s^2, d) -> (r, b, o^2, d k^2)` with o = (s - k) // 2 + 1 windows along a side.
    """
    r, b, n, d = x.shape
    side = round(n**0.5)
    cut = x.view(r, b, side, side, d).unfold(2, k, STRIDE).unfold(3, k, STRIDE)
    return cut.reshape(r, b, -1, d * k * k)


class PictureClassifier(nn.Module):
    """Two convolutions, one pool, one read-out, `(r, b, 1, side^2 colours) -> (r, b, classes)`, in logits.

    The picture comes as the slide's long vector: columns on top of each other, colour after colour.

    Args:
        side: pixels along each side of the square picture.
        colours: numbers a pixel.
        classes: how many answers.
        generators: one random generator per replica.
        pool: a key of `POOLS`; "concatenate" sees where a feature is, all others only which features there are.
        widths: numbers per place after the first and after the second convolution.
    """

    def __init__(
        self,
        side: int,
        colours: int,
        classes: int,
        generators: Sequence[Generator],
        pool: str = "concatenate",
        widths: tuple[int, int] = (16, 32),
    ) -> None:
        super().__init__()
        one = (side - FIRST) // STRIDE + 1
        two = (one - SECOND) // STRIDE + 1
        self.colours = colours
        self.conv1 = Represent(FIRST * FIRST * colours, widths[0], generators)
        self.conv2 = Represent(SECOND * SECOND * widths[0], widths[1], generators)
        self.pool = POOLS[pool](widths[1], two * two, generators)
        self.read = Represent(self.pool.width, classes, generators)

    def forward(self, x: Tensor) -> Tensor:
        r, b = x.shape[:2]
        pixels = x.reshape(r, b, self.colours, -1).transpose(2, 3).contiguous()  # (r, b, side^2, colours), column by column
        h = self.conv1(windows(pixels, FIRST)).relu().contiguous()
        h = self.conv2(windows(h, SECOND)).relu()
        return self.read(self.pool(h).unsqueeze(2)).squeeze(2)
