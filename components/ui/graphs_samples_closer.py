"""Below the stage of the view "Samples needed": renumbering, all questions at once, a guess and a question, the code."""

from functools import lru_cache

import numpy as np
import streamlit as st

from components.figures.learning_curves import ARCHITECTURES, NAMES
from components.learn.graph_summary import longer, recorded_about, recorded_graph_summary, recorded_graphs
from components.learn.graph_sweep import HOWS, GraphRequest
from components.tasks.graph_questions import GRAPH_TASKS
from components.ui.code import bundle, gather, show_code
from components.ui.graphs_samples_renumber import renumber
from components.ui.graphs_samples_stage import said_need
from components.ui.links import choice

CLOSER = {
    "renumber": "Renumber the nodes",
    "loses": "Where sharing loses",
    "guess": "Predict and check",
    "code": "The code that ran",
}


def closer(request: GraphRequest, share: bool, aggregate: bool) -> None:
    """One of the closer looks."""
    show = choice("Look closer", CLOSER, "renumber", "graph_closer")
    if show == "renumber":
        renumber(share, aggregate)
    elif show == "loses":
        loses()
    elif show == "guess":
        left, right = st.columns(2, gap="large")
        with left:
            predict()
        with right:
            check_yourself()
    else:
        code(request, share, aggregate)


def loses() -> None:
    """Samples needed for every question, with a sum and with the largest, as recorded; and why it is lost where it is."""
    lines = ["| question | accuracy | aggregation | " + " | ".join(NAMES[kind] for kind in ARCHITECTURES) + " |"]
    lines.append("|---|---|---|" + "---|" * 4)
    for task, about in GRAPH_TASKS.items():
        for how in ("sum", "max"):
            needed, frame = recorded_graph_summary(task, how).needed, recorded_graphs(task, how)
            cells = [
                said_need(n, about.sizes) if np.isfinite(n) else f"**never** ({a[-1].mean():.2f})"
                for n, a in zip(needed, frame["accuracy"], strict=True)
            ]
            lines.append(f"| {about.title} | {about.threshold:g} | {how} | " + " | ".join(cells) + " |")
    left, right = st.columns([0.62, 0.38], gap="large")
    with left:
        st.markdown("**Samples needed**\n\n" + "\n".join(lines))
    with right:
        short, long = recorded_graphs("places", "sum")["accuracy"][0, -1].mean(), longer().mean()
        wrong = recorded_graphs("vote", "max")["accuracy"][0, -1].mean()
        st.markdown(
            f"**Digits: the number is the place.** One map for all and any order forget where the ink is: {short:.2f} after "
            f"1,024 digits. Five times the training steps give {long:.2f}: nodes at the border have fewer neighbours, and that "
            "tells a little of where they are. Networks that know the numbers are right to use them.\n\n"
            f"**Vote: the largest cannot count.** It only knows which parties occur among the neighbours: {wrong:.2f}, however "
            "many samples. The right symmetry does not help if what is needed is thrown away."
        )
        st.caption(f"In brackets: accuracy with most samples. Recorded {recorded_about()['date']}; mean of 5 repetitions.")


def predict() -> None:
    """A guess about both switched off, compared with what was recorded."""
    summary = recorded_graph_summary("vote", "sum")
    guess = st.segmented_control(
        f"**Predict first.** Neighbours’ vote, 8 people. Without sharing it takes {summary.spoken[2]} the samples, without "
        f"aggregation {summary.spoken[1]}. And without both?",
        ["the larger of the two", "about their sum", "about their product"],
        key="guess-graph-both",
    )
    if guess:
        product = summary.factors[1].estimate * summary.factors[2].estimate
        total = summary.factors[1].estimate + summary.factors[2].estimate
        st.markdown(
            f"You said **{guess}**. Measured: **{summary.spoken[3]}** (95 %: {summary.factors[3].low:.2g} to "
            f"{summary.factors[3].high:.2g}); the sum would be {total:.0f}, the product {product:.0f}. One node of 8 sees an "
            "eighth of the samples, and then has to learn every neighbour’s place by itself: 8 × 8 = 64 maps instead of one."
        )


def check_yourself() -> None:
    """One question; its answer is found by moving the controls above."""
    st.subheader("Check yourself", anchor=False)
    answer = st.radio(
        "Which aggregation can **not** learn the neighbours’ vote, however many samples there are? (Try it above.)",
        list(HOWS), index=None, horizontal=True, key="check-graph-vote",
    )  # fmt: skip
    if answer:
        best = float(recorded_graphs("vote", answer)["accuracy"][0].mean(1).max())
        if answer == "max":
            st.success(f"Yes: it stays at {best:.2f}. Which parties occur is known, but not how often.", icon=":material/check:")
        else:
            st.warning(f"Not the {answer}: it reaches {best:.2f}. Look for one that cannot count.", icon=":material/close:")


@lru_cache(maxsize=64)
def source(request: GraphRequest, share: bool, aggregate: bool) -> str:
    """The run as one file: the project's own modules, and the current settings."""
    task = request.about
    modules = gather(["values", "tasks.graph_questions", "models.graph_classifier", "learn.train"])
    how = request.how if aggregate else "concatenate"
    main = f"""
task = GRAPH_TASKS["{request.task}"]
network = partial(
    GraphClassifier, task.d, len(task.classes), task.n, {share}, "{how}", h=task.h, layers=task.layers, asked=task.asked
)
settings = dict(seeds={request.seeds}, steps=task.steps, rate=task.rate, order="fixed", test=task.test)
for frame in train(network, task.draw, task.sizes, **settings):
    print("step", int(frame["step"]), "accuracy", frame["accuracy"].mean(1).round(4).tolist(), flush=True)
"""
    needs = {"vote": "torch, numpy and scikit-learn", "places": "torch, numpy and scikit-learn"}.get(
        request.task, "torch, numpy, scikit-learn and pretrained/data/molecules.npz beside this file"
    )
    about = f"{task.title}: {'one shared map' if share else 'a map for each node'}, {how}. Needs {needs}."
    return bundle(modules, "from functools import partial\n" + main, about)


def code(request: GraphRequest, share: bool, aggregate: bool) -> None:
    """The shapes, the heart of the code on the page, the whole as a file."""
    from components.models.graph_classifier import GraphClassifier
    from components.models.graph_classifier import gather as heard

    task = request.about
    law = "f(Px) = P f(x) for every renumbering P" if share and aggregate else "the answer may change with the numbers"
    st.markdown(
        f"Shapes: x ({task.n}, {task.d} + {task.n}) → h ({task.n}, {task.h}) → answer ({len(task.classes)},). Symmetry: {law}."
    )
    name = f"graphs_{request.task}.py"
    show_code(source(request, share, aggregate), name, focus=[heard, GraphClassifier.nodes, GraphClassifier.forward])
