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
    "The slide: 200 × 200, every pixel": (
        "40,000 weights for each of n outputs. Switch on the window, then the sharing.",
        {"view": "weights"},
    ),
}
