"""A picture shows the same thing wherever it stands: one small filter, shared by all places, then pooling."""

import importlib

from components.ui.house import claim
from components.ui.images_words import VIEWS, presets
from components.ui.links import choice

claim(
    "Images",
    "A thing stays the same thing wherever it stands. A network that looks through a **small window**, **shares** one filter among "
    "all places and **pools** knows this from the start; any other has to learn it, and pays in weights and samples.",
    "Convolutional Neural Networks",
)
head = choice("Look at", VIEWS, next(iter(VIEWS)), "view")
presets()
importlib.import_module(f"components.ui.images_{head}").view()
