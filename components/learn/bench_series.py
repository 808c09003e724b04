"""Models and layers over time, on a real series of a watch, on the symmetry bench."""

from functools import cache, partial

import numpy as np
import torch

from components.learn.bench_entry import Entry, Function, Thing, asked, batch, drawn, learnt, seeds
from components.learn.bench_sets import Among
from components.models.blocks import Represent
from components.models.convolution import Conv1d
from components.models.neighbours import window
from components.models.recurrent import Recurrent
from components.models.state_space import StateSpace
from components.models.temporal_convolution import TemporalConvolution, causal
from components.models.time_classifier import READERS, TimeClassifier

WATCH = "a real watch on a wrist: acceleration and rotation, 3 s"
ROOM, WIDTH = 16, 8  # empty steps behind a series, numbers of a layer's output


def felt() -> tuple[Thing, ...]:
    """Three windows of the watch, `(75, 6)`, each channel with deviation 1."""
    x = drawn("sensor", "exercise")
    return tuple((x / x.std((0, 1), keepdims=True)).astype(np.float32))


@cache
def watch() -> np.ndarray:
    """The same, `(3, 75, 6)`, with the last steps empty, so that a wait loses nothing."""
    x = np.stack([np.asarray(one) for one in felt()])
    x[:, -ROOM:] = 0
    return x


def layer(name: str) -> Function:
    """A single layer over time, as it starts."""
    n, d = watch().shape[1:]
    makers = {
        "rnn": lambda: Recurrent(d, WIDTH, seeds()),
        "lstm": lambda: Recurrent(d, WIDTH, seeds(), "lstm"),
        "own": lambda: Recurrent(d, WIDTH, seeds(), steps=n),
        "causal": lambda: Among(Represent(d, WIDTH, seeds(), m=5), causal(n, 5)),
        "window": lambda: Among(Represent(d, WIDTH, seeds(), m=5), window(n, 5)),
        "tcn": lambda: TemporalConvolution(d, WIDTH, seeds()),
        "ssm": lambda: StateSpace(d, WIDTH, seeds()),
    }
    return asked(makers[name](), batch)


def conv1d() -> Function:
    """The convolution of windows, channels first inside."""
    net = Conv1d(watch().shape[2], WIDTH, 5, seeds(), padding=2)

    def f(x: Thing) -> np.ndarray:
        with torch.inference_mode():
            return net(batch(x).transpose(2, 3))[0, 0].T.numpy()

    return f


def reader(name: str) -> Function:
    """One of three readers of a sequence."""
    n, d = watch().shape[1:]
    return asked(TimeClassifier(name, d, 2, n, seeds()), batch)


LAYERS = {
    "causal": (
        "Layer: 5 steps back, one map",
        ("neighbours", "temporal_convolution"),
        "One map at every step, looking back only.",
    ),
    "window": ("Layer: window of 5, one map", ("neighbours",), "One map at every step; it meets the ends."),
    "tcn": ("Layer: temporal convolution", ("temporal_convolution",), "One map at every step, but each layer begins with zeros."),
    "rnn": ("Layer: RNN, one cell", ("recurrent",), "One cell at every step; an empty wait leaves a trace in the memory."),
    "lstm": ("Layer: LSTM, one cell", ("recurrent",), "One cell at every step; an empty wait leaves a trace in the memory."),
    "own": ("Layer: RNN, a cell for each step", ("recurrent",), "Every step has weights of its own."),
    "ssm": ("Layer: state space", ("state_space",), "One linear memory; its bias fills it while waiting."),
}
READS = {"shared": "one cell", "separate": "a cell for each step", "place": "feed-forward"}


def entries() -> list[Entry]:
    """Layers and networks over a real series."""
    made = partial(Entry, family="sequences", kind="series", data=WATCH)
    empty = partial(made, inputs=lambda: tuple(watch()))
    found = [
        empty(f"time-{name}", title, make=partial(layer, name), modules=(*modules, "blocks"), because=because, out="elements")
        for name, (title, modules, because) in LAYERS.items()
    ]  # fmt: skip
    found.append(empty("conv1d", "Layer: convolution, as windows", make=conv1d, modules=("convolution",), out="elements",
                       because="One filter for all windows; it meets the ends."))  # fmt: skip
    found += [
        made(f"read-{name}", f"Reader, {READS[name]}", make=partial(reader, name), modules=("time_classifier",), classes=True,
              because="The last state is read: what comes later counts more." if name != "place" else
              "Every place has weights of its own.", names=("A", "B"), inputs=felt)
        for name in READERS
    ]  # fmt: skip
    found.append(made(
        "trace", "Convolution over time, pooled", make=lambda: asked(learnt("sensor", "exercise"), batch),
        inputs=lambda: tuple(drawn("sensor", "exercise")), modules=("trace_classifier",), classes=True,
        because="One map over windows and a maximum over time; halving once leaves odd shifts over.", trained="on real exercises",
    ))  # fmt: skip
    return found
