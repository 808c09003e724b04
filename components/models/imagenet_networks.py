"""Networks that know ImageNet's thousand classes, with every layer's answer open: one is shipped, two are fetched.

EfficientNet-Lite0 lies in `pretrained/weights`. AlexNet and ResNet-18 are torchvision's; their files come from PyTorch's server
when a learner asks for it, are checked against the digits in their own name, and are read without running any code
(`weights_only=True`). Sources: Krizhevsky 2014, "One weird trick"; He et al. 2016, "Deep residual learning".
"""

import zipfile
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from components.idle import while_used
from components.models import efficientnet
from components.models.vision_library import torchvision
from components.values import BadInput, Layer

MEAN, SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet's colours, as torchvision's networks want them


class Open(Protocol):
    """A network whose layers can be looked into."""

    def __call__(self, x: Tensor) -> Tensor:
        """The logits `(b, 1000)`."""

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        """The maps `(b, c, h, w)` of every layer by name, then "logits" `(b, 1000)`."""

    def layers(self) -> tuple[Layer, ...]:
        """Its windows on the longest path."""

    def first_filters(self) -> Tensor:
        """The windows of the first convolution, `(n, 3, k, k)`."""


class AlexNet(nn.Module):
    """torchvision's AlexNet: five convolutions, three poolings, three full layers."""

    NAMES = ("conv1", "pool1", "conv2", "pool2", "conv3", "conv4", "conv5", "pool5")
    ENDS = (1, 2, 4, 5, 7, 9, 11, 12)  # where each of them ends in `features`

    def __init__(self) -> None:
        super().__init__()
        self.body = torchvision().models.alexnet(weights=None)

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        found: dict[str, Tensor] = {}
        for i, part in enumerate(self.body.features):
            x = part(x.clone() if i in (1, 4, 7, 9, 11) else x)  # its ReLU works in place
            if i in self.ENDS:
                found[self.NAMES[self.ENDS.index(i)]] = x
        return found | {"logits": self.body.classifier(self.body.avgpool(x).flatten(1))}

    def forward(self, x: Tensor) -> Tensor:
        return self.activations(x)["logits"]

    def layers(self) -> tuple[Layer, ...]:
        sizes = ((11, 4, 2), (3, 2, 0), (5, 1, 2), (3, 2, 0), (3, 1, 1), (3, 1, 1), (3, 1, 1), (3, 2, 0))
        return tuple(Layer(name, *size) for name, size in zip(self.NAMES, sizes, strict=True))

    def first_filters(self) -> Tensor:
        return self.body.features[0].weight.detach()


class ResNet18(nn.Module):
    """torchvision's ResNet-18: a convolution, a pooling, eight blocks that add to what came in."""

    def __init__(self) -> None:
        super().__init__()
        self.body = torchvision().models.resnet18(weights=None)

    def activations(self, x: Tensor) -> dict[str, Tensor]:
        body = self.body
        found = {"conv1": functional.relu(body.bn1(body.conv1(x)))}
        found["pool1"] = x = body.maxpool(found["conv1"])
        for i, block in enumerate([b for stage in (body.layer1, body.layer2, body.layer3, body.layer4) for b in stage], 1):
            found[f"block{i}"] = x = block(x)
        return found | {"logits": body.fc(x.mean((2, 3)))}

    def forward(self, x: Tensor) -> Tensor:
        return self.activations(x)["logits"]

    def layers(self) -> tuple[Layer, ...]:
        found = [Layer("conv1", 7, 2, 3), Layer("pool1", 3, 2, 1)]
        for i in range(1, 9):
            found += [Layer(f"block{i}.first", 3, 2 if i in (3, 5, 7) else 1, 1), Layer(f"block{i}", 3, 1, 1)]
        return tuple(found)

    def first_filters(self) -> Tensor:
        return self.body.conv1.weight.detach()


class Known(NamedTuple):
    """A network by name: how it is made, and the file to fetch, if it is not shipped."""

    title: str
    make: type[nn.Module] | None = None
    file: str = ""  # of PyTorch's server; the last eight digits begin its SHA-256
    megabytes: float = 0.0


NETWORKS = {
    "lite0": Known("EfficientNet-Lite0"),
    "alexnet": Known("AlexNet", AlexNet, "alexnet-owt-7be5be79.pth", 233.1),
    "resnet18": Known("ResNet-18", ResNet18, "resnet18-f37072fd.pth", 44.7),
}
SERVER = "https://download.pytorch.org/models/"


def file_of(name: str) -> Path:
    """Where a network's file lies once it is here: the folder in which PyTorch itself keeps such files."""
    return Path(torch.hub.get_dir()) / "checkpoints" / NETWORKS[name].file


def present(name: str) -> bool:
    """Whether a network can be opened now."""
    return not NETWORKS[name].file or file_of(name).is_file()


def network(name: str) -> Open:
    """An open network in float32, for inference.

    Raises:
        BadInput: its file is not here, or is damaged.
    """
    return cast(Open, efficientnet.load()) if name == "lite0" else _fetched(name)


@while_used  # one of them at a time: a class shares about a gigabyte
def _fetched(name: str) -> Open:
    file, known = file_of(name), NETWORKS[name]
    assert known.make is not None
    if not file.is_file():
        raise BadInput(f"{known.title} is not on this machine yet.")
    try:
        with torch.inference_mode(False):
            state: dict[str, Any] = torch.load(file, map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(file))
            made = known.make()
            made.get_submodule("body").load_state_dict(state, assign=True)
    except Exception as error:  # whatever a damaged file makes of it
        raise BadInput(f"The file of {known.title} on this machine is damaged; remove it and download it again.") from error
    return cast(Open, made.requires_grad_(False).eval())


def prepared(name: str, pixels: np.ndarray) -> Tensor:
    """A picture `(h, w, 1 or 3)` in [0, 1] as this network wants it, `(1, 3, 224, 224)`."""
    x = efficientnet.prepared(pixels)
    return x if name == "lite0" else normalised((x * 128 + 127) / 255)


def normalised(x: Tensor) -> Tensor:
    """Colours in [0, 1] as torchvision's networks want them."""
    mean, spread = (torch.tensor(v)[:, None, None] for v in (MEAN, SPREAD))
    return (x - mean) / spread


def entering(name: str, pixels: Tensor) -> Tensor:
    """`(b, 3, h, w)` in [0, 1] as the network `name` wants it, with gradients."""
    return (pixels * 255 - 127) / 128 if name == "lite0" else normalised(pixels)
