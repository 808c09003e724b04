"""Models of pictures on the symmetry bench."""

from functools import cache, partial

import numpy as np
import torch

from components.learn import attending
from components.learn.bench_entry import Entry, Function, Thing, asked, columns, learnt, seeds
from components.learn.duel import Duel
from components.learn.segmenting import Study, build, upright
from components.learn.symmetry_table import recorded_weights
from components.models import efficientnet
from components.models.conv_network import ConvNetwork
from components.models.group_average import GroupAverage
from components.models.place_classifier import PlaceClassifier
from components.tasks.masks import COLOURS, scenes
from components.tasks.mnist import mnist_example
from components.tasks.photographs import pixels_of
from components.tasks.places_torus import on_torus
from components.tasks.zero import digits

MNIST, DIGIT = "real digits, 28 × 28", tuple("0123456789")
SCENE = "real digits written onto photographs, 48 × 48"
SMALL = "real digits in the middle of 16 × 16"
ROOMY, ROOM = "real digits in the middle of 32 × 32", 32
PHOTO = "photographs, 224 × 224"
GOOD = "One filter for all places, then a maximum over them"
NETS = {
    "even": ("All places kept", f"{GOOD}; nothing is left out."),
    "usual": ("Halved twice", f"{GOOD}; halving keeps every fourth place, so only shifts by 4 are exact."),
    "blur": ("Blurred, halved", f"{GOOD}; blurring before halving softens a shift, and does not make it exact."),
    "learnt": ("Halved, taught by moved pictures", "As halved twice, trained on moved pictures: learnt is less than built in."),
    "dense": ("Fully connected", "Every pixel has weights of its own."),
    "taught": ("Fully connected, taught", "Every pixel has weights of its own; shifted pictures teach it a little."),
}
GROUP = "Averaged over the four turns and their mirror images: those are exact, whatever the network is."
PLACES = {
    "1": ("Windows at every pixel, shared, max", (1, True, True, "max"), "One map for every window, then the largest."),
    "2": ("Windows every 2 pixels, shared, max", (2, True, True, "max"), "A shift by 1 falls between the windows."),
    "4": ("Windows every 4 pixels, shared, max", (4, True, True, "max"), "Only shifts by 4 move window to window."),
    "own": ("Windows, own maps, max", (4, True, False, "max"), "Every place has a map of its own."),
    "concat": ("Windows, shared, concatenated", (4, True, True, "concatenate"), "Every place keeps its own room."),
    "whole": ("Whole picture, own maps", (4, False, False, "concatenate"), "A fully connected network."),
    "wide": ("Whole picture seen from each place", (4, False, True, "max"), "One large filter, slid over the picture."),
}


def mnist() -> tuple[Thing, ...]:
    """Three held-out digits `(28, 28, 1)`."""
    return tuple(mnist_example(n)[..., None].astype(np.float32) / 255 for n in (6, 2, 7))


@cache
def written() -> tuple[Thing, ...]:
    """Two scenes `(48, 48, 3)` no network was trained on."""
    return tuple(scenes(2, np.random.default_rng(7), "test")[0])


def small() -> tuple[Thing, ...]:
    """Three small digits on `(16, 16, 1)`."""
    return tuple(on_torus(digits()[2][[0, 13, 27]])[..., None])


def roomy() -> tuple[Thing, ...]:
    """The same with more paper around, `(32, 32, 1)`: no window of 8 loses the digit at the edge."""
    return tuple(np.pad(np.asarray(x), ((8, 8), (8, 8), (0, 0))) for x in small())


def photographs() -> tuple[Thing, ...]:
    """Two photographs as EfficientNet was trained on: `(224, 224, 3)`."""
    return tuple(pixels_of(name)[16:240, 16:240] for name in ("cat", "coffee"))


def study(aim: str, network: str, averaged: bool) -> Function:
    """One of the shipped networks, to logits."""
    of, pixels = Study(aim, network), aim == "segment"
    net = build(of, seeds())
    net.load_state_dict({n: torch.from_numpy(a.astype(np.float32))[None] for n, a in recorded_weights(of).items()}, strict=False)
    f = asked(GroupAverage(net, COLOURS if pixels else 1, pixels) if averaged else net, columns)
    return (lambda x: upright(torch.from_numpy(f(x))[None], 1)[0]) if pixels else f


def strided() -> Function:
    """Every second place twice, as it starts."""
    return asked(ConvNetwork(28, 1, 10, seeds(), down="stride", circular=True), columns)


def duel(positions: bool, size: int) -> Function:
    """A vision transformer; patches of 4 or 7 pixels."""
    return asked(attending.networks(attending.held(Duel(patch=size, positions=positions), []))[0], columns)


def zero_padded() -> Function:
    """The convolutional network beside it, zeros around the picture."""
    return asked(attending.networks(attending.held(Duel(), []))[1], columns)


def place(stride: int, local: bool, share: bool, pool: str) -> Function:
    """The picture classifier of the slides, as it starts."""
    return asked(PlaceClassifier(ROOM, 1, 10, 8, stride, local, share, pool, seeds()), columns)


def lite() -> Function:
    """EfficientNet's logits."""
    net = efficientnet.load()

    def f(x: Thing) -> np.ndarray:
        with torch.inference_mode():
            return net(efficientnet.prepared(np.asarray(x)))[0].numpy()

    return f


def _shipped() -> list[Entry]:
    """Classifiers and segmenters of the view on symmetry of the Images page, and averaged ones."""
    made = partial(Entry, family="pictures", kind="picture")
    classify = partial(made, inputs=mnist, data=MNIST, names=DIGIT, classes=True, trained="on real digits")
    segment = partial(made, inputs=written, data=SCENE, out="elements", trained="to find the digit's pixels")
    found = [
        classify(f"conv-{key}", f"Classifier: {title.lower()}", make=partial(study, "classify", key, False),
                 modules=("conv_network",), because=because)
        for key, (title, because) in NETS.items()
    ]  # fmt: skip
    found.append(made("conv-stride", "Classifier: every second place", make=strided, inputs=mnist, modules=("conv_network",),
                      because="Every second place is dropped, twice: only shifts by 4 are exact.", data=MNIST, names=DIGIT,
                      classes=True))  # fmt: skip
    found.append(classify("conv-zeros", "Classifier: zeros around", make=zero_padded, modules=("conv_network",),
                          because="Zeros around the picture and halving: the edge is noticed."))  # fmt: skip
    found += [
        classify(f"average-{key}", f"Classifier: {NETS[key][0].lower()}, averaged",
                              make=partial(study, "classify", key, True), modules=("group_average",), because=GROUP)
        for key in ("even", "usual")
    ]  # fmt: skip
    found += [
        segment(f"segment-{key}", f"Segmenter: {NETS[key][0].lower()}",
                             make=partial(study, "segment", key, False), modules=("segmenter",),
                             because=NETS[key][1].replace(", then a maximum over them", ""))
        for key in ("even", "usual", "blur", "learnt")
    ]  # fmt: skip
    found.append(segment("segment-average", "Segmenter: all places kept, averaged", make=partial(study, "segment", "even", True),
                         modules=("segmenter", "group_average"), because=GROUP))  # fmt: skip
    for positions in (True, False):
        for size in (7, 4):
            because = (
                "Every patch is told its place." if positions else f"A bag of patches: shifts by {size} pixels move them only."
            )
            found.append(classify(
                f"vit-{size}{'' if positions else '-blind'}",
                f"Vision transformer, {size} px{'' if positions else ', no positions'}",
                make=partial(duel, positions, size), modules=("vision_transformer", "transformer", "attention"), because=because,
            ))  # fmt: skip
    return found


def _others() -> list[Entry]:
    """The slides' classifiers and a large trained network."""
    made = partial(Entry, family="pictures", kind="picture")
    found = [
        made(f"place-{key}", title, make=partial(place, *setting), inputs=roomy, modules=("place_classifier",), because=because,
             data=ROOMY, names=DIGIT, classes=True)
        for key, (title, setting, because) in PLACES.items()
    ]  # fmt: skip
    found.append(made("picture", "Two convolutions, concatenated", make=lambda: asked(learnt("vision", "mnist"), columns),
                      inputs=mnist, modules=("pictures",), because="Concatenation keeps where a feature was.", data=MNIST,
                      names=DIGIT, classes=True, trained="on real digits"))  # fmt: skip
    found.append(made("efficientnet", "EfficientNet-Lite0", make=lite, inputs=photographs, modules=("efficientnet",),
                      because="Filters shared, a mean over all places, but five halvings, and zeros around.", data=PHOTO,
                      names=efficientnet.CLASSES, classes=True, trained="on a million photographs"))  # fmt: skip
    return found


def entries() -> list[Entry]:
    """Trained networks, then networks as they start."""
    return [*_shipped(), *_others()]
