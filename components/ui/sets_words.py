"""The parts of the Sets page around its stage: situations, prediction, formula, collisions, code, a question."""

from functools import lru_cache

import streamlit as st

from components.figures.multiset_tiles import multiset_tiles, written
from components.figures.scale import SCALES
from components.learn.sweep import Request, example
from components.measure.multisets import groups
from components.ui.chart import Picture, chart, picture
from components.ui.code import bundle, gather, show_code
from components.ui.house import theme
from components.ui.links import choice

DEFAULTS = {
    "share": True,
    "pool": True,
    "task": "team16",
    "k": "5",
    "pooling": "sum",
    "order": "shuffled",
    "lookup": False,
    "example": 0,
}
SITUATIONS: dict[str, tuple[str, dict[str, object]]] = {
    "The slide: nothing shared": (
        "Separate weights, order kept. Count the factor and compare it with 5! = 120.",
        {"share": False, "pool": False},
    ),
    "Real digits, order seen": (
        "One map for all digits, but the places are told apart.",
        {"task": "any0", "pool": False},
    ),
    "Where 5! is real": (
        "A learner that only remembers has to see every order: look at the look-up.",
        {"task": "club", "lookup": True, "share": False, "pool": False},
    ),
    "Augmentation repairs it": (
        "Show every set in a new order each time, and most of the gap closes.",
        {"order": "augmented", "share": False, "pool": False},
    ),
    "Bad: sorted lessons, shuffled exam": (
        "Trained on sorted sets only, a network that sees the order fails the test.",
        {"order": "sorted", "pool": False},
    ),
    "Bad: a sum for a maximum": (
        "The right symmetry with the wrong pooling: invariance alone is no cure.",
        {"task": "maximum"},
    ),
}


def _take(values: dict[str, object]) -> None:
    for name, value in (DEFAULTS | values).items():
        st.session_state[name] = value


def presets() -> None:
    """Named situations, good and bad; each sets every control, and with it the address of the page."""
    with st.popover("Situations", icon=":material/bookmarks:", key="situations", on_change="rerun") as situations:
        for name, (why, values) in SITUATIONS.items() if situations.open else ():
            st.button(name, key=f"situation-{name}", on_click=_take, args=(values,), width="stretch")
            st.caption(why)


@lru_cache(maxsize=64)
def tiles(pool: str, chosen: int | None, colours: str) -> Picture:
    """The tiles of one pooling, drawn once for all learners."""
    found = groups(pool)
    figure = multiset_tiles(found, chosen, scale=SCALES[colours], height=275)
    return picture(figure, "tiles", height=275, click=True, alt=f"{len(found)} groups of multisets")


def multisets() -> None:
    """Which multisets each pooling confuses: every multiset of up to four of three symbols, grouped by pooled value."""
    names = {"sum": "sum", "mean": "mean", "max": "maximum", "attention": "attention"}
    pool = choice("Pooling", names, "mean", "collide")
    found = groups(pool)
    total = sum(len(g) for g in found)
    st.markdown(
        f"All {total} multisets of one to four symbols a, b, c. The {names[pool]} gives **{len(found)} different values**"
        + (
            ": it tells all of them apart."
            if len(found) == total
            else "; one column is one value, and its tiles look the same to the network."
        )
    )
    held = st.session_state.get("column")
    chosen = held[1] if held and held[0] == pool else None
    clicked = chart(tiles(pool, chosen, theme().name), "tiles")
    if clicked:
        st.session_state["column"] = (pool, int(clicked["customdata"]))
        st.rerun()
    if chosen is not None and chosen < len(found):
        alike = [written(m) for m in found[chosen]]
        st.markdown(
            f"**{alike[0]}** is told apart from all others."
            if len(alike) == 1
            else f"No network after this pooling can tell **{'** from **'.join(alike)}**."
        )
    else:
        st.caption("Click a tile.")


def check_yourself() -> None:
    """One question; its answer is found by moving the control above."""
    st.subheader("Check yourself", anchor=False)
    options = ["sum", "mean", "maximum", "attention"]
    answer = st.radio(
        "Which pooling can tell **ab** from **aabb**? (Try it above.)", options, index=None, horizontal=True, key="check"
    )
    if answer:
        pool = "max" if answer == "maximum" else answer
        apart = not any({(0, 1), (0, 0, 1, 1)} <= set(g) for g in groups(pool))
        if apart:
            st.success("Yes: the sum counts. Twice the elements give twice the value.", icon=":material/check:")
        else:
            st.warning(
                f"Not the {answer}: both sets give it the same value. Look for the column that holds ab and aabb.",
                icon=":material/close:",
            )


@lru_cache(maxsize=64)
def source(request: Request, share: bool, pool: bool) -> str:
    """The run as one file: the project's own modules, and the current settings."""
    family = request.family
    task = family.make.__module__.removeprefix("components.")
    modules = gather(["values", "tasks.base", task, "models.set_classifier", "learn.train"])
    kind = request.pool if pool else "concatenate"
    settings = f'seeds={request.seeds}, steps={family.budget(request.size)}, rate={family.rate}, order="{request.order}"'
    main = f"""
task = make({request.size})
width = task.draw(1, Generator(), "train")[0].shape[-1]
network = partial(SetClassifier, width, len(task.classes), {request.size}, {share}, "{kind}")
for frame in train(network, task.draw, {family.sizes}, {settings}):
    print("step", int(frame["step"]), "accuracy", frame["accuracy"].mean(1).round(4).tolist(), flush=True)
"""
    needs = "torch, numpy and scikit-learn" if request.task == "any0" else "torch and numpy"
    about = f"{family.title}: {'one shared phi' if share else 'separate phi'}, {kind}. Needs {needs}."
    return bundle(modules, main, about)


def code(request: Request, share: bool, pool: bool) -> None:
    """The heart of the code on the page, the whole as a file."""
    from components.models.set_classifier import SetClassifier

    width, classes = example(request)[0].shape[1], len(request.family.make(request.size).classes)
    middle = 32 if pool else 32 * request.size
    law = "f(πx) = f(x) for every order π." if share and pool else "the answer may change with the order: f(πx) ≠ f(x)."
    st.markdown(
        f"Shapes: x ({request.size}, {width}) → φ ({request.size}, 32) → pooled ({middle},) → ρ ({classes},). Symmetry: {law}"
    )
    st.subheader("The code that ran", anchor=False)
    show_code(source(request, share, pool), f"sets_{request.task}_{request.size}.py", focus=[SetClassifier.forward])
