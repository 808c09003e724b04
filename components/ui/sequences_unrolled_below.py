"""Below the strip: how far back the gradient reaches, a guess, a question, the code."""

from functools import lru_cache

import streamlit as st

from components.figures.scale import SCALES
from components.figures.state_strip import gradient_lines
from components.learn.unrolling import CELLS, gradients
from components.measure.gradient_distance import fallen
from components.models.recurrent import Recurrent
from components.models.state_space import StateSpace, scan
from components.ui.chart import Picture, chart, picture
from components.ui.code import bundle, gather, show_code
from components.ui.house import theme
from components.ui.links import choice, pick

PARTS = {"gradient": "How far back", "predict": "Predict", "check": "Check yourself", "code": "Code"}
NAMES = {"rnn": "RNN", "lstm": "LSTM", "ssm": "state space", "attention": "attention"}


def below(cell: str, question: str, length: int) -> None:
    """One part at a time."""
    part = choice("Look closer", PARTS, "gradient", "unrolllook")
    if part == "gradient":
        reach(question)
    elif part == "predict":
        predict(question)
    elif part == "check":
        check(question)
    else:
        code(cell)


@lru_cache(maxsize=64)
def lines(question: str, trained: bool, scale: float, colours: str) -> tuple[Picture, tuple[float, ...]]:
    """The lines of four models, and where each has fallen to one hundredth."""
    curves = [(NAMES[c], gradients(c, question, trained, scale if c == "rnn" else 1.0)) for c in (*CELLS, "attention")]
    far = tuple(fallen(g) for _, g in curves)
    figure = gradient_lines(curves, scale=SCALES[colours], height=340)
    return picture(figure, "gradients", height=340, alt="Gradient against distance"), far


def said(distance: float) -> str:
    """A distance as a learner reads it."""
    return f"{distance:.0f} tokens" if distance < 1e9 else "beyond 47"


def reach(question: str) -> None:
    """Gradient against distance, and the distance at which it has vanished."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        trained = choice("Models", {"trained": "trained", "start": "as training starts"}, "trained", "when") == "trained"
        scale = float(pick("U of the RNN, times", ("0.5", "1", "2", "3", "5"), "1", "recurscale"))
    shown, far = lines(question, trained, scale, theme().name)
    left, right = st.columns([0.62, 0.38], gap="large")
    with left:
        chart(shown, "gradients")
    with right:
        st.latex(r"g(k)=\Big\lVert\frac{\partial s_T}{\partial x_{T-k}}\Big\rVert")
        st.markdown(
            "How much the last state still feels a token. A recurrent cell multiplies by U once a step: its gradient "
            "**vanishes** step by step, or **explodes** where U is large. The LSTM's memory and the state space's slow entries "
            "keep it; attention reaches every token in one step, none more than another."
        )
        for name, distance in zip(NAMES.values(), far, strict=True):
            note = " (the token itself stays 100 times as near)" if name == "attention" else ""
            st.markdown(f"- {name}: at 1 % after **{said(distance)}**{note}")
    st.caption("Computed here: automatic differentiation, eight random sequences of 48 tokens, geometric mean.")


def predict(question: str) -> None:
    """A guess about the LSTM against the RNN, compared with the computation."""
    guess = st.segmented_control(
        "**Predict first.** After how many tokens has the *trained LSTM's* gradient fallen to 1 % (RNN beside it)?",
        ["3", "10", "20", "more than 40"], key=f"reach-guess-{question}",
    )  # fmt: skip
    if guess:
        far = lines(question, True, 1.0, theme().name)[1]
        st.markdown(
            f"You said **{guess}**. Computed: LSTM **{said(far[1])}**, RNN **{said(far[0])}**, state space {said(far[2])}."
        )


def check(question: str) -> None:
    """One question; its answer is found with the factor on U."""
    options = ["the gradient reaches further, and may explode", "it vanishes sooner", "nothing changes"]
    answer = st.radio(
        "As training starts, multiply U of the RNN by 3. What happens? (Set it under How far back.)", options, index=None,
        key="reach-check",
    )  # fmt: skip
    if answer:
        one, three = (lines(question, False, s, theme().name)[1][0] for s in (1.0, 3.0))
        text = f"Computed: at 1 % after {said(one)} with U as it starts, after {said(three)} with three times U."
        (st.success if answer == options[0] else st.warning)(text)


def source(cell: str) -> str:
    """One recurrent layer step by step, as one file."""
    if cell == "ssm":
        main = """
layer = StateSpace(4, 8, [Generator().manual_seed(0)])
x = torch.randn(1, 1, 10, 4)
s = layer.states(x)  # by a scan
print("scan equals steps:", float((s - stepwise(layer.decay(), layer.into(x))).abs().max()))
"""
        return bundle(gather(["models.state_space"]), "from torch import Generator\n" + main, "A state-space layer. Needs torch.")
    main = f"""
layer = Recurrent(4, 8, [Generator().manual_seed(0)], "{cell}")
for name, values in layer.unrolled(torch.randn(1, 1, 10, 4)).items():
    print(name, values[0, 0, -1].tolist())
"""
    return bundle(
        gather(["models.recurrent"]), "from torch import Generator\n" + main, f"A recurrent layer, {cell}. Needs torch."
    )


def code(cell: str) -> None:
    """The heart of it, and the whole."""
    show_code(source(cell), f"{cell}.py", focus=[scan, StateSpace.forward] if cell == "ssm" else [Recurrent.cell])
