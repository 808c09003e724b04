"""The views of the Images page and its named situations, good and bad."""

from components.ui.situations import Situations

VIEWS = {
    "samples": "Samples needed",
    "weights": "Weights",
    "filter": "The filter",
    "train": "Watch it learn",
    "inside": "Look inside",
    "depth": "Depth",
    "attention": "Vision transformer",
    "symmetry": "Symmetry",
}
SITUATIONS: Situations = {
    "The slide: fully connected": (
        "157,834 weights, and seven times the samples of a convolution.",
        {"view": "samples", "local": False, "share": False, "pool": False},
    ),
    "Bad: windows that jump over the digit": (
        "The right symmetry with the wrong step: it never gets there. Set the step to 1.",
        {"view": "samples", "placed": "anywhere", "jump": "4"},
    ),
    "The slide: 200 × 200, every pixel": (
        "40,000 weights for each of n outputs. Switch on the window, then the sharing.",
        {"view": "weights"},
    ),
    "The edges of a cat": (
        "Nine numbers, the same at every place: upright edges answer, flat fur does not.",
        {"view": "filter", "dim": "2", "picture": "cat", "fkernel": "edge_vertical"},
    ),
    "Bad: a filter for every place": (
        "36 weights instead of 4, and the output no longer moves with the input.",
        {"view": "filter", "dim": "1", "ownfilter": True, "fshift": 3},
    ),
    "Bad: twenty pictures": (
        "Train live: it learns the twenty by heart, and new ones only partly.",
        {"view": "train", "data": "mnist", "learnfrom": "20"},
    ),
    "A channel that looks for eyes": (
        "Nobody told it: channel 7 of block 11 answers at both eyes of the cat.",
        {"view": "inside", "picture": "cat", "layer": "block11", "channel": 7, "closer": "dream"},
    ),
    "Bad: an astronaut is a bobsled": (
        "The network is sure, and wrong. Cover part after part: what made it think so?",
        {"view": "inside", "picture": "astronaut", "closer": "cover"},
    ),
    "Bad: deeper is not better by itself": (
        "With random weights the last pool and the answers are read worse than the pixels themselves.",
        {"view": "depth", "pile": "small", "depthlook": "guess"},
    ),
    "Bad: three pixels too far": (
        "Moved by three pixels, digits are right for the convolution still, and mostly wrong for the transformer.",
        {"view": "attention", "vitcloser": "moved"},
    ),
    "Built in, by averaging": (
        "No turn was trained, yet both sides of the equation are equal.",
        {"view": "symmetry", "aim": "segment", "action": "turn", "amount": 90, "netkind": "even", "averaged": True},
    ),
    "Bad: a turned 6 is a 9": (
        "Made deaf to turns by averaging, the network can no longer tell them apart.",
        {
            "view": "symmetry",
            "aim": "classify",
            "action": "turn",
            "amount": 180,
            "thing": "6",
            "netkind": "usual",
            "averaged": True,
        },
    ),
}
