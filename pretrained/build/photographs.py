"""Make `pretrained/data/photographs.npz`: seven photographs with free licences, cut square, 256 x 256, as JPEG bytes.

Development only (needs scikit-image 0.26, whose bundled pictures these are). Run from the root of the project:

    python -m pretrained.build.photographs
"""

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from pretrained.build.manifest import ROOT, enter

FILE = "pretrained/data/photographs.npz"
SIDE, QUALITY = 256, 88
# name -> (where in the package, the middle of the cut in parts of width and height, what the learner reads)
PICTURES = {
    "cat": ("skimage/chelsea.png", (0.45, 0.5), "Chelsea the cat, photograph by Stéfan van der Walt, CC0, from scikit-image"),
    "coffee": ("skimage/coffee.png", (0.5, 0.5), "Coffee, photograph by Rachel Michetti, courtesy of Pikolo Espresso Bar, CC0"),
    "astronaut": ("skimage/astronaut.png", (0.5, 0.5), "Eileen Collins, photograph by NASA, public domain, from scikit-image"),
    "rocket": ("skimage/rocket.jpg", (0.5, 0.6), "Falcon 9 with DSCOVR, photograph by SpaceX, public domain, from scikit-image"),
    "camera": ("skimage/camera.png", (0.5, 0.5), "Photographer, picture by Lav Varshney, CC0, from scikit-image"),
    "temple": (
        "sklearn/china.jpg",
        (0.5, 0.5),
        "Temple in China, photograph by danielbuechele (Flickr), CC BY 2.0, cut and reduced",
    ),
    "flower": ("sklearn/flower.jpg", (0.62, 0.5), "Flower, photograph by vultilion (Flickr), CC BY 2.0, cut and reduced"),
}
LICENCE = "cat, coffee, camera: CC0; astronaut, rocket: public domain; temple, flower: CC BY 2.0"
SOURCE = (
    "scikit-image bundled pictures (chelsea, coffee, astronaut from NASA, rocket from SpaceX, camera); "
    "scikit-learn sample images: china https://www.flickr.com/photos/danielbuechele/6061409035, flower https://www.flickr.com/photos/vultilion/6056698931"
)


def jpeg(path: Path, middle: tuple[float, float]) -> np.ndarray:
    """The picture cut to a square around `middle` and reduced, as JPEG bytes `(length,)` of type uint8."""
    with Image.open(path) as image:
        square = ImageOps.fit(image, (SIDE, SIDE), Image.Resampling.LANCZOS, centering=middle)
    out = io.BytesIO()
    square.save(out, "JPEG", quality=QUALITY, optimize=True)
    return np.frombuffer(out.getvalue(), np.uint8)


def main() -> None:
    """Write the file and its entry in the manifest."""
    import skimage
    import sklearn

    homes = {
        "skimage": Path(skimage.__file__).parent / "data",
        "sklearn": Path(sklearn.__file__).parent / "datasets" / "images",
    }
    arrays = {}
    for name, (where, middle, about) in PICTURES.items():
        package, file = where.split("/")
        arrays[name] = jpeg(homes[package] / file, middle)
        arrays[f"{name}/about"] = np.array(about)
    np.savez(ROOT / FILE, **arrays)
    enter(
        ROOT / FILE,
        licence=LICENCE,
        source=SOURCE,
        version=f"scikit-image {skimage.__version__}, scikit-learn {sklearn.__version__}",
        command="python -m pretrained.build.photographs",
    )


if __name__ == "__main__":
    main()
