"""Many observations before one trained network at once."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Generator, nn

from components.learn.exercise import Lesson, builder
from components.learn.goals import outputs
from components.values import Frame


def network(lesson: Lesson, frame: Frame) -> nn.Module:
    """The network of a lesson with the weights of a last frame; a new one each time, so that threads share nothing."""
    model = builder(lesson)([Generator()])
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.from_numpy(np.asarray(frame[f"weights/{name}"], np.float32)))
    return model.eval()


def outcomes(model: nn.Module, x: Sequence[np.ndarray]) -> np.ndarray:
    """What the network gives for observations `(k, d)`, k need not be the same for all: logits `(n, classes)`, numbers `(n, 1)`
    or points `(n, m, e)`."""
    found: list[np.ndarray] = [np.zeros(0)] * len(x)
    shapes = [a.shape for a in x]
    for shape in dict.fromkeys(shapes):
        own = [i for i, other in enumerate(shapes) if other == shape]
        batch = torch.from_numpy(np.stack([x[i] for i in own]).astype(np.float32, copy=False))
        for i, row in zip(own, outputs(model, batch, 1)[0].float().numpy(), strict=True):
            found[i] = row
    return np.stack(found)


def answers(lesson: Lesson, model: nn.Module, x: Sequence[np.ndarray]) -> np.ndarray:
    """The answers to observations as `exercise.answer` gives them one by one: class probabilities, numbers or points."""
    found = outcomes(model, x)
    return softmax(found) if lesson.exercise.goal == "classification" else found


def softmax(logits: np.ndarray) -> np.ndarray:
    """exp(l_c) / sum_c exp(l_c) along the last axis."""
    e = np.exp(logits - logits.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)
