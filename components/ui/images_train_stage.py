"""The stage of "Watch it learn": curves, the network with all its maps, the answer and one map large, from any frames."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from components.figures.feature_maps import first_layer, later_layers, one_map
from components.figures.scale import SCALES
from components.figures.training_curves import class_bars, training_curves
from components.learn.watching import SHAPES, Watch, network, stages, untrained
from components.learn.watching_file import recorded, unpacked
from components.measure.receptive_field import receptive_fields
from components.measure.receptive_field import seen as pixels_seen
from components.ui.chart import Picture, chart, picture
from components.ui.digest import digest
from components.ui.house import theme
from components.ui.images_train_said import readouts, verdict, words
from components.ui.images_train_seen import Seen
from components.values import BadInput, Frame

HEIGHT, LOW, PACE = 360, 176, 0.35  # pixels; seconds between two recorded frames
Focus = tuple[str, int]


class Pictures(NamedTuple):
    """The four pictures of one frame."""

    first: Picture
    later: Picture
    answer: Picture
    one: Picture


def loaded(request: Watch) -> tuple[Frame, str] | None:
    """The model this learner loaded, if it has this network's settings, and a name for its content."""
    data = st.session_state.get("kept-train-model")
    if data is None:
        return None
    try:
        own, frame = unpacked(data)
    except BadInput:
        return None
    return (frame, digest(frame["weights/conv1.weight"], frame["weights/read.weight"])) if own == request else None


def stage(request: Watch, seen: Seen, focus: Focus, frames: list[Frame]) -> None:
    """Live frames; before there are any, the learner's loaded model, what was recorded, or the random weights."""
    kept, own = recorded(request), loaded(request)
    if frames:
        paint(request, seen, focus, frames, "live")
    elif own is not None:
        paint(request, seen, focus, [own[0]], own[1])
    elif kept:
        player(request, seen, focus, kept)
    else:
        paint(request, seen, focus, [untrained(request)], "untrained")


def player(request: Watch, seen: Seen, focus: Focus, kept: tuple[Frame, ...]) -> None:
    """A recorded run on a time slider, with a button that plays it."""

    @st.fragment(run_every=PACE if st.session_state.get("train-playing") else None)
    def region() -> None:
        moments, key = [int(f["step"]) for f in kept], f"train-moment-{request.data}"
        playing = st.session_state.get("train-playing", False)
        at = st.session_state.get(key, moments[-1])
        at = at if at in moments else moments[-1]
        if playing:
            at = moments[min(moments.index(at) + 1, len(moments) - 1)]
        st.session_state[key] = at
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="train-player"):
            if st.button(
                "Pause" if playing else "Play the recorded run", key="train-play",
                icon=f":material/{'pause' if playing else 'slideshow'}:",
            ):  # fmt: skip
                st.session_state["train-playing"] = not playing
                if at == moments[-1]:
                    st.session_state["train-start"] = True
                st.rerun()
            st.select_slider("Step", moments, key=key, label_visibility="collapsed")
        paint(request, seen, focus, list(kept[: moments.index(st.session_state[key]) + 1]), "recorded")
        if playing and at == moments[-1]:
            st.session_state["train-playing"] = False
            st.rerun()

    if st.session_state.pop("train-start", False):
        st.session_state[f"train-moment-{request.data}"] = int(kept[0]["step"])
    region()


def paint(request: Watch, seen: Seen, focus: Focus, frames: list[Frame], source: str) -> None:
    """All pictures of the newest frame, its numbers, and a sentence where something went wrong."""
    frame, colours = frames[-1], theme().name
    step = int(frame["step"])
    made = pictures(repr(request), step, source, seen.name, focus, colours, _request=request, _frame=frame, _seen=seen)
    left, first, later, right = st.columns([0.195, 0.275, 0.315, 0.215], gap="small")
    with left:
        chart(curves(request, frames, source), "train-curves")
    clicked = None
    with first:
        clicked = chart(made.first, "train-first")
    with later:
        clicked = chart(made.later, "train-later") or clicked
    with right:
        chart(made.answer, "train-answer")
        chart(made.one, "train-one")
    readouts(request, frames)
    st.caption(words(request, frames, source))
    if wrong := verdict(request, frames):
        st.warning(wrong, icon=":material/error:")
    if clicked and isinstance(clicked.get("customdata"), str):
        name, *places = clicked["customdata"].split(":")
        at = [int(p) for p in places]
        pending = {"patch": 100 * at[0] + min(at[1], 99)} if name == "patch" else {"stage": name, "map": at[0] + 1}
        st.session_state["train-pending"] = pending
        st.rerun()


def curves(request: Watch, frames: list[Frame], source: str) -> Picture:
    """Loss and accuracies so far; of a recorded run the whole of it, with a mark where it is."""
    whole = list(recorded(request)) if source == "recorded" else frames
    known = [f for f in whole if "accuracy" in f]
    at = int(frames[-1]["step"])
    columns = ([float(f[n].item()) for f in known] for n in ("step", "accuracy", "learnt", "loss"))
    step, tested, learnt, loss = (np.array(c, np.float32) for c in columns)
    figure = training_curves(
        step, tested, learnt, loss, steps=request.steps, chance=1 / len(request.exercise.classes),
        at=at if source == "recorded" else None, scale=theme(), height=HEIGHT,
    )  # fmt: skip
    said = f"test accuracy {tested[-1]:.0%}" if len(tested) else "nothing measured yet"
    return picture(figure, "train-curves", height=HEIGHT, alt=f"Accuracy and loss until step {at}: {said}")


@st.cache_resource(max_entries=160, show_spinner=False)
def pictures(
    request: str, step: int, source: str, picture_name: str, focus: Focus, colours: str, *,
    _request: Watch, _frame: Frame, _seen: Seen,
) -> Pictures:  # fmt: skip
    """The four pictures of a frame, drawn once for all who look at the same."""
    found = stages(_request, _frame, _seen.x[None])
    maps = {name: np.nan_to_num(found[name][0]) for name in ("conv1", "conv2", "conv3")}
    scale, (layer, number) = SCALES[colours], focus
    now = filters(_frame, "conv1")
    start = filters(untrained(_request), "conv1")
    place = np.unravel_index(int(maps[layer][number].argmax()), maps[layer][number].shape)
    spot, silent = (int(place[0]), int(place[1])), not maps[layer][number].any()
    first = first_layer(
        _seen.pixels, (start, now), maps["conv1"], steps=(0, step), chosen=number if layer == "conv1" else None,
        field=None if silent else field_of(_request, layer, spot), whole=_seen.whole, scale=scale, height=HEIGHT,
    )  # fmt: skip
    pooled = np.nan_to_num(found["pool"][0])
    later = later_layers(maps, pooled, _request.ending, chosen=focus, scale=scale, height=HEIGHT)
    p, classes = np.nan_to_num(found["probabilities"][0]), _request.exercise.classes
    kernel = kernels(_frame, layer, number)
    one = one_map(
        maps[layer][number], kernel, None if silent else spot,
        name=f"conv {layer[-1]}, map {number + 1}{': silent' if silent else ''}", top=float(maps[layer].max()) or None,
        scale=scale, height=LOW,
    )  # fmt: skip
    alt = (
        f"{layer}, map {number + 1}, is silent on this picture"
        if silent
        else f"The strongest answer of {layer}, map {number + 1} is at row {spot[0] + 1}, column {spot[1] + 1}"
    )
    answer = f"Answer: {classes[int(p.argmax())]}, {p.max():.0%}"
    return Pictures(
        picture(first, "train-first", height=HEIGHT, click=True, alt=f"Filters of the first layer at step 0 and {step}"),
        picture(later, "train-later", height=HEIGHT, click=True, alt="Maps of the second and the third layer"),
        picture(class_bars(p, classes, _seen.truth, scale=scale, height=LOW), "train-answer", height=LOW, alt=answer),
        picture(one, "train-one", height=LOW, alt=alt),
    )


def filters(frame: Frame, layer: str) -> np.ndarray:
    """Filters of a layer as pictures `(out, k, k, in)`."""
    return frame[f"weights/{layer}.weight"][0].transpose(0, 2, 3, 1)


def kernels(frame: Frame, layer: str, number: int) -> np.ndarray:
    """One filter, one picture for each map below it `(in, k, k, 1)`; of the first layer, one in colour `(1, k, k, in)`."""
    own = filters(frame, layer)[number]
    return own[None] if layer == "conv1" else own.transpose(2, 0, 1)[..., None]


def field_of(request: Watch, layer: str, place: tuple[int, int]) -> tuple[float, float, float, float]:
    """The pixels that a place of a layer sees: first column and row, and those after the last."""
    field = next(f for f in receptive_fields(network(request).layers()) if f.name == layer)
    side = SHAPES[request.data][0]
    (y0, y1), (x0, x1) = (pixels_seen(field, at, side) for at in place)
    return float(x0), float(y0), float(x1), float(y1)
