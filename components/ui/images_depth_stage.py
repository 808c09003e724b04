"""The stage of the view "Depth": a place and what it sees, the pyramid, how well each layer can be read, the strip."""

from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.figures.abstractions import abstractions
from components.figures.field_frame import field_frame
from components.figures.probe_curve import field_curve, probe_curve
from components.figures.pyramid import Row, pyramid
from components.figures.scale import SCALES
from components.learn.piles import Pile, Seen, box, field_of, influence, maps, opened, place_at, windows
from components.learn.probes import Probing, probing
from components.learn.probes_file import probes
from components.measure.abstraction import one_map, part_colours
from components.measure.cone import cone
from components.measure.effective_field import Effective, effective
from components.ui.chart import Picture, chart, picture, remembered
from components.ui.house import theme
from components.ui.images_depth import NEXT, title
from components.ui.live import live
from components.values import Frame

HIGH, LOW, FIRST = 250, 150, 4
SHOWN = {"efficientnet": ("stem", "block3", "block5", "block8", "block11", "block16")}


class Chosen(NamedTuple):
    """What a learner looks at."""

    seen: Seen
    layer: str
    spot: tuple[float, float]  # row and column as parts of the sides
    exam: str
    how: str

    @property
    def pile(self) -> Pile:
        return self.seen.pile

    @property
    def place(self) -> tuple[int, int]:
        """The place of the layer that is nearest to the spot."""
        _, h, w = maps(self.seen)[self.layer].shape
        known = field_of(self.pile, self.layer)
        row, column = (place_at(known, n, round(part * self.pile.side)) for part, n in zip(self.spot, (h, w), strict=True))
        return row, column

    @property
    def layers(self) -> list[str]:
        """The names of all layers; of a learner's own as many as there are."""
        names = [f.name for f in opened(self.pile)[1]]
        return names[: names.index(self.layer) + 1] if self.pile.kind == "own" else names


@lru_cache(maxsize=128)
def effect(seen: Seen, layer: str, place: tuple[int, int]) -> Effective:
    """The effective field of a place."""
    return effective(influence(seen, layer, place))


@lru_cache(maxsize=48)
def field_picture(seen: Seen, layer: str, place: tuple[int, int], colours: str) -> Picture:
    """The picture with the frame of what a place could see, and the light of what it does see."""
    known, found = field_of(seen.pile, layer), effect(seen, layer, place)
    figure = field_frame(
        seen.pixels, influence(seen, layer, place), box(known, place, seen.pile.side), (found.column, found.row), found.width,
        scale=SCALES[colours], height=HIGH,
    )  # fmt: skip
    alt = f"A place of {title(layer)} could see {known.size} pixels along a side; it does see {found.width:.0f}"
    return picture(figure, "depth-field", height=HIGH, click=True, alt=alt)


@lru_cache(maxsize=48)
def pyramid_picture(seen: Seen, layer: str, place: tuple[int, int], colours: str) -> Picture:
    """The windows below one place, from the side."""
    pile, found = seen.pile, maps(seen)
    known = {f.name: f for f in opened(pile)[1]}
    cells = cone(windows(pile, layer), place[1])
    rows = [
        Row(title(c.name), c.first, c.last, found[c.name].shape[2], known[c.name].jump, known[c.name].centre, known[c.name].size)
        for c in cells
        if c.name in known
    ]
    weight = influence(seen, layer, place)
    middle = int(np.clip(round(effect(seen, layer, place).row), 0, pile.side - 1))
    figure = pyramid(rows, seen.pixels[middle], weight.sum(0), scale=SCALES[colours], height=HIGH)
    alt = f"{len(rows)} layers; the top place sees {rows[-1].size} pixels along a side"
    return picture(figure, "depth-pyramid", height=HIGH, alt=alt)


def curve_picture(chosen: Chosen, height: int, frames: list[Frame]) -> Picture:
    """How well a linear reader does at each layer; for a learner's own network how the fields grow."""
    layers, scale = chosen.layers, theme()
    if chosen.pile.kind == "own":
        fields = [field_of(chosen.pile, name) for name in layers]
        shapes = [maps(chosen.seen)[name].shape[1:] for name in layers]
        at = [
            tuple(place_at(f, n, round(p * chosen.pile.side)) for p, n in zip(chosen.spot, shape, strict=True))
            for f, shape in zip(fields, shapes, strict=True)
        ]
        widths = np.array([effect(chosen.seen, n, (p[0], p[1])).width for n, p in zip(layers, at, strict=True)])
        widths[widths <= 0] = np.nan
        draw = partial(
            field_curve, layers, [f.size for f in fields], widths, len(layers) - 1, chosen.pile.side, scale=scale, height=height
        )
        own = (chosen.pile, chosen.seen.key, chosen.spot, chosen.layer, scale.name)
        return remembered(own, draw, "depth-curve", height=height, click=True, alt="Both fields, layer by layer")
    known = probes(chosen.pile.kind, chosen.exam)
    at_layer = known.layers.index(chosen.layer)
    at_step = (frames[-1]["probed"], f"here, step {int(frames[-1]['step'])}") if frames else None
    draw = partial(
        probe_curve, [title(n) if "block" not in n else n for n in known.layers], known.trained, known.random, at_layer,
        chance=known.chance, live=at_step, scale=scale, height=height,
    )  # fmt: skip
    alt = "Accuracy of a linear reader at every layer: " + ", ".join(f"{n} {known.at(n)[0]:.2f}" for n in known.layers)
    if at_step is not None:
        return picture(draw(), "depth-curve", height=height, click=True, alt=alt)
    facts = (chosen.pile.kind, chosen.exam, at_layer, scale.name)
    return remembered(facts, draw, "depth-curve", height=height, click=True, alt=alt)


def stage(chosen: Chosen) -> None:
    """Picture and pyramid at the left, the curve at the right; clicking moves the place or changes the layer."""
    left, middle, right = st.columns([0.22, 0.4, 0.38], gap="medium")
    name = title(chosen.layer)
    with left:
        st.markdown(f"**{name[0].upper()}{name[1:]}** could see, does see")
        point = chart(field_picture(chosen.seen, chosen.layer, chosen.place, theme().name), "depth-field", click=True)
        if point and str(point.get("customdata", "")).startswith("s"):
            at = [min(999, round(1000 * int(p) / chosen.pile.side)) for p in str(point["customdata"])[1:].split(".")]
            st.session_state["spotat"] = f"{at[0]}.{at[1]}"
            st.rerun()
    with middle:
        st.markdown(f"**The windows below one place**, down to {field_of(chosen.pile, chosen.layer).size} pixels")
        chart(pyramid_picture(chosen.seen, chosen.layer, chosen.place, theme().name), "depth-pyramid")
    with right:
        if chosen.pile.kind == "own":
            st.markdown("**What a place could see and does see**, layer by layer")
            follow(chart(curve_picture(chosen, HIGH, []), "depth-curve", click=True), tuple(chosen.layers))
        elif chosen.pile.kind == "small":
            small_curve(chosen)
        else:
            st.markdown("**What a linear reader gets right**, layer by layer")
            follow(chart(curve_picture(chosen, HIGH, []), "depth-curve", click=True), probes("efficientnet", chosen.exam).layers)


def small_curve(chosen: Chosen) -> None:
    """The curve of the small network, recorded or from a run in front of the learner."""

    def draw(frames: list[Frame]) -> None:
        st.session_state["depth-live"] = bool(frames)
        follow(
            chart(curve_picture(chosen, HIGH - 16 - 34 * bool(frames), frames), "depth-curve", click=True),
            probes("small", "digits").layers,
        )

    live("depth", Probing(), partial(probing, Probing()), draw, label="Train it, read every layer")


def follow(point: dict | None, layers: tuple[str, ...]) -> None:
    """Go to the layer that was clicked."""
    data = str((point or {}).get("customdata", ""))
    if data.startswith("l") and data[1:].isdecimal() and int(data[1:]) < len(layers):
        st.session_state[NEXT] = layers[int(data[1:])]
        st.rerun()


def strip_layers(chosen: Chosen) -> list[str]:
    """At most six layers from fine to coarse, the chosen one among them."""
    if chosen.pile.kind == "efficientnet":
        order, shown = chosen.layers, list(SHOWN["efficientnet"])
        if chosen.layer not in shown:
            at = order.index(chosen.layer)
            nearest = min(range(len(shown)), key=lambda i: abs(order.index(shown[i]) - at))
            shown[nearest] = chosen.layer
        return sorted(shown, key=order.index)
    layers = chosen.layers
    keep = sorted(set(np.linspace(0, len(layers) - 1, min(6, len(layers))).round().astype(int).tolist()))
    return [layers[i] for i in keep]


@lru_cache(maxsize=256)
def summary(seen: Seen, layer: str, how: str) -> np.ndarray:
    """The maps of a layer as one picture `(h, w, 1 or 3)`, in bytes."""
    found = maps(seen)[layer].astype(np.float32)
    shown = part_colours(found) if how == "parts" else one_map(found, how)[..., None]
    return np.round(shown * 255).astype(np.uint8)


@lru_cache(maxsize=64)
def strip_picture(seen: Seen, layers: tuple[str, ...], half: int, layer: str, how: str, colours: str) -> Picture:
    """One half of the strip: the picture and its summaries, at most four; a phone shows the halves below each other."""
    h, w, d = seen.pixels.shape
    tiles = [(seen.pixels, "the picture", f"{d} × {h} × {w}<br>{d * h * w:,}")]
    for name in layers:
        a, b, c = maps(seen)[name].shape
        tiles.append((summary(seen, name, how).astype(np.float32) / 255, title(name), f"{a} × {b} × {c}<br>{a * b * c:,}"))
    names = ["picture", *(f"l{i}" for i in range(len(layers)))]
    part = slice(0, FIRST) if half == 0 else slice(FIRST, None)
    shown = tiles[part]
    framed = ["", *layers][part].index(layer) if layer in ["", *layers][part] else None
    figure = abstractions(
        [t[0] for t in shown], [t[1] for t in shown], [t[2] for t in shown], framed, names=names[part],
        toward="right" if half == 0 else "left", scale=SCALES[colours], height=LOW,
    )  # fmt: skip
    alt = "The picture as each layer has it, from fine to coarse: " + ", ".join(t[1] for t in shown)
    return picture(figure, f"depth-strip-{half}", height=LOW, click=True, alt=alt)


def strip(chosen: Chosen) -> None:
    """The same picture at several depths."""
    layers = tuple(strip_layers(chosen))
    for half, cell in enumerate(st.columns(2, gap="small") if len(layers) >= FIRST else [st.container()]):
        with cell:
            made = strip_picture(chosen.seen, layers, half, chosen.layer, chosen.how, theme().name)
            follow(chart(made, f"depth-strip-{half}", click=True), layers)
