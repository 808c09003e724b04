"""Below the stage of the view "Depth": pooling by hand, what is alike, a guess, a question, the code."""

from functools import lru_cache, partial

import numpy as np
import streamlit as st

from components.figures.abstractions import abstractions
from components.figures.pooling_steps import pooling_steps
from components.figures.probe_curve import field_curve
from components.figures.scale import SCALES
from components.learn.gallery import digit_features, gallery, small_summary, summary
from components.learn.piles import Pile, Seen, field_of, opened
from components.learn.probes import LAYERS, digit, pictures
from components.learn.probes_file import about, agreed, known, probes, widths
from components.measure.nearest import nearest
from components.measure.pooling import changed, kept, lost, pooled
from components.ui.chart import Picture, chart, picture, remembered
from components.ui.house import theme
from components.ui.images_depth import title
from components.ui.images_depth_code import code
from components.ui.images_depth_stage import Chosen, follow
from components.ui.links import choice, number

LOOK = {
    "pooling": "Pooling, by hand",
    "alike": "What is alike to this layer",
    "fields": "Could see, does see",
    "guess": "Guess the best layer",
    "check": "Check yourself",
    "code": "Shapes and code",
}
PIECE, LONGEST, ALIKE, ROW = 8, 32, 8, 158
KINDS = {"max": "largest", "mean": "mean"}


def closer(chosen: Chosen) -> None:
    """One of six closer looks."""
    look = choice("Look closer", LOOK, "pooling", "depthlook")
    if look == "pooling":
        pooling(chosen)
    elif look == "alike":
        alike(chosen)
    elif look == "fields":
        fields(chosen)
    elif look == "guess":
        guess()
    elif look == "check":
        check(chosen)
    else:
        code(chosen.pile, chosen.layer)


def shrunk(pixels: np.ndarray) -> np.ndarray:
    """A picture `(h, w, c)` in grey, shrunk to 32 pixels a side by the mean of what a pixel covers; a smaller one as it is."""
    from PIL import Image

    grey = pixels.mean(-1).astype(np.float32)
    if max(grey.shape) <= LONGEST:
        return grey
    small = Image.fromarray(grey).resize((LONGEST, LONGEST), Image.Resampling.BOX)
    return np.clip(np.asarray(small, np.float32), 0, 1)


def pooling(chosen: Chosen) -> None:
    """A small piece of the picture, its regions, and what is left of them; and what a shift changes."""
    first, second, third, _ = st.columns([0.16, 0.19, 0.2, 0.45], vertical_alignment="bottom")
    with first:
        k = int(choice("Region", {"2": "2 × 2", "4": "4 × 4"}, "2", "poolside"))
    with second:
        how = choice("Keep", KINDS, "max", "poolkeep")
    with third:
        shift = number("Shift right, pixels", 0, 4, 1, "poolshift")
    whole = shrunk(chosen.seen.pixels)
    top, left = (int(np.clip(round(p * n) - PIECE // 2, 0, n - PIECE)) for p, n in zip(chosen.spot, whole.shape, strict=True))
    piece = np.roll(whole, shift, 1)[top : top + PIECE, left : left + PIECE]
    small = pooled(piece, k, how)
    left_side, right_side = st.columns([0.62, 0.38], gap="large")
    with left_side:
        framed = min(int(st.session_state.get("depth-region", 0)), small.size - 1)
        figure = pooling_steps(piece, small, kept(piece, k) if how == "max" else None, k, framed, scale=theme(), height=330)
        point = chart(figure, "depth-pooling", height=330, click=True, alt=f"8 × 8 numbers, {small.size} are left")
        if point and str(point.get("customdata", "")).startswith("r"):
            st.session_state["depth-region"] = int(point["customdata"][1:])
            st.rerun()
    r, c = divmod(framed, len(small))
    region = piece[k * r : k * r + k, k * c : k * c + k]
    with right_side:
        said = ", ".join(f"{round(100 * v)}" for v in region.ravel())
        sign = "max" if how == "max" else "mean"
        st.markdown(f"The framed region: {sign}({said}) = **{round(100 * small[r, c])}**")
        moved, after = changed(whole, k, how, shift)
        row = st.container(horizontal=True, gap="medium")
        row.metric("Numbers kept", f"1 of {k * k}", help=f"{PIECE} × {PIECE} = 64 numbers become {small.size}.")
        row.metric(
            "Detail thrown away", f"{100 * lost(piece, k, how):.0f} %",
            help="Mean square difference between each number and what its region keeps, over the variance of the piece. The "
            "largest can be far from the others of its region, so this can exceed 100 %.",
        )  # fmt: skip
        row.metric(
            f"A shift by {shift} changes", f"{100 * moved:.0f} % → {100 * after:.0f} %",
            help="Sum of |change| over sum of |numbers|, of the whole picture and of its pooled map. Columns that leave at the "
            "right come back at the left.",
        )  # fmt: skip
        st.caption(
            "Grey values in hundredths" + (", bold: what is kept. " if how == "max" else ". ")
            + ("The picture was shrunk to 32 × 32 first. " if max(chosen.seen.pixels.shape[:2]) > LONGEST else "")
            + "Click a region to frame it."
        )  # fmt: skip


@lru_cache(maxsize=48)
def alike_row(seen: Seen, layer: str, half: int, colours: str) -> Picture:
    """Four of the pictures that a layer finds most alike, with their names and how alike they are."""
    if seen.pile.kind == "small":
        rows, labels = digit_features()
        query, others = small_summary(seen)[layer], rows[layer].astype(np.float32)
    else:
        query, others = summary(seen)[layer], known(layer)
    order, found = nearest(query, others, ALIKE + 1)
    itself = int(found[0] >= 0.9999)  # the picture is one of them
    best = [(int(i), float(s)) for i, s in zip(order, found, strict=True)][itself : itself + ALIKE]
    best = best[half * ALIKE // 2 : (half + 1) * ALIKE // 2]
    if seen.pile.kind == "small":
        shown = [digit(pictures(0)[2], i)[..., None] for i, _ in best]
        names = [f"a {labels[i]}" for i, _ in best]
    else:
        shown = [tile(gallery()[i][1]) for i, _ in best]
        names = [gallery()[i][0] for i, _ in best]
    said = [f"{s:.2f}".replace("-0.00", "0.00").replace("-", "−") for _, s in best]
    words = [f"{name}: similarity {s}" for name, s in zip(names, said, strict=True)]
    figure = abstractions(
        shown, said, [n.replace(", ", "<br>") for n in names], None, names=[f"a{i}" for i in range(len(shown))], words=words,
        toward="left" if half else "right", scale=SCALES[colours], height=ROW,
    )  # fmt: skip
    return picture(figure, f"depth-alike-{layer}-{half}", height=ROW, alt="Most alike: " + ", ".join(words))


def tile(pixels: np.ndarray) -> np.ndarray:
    """A picture thinned to about 96 pixels a side."""
    step = max(1, max(pixels.shape[:2]) // 96)
    return pixels[::step, ::step]


def alike(chosen: Chosen) -> None:
    """The most similar pictures at the first, the chosen and the last layer."""
    kind = chosen.pile.kind
    if kind == "own":
        st.info("Your own network has not learnt anything. Choose EfficientNet or the small one.", icon=":material/info:")
        return
    layers = ["pixels", chosen.layer, "logits" if kind == "small" else "head"]
    what = "five nearest digits are the same digit" if kind == "small" else "four nearest come from the same photograph"
    st.markdown(
        "Similarity is the cosine of the angle between the features of two pictures: 1 is the same direction, 0 has nothing in "
        f"common. Measured over all pictures: how often the {what}."
    )
    for layer in dict.fromkeys(layers):
        share = agreed(kind, layer)
        name = (
            ("all pixels" if kind == "small" else "mean colour")
            if layer == "pixels"
            else "the answers"
            if layer == "logits"
            else title(layer)
        )
        st.markdown(f"**{name[0].upper()}{name[1:]}** · {100 * share:.0f} % of the {what}")
        for half, cell in enumerate(st.columns(2, gap="small")):
            with cell:
                chart(alike_row(chosen.seen, layer, half, theme().name), f"depth-alike-{layers.index(layer)}-{half}")
    if kind == "small":
        st.caption("To choose from: the 1,000 test digits of MNIST. Features: maps averaged to 7 × 7 places, pixels as they are.")
    else:
        st.caption(
            f"To choose from: {len(gallery())} pictures, each bundled photograph whole and in quarters, and ten digits. "
            "Features: each channel's mean over all places, minus its mean over all pictures."
        )


def fields(chosen: Chosen) -> None:
    """Both fields of a trained network, layer by layer, as recorded over several pictures."""
    kind = chosen.pile.kind
    if kind == "own":
        st.info("For your own network the curve stands above, measured on this picture.", icon=":material/north:")
        return
    known_, found, scale = opened(chosen.pile)[1], widths(kind), theme()
    names = [f.name for f in known_]
    draw = partial(
        field_curve, [title(n) if kind == "small" else n for n in names], [f.size for f in known_], found,
        names.index(chosen.layer), chosen.pile.side, scale=scale, height=300,
    )  # fmt: skip
    made = remembered((kind, chosen.layer, scale.name), draw, "depth-fields", height=300, click=True, alt="Both fields by depth")
    follow(chart(made, "depth-fields", click=True), tuple(names))
    over = "20 digits" if kind == "small" else "5 photographs"
    st.caption(
        f"Recorded {about()['date']} on {about()['machine']}: the middle place, mean over {over}. The last layer could see "
        f"{known_[-1].size} pixels and does see {found[-1]:.0f}: most paths lead to the middle."
    )


def guess() -> None:
    """A guess about the small network, compared with what was recorded."""
    names = {name: "the pixels" if name == "pixels" else title(name) if name != "pool" else "last pool" for name in LAYERS}
    told = st.segmented_control(
        "**Predict first.** The small network has learnt digits. From which layer does a linear reader tell them best?",
        list(names), format_func=names.__getitem__, key="depth-guess",
    )  # fmt: skip
    if not told:
        return
    known_ = probes("small", "digits")
    best = known_.layers[int(known_.trained.mean(0).argmax())]
    pairs = {name: known_.at(name) for name in (told, best)}
    numbers = ", ".join(f"{names[name]} {m:.3f} ± {e:.3f}" for name, (m, e) in pairs.items())
    blind = float(known_.random.mean(0)[LAYERS.index(best)])
    more = (
        f"With random weights {names[best]} gives {blind:.3f} and the last pool "
        f"{float(known_.random.mean(0)[LAYERS.index('pool')]):.3f}: the architecture alone gives part of it, training the rest."
    )
    if told == best:
        st.success(f"Yes. Measured: {numbers}. {more}", icon=":material/check:")
    elif pairs[best][0] - pairs[told][0] <= 2 * (pairs[best][1] ** 2 + pairs[told][1] ** 2) ** 0.5:
        st.success(f"As good as the best, within twice the error: {numbers}. {more}", icon=":material/check:")
    else:
        st.warning(f"Measured: {numbers}. {more}", icon=":material/close:")


def check(chosen: Chosen) -> None:
    """A question whose answer is found with the controls above."""
    st.markdown("**How many 3 × 3 layers, with nothing between them, until one place could see 15 pixels along a side?**")
    pile, depth = chosen.pile, len(chosen.layers)
    wanted = Pile("own", 3, "none")
    if pile.kind != "own":
        st.info("Choose **Your own** above, and move the number of layers.", icon=":material/swipe:")
        return
    size = field_of(pile, chosen.layer).size
    if pile != wanted:
        st.info(
            f"Your network now: {depth} layers see {size} pixels. Set k to 3 × 3 and nothing between.", icon=":material/tune:"
        )
    elif size == 15:
        st.success(
            "7 layers: 1 + 7 · 2 = 15. With stride 2 between the layers three are enough: 1 + 2 + 4 + 8 = 15.",
            icon=":material/check:",
        )
    else:
        st.info(
            f"{depth} layer{'s' * (depth > 1)} of 3 × 3: {size} pixels, 1 + {depth} · 2. {'Fewer.' if size > 15 else 'More.'}",
            icon=":material/swipe:",
        )
