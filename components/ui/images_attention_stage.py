"""The stage of the vision transformer: the picture in patches, all heads, both networks' accuracy and answers."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import streamlit as st

from components.figures.attention_curves import Line, answers, compared
from components.figures.attention_picture import attention_picture, attention_sheet
from components.figures.scale import SCALES
from components.ui.chart import chart, picture, remembered
from components.ui.digest import digest
from components.ui.house import theme
from components.values import Frame

if TYPE_CHECKING:
    from components.learn.attending import Held
    from components.learn.duel import Duel

HEIGHT, BARS = 370, 140
ASKING = "vit-asking"
DIGITS = {"100": "100", "300": "300", "1000": "1,000", "4000": "4,000"}
LAYERS, HEADS = 3, 4


class Look(NamedTuple):
    """What is looked at."""

    given: tuple[bytes, bool]  # the picture as 28 x 28 float32, and whether it is one of the bundled digits
    patch: int
    positions: bool
    block: int  # layer, from 1
    head: int  # from 1
    query: int  # 0 the class token, else a patch from 1
    through: bool  # rollout and not one head

    @property
    def digit(self) -> np.ndarray:
        """The picture, `(28, 28)` in [0, 1]."""
        return np.frombuffer(self.given[0], np.float32).reshape(28, 28)

    def request(self, size: int) -> "Duel":
        """The duel of these settings."""
        from components.learn.duel import Duel

        return Duel(size, self.patch, self.positions)


def stage(look: Look, request: "Duel", frames: list[Frame]) -> None:
    """Three pictures and four numbers; recorded ones before anything was trained."""
    from components.learn.attending import attended, held

    at = held(request, frames)
    attention = attended(at, look.given[0])
    left, middle, right = st.columns([0.28, 0.38, 0.34], gap="medium")
    with left:
        clicked = _map(look, attention, at)
    with middle:
        chosen = _sheet(look, attention, at)
    with right:
        _curves(look, frames)
        _answers(look, at)
    _follow(clicked, chosen)
    _readouts(look, at, frames)
    st.caption(said(look, request, frames))
    formula()


def _follow(clicked: str, chosen: str) -> None:
    """Make a click the state of the page."""
    if clicked.startswith("q"):
        st.session_state[ASKING] = {"query": int(clicked[1:])}
    elif chosen.startswith("b"):
        block, head = chosen[1:].split("h")
        st.session_state[ASKING] = {"block": int(block) + 1, "head": int(head) + 1}
    if ASKING in st.session_state:
        st.rerun()


def _touched(point: dict[str, Any] | None) -> str:
    return str(point["customdata"]) if point and point.get("customdata") is not None else ""


def _map(look: Look, attention: np.ndarray, at: "Held") -> str:
    """The picture under its attention; the name of what was clicked."""
    from components.measure.rollout import rollout

    colours, who = theme().name, "the class token" if look.query == 0 else f"patch {look.query}"
    name = f"Rollout, from {who}" if look.through else f"Layer {look.block}, head {look.head}, from {who}"
    facts = ("vit-map", digest(look.given[0]), *look[1:], at, colours)

    def weights() -> np.ndarray:
        return (rollout(attention) if look.through else attention[look.block - 1, look.head - 1])[look.query]

    def draw():  # type: ignore[no-untyped-def]
        return attention_picture(look.digit, weights(), look.query, name, scale=SCALES[colours], height=HEIGHT)

    ready = remembered(
        facts, draw, "vit-map",
        height=HEIGHT, click=True, alt=f"{name}: a picture in patches, brighter where there is more attention",
    )  # fmt: skip
    return _touched(chart(ready, "vit-map"))


def _sheet(look: Look, attention: np.ndarray, at: "Held") -> str:
    """All layers and heads; the name of what was clicked."""
    colours = theme().name
    facts = ("vit-sheet", digest(look.given[0]), *look[1:6], at, colours)

    def figure():  # type: ignore[no-untyped-def]
        chosen = (look.block - 1, look.head - 1)
        return attention_sheet(look.digit, attention[:, :, look.query], chosen, scale=SCALES[colours], height=HEIGHT)

    return _touched(chart(remembered(facts, figure, "vit-sheet", height=HEIGHT, click=True), "vit-sheet"))


@lru_cache(maxsize=8)
def sample_curves(colours: str, bag: bool, height: int = HEIGHT - BARS):  # type: ignore[no-untyped-def]
    """Accuracy against training digits, as recorded."""
    from components.learn.attending import recorded

    data = recorded("sweeps")
    lines = []
    for kind in ("cnn", "vit", "bag") if bag else ("cnn", "vit"):
        seen = data[f"{kind}/accuracy"]
        lines.append(Line(kind, data["sizes"], seen.mean(1), seen.std(1, ddof=1) / seen.shape[1] ** 0.5))
    figure = compared(lines, "training digits", log=True, scale=SCALES[colours], height=height)
    return picture(figure, "vit-curves", height=height, alt="Accuracy of convolution and transformer against training digits")


def _curves(look: Look, frames: list[Frame]) -> None:
    """Both curves in one chart: over steps while training, else over training digits, as recorded."""
    if not frames:
        chart(sample_curves(theme().name, not look.positions), "vit-curves")
        return
    x = np.array([int(frame["step"]) for frame in frames])
    kinds = {"cnn": "cnn", "vit": "vit" if look.positions else "bag"}
    lines = [Line(kind, x, np.array([float(f[f"{name}/accuracy"]) for f in frames])) for name, kind in kinds.items()]
    figure = compared(lines, "training steps", scale=theme(), height=HEIGHT - BARS)
    figure.layout.xaxis.range = [0, int(frames[-1]["steps"])]
    figure.layout.uirevision = "steps"
    chart(figure, "vit-curves", height=HEIGHT - BARS, alt="Test accuracy of both networks while they learn")


def _answers(look: Look, at: "Held") -> None:
    """What both say of the picture."""
    from components.learn.attending import answers as say
    from components.learn.attending import networks

    colours, name = theme().name, "vit" if look.positions else "bag"

    def figure():  # type: ignore[no-untyped-def]
        model, cnn = networks(at)
        found = {"cnn": say(cnn, look.digit), name: say(model, look.digit)}
        return answers(found, scale=SCALES[colours], height=BARS)

    facts = ("vit-answers", digest(look.given[0]), look.patch, look.positions, at, colours)
    chart(remembered(facts, figure, "vit-answers", height=BARS, alt="Probabilities of the ten digits"), "vit-answers")


def scores(look: Look, frames: list[Frame]) -> dict[str, tuple[float, float, int]]:
    """Accuracy of both, seconds of training, and how many digits were tested."""
    from components.learn.attending import recorded

    if frames:
        last = frames[-1]
        return {n: (float(last[f"{n}/accuracy"]), float(last[f"{n}/seconds"]), int(last["tested"])) for n in ("cnn", "vit")}
    data = recorded("weights")
    names = {"cnn": "cnn", "vit": f"vit/{look.patch}/{int(look.positions)}"}
    return {n: (float(data[f"{k}/accuracy"][0]), float(data[f"{k}/seconds"]), 1000) for n, k in names.items()}


def _readouts(look: Look, at: "Held", frames: list[Frame]) -> None:
    """At most four numbers; hovering one shows its formula with the current numbers in it."""
    from components.learn.attending import counted, distances, networks
    from components.learn.duel import BATCH, RATES

    row = st.container(horizontal=True, gap="medium")
    images = int(frames[-1]["step"]) * BATCH if frames else 2000 * 64
    for name, label in (("cnn", "Convolution, right"), ("vit", "Transformer, right")):
        accuracy, seconds, tested = scores(look, frames)[name]
        error = (accuracy * (1 - accuracy) / tested) ** 0.5
        pace = f"{images / seconds:,.0f} pictures a second" if seconds and images else ""
        row.metric(
            label, f"{accuracy:.3f} ± {error:.3f}", f"{seconds:.0f} s of training" if seconds else None,
            delta_color="off", delta_arrow="off",
            help=f"Right answers on {tested} test digits; the standard error is sqrt(a (1 - a) / n) = {error:.3f}. "
            f"Learning rate {RATES[name]:g}. {pace}",
        )  # fmt: skip
    heavy, light = (counted(model) for model in networks(at))
    row.metric(
        "Weights", f"{light / 1000:.1f}k · {heavy / 1000:.0f}k", f"transformer: {heavy / light:.0f}×",
        delta_color="off", delta_arrow="off",
        help=f"Convolution {light:,}, transformer {heavy:,}: each of {LAYERS} layers has Wq, Wk, Wv, Wo of 48 × 48 and a network "
        "of 48 → 96 → 48; the patches share one W, and each place has 48 numbers of its own.",
    )  # fmt: skip
    own = distances(at)[look.block - 1, look.head - 1]
    row.metric(
        "This head looks", f"{own.mean():.1f} ± {max(0.1, own.std(ddof=1) / len(own) ** 0.5):.1f} px far",
        f"layer {look.block}, head {look.head}", delta_color="off", delta_arrow="off",
        help="Mean attention distance: sum of A_ij |p_i - p_j| over the sum of A_ij, between middles of patches, over "
        f"{len(own)} test digits; the class token is left out.",
    )  # fmt: skip


def said(look: Look, request: "Duel", frames: list[Frame]) -> str:
    """Where the numbers on the stage come from, and what these networks cannot know."""
    from components.learn.attending import recorded

    only = "" if look.given[1] else " These networks know only digits: whatever they are shown, they answer with a digit."
    if frames:
        done = int(frames[-1]["step"]) == int(frames[-1]["steps"])
        now = "" if done else f" ({int(frames[-1]['tested'])} for now)"
        return (
            f"Live: both on the same {request.size:,} digits of MNIST, 600 steps of 32, tested on 1,000 others{now}. "
            "Attention as "
            f"last learnt.{only}"
        )
    facts = recorded("weights")
    return (
        f"Recorded {facts['date']} on {facts['machine']}. Attention, bars, numbers: trained on 4,000 digits, 2,000 steps of 64. "
        f"Curves: 600 steps of 32, mean of 4 seeds, bars are standard errors. Tested on 1,000 other digits.{only}"
    )


def formula() -> None:
    """The slide's formula, coloured like the picture, with shapes."""
    asks, heat = theme().series[2], theme().series[1]
    st.latex(
        rf"h = \textcolor{{{heat}}}{{\underbrace{{\mathrm{{softmax}}"
        rf"\Big(\tfrac{{\textcolor{{{asks}}}{{X W_q}}\, W_k^\top X^\top}}{{\sqrt d}}\Big)}}_{{A:\; n \times n}}}}\,"
        r"\underbrace{X W_v}_{n \times d}"
    )
