"""The type of a modality: what there is to see, what can be changed, what can be asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from components.tasks.base import Task
from components.values import Sample


@dataclass(frozen=True)
class Control:
    """One thing a learner can change about a sample: `apply(sample, value)` gives a new sample."""

    label: str
    values: tuple[Any, ...]  # in the order of a slider
    default: Any
    apply: Callable[[Sample, Any], Sample]
    help: str
    show: Callable[[Any], str] = str  # how a value is written


@dataclass(frozen=True)
class Modality:
    """A sensory modality of the lecture. Everything is a plain function, so that adding one is writing one file."""

    name: str  # the key in links
    order: int  # the lecture's order
    title: str
    sentence: str  # what its elements are, in one sentence
    slide: str  # the slide that introduces it
    formula: str  # LaTeX for the input observation x_i
    examples: Mapping[str, Callable[[], Sample]]
    read: Mapping[str, Callable[[bytes], Sample]]  # file ending without dot -> reader; raises BadInput
    controls: Mapping[str, Control] = field(default_factory=dict)
    corrupt: Mapping[str, Callable[[Sample, float, np.random.Generator], Sample]] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)  # task -> how it is split, what to know
