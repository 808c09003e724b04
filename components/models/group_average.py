"""Any network made symmetric: ask it about all eight turned and flipped pictures, and average the answers.

    invariant      F(x) = 1/8 sum_h f(h x)             then F(g x) = F(x)
    equivariant    F(x) = 1/8 sum_h h^-1 f(h x)        then F(g x) = g F(x)

for every g among the eight symmetries of the square, whatever f is: g only changes the order of the sum. No weight is added and
nothing is trained; it costs eight times the work. The Reynolds operator; Yarotsky 2018; "frame averaging", Puny et al. 2022.
"""

import torch
from torch import Tensor, nn


def moved(x: Tensor, quarters: int, flipped: bool) -> Tensor:
    """Flip `(..., h, w)` left-right where asked, then turn anticlockwise."""
    return torch.rot90(x.flip(-1) if flipped else x, quarters, (-2, -1))


def undone(x: Tensor, quarters: int, flipped: bool) -> Tensor:
    """What undoes `moved`."""
    x = torch.rot90(x, -quarters, (-2, -1))
    return x.flip(-1) if flipped else x


class GroupAverage(nn.Module):
    """A network averaged over the eight symmetries of the square.

    Args:
        network: pictures `(r, b, 1, side^2 colours)` as columns on top of each other to logits `(r, b, ...)`.
        colours: numbers a pixel.
        pixels: the answer is one logit a pixel, `(r, b, side^2)`, and is turned back; else it is a vector of classes.
    """

    def __init__(self, network: nn.Module, colours: int, pixels: bool) -> None:
        super().__init__()
        self.network, self.colours, self.pixels = network, colours, pixels

    def forward(self, x: Tensor) -> Tensor:
        r, b = x.shape[:2]
        side = round((x.shape[-1] / self.colours) ** 0.5)
        picture = x.reshape(r, b, self.colours, side, side).transpose(3, 4)
        answers = []
        for quarters, flipped in [(q, f) for f in (False, True) for q in range(4)]:
            turned = moved(picture, quarters, flipped).transpose(3, 4).reshape(x.shape)
            answer = self.network(turned)
            if self.pixels:
                image = answer.reshape(r, b, side, side).transpose(2, 3)
                answer = undone(image, quarters, flipped).transpose(2, 3).reshape(r, b, -1)
            answers.append(answer)
        return torch.stack(answers).mean(0)
