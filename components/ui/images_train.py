"""The view "Watch it learn" of the Images page: a convolutional network trained on real pictures, every layer open."""

from functools import partial

import streamlit as st

from components.learn.watching import DOWNS, ENDINGS, RATES, SAMPLES, SEEDS, SHAPES, WIDTHS, Watch, watch
from components.tasks.downloads import SOURCES, present
from components.ui.downloads import offer
from components.ui.images_train_closer import closer
from components.ui.images_train_seen import DEFAULT, chosen, entered, patch_place
from components.ui.images_train_stage import stage
from components.ui.links import choice, number, pick, select
from components.ui.live import live
from components.values import BadInput

DATA = {"mnist": "Digits (MNIST)", "photograph": "Photographs", "fashion": "Fashion-MNIST", "cifar10": "CIFAR-10"}
POOLING = {"max": "maximum", "mean": "mean", "concatenate": "keep places"}
HALVING = {"max": "largest of 2 × 2", "blur": "blurred", "stride": "every second"}
LAYERS = {"conv1": "1", "conv2": "2", "conv3": "3"}
AWAKE = {"photograph": 3}
"""The map shown first, where the first one is silent on most pictures."""
FIRST = Watch()


def view() -> None:
    """Controls, the network at work, readouts, and what can be looked at more closely."""
    for key, value in st.session_state.pop("train-pending", {}).items():  # a click on a map, or a model that was loaded
        st.session_state[key] = value
    request, sample, focus = controls()
    if request.data in SOURCES and not present(request.data):
        st.info(f"{DATA[request.data]} is not on this machine yet.", icon=":material/download:")
        offer(request.data)
        return
    try:
        seen = entered(request, sample, patch_place())
    except BadInput as refusal:
        st.warning(f"{refusal} Until then this is a bundled one.", icon=":material/error:")
        seen = entered(request, _bundled(request.data), patch_place())
    live("train", request, partial(watch, request), partial(stage, request, seen, focus), label="Train live")
    closer(request, seen, focus)


def _bundled(data: str):  # type: ignore[no-untyped-def]
    from components.catalogue import discover

    return discover("modalities", "MODALITY")["vision"].examples[DEFAULT[data]]()


def controls():  # type: ignore[no-untyped-def]
    """One row: data, picture, training pictures, rate, pooling, and the rest in a popover."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        data = select("Learn from", list(SHAPES), "data", 165, default="mnist", show=DATA.__getitem__)
        sample = chosen(data)
        samples = int(
            select("Training pictures", [str(n) for n in SAMPLES], "learnfrom", 130, default=str(FIRST.samples), show=_grouped)
        )
        rate = float(select("Learning rate", [f"{r:g}" for r in RATES], "rate", 115, default=f"{FIRST.rate:g}"))
        ending = select("Pool at the end", list(ENDINGS), "ending", 130, default=FIRST.ending, show=POOLING.__getitem__)
        with st.popover("More", icon=":material/tune:", key="train-more", on_change="rerun") as more:
            down = choice("Halve the maps by", {n: HALVING[n] for n in DOWNS}, FIRST.down, "down", shown=bool(more.open))
            width = pick("Filters in the first layer", WIDTHS, FIRST.width, "width", shown=bool(more.open))
            seed = number("Seed of the first weights", 0, SEEDS - 1, FIRST.seed, "seed", shown=bool(more.open))
            layer = choice("Look at layer", LAYERS, "conv1", "stage", "Or click a map.", shown=bool(more.open))
            place = number("Look at map", 1, 4 * WIDTHS[-1], AWAKE.get(data, 1), "map", shown=bool(more.open))
    request = Watch(data, samples, rate, ending, down, seed, width)
    most = {"conv1": width, "conv2": 2 * width, "conv3": 4 * width}[layer]
    return request, sample, (layer, min(place, most) - 1)


def _grouped(text: str) -> str:
    return f"{int(text):,}"
