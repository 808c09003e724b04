"""The type of a modality: what there is to see, what can be changed, what can be asked.

One file with one constant `MODALITY` is a whole modality: the pages know nothing else about it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from components.tasks.base import Task
from components.values import Sample

if TYPE_CHECKING:
    from torch import Generator, nn


@dataclass(frozen=True)
class Control:
    """One thing a learner can change about a sample: `apply(sample, value)` gives a new sample and leaves the old alone."""

    label: str
    values: tuple[Any, ...]  # in the order of a slider
    default: Any
    apply: Callable[[Sample, Any], Sample]
    help: str
    show: Callable[[Any], str] = str  # how a value is written, on screen and in links


@dataclass(frozen=True)
class Exercise(Task):
    """A task whose observations are samples of a modality, so that any sample can be put before the trained model.

    The network takes x `(r, b, k, d)`, r replicas and a batch of b, and gives `(r, b, classes)`, see `learn.goals` for what
    each goal asks of it. Without a network of its own a task is learnt by `models.set_classifier.SetClassifier`.
    """

    enter: Callable[[Sample, int], np.ndarray]  # a sample and its marked element as x (k, d); BadInput says what is missing
    show: Callable[[np.ndarray], Sample]  # the other way: x (k, d) as a sample, to be looked at
    note: str  # how training and test parts are made, and what would have leaked otherwise
    order: str = "shuffled"  # of the elements while training, see `components.learn.train`
    goal: str = "classification"  # a key of `components.learn.goals.GOALS`
    unit: str = ""  # of what is predicted, in a regression
    network: "Callable[[Sequence[Generator]], nn.Module] | None" = None  # one random generator per replica
    flat: Callable[[np.ndarray], np.ndarray] | None = None  # x (n, k, d) as scikit-learn's (n, features); else reshaped
    sizes: tuple[int, ...] = (50, 200, 800, 1297)  # numbers of training samples to choose from
    test: int = 500  # test samples
    steps: int = 500
    rate: float = 1e-2
    suits: tuple[str, ...] = ()  # the examples it can be asked about; none named: all, and the learner's own
    data: tuple[str, ...] = ()  # files of `pretrained/data` behind `draw`, for the code that is downloaded
    specimens: Callable[[int, int], list[tuple[Sample, np.ndarray]]] | None = None
    """Count, seed -> real test samples, each with the true answers about its first elements, so many observations in all; where
    `show` gives less than the real thing."""
    enter_all: Callable[[Sample], np.ndarray] | None = None  # every element at once, x (n, k, d), where that is much faster


@dataclass(frozen=True)
class Parts:
    """A sample taken apart, so that each part can be hidden from a model."""

    elements: Mapping[str, np.ndarray]  # name of a part -> numbers of its elements; of a table, of the entries of x_i
    hide: Callable[[Collection[str]], tuple[Sample, int]]  # the sample without the named parts, and where its marked element is
    channel: Mapping[str, int] = field(default_factory=dict)  # of a series: the one channel a part is of


@dataclass(frozen=True)
class Modality:
    """A sensory modality of the lecture. Everything is a plain function, so that adding one is writing one file."""

    name: str  # the key in links
    order: int  # the lecture's order
    title: str
    sentence: str  # what its elements are, in one sentence
    slide: str  # the slide that introduces it
    formula: str  # LaTeX for the input observation x_i; \mark{} around what a mark stands for
    examples: Mapping[str, Callable[[], Sample]]
    read: Mapping[str, Callable[[bytes], Sample]]  # file ending without dot -> reader; raises BadInput
    observe: Callable[[Sample], np.ndarray]  # the input observation x_i, as the model meets it
    controls: Mapping[str, Control] = field(default_factory=dict)
    corrupt: Mapping[str, Callable[[Sample, float, np.random.Generator], Sample]] = field(default_factory=dict)
    tasks: Mapping[str, Exercise] = field(default_factory=dict)
    own: Callable[[Sample], Mapping[str, Exercise]] | None = None  # tasks that a learner's own sample brings with it
    presets: Mapping[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)  # name -> why, what it sets
    check: tuple[str, str] = ("", "")  # a question answered by moving a control, and its answer
    describe: Callable[[Sample], Mapping[str, int]] | None = None  # symbols of the formula -> their numbers here
    parts: Callable[[Sample, int], Parts] | None = None  # what can be hidden, given the marked element
