"""The code behind the view "Depth" as one file: both fields of the network that is looked at, its windows, and pooling."""

from functools import lru_cache

import streamlit as st

from components.learn.piles import Pile, field_of, windows
from components.ui.code import bundle, gather, show_code

MAIN = """
layers = [
{layers}
]
for field in receptive_fields(layers):
    print(f"{{field.name:18}} sees {{field.size}} pixels, one cell every {{field.jump}}")
print("the cells below one place:", [(c.name, c.last - c.first + 1) for c in cone(layers, 0)])
"""
MEASURED = """
stack = Stack(1, {kernel}, "{between}", Generator().manual_seed(0))
x = randn(1, 1, 128, 128, generator=Generator().manual_seed(1)).requires_grad_()
answer = stack.activations(x)["{layer}"]
middle = answer.shape[2] // 2
total = 0
for channel in range(answer.shape[1]):
    stack.zero_grad()
    x.grad = None
    answer[0, channel, middle, middle].backward(retain_graph=True)
    total = total + x.grad[0, 0] ** 2
print("does see:", round(effective(total.sqrt().numpy()).width, 1), "pixels, measured on noise with random weights")
piece = np.arange(16.0).reshape(4, 4)
print("max of 2 x 2:", pooled(piece, 2, "max").tolist(), "mean:", pooled(piece, 2, "mean").tolist())
"""


@lru_cache(maxsize=64)
def source(pile: Pile, layer: str) -> str:
    """One file: the arithmetic for this network, the measurement for a stack like a learner's own."""
    names = ["values", "measure.receptive_field", "measure.cone", "measure.effective_field", "measure.pooling", "models.stack"]
    lines = "\n".join(f"    Layer({w.name!r}, {w.kernel}, {w.stride}, {w.padding})," for w in windows(pile, layer))
    own = layer if pile.kind == "own" else "layer3"
    main = MAIN.format(layers=lines) + MEASURED.format(kernel=pile.kernel, between=pile.between, layer=own)
    return bundle(
        gather(names), main, "What one place of a layer could see of a picture, and what it does. Needs torch and numpy."
    )


def code(pile: Pile, layer: str) -> None:
    """Shapes, the heart of the code, and the file."""
    from components.learn.probes import reader
    from components.measure.effective_field import effective
    from components.measure.receptive_field import receptive_fields

    known = field_of(pile, layer)
    st.markdown(
        f"Shapes: picture (c, {pile.side}, {pile.side}) → {len(windows(pile, layer))} windows → {layer}. One place sees "
        f"{known.size} pixels, neighbours look {known.jump} pixels apart. Gradient of one place: ({pile.side}, {pile.side}) → "
        "one width."
    )
    show_code(source(pile, layer), "depth.py", focus=[receptive_fields, effective, reader])
