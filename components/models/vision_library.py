"""torchvision, importable over any build of torch.

The wheel of torchvision brings operators compiled for CUDA. Over a CPU torch those libraries cannot be loaded, the operators
stay undeclared, and the import fails with "operator torchvision::nms does not exist". Models, transforms, data sets and feature
extraction do not need them, so they are declared (without an implementation) and the import is done again. What then does
not work: nms, deform_conv2d and the image decoding operators.
"""

import importlib
import sys
from functools import cache
from types import ModuleType

MISSING = "operator torchvision::nms does not exist"
SCHEMA = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
_declared: list[object] = []  # kept alive: torch forgets the operators of a library that is collected


@cache
def torchvision() -> ModuleType:
    """The module `torchvision`.

    Raises:
        RuntimeError: its import fails for another reason than the missing operators.
    """
    try:
        return importlib.import_module("torchvision")
    except RuntimeError as error:
        if MISSING not in str(error):
            raise
    import torch

    for name in [n for n in sys.modules if n.split(".")[0] == "torchvision"]:
        del sys.modules[name]  # half imported
    library = torch.library.Library("torchvision", "FRAGMENT")
    for operator in ("nms", "qnms"):
        library.define(f"{operator}{SCHEMA}")
    _declared.append(library)
    return importlib.import_module("torchvision")
