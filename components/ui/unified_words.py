"""The views of the Unified page and its named situations."""

from components.ui.situations import Situations

VIEWS = {
    "compose": "Compose a model",
    "compare": "Special or general",
    "symmetry": "Symmetry bench",
    "numbers": "Forward, backward, step",
}
SITUATIONS: Situations = {
    "Nothing says where a patch is": (
        "All patches by attention, no positions, a sum: every order of the patches gets the same answer.",
        {
            "view": "compose",
            "c_data": "vision",
            "c_task": "mnist",
            "c_neighbours": "all",
            "c_mix": "attention",
            "c_layers": "3",
            "c_pool": "sum",
            "c_width": 32,
            "c_rate": "0.003",
        },
    ),
    "Bad: a window on a set": (
        "Points have no left and right: it is refused, with the reason and what would help.",
        {"view": "compose", "c_neighbours": "window"},
    ),
    "Bad: a set read in order": (
        "A memory that reads one after the other: another order of the same points is another answer.",
        {"view": "compose", "c_pool": "recurrent"},
    ),
    "Deep Sets against a transformer": (
        "Made for sets: ahead with few samples, level with many.",
        {"view": "compare", "fielddata": "set"},
    ),
    "Bad: digits that need no CNN": (
        "These digits are centred. With 50 of them, a plain network on all pixels in one row is best of all.",
        {"view": "compare", "costas": "weights"},
    ),
    "A stride keeps its own shifts": (
        "Windows every 4 pixels: exact when the picture moves by 4, wrong at 1. Move the amount.",
        {"view": "symmetry", "benchdata": "pictures", "benchmodel": "place-4", "action": "shift", "amount": 4},
    ),
    "Bad: a vector for each node": (
        "The same graph with new numbers gets other answers: the vectors do not move along.",
        {"view": "symmetry", "benchdata": "graphs", "benchmodel": "link-network", "action": "relabel"},
    ),
    "One molecule, forward and back": (
        "Every number of a graph network, its loss, and how each weight would change it.",
        {"view": "numbers", "tinysample": "molecule", "numat": 15},
    ),
    "Bad: too long a step": (
        "At rate 3 every unit is shut after a while: the gradient is 0, and the loss stays where it is.",
        {"view": "numbers", "numpace": "steps", "numrate": "3", "numat": 40},
    ),
}
