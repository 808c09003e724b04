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
from components.learn.probes_file import about, probes
from components.measure.abstraction import one_map, part_colours
from components.measure.cone import cone
from components.measure.effective_field import Effective, effective
from components.ui.chart import Picture, chart, picture, remembered
from components.ui.house import theme
from components.ui.images_depth import NEXT, title
from components.ui.live import live
from components.values import Frame

HIGH, LOW = 250, 150
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
    at_step = (frames[-1]["probed"], f"trained here, step {int(frames[-1]['step'])}") if frames else None
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
        follow(chart(curve_picture(chosen, HIGH - 16, frames), "depth-curve", click=True), probes("small", "digits").layers)

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


@lru_cache(maxsize=32)
def strip_picture(seen: Seen, layers: tuple[str, ...], chosen: int, how: str, colours: str) -> Picture:
    """The picture and its summaries."""
    shapes = [maps(seen)[name].shape for name in layers]
    h, w, d = seen.pixels.shape
    below = [f"{d} × {h} × {w}<br>{d * h * w:,} numbers"]
    below += [f"{a} × {b} × {c}<br>{a * b * c:,}" for a, b, c in shapes]
    figure = abstractions(
        [seen.pixels, *(summary(seen, name, how).astype(np.float32) / 255 for name in layers)],
        ["the picture", *(title(n) for n in layers)], below, chosen + 1,
        names=["l-", *(f"l{i}" for i in range(len(layers)))], scale=SCALES[colours], height=LOW,
    )  # fmt: skip
    return picture(figure, "depth-strip", height=LOW, click=True, alt="The picture as each layer has it, from fine to coarse")


def strip(chosen: Chosen) -> None:
    """The same picture at several depths."""
    layers = tuple(strip_layers(chosen))
    made = strip_picture(chosen.seen, layers, layers.index(chosen.layer), chosen.how, theme().name)
    follow(chart(made, "depth-strip", click=True), layers)


def readouts(chosen: Chosen) -> None:
    """Four numbers with their formulas, and where they come from."""
    known, found = field_of(chosen.pile, chosen.layer), effect(chosen.seen, chosen.layer, chosen.place)
    (c, h, w), (ph, pw, pc) = maps(chosen.seen)[chosen.layer].shape, chosen.seen.pixels.shape
    row = st.container(horizontal=True, gap="medium")
    row.metric(
        "Could see, does see", f"{known.size} px, {found.width:.0f} px" if found.width else f"{known.size} px, nothing",
        help=f"Could see: r = {known.size}, by the formula below. Does see: the root of the number of pixels with at least "
        f"4.55 % of the largest influence, √{int(found.counted.sum())} = {found.width:.1f} (this picture, this place).",
    )  # fmt: skip
    row.metric(
        "Places left", f"{h * w:,}",
        help=f"{h} × {w} = {h * w} of {ph} × {pw} = {ph * pw:,}: one for every {ph * pw / (h * w):,.0f} pixels.",
    )  # fmt: skip
    ratio = c * h * w / (ph * pw * pc)
    row.metric(
        "Numbers left", f"{c * h * w:,}",
        help=f"{c} channels × {h} × {w}, {ratio:.2g} times the picture's {ph} × {pw} × {pc} = {ph * pw * pc:,}.",
    )  # fmt: skip
    if chosen.pile.kind == "own":
        row.metric("Step of a cell", f"{known.jump} px", help="j: pixels from one cell of the top layer to the next.")
        st.caption("Your own network has random weights (He 2015); everything here is computed now, on this picture.")
        return
    mean, error = probes(chosen.pile.kind, chosen.exam).at(chosen.layer)
    learnt = "500 digits, tested on 1,000" if chosen.pile.kind == "small" else "300 pieces, tested on 300"
    row.metric(
        "Linear reader", f"{mean:.3f} ± {error:.3f}",
        help=f"Logistic regression on this layer, learnt from {learnt} others. Mean and standard error over 5 "
        + ("trained networks." if chosen.pile.kind == "small" else "draws of what it learns from."),
    )  # fmt: skip
    st.caption(source(chosen))


def source(chosen: Chosen) -> str:
    """Where the curve comes from and what the reader gets."""
    facts = about()
    when = f"Recorded {facts['date']} on {facts['machine']}, PyTorch {facts['torch']}"
    bars = "mean of 5, bars are standard errors"
    if chosen.pile.kind == "small":
        drawn = " The faded curves are the recorded ones." if st.session_state.get("depth-live") else ""
        return f"{when}: {bars}. The reader gets each map averaged to 7 × 7 places, pixels as they are.{drawn}"
    what = (
        "pieces of 32 × 32 pixels of six photographs, learnt left of column 160, tested right of it"
        if chosen.exam == "photographs"
        else "MNIST digits"
    )
    return (
        f"{when}: {bars}. {what[0].upper()}{what[1:]}, enlarged to 96 × 96. The reader gets each channel's mean over all places."
    )


def formula(chosen: Chosen) -> None:
    """The field of the next layer, in the colours of the marks, with the numbers of this one."""
    blue, orange = theme().series[0], theme().series[1]
    walked = windows(chosen.pile, chosen.layer)
    from components.measure.receptive_field import receptive_fields

    fields = receptive_fields(walked)
    last = max((i for i, layer in enumerate(walked) if layer.kernel > 1), default=0)
    before = fields[last - 1] if last else None
    r, j = (before.size, before.jump) if before else (1, 1)
    k = walked[last].kernel
    row = st.container(horizontal=True, horizontal_alignment="center", gap="large")
    row.latex(
        rf"\textcolor{{{blue}}}{{r'}} = r + (k-1)\,j = {r} + ({k}-1)\cdot {j} = \textcolor{{{blue}}}{{{r + (k - 1) * j}}}",
        width="content",
    )
    row.latex(r"j' = j\,s", width="content")
    row.latex(rf"\textcolor{{{orange}}}{{g_p}} = \sqrt{{\textstyle\sum_c (\partial a_c[q]/\partial x_p)^2}}", width="content")
