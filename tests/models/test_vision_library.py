"""torchvision imports here, whatever torch was built for, and the parts the lecture needs work."""

import subprocess
import sys
from pathlib import Path

CODE = """
from components.models.vision_library import torchvision
import torch
tv = torchvision()
from torchvision.transforms import v2
net = tv.models.squeezenet1_0(weights=None).eval()
from torchvision.models.feature_extraction import create_feature_extractor
out = create_feature_extractor(net, ["features.3"])(v2.Resize(64)(torch.zeros(1, 3, 80, 80)))
assert out["features.3"].shape[0] == 1
from torchvision.utils import make_grid
assert make_grid(torch.zeros(4, 1, 8, 8)).shape[0] == 3
assert torchvision() is tv
print("works", tv.__version__)
"""


def test_torchvision_imports_in_a_fresh_interpreter():
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False
    )
    assert done.stdout.startswith("works 0.28"), done.stderr[-800:]
