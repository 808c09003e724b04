"""Below the stage of "Special or general": settings, predict, check yourself, the code."""

import streamlit as st

from components.learn.special import CONTESTS, RATES, laid_out
from components.learn.special_file import Result, ahead, results
from components.models.composed import Composed
from components.ui.code import archive, gather, show_code
from components.ui.links import choice
from components.ui.unified_compare_words import MODALITIES, settings

CAUTION = (
    "Read small leads as none. The number of steps and the transformer's pool were set after a first recording had shown that "
    "it learnt too little, and of two special models the one that tests better is shown: both flatter a little. A longer "
    "training was not tried."
)
PARTS = {"predict": "Predict", "settings": "All settings", "check": "Check yourself", "code": "Code"}


def below(modality: str, result: Result) -> None:
    """One part at a time."""
    part = choice("Look closer", PARTS, "predict", "comparelook")
    if part == "predict":
        predict(modality, result)
    elif part == "settings":
        table(modality, result)
    elif part == "check":
        check()
    else:
        code(modality)


def predict(modality: str, result: Result) -> None:
    """A guess about work and weights, compared with what was counted."""
    names = [c.name for c in CONTESTS[modality][2]]
    guess = st.segmented_control("**Predict first.** Which model does the *most work* (multiply-adds) for one sample?", names,
                                 key=f"compare-guess-{modality}")  # fmt: skip
    if guess:
        weights, work = result.cost[:, 0], result.cost[:, 1]
        rows = "".join(
            f"| {n} | {w:,} | {p:,} | {w / p:.1f} |\n" for n, w, p in zip(names, work.tolist(), weights.tolist(), strict=True)
        )
        head = "| model | multiply-adds | weights | uses of a weight |\n|---|---|---|---|"
        st.markdown(
            f"You said **{guess}**. Counted: **{names[int(work.argmax())]}**.\n\n{head}\n{rows}\n"
            "A shared weight is used again at every element; in an MLP each is used once."
        )


def table(modality: str, result: Result) -> None:
    """Every setting and every number."""
    each = " / ".join(f"{r:g}" for r in RATES)
    head = f"| model | settings | weights | multiply-adds | CPU s | rate | accuracy on held-out, rates {each}"
    lines = [head + " | " + " | ".join(f"{s:,} samples" for s in result.sizes) + " |", "|" + "---|" * (7 + len(result.sizes))]
    for i, c in enumerate(CONTESTS[modality][2]):
        tried = " / ".join(f"{a:.0%}" for a in result.search[i])
        scores = " | ".join(f"{a.mean():.1%} ± {a.std(ddof=1) / len(a) ** 0.5:.1%}" for a in result.accuracy[i])
        lines.append(
            f"| {c.name} | {settings(modality, c)} | {result.cost[i, 0]:,} | {result.cost[i, 1]:,} | {result.seconds[i]:.2f} | "
            f"{result.rates[i]:g} | {tried} | {scores} |"
        )
    st.markdown("\n".join(lines))
    st.caption(CAUTION)


def check() -> None:
    """One question; its answer is found by going through the data."""
    found = {m: ahead(m, r.sizes, r.accuracy, r.tested)[0] for m, r in results().items()}
    answer = st.radio(
        "With the fewest samples, on which data is the special model furthest ahead of the transformer?",
        [MODALITIES[m] for m in found], index=None, horizontal=True, key="compare-check",
    )  # fmt: skip
    if answer:
        best = max(found, key=lambda m: found[m].points)
        text = "; ".join(f"{MODALITIES[m]} {a.points:+.0f} ± {a.half:.0f}" for m, a in found.items()).replace("-", "−")
        (st.success if answer == MODALITIES[best] else st.warning)(f"{MODALITIES[best]}. Leads in points: {text}.")


def source(modality: str) -> str:
    """The contenders as one file that runs alone: built, counted; and trained where the data come with scikit-learn."""
    models = "\n".join(
        f"    ({c.name!r}, {c.composition!r}, {laid_out(modality, c.sees).shape!r})," for c in CONTESTS[modality][2]
    )
    main = f"""
import torch
from torch import Generator
from components.models.composed import Composed
from components.models.composition import Composition, Shape

CONTENDERS = [
{models}
]
for name, choices, shape in CONTENDERS:
    model = Composed(choices, shape, [Generator().manual_seed(0)])
    x = torch.rand(1, 4, shape.n, shape.d + (shape.n if shape.linked else 0))  # random numbers, to see the shapes alone
    answer = model(x.round() if shape.linked or shape.tokens else x)
    print(name, "weights", sum(p.numel() for p in model.parameters()), "answers", tuple(answer.shape))
    for stage in model.outline():
        print("   ", stage.name, stage.shape, stage.weights)
"""
    about = f"The models that compete on {modality} data in “Special or general”. Needs torch."
    return archive(gather(["models.composed"]), main, about)


def code(modality: str) -> None:
    """The heart of it, and the whole."""
    show_code(source(modality), f"special_or_general_{modality}.py", focus=[Composed.stages])
