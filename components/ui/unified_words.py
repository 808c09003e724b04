"""The views of the Unified page and its named situations."""

from components.ui.situations import Situations

VIEWS = {
    "compose": "Compose a model",
    "compare": "Special or general",
    "symmetry": "Symmetry bench",
    "numbers": "Forward, backward, step",
}
SITUATIONS: Situations = {
    "A stride keeps its own shifts": (
        "Windows every 4 pixels: exact when the picture moves by 4, wrong at 1. Move the amount.",
        {"view": "symmetry", "benchdata": "pictures", "benchmodel": "place-4", "action": "shift", "amount": 4},
    ),
    "Bad: a vector for each node": (
        "The same graph with new numbers gets other answers: the vectors do not move along.",
        {"view": "symmetry", "benchdata": "graphs", "benchmodel": "link-network", "action": "relabel"},
    ),
}
