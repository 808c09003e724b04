"""The views of the Graphs page and its named situations."""

from components.ui.situations import Situations

VIEWS = {
    "messages": "Messages, step by step",
    "samples": "Samples needed",
    "train": "Train it here",
    "blind": "What it cannot tell",
    "depth": "Too deep",
    "recover": "Graphs recover the others",
}
SITUATIONS: Situations = {
    "Two bosses argue": (
        "Member 32 hears Mr. Hi say the opposite of its other friends: watch the numbers arrive.",
        {"view": "messages", "mstep": 6},
    ),
    "Bad: a hub drowns": (
        "Atlanta hears 167 airports at once, and after two layers nearly all: one more layer tells it nothing new.",
        {"view": "messages", "net": "airports", "node": "1", "mtrained": False, "hops": "3"},
    ),
    "Nothing shared: 8 × 8 maps": (
        "A map for each pair of nodes sees an eighth of the samples each: 57 times as many are needed.",
        {"view": "samples", "share": False, "aggregate": False},
    ),
    "The same aspirin, other numbers": (
        "Where nothing is shared, the answer follows the numbers in the file, not the molecule.",
        {"view": "samples", "ask": "molecules", "share": False, "aggregate": False, "graph_closer": "renumber"},
    ),
    "Bad: a number that means a place": (
        "Nodes on a grid have places. Sharing forgets where the ink is, and loses.",
        {"view": "samples", "ask": "places", "graph_closer": "loses"},
    ),
    "Bad: the largest cannot count": (
        "Asked what most neighbours say, a maximum hears only whether anyone says it.",
        {"view": "samples", "gather": "max"},
    ),
    "Two labels are enough": (
        "Two members say where they stand; the network places the other 32 by whom they met.",
        {"view": "train", "nodesof": "karate"},
    ),
    "Bad: a flattering test": (
        "Pairs drawn evenly: popularity alone already looks excellent, and the network adds nothing.",
        {"view": "train", "trainask": "link", "negatives": "uniform"},
    ),
    "Bad: counting wins": (
        "On the worm's neurons, common neighbours weighed by Adamic-Adar beat the trained network.",
        {"view": "train", "trainask": "link", "linksof": "worm"},
    ),
    "Two molecules, one answer": (
        "Decalin and bicyclopentyl: no weights of any of these layers can tell them apart.",
        {"view": "blind", "twins": "decalin", "twinslook": "train"},
    ),
    "One mark is not enough": (
        "Two graphs of 16 nodes that stay alike until two of their nodes are marked.",
        {"view": "blind", "twins": "rook", "twinrepair": "two", "twinround": 2},
    ),
    "Bad: a random number tells a graph from itself": (
        "It tells the two apart, and also a graph from the same graph in another order.",
        {"view": "blind", "twins": "decalin", "twinrepair": "random"},
    ),
    "Bad: 16 layers hear everyone and know less": (
        "Airports: two layers place 83 % in the right region, sixteen 48 %.",
        {"view": "depth", "deepnetwork": "airports", "deepseen": "trained", "depthlayers": 16},
    ),
    "Thirty-two layers that still learn": (
        "With every layer added to what was there, the gradient still arrives at the first.",
        {"view": "depth", "depthlayers": 32, "deepskip": True},
    ),
    "A convolution, one direction at a time": (
        "Eight kinds of edges, each with a map of its own, build up the edge filter: press Play.",
        {"view": "recover", "edges8": 0},
    ),
    "Bad: neighbours without directions": (
        "The best layer with one map for all neighbours finds no edge at all: R² is 0.",
        {"view": "recover", "typed": False, "gcloser": "fit"},
    ),
    "Attention is a complete graph": (
        "All words linked to all, the weights on the edges: a trained head, to the last digits.",
        {"view": "recover", "shape": "attention"},
    ),
}
