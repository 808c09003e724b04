"""What a damage at full strength means, in a sentence for the page, and which one to show first in each modality."""

from typing import NamedTuple

from components.catalogue import discover


class Choice(NamedTuple):
    """A task and a damage natural to the modality."""

    task: str
    damage: str


DEFAULTS = {
    "vision": Choice("mnist", "noise"),
    "language": Choice("sentiment", "typos"),
    "audio": Choice("digit", "noise"),
    "sensor": Choice("exercise", "dropouts"),
    "table": Choice("species", "missing cells"),
    "graph": Choice("mutagen", "false edges"),
    "set": Choice("solid", "jitter"),
}
"""Where the damaged sample really enters the network, and a network learnt from clean data is well above guessing."""

MEANING = {
    ("vision", "noise"): "At 1, every colour of every pixel gets Gaussian noise with a deviation of half the range from black to "
    "white; what leaves the range is cut.",
    (
        "vision",
        "blur",
    ): "At 1, every pixel is an average under a Gaussian window as wide as a tenth of the picture (its deviation).",
    ("vision", "missing pixels"): "The strength is the share of pixels that are lost and shown black; at 1 none is left.",
    ("vision", "quantisation"): "Every number has 8 bits at strength 0 and 1 bit at strength 1: each colour is on or off.",
    ("language", "typos"): "The strength is the share of words in which one letter becomes its neighbour on the keyboard; at 1 "
    "every word has a typo.",
    ("language", "dropped words"): "At 1, nine words of ten are lost.",
    ("language", "swapped neighbours"): "The strength is the chance that a word changes places with the next one; at 1 all pairs "
    "are swapped.",
    ("audio", "noise"): "At 1, white noise is as strong as the sound (0 dB); at one half it is 6 dB weaker.",
    ("audio", "lost packets"): "The strength is the share of packets of 20 ms that are lost; at 1 there is silence.",
    ("audio", "clipping"): "At 1, all above a twentieth of the loudest moment is cut off.",
    ("audio", "muffled"): "At 1, nothing above 300 Hz is left.",
    ("audio", "quantisation"): "The wave has as many bits as recorded at strength 0 and 2 at strength 1: four values are left.",
    (
        "sensor",
        "noise",
    ): "At 1, Gaussian noise is as strong as each channel's own variation (0 dB); at one half it is 6 dB weaker.",
    ("sensor", "drift"): "At 1, every channel has left its zero by three of its deviations at the end.",
    ("sensor", "dropouts"): "The strength is the share of moments that are lost, about ten at a time; the last value is held.",
    ("sensor", "stuck channel"): "The strength is the share of the series, from its end, in which the liveliest channel does not "
    "change.",
    ("sensor", "quantisation"): "At 1, every channel is read in steps of two of its deviations; at one half, of one.",
    ("table", "missing cells"): "The strength is the share of cells that go missing; the network is given the column's mean.",
    ("table", "noise"): "At 1, every number gets Gaussian noise of twice its column's deviation (−6 dB).",
    ("table", "swapped cells"): "The strength is the share of cells that hold what another row has in this column.",
    ("table", "shuffled columns"): "The strength is the share of columns in which the cells are dealt out anew.",
    ("graph", "missing edges"): "The strength is the share of edges that are lost; at 1 none is left.",
    ("graph", "false edges"): "The strength is the number of false edges, compared with the true ones; at 1 there are as many.",
    ("graph", "cut-off nodes"): "The strength is the share of nodes that lose all their edges and features; the nodes stay.",
    ("set", "jitter"): "At 1, every coordinate gets Gaussian noise with a deviation of 0.3, where the whole set has radius 1; a "
    "pictograph is replaced by a near one half of the time.",
    ("set", "outliers"): "At 1, half of the elements lie anywhere.",
    ("set", "missing points"): "At 1, nine of ten points are lost, all on one side; others are repeated in their place. "
    "Of eight pictures or twelve pictographs one is left, repeated in all places.",
}


def meaning(modality: str, damage: str) -> str:
    """What strength 1 means; for a damage without a sentence here, what its own docstring says of it."""
    if (modality, damage) in MEANING:
        return MEANING[modality, damage]
    function = discover("modalities", "MODALITY")[modality].corrupt[damage]
    return " ".join((function.__doc__ or "").split("\n\n")[0].split())
