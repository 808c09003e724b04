"""The code that ran, as one file: the network, its weights, any picture, any channel."""

from functools import lru_cache

import streamlit as st

from components.models.efficientnet import NAME, Block, EfficientNetLite0, weights_file
from components.ui.code import bundle, gather, show_code
from components.ui.images_inside_stage import Choice

ABOUT = f"""Look inside EfficientNet-Lite0: what one channel answers to a picture, and what it can see.

    python look_inside.py picture.jpg [{NAME}]

Needs numpy, torch, pillow, safetensors, and the file of weights: beside this file, or named as the second argument."""
MAIN = """
import sys

from PIL import Image

LAYER, CHANNEL = {layer!r}, {channel}

file = Path(sys.argv[2]) if len(sys.argv) > 2 else weights_file()
pixels = np.asarray(Image.open(sys.argv[1]).convert("RGB"), np.float32) / 255
network, names = load(file), class_names(file)
with torch.inference_mode():
    found = network.activations(prepared(pixels))
for name, answer in found.items():
    print(f"{{name:8s}} {{tuple(answer.shape[1:])}}")
seen_by = next(f for f in receptive_fields(network.layers()) if f.name == LAYER)
answer = found[LAYER][0, CHANNEL]
row, column = divmod(int(answer.argmax()), answer.shape[1])
(top, bottom), (left, right) = seen(seen_by, row, SIDE), seen(seen_by, column, SIDE)
print(f"{{LAYER}}, channel {{CHANNEL}}: strongest answer {{float(answer.max()):.3f}} at row {{row}}, column {{column}};")
print(f"this place sees rows {{top}} to {{bottom - 1}} and columns {{left}} to {{right - 1}} of {{SIDE}}")
p = found["logits"][0].softmax(0)
for i in p.topk(5).indices.tolist():
    print(f"{{float(p[i]):.3f}} {{names[i]}}")
"""


def source(layer: str, channel: int) -> str:
    """The whole file."""
    modules = gather(["models.efficientnet", "measure.receptive_field"])
    return bundle(modules, MAIN.format(layer=layer, channel=channel), ABOUT)


@lru_cache(maxsize=1)
def _weights() -> bytes:
    return weights_file().read_bytes()


def code(chosen: Choice) -> None:
    """The file, the weights, and the heart of it."""
    if chosen.net != "lite0":
        st.info("The file runs the shipped network; torchvision offers the other two in one line each.", icon=":material/info:")
    layer, channel = (chosen.layer, chosen.channel) if chosen.net == "lite0" else ("block11", 7)
    st.markdown(f"The file needs **{NAME}** (9 MB) beside it, or its path as the second argument.")
    st.download_button("Download the weights", _weights(), NAME, "application/octet-stream", on_click="ignore")
    show_code(source(layer, channel), "look_inside.py", focus=[Block, EfficientNetLite0.activations])
