"""The views of the Sequences page and its named situations."""

import streamlit as st

from components.ui.situations import Situations

VIEWS = {
    "models": "One task, all models",
    "share": "Shared steps, order",
    "unrolled": "Unrolled",
    "generate": "Generate",
    "translate": "Translate",
    "attention": "Self-attention",
    "heads": "Heads of a real model",
}
SITUATIONS: Situations = {}
