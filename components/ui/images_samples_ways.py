"""Why strided pooling is not exactly invariant: four ways to halve a map, trained alike, on a picture that moves."""

from functools import lru_cache, partial

import numpy as np
import streamlit as st

from components.figures.map_row import map_row
from components.figures.scale import SCALES
from components.figures.shift_lines import WAY_NAMES, WAYS, way_lines
from components.learn.picture_summary import recorded_ways
from components.learn.shift_ways import SEEN, ShiftRequest, seen, shift_ways
from components.tasks.places_torus import TORUS, TURNS
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme
from components.ui.links import choice, pick
from components.ui.live import live
from components.values import Frame

TITLES = {"max": "largest of 2 × 2", "stride": "every second", "blur": "blurred first", "none": "all kept"}
LOW, DIGIT = 290, 8


def ways() -> None:
    """Controls, maps and lines, from the recorded run or a live one, and the four numbers that decide."""
    st.markdown(
        "Three convolutions, then a sum over all places. Two times in between the maps are **halved**, in four ways. The digits "
        "stand anywhere on paper whose edges are joined, so a shift loses nothing."
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        way = choice("Halve the maps by", TITLES, "max", "halving")
        move = pick("Move to the right by", range(TURNS), 0, "slide", lambda n: f"{n} px")
    request = ShiftRequest(seeds=1)
    live("ways", request, partial(shift_ways, request), partial(picture_ways, way, move), label="Train these 4 networks live")
    st.caption(
        "Keeping every second place looks at even columns only; moved by one pixel, the digit lies on the odd ones, and other "
        "numbers come through. Blurring first mixes each place with its neighbours, so that little depends on which is kept "
        "(Zhang 2019). What is never thinned out is exact. Same answer: of 200 test pictures, one pixel further, over 8 moves."
    )


def picture_ways(way: str, move: int, frames: list[Frame]) -> None:
    """The maps and the lines of a frame; without frames the recorded one."""
    kept, colours = recorded_ways(), theme().name
    if not frames and kept is None:
        st.info("Nothing is recorded. Train live to see the four ways.")
        return
    frame = frames[-1] if frames else kept[0]  # type: ignore[index]
    left, right = st.columns([0.52, 0.48], gap="medium")
    with left:
        if not frames:
            chart(recorded_maps(move, colours), "way_maps")
        elif "map/max" in frame:
            chart(maps(frame, move, colours), "way_maps")
        else:
            st.caption("The maps come with the last step.")
    with right:
        chart(lines(frame, way, move, colours) if frames else recorded_lines(way, move, colours), "way_lines")
    numbers(frame)
    if frames:
        st.caption("Live: 4 networks trained here, one repetition.")
    elif kept is not None:
        facts, count = kept[1], kept[0]["consistent"].shape[1]
        st.caption(f"Recorded {facts['date']} on {facts['machine']}, PyTorch {facts['torch']}: mean of {count} repetitions.")


def numbers(frame: Frame) -> None:
    """One number for each way: how often the answer stays when the picture moves by one pixel."""
    row = st.container(horizontal=True, gap="medium")
    for i, way in enumerate(WAYS):
        change = float(frame["change"][i].max())
        small = "0 (below 1e-5)" if change < 1e-5 else f"{change:.2f}"
        right = float(frame["accuracy"][i].mean())
        row.metric(
            f"Same answer: {TITLES[way]}", f"{float(frame['consistent'][i].mean()):.0%}", f"accuracy {right:.2f}",
            delta_color="off", delta_arrow="off",
            help=f"{WAY_NAMES[way]}. Largest change of any p when {SEEN} test pictures move by one pixel: {small} "
            f"({change:.1e}). Accuracy on test pictures at any place: {right:.3f}.",
        )  # fmt: skip


def lines(frame: Frame, way: str, move: int, colours: str) -> Picture:
    """p(true class) of the digit, over the pixels moved."""
    figure = way_lines(frame["truth"][:, DIGIT], way, move, f"p({DIGIT}) of this picture", scale=SCALES[colours], height=LOW)
    return picture(figure, "way_lines", height=LOW, alt="p of the true class against pixels moved, four ways to halve maps")


def maps(frame: Frame, move: int, colours: str) -> Picture:
    """The moved digit and the first halved map of each network."""
    pixels = 1 - seen()[0][DIGIT, move].reshape(1, TORUS, TORUS).transpose(2, 1, 0)
    found = [np.asarray(frame[f"map/{way}"][DIGIT, move]) for way in WAYS]
    titles = [f"moved {move} px", *(TITLES[way] for way in WAYS)]
    figure = map_row(pixels, found, titles, columns=3, scale=SCALES[colours], height=LOW)
    return picture(
        figure, "way_maps", height=LOW, alt=f"The digit moved by {move} pixels, and the first halved map of four networks"
    )


@lru_cache(maxsize=64)
def recorded_lines(way: str, move: int, colours: str) -> Picture:
    """The lines as recorded, drawn once for all learners."""
    kept = recorded_ways()
    assert kept is not None
    return lines(kept[0], way, move, colours)


@lru_cache(maxsize=64)
def recorded_maps(move: int, colours: str) -> Picture:
    """The maps as recorded, drawn once for all learners."""
    kept = recorded_ways()
    assert kept is not None
    return maps(kept[0], move, colours)
