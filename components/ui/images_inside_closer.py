"""A closer look below the stage: what the answer depends on, what a channel wants, the first filters, a question, the code."""

from functools import lru_cache, partial

import numpy as np
import streamlit as st

from components.figures.activation import occluded, picture_alone
from components.figures.channels import first_filters
from components.figures.scale import SCALES
from components.learn.inside import SIDE, answers
from components.learn.inside_runs import STEP, WINDOW, corners, cover, dream, spread_out
from components.measure.receptive_field import receptive_fields
from components.models.efficientnet import CLASSES
from components.models.imagenet_networks import NETWORKS, network
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme
from components.ui.images_inside_stage import Choice
from components.ui.links import choice
from components.ui.live import live
from components.values import Frame

CLOSER = {
    "cover": "Cover a part",
    "dream": "What the channel wants",
    "filters": "First filters",
    "check": "Check yourself",
    "code": "The code that ran",
}
LOSSES = {"little": "less than a quarter", "half": "a quarter to three quarters", "most": "more than three quarters"}


def closer(chosen: Choice) -> None:
    """One of the closer looks."""
    found = choice("Look closer", CLOSER, "cover", "closer")
    if found == "code":
        from components.ui.images_inside_code import code

        code(chosen)
    else:
        {"cover": _cover, "dream": _dream, "filters": _filters, "check": _check}[found](chosen)


def lost(share: float) -> str:
    """The key of `LOSSES` for a share of the probability."""
    return "little" if share < 0.25 else "half" if share <= 0.75 else "most"


def _cover(chosen: Choice) -> None:
    """A grey square slides over the picture; the drop of the likeliest class's probability is the map."""
    said = answers(chosen.net, chosen.photo).probabilities
    label = int(said.argmax())
    st.markdown(
        f"The network says **{CLASSES[label]}** ({said[label]:.1%}). A grey square of {WINDOW} × {WINDOW} pixels covers one part "
        "after the other: where is it needed most, and how much of the probability is lost there?"
    )
    guess = st.radio(
        "Your guess first", list(LOSSES), index=None, format_func=LOSSES.__getitem__, key="inside-guess", horizontal=True
    )
    request = ("cover", chosen.net, chosen.photo.key, label)
    make = partial(cover, chosen.net, chosen.photo, label)

    def draw(frames: list[Frame]) -> None:
        drop = frames[-1]["drop"] if frames else np.full((len(corners()),) * 2, np.nan, np.float32)
        step = int(frames[-1]["step"]) if frames else 0
        top = int(corners()[min(step, len(corners()) - 1)])
        left, right = st.columns([0.4, 0.6], gap="medium")
        with left:
            known = drop[np.isfinite(drop)]
            reach = float(np.abs(known).max()) if known.size else 1.0
            window = (0, top, SIDE, top + WINDOW) if frames and np.isnan(drop).any() else None
            figure = occluded(chosen.photo.pixels.astype(np.float32), spread_out(drop), window, reach, scale=theme())
            chart(figure, "inside-cover", height=340, alt="How much of the probability each part carries")
        with right:
            _verdict(drop, float(said[label]), CLASSES[label], guess)

    live("inside-cover", request, make, draw, label="Cover part after part")


def _verdict(drop: np.ndarray, whole: float, name: str, guess: str | None) -> None:
    """What was measured, and whether the guess was right."""
    places = drop.size
    if not np.isfinite(drop).any():
        st.markdown(f"{places} places of the square, {STEP} pixels apart: one forward pass each, nothing is recorded.")
        return
    worst = float(np.nanmax(drop))
    i, j = np.unravel_index(int(np.nanargmax(drop)), drop.shape)
    share = max(0.0, worst / max(whole, 1e-9))
    st.metric(
        f"Most lost of “{name}”", f"{share:.0%}",
        help=f"({whole:.3f} − {whole - worst:.3f}) / {whole:.3f}, square at row {corners()[i]}, column {corners()[j]}.",
    )  # fmt: skip
    st.markdown("Orange: covering it costs probability. Blue: covering it helps, something else was in the way.")
    if np.isfinite(drop).all() and guess is not None:
        right = guess == lost(share)
        st.markdown(f"**{'Right' if right else 'Not so'}**: {LOSSES[lost(share)]} of the probability is lost at the worst place.")


def _dream(chosen: Choice) -> None:
    """A picture that is changed until the channel answers as strongly as it can."""
    from components.ui.images_inside import title

    st.markdown(
        f"Start from grey noise and change every pixel a little, again and again, so that "
        f"**channel {chosen.channel} of {title(chosen.layer)}** answers more. What appears is "
        "what the channel looks for. Pictures like this lie outside of all photographs."
    )

    def draw(frames: list[Frame]) -> None:
        if not frames:
            st.caption("Try block 11, channel 7: an eye.")
            return
        left, right = st.columns([0.4, 0.6], gap="medium")
        with left:
            figure = picture_alone(frames[-1]["picture"].astype(np.float32), scale=theme())
            chart(figure, "inside-dream", height=340, alt=f"What excites channel {chosen.channel} most")
        with right:
            st.metric(
                "The channel answers", f"z = {float(frames[-1]['answer']):+.1f}",
                help=f"At its strongest place, in standard deviations; it began at {float(frames[0]['answer']):+.1f}.",
            )  # fmt: skip

    live(
        "inside-dream",
        ("dream", chosen.net, chosen.layer, chosen.channel),
        partial(dream, chosen.net, chosen.layer, chosen.channel),
        draw,
        label="Let it dream",
    )


@lru_cache(maxsize=6)
def filters_picture(net: str, colours: str) -> Picture:
    """The windows of the first layer."""
    weights = network(net).first_filters().permute(0, 2, 3, 1).numpy()
    figure = first_filters(weights, columns=8, scale=SCALES[colours], height=300)
    return picture(figure, "inside-filters", height=300, alt=f"{len(weights)} first filters of {NETWORKS[net].title}")


def _filters(chosen: Choice) -> None:
    count, _, k, _ = network(chosen.net).first_filters().shape
    left, right = st.columns([0.5, 0.5], gap="medium")
    with left:
        chart(filters_picture(chosen.net, theme().name), "inside-filters")
    with right:
        st.markdown(
            f"The first layer of {NETWORKS[chosen.net].title}: **{count} filters of {k} × {k} pixels in three colours**, "
            "learned from 1.3 million photographs. Grey is zero; each weight brightens or darkens its own colour. "
            "Some look for edges, some for colours."
        )
        if k < 7:
            st.markdown("Three pixels are too few for a picture: what a channel does is seen better in its answers above.")


def _check(chosen: Choice) -> None:
    """A question answered by moving the layer slider."""
    from components.ui.images_inside import title

    maps = list(answers(chosen.net, chosen.photo).maps)
    sizes = {f.name: f.size for f in receptive_fields(network(chosen.net).layers()) if f.name in maps}
    right = next((name for name in maps if sizes[name] >= SIDE), "")
    st.markdown(
        "**Which is the first layer whose places could see 224 pixels, the whole side of the picture?** "
        "Move the layer slider and watch “One place sees”."
    )
    options = [*maps, ""]
    given = st.selectbox(
        "Your answer",
        options,
        index=None,
        key=f"inside-check-{chosen.net}",
        format_func=lambda n: title(n) if n else "none of them",
    )
    if given is None:
        return
    if given == right:
        st.success(
            f"Yes: {title(right) + f' sees {sizes[right]} pixels' if right else 'no layer sees so far'}.", icon=":material/check:"
        )
    else:
        seen_by = f"{title(given)} sees {sizes[given]} pixels" if given else "one of them does"
        st.info(f"Not this one: {seen_by}. Look at the dashed frame.", icon=":material/search:")
