"""The views of the Unified page and its named situations."""

from components.ui.situations import Situations

VIEWS = {
    "compose": "Compose a model",
    "compare": "Special or general",
    "symmetry": "Symmetry bench",
    "numbers": "Forward, backward, step",
}
SITUATIONS: Situations = {}
