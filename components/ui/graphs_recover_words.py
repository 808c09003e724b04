"""The words of the view "Graphs recover the others": kinds of data, weights, and what is asked for."""

from typing import NamedTuple

import numpy as np

KINDS = {"set": "Set", "sequence": "Sequence", "picture": "Picture", "attention": "Attention", "graph": "Graph"}
SPECIAL = {
    "set": "torch.nn.Linear",
    "sequence": "torch.nn.Conv1d",
    "picture": "torch.nn.Conv2d",
    "attention": "PyTorch’s attention",
    "graph": "adjacency matrices",
}
"""The layer made for each."""
TITLES = {
    "set": ("Linear", "torch.nn"),
    "sequence": ("Conv1d", "torch.nn"),
    "picture": ("Conv2d", "torch.nn"),
    "attention": ("Attention", "PyTorch"),
    "graph": ("Matrices", "one per type"),
}
"""The same above its panel, in two short lines."""
_RANDOM = {f"random-{i}": f"Random {i}" for i in (1, 2, 3)}
_FILTERS = {"laplacian": "Edge, Laplacian", "blur": "Blur", "sharpen": "Sharpen"}
RECIPES: dict[str, dict[str, str]] = {
    "set": {"turn": "Turn by 40°", "mirror": "Mirror", "squeeze": "Squeeze"} | _RANDOM,
    "sequence": {"edge_vertical": "Edge: rise or fall"} | _FILTERS | _RANDOM,
    "picture": {"edge_vertical": "Edge, vertical", "edge_horizontal": "Edge, horizontal"} | _FILTERS | {"emboss": "Emboss"}
    | {f"learned-{i}": f"Learned {i}, 5 × 5" for i in range(1, 9)} | _RANDOM,
    "attention": {"pronoun": "Trained: “it”", "previous": "Trained: one back"} | _RANDOM,
    "graph": {"orders": "Sum of bonds"} | _RANDOM,
}  # fmt: skip
DATA = {
    "cow": "Cow", "teapot": "Teapot", "duck": "Duck", "digit-6": "Ink of a 6", "melody": "Melody", "watch": "Watch on a wrist",
    "caffeine": "Caffeine", "aspirin": "Aspirin", "mutagen": "Mutagen",
}  # fmt: skip
SAYS = {
    "set": "**No edges.** Nobody hears anybody; what is left is one map for every element: Deep Sets.",
    "sequence": "**A chain.** Two types of edges, *from the left* and *from the right*: with the node itself the 3 weights of a "
    "filter.",
    "picture": "**A grid.** {types} types of edges, one for each direction: with the node itself the {k} × {k} weights of a "
    "filter.",
    "attention": "**Everybody linked to everybody**, one type. How much an edge counts is a dot product: self-attention.",
    "graph": "**Any edges, any types**: here the kind of bond. This is the general layer; all others are special graphs.",
}
_BEST = "Shown is the best such layer there is (least squares)"
UNTYPED = {
    "sequence": f"**One W for both neighbours.** The graph cannot tell left from right. {_BEST}: it can blur, not see a rise.",
    "picture": f"**One W for all neighbours.** The graph cannot tell left from right. {_BEST}: it can blur, not find an edge.",
    "graph": f"**One W for all bonds.** A double bond counts like a single one. {_BEST}; so few atoms are easy to fit.",
}
"""What is lost without types."""


class Asked(NamedTuple):
    """What the learner chose."""

    shape: str
    data: str  # the name of a bundled sample, or a sentence
    recipe: str
    typed: bool
    own: np.ndarray | None = None  # the picture, grey `(h, w)`
    about: str = ""  # where the picture comes from


def small(value: float) -> str:
    """A number as it is read: 0.83, or 6 · 10⁻⁸."""
    if value == 0:
        return "0"
    if value >= 1e-3:
        return f"{value:.3g}"
    digits, power = f"{value:.1e}".split("e")
    return f"{digits} · 10{str(int(power)).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"
