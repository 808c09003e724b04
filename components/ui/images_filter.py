"""The view "The filter" of the Images page: one small filter slides over a signal or a picture, step by step."""

import numpy as np
import streamlit as st

from components.ui.house import theme
from components.ui.images_filter_below import below
from components.ui.images_filter_kernel import Chosen, choose, edit
from components.ui.images_filter_setting import LENGTH, SIDE, SIGNALS, Setting, corner, grey, recorded_signal, separate
from components.ui.images_filter_stage import stage
from components.ui.images_picture import chosen_picture
from components.ui.links import choice, select, switch
from components.values import BadInput

SIGN = "The filter is not turned round (cross-correlation): what PyTorch and all networks call convolution."

SEPARATE = (
    "**Separate filters.** Each place has weights of its own: random ones, as before any training, and yours at the first. "
    "The lines between the cells no longer repeat."
)


def view() -> None:
    """Controls, the stage that plays, the formula, and what to look at more closely."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        dim = int(choice("Slide over", {"1": "a signal", "2": "a picture"}, "1", "dim"))
        signal = select("Signal", list(SIGNALS), "signal", 180, show=SIGNALS.__getitem__) if dim == 1 else "row"
        chosen = choose(dim)
        pad = choice("Border", {"none": "none", "same": "zeros"}, "none", "fpad", "Zeros around it keep the size (stride 1).")
        stride = int(choice("Stride", {"1": "1", "2": "2", "3": "3"}, "1", "fstride", "Cells from one window to the next."))
    try:
        setting, share = found(dim, signal, chosen, (chosen.weight.shape[-1] // 2) * (pad == "same"), stride)
        stage(setting)
    except BadInput as error:
        st.info(str(error), icon=":material/info:")
        return
    told = f"**{chosen.title}.** {chosen.reason}" if share else SEPARATE
    st.caption(f"{told} {SIGN}")
    formula(dim, share)
    st.caption(setting.about)
    below(setting)


def found(dim: int, signal: str, chosen: Chosen, padding: int, stride: int) -> tuple[Setting, bool]:
    """What the filter slides over, with the controls that belong to it; and whether the filter is shared.

    Raises:
        BadInput: the window fits nowhere.
    """
    share = True
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        edit(chosen)
        if dim == 2 or signal == "row":
            sample = chosen_picture()
            whole = grey(sample["raw"])
            about = f"{sample['about']}, in grey: the mean of its colours."
        if dim == 1:
            share = not switch(
                "**Separate filters**, one for each place",
                False,
                "ownfilter",
                "Modification 1 of the slide without modification 2: a window, but weights of its own at each place. They start "
                "as random numbers, as in an untrained layer; the first place keeps the filter you chose.",
            )
    if dim == 1:
        if signal == "row":
            row = corner("piece", whole, SIDE)[0] + min(SIDE, len(whole)) // 2
            row = min(row, len(whole) - 1)
            whole, about = whole[row], f"Row {row + 1} of the picture. {about}"
        else:
            whole, about = recorded_signal(signal)
            about = f"{about}."
    side = SIDE if dim == 2 else LENGTH
    place = corner("piece" if dim == 2 else "cut", whole, side)
    cut = np.round(whole[tuple(slice(i, i + side) for i in place)], 2)
    if dim == 2:
        about += f" The filter slides over a piece of {' × '.join(map(str, cut.shape))} pixels as if it were the whole picture."
    about += " The piece's numbers are rounded to two decimals, so that every sum can be checked by hand."
    setting = Setting(
        dim, whole, about, place, cut, chosen.weight, None, chosen.bias, padding, stride, dim == 1 and signal != "row"
    )
    if not share:
        setting = setting._replace(own=separate(chosen.weight, place[0], setting.places[0], stride))
    return setting, share


def formula(dim: int, share: bool) -> None:
    """One output as mathematics, in the colours of the marks."""
    series = theme().series
    x, y = rf"\textcolor{{{series[1]}}}{{x", rf"\textcolor{{{series[2]}}}{{y"
    w = rf"\textcolor{{{series[0] if share else series[3]}}}{{w"
    row = st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center", gap="large")
    size = r"n_{\text{out}}=\Big\lfloor\frac{n+2p-k}{s}\Big\rfloor+1"
    if dim == 1:
        own = "_j}" if share else "_{t,j}}"
        row.latex(rf"{y}_t}}=b+\sum_{{j=0}}^{{k-1}}{w}{own}\;{x}_{{st+j-p}}}}", width="content")
    else:
        row.latex(
            rf"{y}_{{r,c}}}}=b+\sum_{{i=0}}^{{k-1}}\sum_{{j=0}}^{{k-1}}{w}_{{i,j}}}}\;{x}_{{sr+i-p,\;sc+j-p}}}}", width="content"
        )
    row.latex(size, width="content")
