"""What training is after: the loss of a batch, and the score of a test, for each kind of answer.

    classification   out (r, b, c) logits       y (b,) class numbers   mean cross entropy           accuracy
    regression       out (r, b, 1)              y (b,) real            mean (out - y)^2              R^2 = 1 - SS_res / SS_tot
    points           out (r, b, m, e)           y (b, m, e)            Chamfer distance             mean Chamfer distance
    masks            out (r, b, p) logits       y (b, p) 0 or 1        mean cross entropy a pixel   mean IoU, see `shared_part`

The Chamfer distance of two point sets is the mean squared distance from each point to the nearest one of the other set, both
ways (Fan et al. 2017). A model may set `penalty` (r,) in its forward pass; it is added to the loss (the divergence term of a
variational autoencoder, Kingma & Welling 2014). Source: lecture, slide "Unified View of Deep Learning Models", step 3.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, one_hot


@dataclass(frozen=True)
class Goal:
    """A loss for training and a score for the test."""

    measure: str  # the score's name, and its key in a frame
    loss: Callable[[Tensor, Tensor], Tensor]  # out (r, b, ...), y (r, b, ...) -> (r,)
    score: Callable[[nn.Module, Tensor, Tensor, int], Tensor]  # model, x (n, k, d), y (n, ...), r -> (r,)


def outputs(model: nn.Module, x: Tensor, width: int, chunk: int = 256) -> Tensor:
    """The model's answers to the same observations in every replica: `(r, n, ...)`."""
    with torch.inference_mode():
        return torch.cat([model(part.expand(width, *part.shape)) for part in x.split(chunk)], 1)


def entropy(out: Tensor, y: Tensor) -> Tensor:
    """Mean cross entropy of logits `(r, b, c)` for classes `(r, b)`, in nats: `(r,)`."""
    return cross_entropy(out.flatten(0, 1), y.flatten(), reduction="none").view(y.shape).mean(1)


def right(model: nn.Module, x: Tensor, y: Tensor, width: int, chunk: int = 256) -> Tensor:
    """Accuracy of every replica on the same observations: `(r,)`."""
    hits = torch.zeros(width, device=y.device)
    with torch.inference_mode():
        for part, truth in zip(x.split(chunk), y.split(chunk), strict=True):
            answer = model(part.expand(width, *part.shape)).argmax(-1)
            hits += (answer == truth).sum(1)
    return hits / len(y)


def squares(out: Tensor, y: Tensor) -> Tensor:
    """Mean squared error of `(r, b, 1)` for `(r, b)`: `(r,)`."""
    return (out.squeeze(-1) - y).square().mean(1)


def explained(model: nn.Module, x: Tensor, y: Tensor, width: int) -> Tensor:
    """R^2 of every replica: 1 is perfect, 0 is what always answering the mean of the test gives: `(r,)`."""
    error = (outputs(model, x, width).squeeze(-1) - y).square().mean(1)
    return 1 - error / (y - y.mean()).square().mean().clamp(min=1e-12)


def chamfer(out: Tensor, y: Tensor) -> Tensor:
    """Chamfer distance of point sets `(..., m, e)` and `(..., n, e)`: `(...)`."""
    apart = (out.unsqueeze(-2) - y.unsqueeze(-3)).square().sum(-1)
    return apart.amin(-1).mean(-1) + apart.amin(-2).mean(-1)


def near(out: Tensor, y: Tensor) -> Tensor:
    """Mean Chamfer distance over a batch: `(r,)`."""
    return chamfer(out, y).mean(1)


def distance(model: nn.Module, x: Tensor, y: Tensor, width: int) -> Tensor:
    """Mean Chamfer distance of every replica on a test: `(r,)`."""
    return near(outputs(model, x, width), y.expand(width, *y.shape))


def pixel_entropy(out: Tensor, y: Tensor) -> Tensor:
    """Mean cross entropy of one logit a pixel `(r, b, p)` for masks of the same shape, in nats: `(r,)`."""
    return binary_cross_entropy_with_logits(out, y, reduction="none").mean((1, 2))


def shared_part(found: Tensor, truth: Tensor) -> Tensor:
    """Intersection over union of masks of bool `(..., p)`: `(...)`; two empty masks agree, 1."""
    both, either = (found & truth).sum(-1), (found | truth).sum(-1)
    return torch.where(either > 0, both / either.clamp(min=1), 1.0)


def overlap(model: nn.Module, x: Tensor, y: Tensor, width: int) -> Tensor:
    """Mean intersection over union of every replica on a test: `(r,)`."""
    return shared_part(outputs(model, x, width, 32) > 0, y.bool()).mean(1)


GOALS = {
    "classification": Goal("accuracy", entropy, right),
    "regression": Goal("R²", squares, explained),
    "points": Goal("Chamfer distance", near, distance),
    "masks": Goal("IoU", pixel_entropy, overlap),
}


def brier(out: Tensor, y: Tensor) -> Tensor:
    """Mean squared distance of the probabilities to the truth (1 for its class, 0 for the others; Brier 1950): `(r,)`."""
    return (out.softmax(-1) - one_hot(y, out.shape[-1])).square().sum(-1).mean(1)


def margin(out: Tensor, y: Tensor) -> Tensor:
    """Mean of max(0, 1 + the largest wrong logit - the right one) (Crammer & Singer 2001): `(r,)`."""
    truth = one_hot(y, out.shape[-1]).bool()
    wrong = out.masked_fill(truth, -torch.inf).amax(-1)
    return (1 + wrong - (out * truth).sum(-1)).relu().mean(1)


LOSSES: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "entropy": entropy,
    "squared": brier,
    "margin": margin,
    "difference": squares,
    "absolute": lambda out, y: (out.squeeze(-1) - y).abs().mean(1),
}
"""What can be minimised: the first three for classes, the others for numbers."""
OPTIMISERS: dict[str, Callable[[Iterable[nn.Parameter], float, bool], torch.optim.Optimizer]] = {
    "adam": lambda p, rate, fused: torch.optim.Adam(p, lr=rate, fused=fused),
    "momentum": lambda p, rate, fused: torch.optim.SGD(p, lr=rate, momentum=0.9),
    "sgd": lambda p, rate, fused: torch.optim.SGD(p, lr=rate),
}
"""How the weights move: parameters, rate, whether the device has a fused version."""
