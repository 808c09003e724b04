"""The code of the vision transformer's view, as one runnable file."""

from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from components.ui.code import bundle, gather, show_code
from components.ui.images_attention_stage import Look
from components.values import Frame

if TYPE_CHECKING:
    from components.learn.duel import Duel


@lru_cache(maxsize=32)
def source(size: int, patch: int, positions: bool, steps: int = 600) -> str:
    """The comparison as one file: the project's own modules, and the current settings."""
    modules = gather(["values", "tasks.mnist", "learn.duel"])
    main = f"""
for frame in duel(Duel(size={size}, patch={patch}, positions={positions}), steps={steps}):
    print("step", int(frame["step"]), *(f"{{n}} {{float(frame[n + '/accuracy']):.3f}}" for n in ("cnn", "vit")), flush=True)
"""
    about = (
        f"A convolutional network and a vision transformer learn the same {size} digits. Needs torch and numpy, and "
        "mnist.npz of the "
        "project's pretrained/data beside this file."
    )
    return bundle(modules, main, about)


def code(look: Look, request: "Duel", frames: list[Frame]) -> None:
    """The heart of the code on the page, the whole as a file."""
    from components.models.attention import SelfAttention
    from components.models.vision_transformer import VisionTransformer

    n = (28 // look.patch) ** 2
    st.markdown(
        f"Shapes: picture (28, 28) → patches ({n}, {look.patch**2}) → X ({n + 1}, 48) → 3 layers → class token (48,) → "
        "10 answers."
    )
    text = source(request.size, request.patch, request.positions)
    show_code(text, f"vision_transformer_{look.patch}.py", focus=[SelfAttention.matrices, VisionTransformer.run])
