"""The stage of the view "Look inside": the picture with one channel's answers, the sheet of channels, patches and classes."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.figures.activation import activation, top_classes
from components.figures.channels import channel_sheet, patches, strip
from components.figures.scale import SCALES
from components.learn.inside import SIDE, Photo, answers, box, cells, excites, field_of, influence, standing, usual
from components.models.efficientnet import CLASSES
from components.models.imagenet_networks import NETWORKS
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme

HEIGHT, SHOWN = 356, 25
FLOOR = 2.0  # standard deviations that are drawn in full colour at least: what is usual stays pale


class Choice(NamedTuple):
    """What a learner looks at."""

    net: str
    photo: Photo
    layer: str
    channel: int
    fixed: bool  # the learner chose the channel; else it is the strongest
    spot: tuple[int, int] | None  # pixel that was clicked
    place: tuple[int, int]  # row and column of the layer


@lru_cache(maxsize=24)
def order(net: str, photo: Photo, layer: str, place: tuple[int, int] | None) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """The channels by how strongly they answer, at their best place or at this one, and these answers (z)."""
    z = standing(net, photo, layer)
    strength = z.reshape(len(z), -1).max(1) if place is None else z[:, place[0], place[1]]
    by = np.argsort(-strength, kind="stable")
    return tuple(by.tolist()), tuple(strength[by].tolist())


def choose(net: str, photo: Photo, layer: str, channel: int, spot: str) -> Choice:
    """Put together what the address says; what it does not say is the strongest."""
    z = standing(net, photo, layer)
    pixel = None if not spot else (int(spot.split(".")[0]), int(spot.split(".")[1]))
    place = None
    if pixel is not None:
        seen_by = field_of(net, layer)
        place = int(cells(seen_by, z.shape[1])[pixel[0]]), int(cells(seen_by, z.shape[2])[pixel[1]])
    fixed = 0 <= channel < len(z)
    number = channel if fixed else order(net, photo, layer, place)[0][0]
    best = divmod(int(z[number].argmax()), z.shape[2])
    return Choice(net, photo, layer, number, fixed, pixel, (best[0], best[1]) if place is None else place)


@lru_cache(maxsize=24)
def strip_picture(net: str, photo: Photo, layer: str, colours: str) -> Picture:
    """All layers, each by the channel that answers most."""
    from components.ui.images_inside import title

    maps, words, names = [], [], []
    layers = answers(net, photo).maps
    for name, answer in layers.items():
        (number, *_), (top, *_) = order(net, photo, name, None)
        maps.append(np.clip(standing(net, photo, name)[number] / max(top, FLOOR), 0, 1))
        c, h, w = answer.shape
        words.append(f"{title(name)}: {c} channels of {h} × {w}<br>the strongest is channel {number}")
        names.append(name.removeprefix("block"))
    figure = strip(maps, names, words, list(layers).index(layer), scale=SCALES[colours])
    return picture(figure, "inside-strip", height=92, click=True, alt=f"All layers of {NETWORKS[net].title}; {layer} is chosen")


@lru_cache(maxsize=48)
def activation_picture(chosen: Choice, colours: str) -> Picture:
    """The picture with this channel's answers over it, and both frames of the place."""
    net, photo, layer, channel = chosen.net, chosen.photo, chosen.layer, chosen.channel
    z, seen_by = standing(net, photo, layer)[channel], field_of(net, layer)
    rows, columns = cells(seen_by, z.shape[0]), cells(seen_by, z.shape[1])
    whole = z[rows][:, columns]
    middle = [float(np.clip(seen_by.centre + at * seen_by.jump, 0, SIDE - 1)) + 0.5 for at in chosen.place]
    figure = activation(
        photo.pixels.astype(np.float32), np.clip(whole / max(float(z.max()), FLOOR), 0, 1), whole, (middle[1], middle[0]),
        box(seen_by, chosen.place), influence(net, photo, layer, channel, chosen.place), scale=SCALES[colours], height=HEIGHT,
    )  # fmt: skip
    return picture(figure, "inside-picture", height=HEIGHT, click=True, alt=f"Where channel {channel} of {layer} answers")


@lru_cache(maxsize=24)
def sheet_picture(chosen: Choice, colours: str) -> Picture:
    """The strongest channels; a chosen one that is not among them takes the last tile."""
    place = None if chosen.spot is None else chosen.place
    numbers = list(order(chosen.net, chosen.photo, chosen.layer, place)[0][:SHOWN])
    if chosen.channel not in numbers:
        numbers[-1] = chosen.channel
    z = standing(chosen.net, chosen.photo, chosen.layer)[numbers]
    top = max(FLOOR, float(np.quantile(z.reshape(len(z), -1).max(1), 0.8)))
    figure = channel_sheet(z, numbers, top, chosen.channel, scale=SCALES[colours], height=HEIGHT)
    return picture(figure, "inside-sheet", height=HEIGHT, click=True, alt=f"The {len(numbers)} channels that answer most")


@lru_cache(maxsize=48)
def patches_picture(net: str, layer: str, channel: int, colours: str) -> Picture:
    """What excites a channel most among the bundled photographs."""
    found = excites(net, layer, channel)
    crops = [patch.astype(np.float32) for _, _, patch in found]
    words = [f"{name}: {z:+.1f} standard deviations" for name, z, _ in found]
    figure = patches(crops, words, [f"{z:+.1f}" for _, z, _ in found], scale=SCALES[colours], height=172)
    return picture(figure, "inside-patches", height=172, alt=f"Channel {channel} of {layer}: " + ", ".join(words))


@lru_cache(maxsize=16)
def classes_picture(net: str, photo: Photo, colours: str) -> Picture:
    """The five likeliest classes."""
    p = answers(net, photo).probabilities
    best = np.argsort(-p, kind="stable")[:5]
    names = [CLASSES[i] for i in best]
    figure = top_classes(names, p[best], scale=SCALES[colours], height=156)
    alt = ", ".join(f"{name} {value:.1%}" for name, value in zip(names, p[best], strict=True))
    return picture(figure, "inside-classes", height=156, alt=f"The network's answer: {alt}")


def stage(chosen: Choice) -> None:
    """Picture, channels, patches and classes; clicking the first two changes what is looked at."""
    from components.ui.images_inside import title

    colours, name = theme().name, title(chosen.layer)
    left, middle, right = st.columns([0.345, 0.345, 0.31], gap="medium")
    with left:
        st.markdown(f"**Channel {chosen.channel} of {name}**: where it answers")
        point = chart(activation_picture(chosen, colours), "inside-picture", click=True)
        if point and isinstance(point.get("customdata"), str):
            st.session_state["place"], st.session_state["channel"] = point["customdata"], -1
            st.rerun()
    with middle:
        where = "for this picture" if chosen.spot is None else "at the clicked place"
        st.markdown(f"**Strongest channels** {where}")
        point = chart(sheet_picture(chosen, colours), "inside-sheet", click=True)
        if point and str(point.get("customdata", "")).startswith("c"):
            st.session_state["channel"] = int(point["customdata"][1:])
            st.rerun()
    with right:
        st.markdown(f"**What excites channel {chosen.channel}** most")
        chart(patches_picture(chosen.net, chosen.layer, chosen.channel, colours), "inside-patches")
        st.markdown("**What the network says**")
        chart(classes_picture(chosen.net, chosen.photo, colours), "inside-classes")
    with st.container(horizontal=True, vertical_alignment="center"):
        if chosen.spot is not None and st.button("Whole picture", key="inside-whole", icon=":material/zoom_out_map:"):
            st.session_state["place"], st.session_state["channel"] = "", -1
            st.rerun()
        st.caption(
            "Orange: above its usual answer. Dashed frame: all that the marked place can see; solid: nine tenths of what it "
            "depends on. Click anywhere."
        )


def readouts(chosen: Choice) -> None:
    """Four numbers; hovering one shows where it comes from."""
    found, seen_by = answers(chosen.net, chosen.photo), field_of(chosen.net, chosen.layer)
    maps, known = found.maps[chosen.layer], usual(chosen.net)[chosen.layer]
    c, h, w = maps.shape
    value, number = float(maps[chosen.channel][chosen.place]), chosen.channel
    mean, spread = float(known.mean[number]), float(known.spread[number])
    z = (value - mean) / spread
    left, top, right, bottom = influence(chosen.net, chosen.photo, chosen.layer, number, chosen.place)
    with st.container(horizontal=True):
        st.metric("This layer's answer", f"{c} × {h} × {w}", help=f"{c} channels, each a map of {h} rows and {w} columns.")
        st.metric(
            "This channel, marked place", f"{value:.2f}, z = {z:+.1f}",
            help=f"z = (a − m) / s = ({value:.2f} − {mean:.2f}) / {spread:.2f}; m and s over all places of the 8 photographs.",
        )  # fmt: skip
        st.metric(
            "One place sees", f"{seen_by.size} px",
            help=f"Receptive field {seen_by.size} × {seen_by.size} of the 224 × 224 pixels; neighbouring places look "
            f"{seen_by.jump} pixels apart. "
            f"Here nine tenths of the influence |∂a/∂pixel| lie within {right - left} × {bottom - top} pixels.",
        )  # fmt: skip
        st.metric(
            "One look at the picture", f"{found.seconds * 1000:.0f} ms",
            help=f"Measured: one forward pass of {NETWORKS[chosen.net].title} that keeps all maps, {found.seconds:.3f} s.",
        )  # fmt: skip
    _formula()


def _formula() -> None:
    answer, field = theme().series[1], theme().series[0]
    row = st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center", gap="medium")
    row.latex(rf"\textcolor{{{answer}}}{{z_{{c}}[p]}}=\frac{{a_c[p]-m_c}}{{s_c}}", width="content")
    row.latex(
        rf"\rule{{0pt}}{{1.4em}}\small a_c[p]=\big(\text{{layer}}_l\circ\dots\circ\text{{layer}}_1\big)"
        rf"\big(X[\textcolor{{{field}}}{{\text{{field}}(p)}}]\big)_c",
        width="content",
    )
    row.latex(r"\rule{0pt}{1.4em} X\in\mathbb{R}^{224\times224\times3}", width="content")  # the struts: nothing is cut above
