"""Below the stage of "Watch it learn": a guess, the errors, what filters answer to, and the model as a file and as code."""

import numpy as np
import streamlit as st

from components.figures.answers import confusion as confusion_picture
from components.figures.sample import gallery
from components.figures.scale import SCALES
from components.figures.strong_windows import strong_windows
from components.learn.watching import Watch, answers, exam, grid, network, stages
from components.learn.watching_file import recorded
from components.measure.confusion import confusion, worst
from components.measure.receptive_field import receptive_fields
from components.measure.strongest import strongest, window
from components.ui.chart import Picture, chart, picture
from components.ui.house import theme
from components.ui.images_train_keep import keep
from components.ui.images_train_seen import Seen
from components.ui.images_train_stage import Focus, filters, loaded
from components.ui.images_train_words import check_yourself, formula, guess
from components.ui.links import choice
from components.ui.live import current, engine, learner
from components.values import Frame

CLOSER = {
    "predict": "Predict, then check",
    "errors": "Where it errs",
    "strongest": "What a filter answers to",
    "keep": "Save, load, code",
}
HEIGHT, WRONG, SEARCHED, BEST = 400, 12, 300, 8  # pixels; errors shown; test pictures searched; windows shown


def newest(request: Watch) -> tuple[Frame | None, list[Frame], str]:
    """The newest frame on the stage, those before it, and where it comes from."""
    run = current("train", request)
    seen = engine("cpu").seen(run, learner()) if run else []
    own = loaded(request)
    if seen:
        return seen[-1], seen, f"live-{int(seen[-1]['step'])}"
    if own is not None:
        return own[0], [own[0]], own[1]
    kept = list(recorded(request))
    return (kept[-1], kept, "recorded") if kept else (None, [], "")


def closer(request: Watch, seen: Seen, focus: Focus) -> None:
    """The formula, then one of four closer looks at the newest frame."""
    formula(request)
    look = choice("Look closer", CLOSER, "predict", "trainshow")
    frame, frames, source = newest(request)
    if look == "predict":
        left, right = st.columns(2, gap="large")
        with left:
            guess(request, frames)
        with right:
            check_yourself(request)
    elif frame is None:
        st.info("Nothing is trained yet for these settings: train live first.", icon=":material/play_arrow:")
    elif look == "errors":
        errors(request, frame, source)
    elif look == "strongest":
        answered(request, frame, source, focus)
    else:
        keep(request, frame)
    if look == "keep" and frame is None:
        keep(request, None)


def errors(request: Watch, frame: Frame, source: str) -> None:
    """The confusion matrix of all test pictures, and the wrong answers it is surest of."""
    matrix, gallery_, right, total = error_pictures(repr(request), source, theme().name, _request=request, _frame=frame)
    left, other = st.columns(2, gap="medium")
    with left:
        chart(matrix, "train-confusion")
    with other:
        if gallery_ is None:
            st.markdown("No errors on these test pictures.")
        else:
            st.markdown("**Its most confident errors:** truth → answer")
            chart(gallery_, "train-errors")
    st.caption(f"{right:,} of {total:,} test pictures right, by the network at step {int(frame['step'])}.")


@st.cache_resource(max_entries=32, show_spinner=False)
def error_pictures(
    request: str, source: str, colours: str, *, _request: Watch, _frame: Frame
) -> tuple[Picture, Picture | None, int, int]:
    """Both pictures, the number of right answers, and of test pictures; drawn once for all learners."""
    x, truth = exam(_request.data)
    p, classes = answers(_request, _frame, x[:, 0]), _request.exercise.classes
    answer, scale = p.argmax(1), SCALES[colours]
    counts = confusion(truth, answer, len(classes))
    matrix = picture(confusion_picture(counts, classes, scale, HEIGHT), "train-confusion", height=HEIGHT, alt="confusion matrix")
    wrong = worst(answer, p.max(1), truth, WRONG)
    if not len(wrong):
        return matrix, None, int((answer == truth).sum()), len(truth)
    titles = [f"{classes[truth[i]]} → {classes[answer[i]]}" for i in wrong]
    samples = [_request.exercise.show(x[i]) for i in wrong]
    shown = gallery(samples, titles, scale, 4, HEIGHT - 40)
    return (
        matrix,
        picture(shown, "train-errors", height=HEIGHT - 40, alt="wrong answers"),
        int((answer == truth).sum()),
        len(truth),
    )


def answered(request: Watch, frame: Frame, source: str, focus: Focus) -> None:
    """The windows of test pictures that the maps of the chosen layer answer to most."""
    layer = focus[0]
    made, side = window_picture(repr(request), source, focus, theme().name, _request=request, _frame=frame)
    st.markdown(
        f"**Layer {layer[-1]}: the {BEST} windows of {side} × {side} pixels that each filter answers to most**, from "
        f"{SEARCHED} test pictures, at most one of each."
    )
    chart(made, "train-strongest")
    st.caption(
        "A filter is a question, its map the answers. Click a map of a later layer above: its windows are larger, and what they "
        "share is more of a thing than an edge."
    )


@st.cache_resource(max_entries=32, show_spinner=False)
def window_picture(
    request: str, source: str, focus: Focus, colours: str, *, _request: Watch, _frame: Frame
) -> tuple[Picture, int]:
    """The windows of eight filters of a layer, the chosen one among them, and the pixels along their sides."""
    layer, number = focus
    x = exam(_request.data)[0][:SEARCHED, 0]
    pixels = grid(_request.data, x)
    parts = [stages(_request, _frame, x[i : i + 100])[layer] for i in range(0, len(x), 100)]
    maps = np.concatenate(parts)
    field = next(f for f in receptive_fields(network(_request).layers()) if f.name == layer)
    first = 8 * (number // 8) if maps.shape[1] > 8 else 0
    rows = range(first, min(first + 8, maps.shape[1]))
    windows, values = [], []
    for row in rows:
        found = strongest(maps[:, row], BEST)
        cut = [window(pixels[p.picture], _span(field, p.row), _span(field, p.column)) for p in found]
        windows.append(np.stack(cut) if cut else np.zeros((0, 1, 1, 1), np.float32))
        values.append([p.value for p in found])
    bank = filters(_frame, layer)[first : first + len(rows)] if layer == "conv1" else None
    names = [f"filter {r + 1}" if layer == "conv1" else f"map {r + 1}" for r in rows]
    figure = strong_windows(
        windows, values, names, bank, number - first, columns=BEST, scale=SCALES[colours], height=52 * len(rows)
    )
    return picture(figure, "train-strongest", height=52 * len(rows), alt=f"Windows that {layer} answers to most"), field.size


def _span(field, place: int) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    """First pixel and the one after the last that a place sees, also beyond the border."""
    first = round(field.centre + place * field.jump - (field.size - 1) / 2)
    return first, first + field.size
