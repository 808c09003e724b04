"""Below the stage of the view "Samples needed": the picture moves, strides break the symmetry, a guess, a question, the code."""

from functools import lru_cache

import streamlit as st

from components.figures.map_row import map_row
from components.figures.shift_lines import PLACE_NAMES, shift_lines
from components.learn.picture_summary import recorded_frame, recorded_picture_summary
from components.learn.picture_sweep import MOVED, SHOWN, PictureRequest, builder, counts
from components.learn.sweep import ARCHITECTURES
from components.tasks.places import MOVES
from components.ui.chart import chart, picture
from components.ui.code import bundle, gather, show_code
from components.ui.house import theme
from components.ui.images_samples_stage import shown_pixels
from components.ui.images_samples_ways import ways
from components.ui.links import choice, pick
from components.ui.live import current, engine, learner
from components.values import Frame

CLOSER = {
    "shift": "Move the picture",
    "stride": "Why strides break it, and what blurring repairs",
    "guess": "Predict and check",
    "code": "Shapes and code",
}
LOW = 300


def closer(request: PictureRequest, share: bool, pool: bool, number: int) -> None:
    """One of the closer looks."""
    show = choice("Look closer", CLOSER, "shift", "samples_closer")
    if show == "shift":
        shift(request, share, pool, number % len(request.about.classes))
    elif show == "stride":
        ways()
    elif show == "guess":
        left, right = st.columns(2, gap="large")
        with left:
            predict()
        with right:
            check_yourself()
    else:
        code(request, share, pool)


def finished(request: PictureRequest) -> tuple[Frame | None, bool]:
    """The learner's own sweep where it is over, else the recorded one; and whether it is their own."""
    run = current("pictures", request, request.device)
    frames = engine(request.device).seen(run, learner()) if run else []
    if frames and frames[-1]["step"] == frames[-1]["steps"]:
        return frames[-1], True
    return recorded_frame(request), False


def shift(request: PictureRequest, share: bool, pool: bool, number: int) -> None:
    """Accuracy, and p of one example, while the picture moves to the right."""
    frame, live = finished(request)
    if frame is None:
        st.info("Train live to see what the networks say of a picture that moves.")
        return
    scale, task, chosen = theme(), request.about, (share, pool)
    left, middle, right = st.columns([0.24, 0.38, 0.38], gap="medium")
    with left:
        move = pick("Move to the right by", range(MOVES), 0, "move", lambda n: f"{n} px")
        figure = map_row(shown_pixels(request, number, move), [], [f"moved {move} px"], columns=1, scale=scale, height=220)
        chart(picture(figure, "moved_picture", height=220, alt=f"The example moved by {move} pixels"), "moved_picture")
        i = ARCHITECTURES.index(chosen)
        says, p = int(frame["answer"][i, number, move]), float(frame["truth"][i, number, move])
        st.markdown(f"{PLACE_NAMES[chosen].capitalize()}: says **{task.classes[says]}**, p({task.classes[number]}) = **{p:.2f}**")
    accuracy, truth = frame["shift_accuracy"], frame["truth"][:, number]
    answers = [[task.classes[int(a)] for a in row] for row in frame["answer"][:, number]]
    with middle:
        title = f"accuracy on {MOVED} test pictures"
        figure = shift_lines(accuracy, chosen, move, title, scale=scale, height=LOW)
        chart(picture(figure, "shift_accuracy", height=LOW, alt="Accuracy against pixels moved"), "shift_accuracy")
    with right:
        title = f"p({task.classes[number]}) of this picture"
        figure = shift_lines(truth, chosen, move, title, answers=answers, scale=scale, height=LOW)
        chart(picture(figure, "shift_truth", height=LOW, alt="p of the true class against pixels moved"), "shift_truth")
    weights = "Trained here" if live else "Recorded"
    st.caption(f"{shift_words(request)} {weights}, {task.sizes[SHOWN]} training pictures.")


def shift_words(request: PictureRequest) -> str:
    """What to look for in the two charts."""
    if request.task == "texture":
        return "Texture and colour hardly change when the piece moves, so no network depends much on place."
    if not request.local:
        return (
            "A filter as large as the picture is cut off differently at every place: sharing it does not give exact invariance."
        )
    if request.stride == 1:
        return (
            "Windows at every pixel: shared and pooled gives the same answer at every place, except at the border, where the "
            "windows that would lie half outside are missing."
        )
    return (
        f"Shared and pooled repeats itself every {request.stride} pixels, the step between its windows, and exactly so away from "
        "the border, where windows that would lie half outside are missing. Between the steps it fails like the others."
    )


def predict() -> None:
    """A guess about digits at any place, compared with what was recorded."""
    known = recorded_frame(PictureRequest())
    assert known is not None
    options = ["0.9", "0.8", "0.5", "0.2"]
    guess = st.segmented_control(
        "**Predict first.** The convolution with pooling knows digits at 16 places after 2,048 pictures: accuracy "
        f"{known['accuracy'][0, -1].mean():.2f}. Now they stand at "
        "**any** of 169 places, and its windows still jump 4 pixels. Accuracy after 2,048 pictures?",
        options, key="guess-anywhere",
    )  # fmt: skip
    if not guess:
        return
    found = {stride: recorded_frame(PictureRequest("anywhere", True, stride)) for stride in (4, 2, 1)}
    measured = {stride: float(frame["accuracy"][0, -1].mean()) for stride, frame in found.items() if frame is not None}
    st.markdown(
        f"You said **{guess}**. Measured: **{measured[4]:.2f}**. Pooling forgets *which* window saw the digit, but a digit that "
        f"lies between two windows is seen by none as a whole. With a step of 2 pixels: {measured[2]:.2f}; with 1: "
        f"**{measured[1]:.2f}**. Choose “Digits, any place” and the step above."
    )


def check_yourself() -> None:
    """One question; its answer is found by moving the toggles above."""
    st.subheader("Check yourself", anchor=False)
    options = {"window": "the local window", "sharing": "the sharing", "pooling": "the pooling"}
    answer = st.radio(
        "Digits at 16 places. Which of the three costs most samples when it **alone** is switched off?",
        list(options), index=None, horizontal=True, format_func=options.__getitem__, key="check-places",
    )  # fmt: skip
    local, whole = (recorded_picture_summary(PictureRequest("aligned", on)) for on in (True, False))
    if answer is None or local is None or whole is None:
        return
    cost = {"window": whole.spoken[0], "sharing": local.spoken[2], "pooling": local.spoken[1]}
    measured = f"window {cost['window']}, sharing {cost['sharing']}, pooling {cost['pooling']}"
    if answer == "sharing":
        st.success(
            f"Yes ({measured}). Pooling without sharing is even worse than neither: it takes the largest of sixteen numbers that "
            "mean different things.", icon=":material/check:",
        )  # fmt: skip
    else:
        st.warning("Not that one. Switch each off alone, and read “Times the convolution's samples”.", icon=":material/close:")


@lru_cache(maxsize=64)
def source(request: PictureRequest, share: bool, pool: bool) -> str:
    """The run as one file: the project's own modules, and the current settings."""
    task = request.about
    modules = gather(["values", "tasks.places", "models.place_classifier", "learn.train"])
    kind = (request.pool or task.pool) if pool else "concatenate"
    main = f"""
task = PICTURE_TASKS["{request.task}"]
network = partial(
    PlaceClassifier, task.side, task.colours, len(task.classes), task.patch, {request.stride}, {request.local}, {share}, "{kind}"
)
settings = dict(seeds={request.seeds}, steps=task.steps, rate=task.rate, order="fixed")
for frame in train(network, task.draw, task.sizes, **settings):
    print("step", int(frame["step"]), "accuracy", frame["accuracy"].mean(1).round(4).tolist(), flush=True)
"""
    needs = "torch, numpy, scikit-learn and Pillow"
    needs += " and pretrained/data/photographs.npz beside this file" if request.task == "texture" else ""
    seen = "a small window" if request.local else "the whole picture"
    about = f"{task.title}: {seen}, {'one shared filter' if share else 'separate filters'}, {kind}. Needs {needs}."
    return bundle(modules, main, about)


def code(request: PictureRequest, share: bool, pool: bool) -> None:
    """The shapes, the heart of the code on the page, the whole as a file."""
    from components.models.place_classifier import PlaceClassifier

    task, places = request.about, counts(request, share, pool)["places"]
    weight = tuple(builder(request, share, pool)([_seeded()]).phi.weight.shape[1:])
    middle = 24 if pool else 24 * places
    exact = request.local and share and pool
    law = (
        f"f(gx) = f(x) for shifts g by multiples of {request.stride} pixels, away from the border."
        if exact
        else "the answer may change with the place: f(gx) ≠ f(x)."
    )
    st.markdown(
        f"Shapes: x ({task.side}² · {task.colours},) → W {weight} at {places} places → ({places}, 24) → pooled ({middle},) → "
        f"V ({len(task.classes)},). An axis of length 1 in W is a shared one. Symmetry: {law}"
    )
    st.subheader("The code that ran", anchor=False)
    name = f"pictures_{request.task}.py"
    show_code(source(request, share, pool), name, focus=[PlaceClassifier.features, PlaceClassifier.forward])


def _seeded():  # type: ignore[no-untyped-def]
    from torch import Generator

    return Generator()
