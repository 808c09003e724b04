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
SITUATIONS: Situations = {}
