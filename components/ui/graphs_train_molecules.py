"""Whole molecules on the Graphs page: drawn, with the answer, the truth and what each atom does; scores beside counting atoms."""

from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.figures.molecule_cards import Card, chances, molecule_cards, told_and_true
from components.figures.scale import SCALES
from components.figures.score_bars import score_bars
from components.learn.molecule_lesson import MoleculeLesson, answers, baselines, exam, run, shares
from components.modalities.graph import MODALITY
from components.modalities.graph_tasks import enter_molecule
from components.modalities.molecule_readers import read_smiles
from components.ui.chart import Picture, chart, picture, remembered
from components.ui.digest import digest
from components.ui.graphs_train_below import below
from components.ui.graphs_train_parts import curve, first, seconds_said, source
from components.ui.graphs_train_words import CARDS, TASKS, best_of, error_of, molecule_formula, spread, verdict
from components.ui.house import theme
from components.ui.links import choice, from_link, switch, to_link
from components.ui.live import live
from components.ui.sequences_text import clean
from components.ui.upload import plain, refused, uploaded
from components.values import BadInput, Frame, Sample

HEIGHT, BARS, DOTS, SHOWN, LONGEST = 360, 185, 155, 8, 300
NEAR = 1.0
"""An answer about log P counts as right within one power of ten."""
MEASURE = {"log P": "R²", "mutagen": "accuracy"}
MEANS = {
    "log P": "Log P is the power of ten by which a molecule prefers fat (octanol) to water. ✗: off by more than one power. "
    "Computed by RDKit from the structure, not measured.",
    "mutagen": "Measured on bacteria (MUTAG): does the molecule change their genes? One of the 50 test molecules is 2 %.",
}


class Asked(NamedTuple):
    """What the controls say."""

    lesson: MoleculeLesson
    cards: str
    halo: bool
    own: Sample | None


def controls() -> Asked:
    """What is asked of a molecule, which are drawn, whether atoms have halos, and the learner's own."""
    if (pending := st.session_state.pop("molecule-pending", None)) is not None:
        st.session_state["molecule"] = pending
    task = choice("Of a molecule", TASKS, "log P", "property")
    cards = choice("Drawn", CARDS, "first", "cards")
    halo = switch("What each atom does", True, "halo", "The answer with the atom minus the answer without it.")
    with st.popover("Your molecule", icon=":material/science:", key="molecule-own", on_change="rerun") as box:
        own = _own(bool(box.open))
    refused(MODALITY, "-train")
    return Asked(MoleculeLesson(task), cards, halo, own)


def _own(shown: bool) -> Sample | None:
    """SMILES from the box or a file; None where there is none, or a sentence says why it is not used."""
    from_link("smiles", "", lambda text: clean(text, LONGEST))
    if shown:
        st.text_input("SMILES, for instance CCO (ethanol)", key="smiles", max_chars=LONGEST)
        sample = uploaded(MODALITY, "-train")
    else:
        sample = None
    text = clean(st.session_state.get("smiles", ""), LONGEST)
    to_link("smiles", text, "")
    try:
        if text:
            sample = read_smiles(text.encode())
        if sample is not None:
            enter_molecule(sample, 0)
        return sample
    except BadInput as refusal:
        st.warning(plain(str(refusal)), icon=":material/error:")
        return None


def show(asked: Asked) -> None:
    """The stage with its run, the formula, what is below."""
    lesson = asked.lesson
    live("graphs-train", lesson, partial(run, lesson), partial(stage, asked))
    width = 32 if lesson.task == "log P" else 16
    st.latex(molecule_formula(theme(), width, 1 if lesson.task == "log P" else 2))
    below("molecule", lesson)


@lru_cache(maxsize=4)
def untrained(lesson: MoleculeLesson) -> Frame:
    """The network before any step, where nothing was recorded."""
    from components.learn.device import settle

    settle()
    return next(run(lesson))


@lru_cache(maxsize=256)
def drawn(task: str, number: int) -> Sample:
    """A test molecule with the places of its atoms."""
    lesson = MoleculeLesson(task)
    return lesson.exercise.show(exam(lesson)[0][number])


def wrongness(task: str, truth: np.ndarray, said: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far off each answer is `(n,)`, and whether it counts as right."""
    off = np.abs(said - truth)
    return off, off <= (NEAR if task == "log P" else 0.5)


def numbers(asked: Asked, said: np.ndarray) -> list[int]:
    """Which test molecules are on the cards: the one that was clicked first."""
    truth, room = exam(asked.lesson)[1], SHOWN - (asked.own is not None)
    order = np.arange(len(truth))
    if asked.cards == "worst":
        order = np.argsort(-wrongness(asked.lesson.task, truth, said)[0], kind="stable")
    text = str(st.session_state.get("molecule", st.query_params.get("molecule", "")))
    picked = [int(text)] if text.isdecimal() and len(text) < 6 and int(text) < len(truth) else []
    if picked:
        st.query_params["molecule"] = str(picked[0])
    return (picked + [int(i) for i in order[: SHOWN + 1] if int(i) not in picked])[:room]


def stage(asked: Asked, frames: list[Frame]) -> None:
    """The cards, told against true, the bars, the readouts."""
    from components.learn.device import settle

    settle()
    lesson = asked.lesson
    frame = frames[-1] if frames else first(lesson, partial(untrained, lesson))
    (x, truth), fresh = exam(lesson), bool(frames)
    said = answers(lesson, frame, x)
    shown = numbers(asked, said)
    _, scores, _ = curve(frames, frame, MEASURE[lesson.task])
    left, right = st.columns([0.66, 0.34], gap="small")
    with left:
        way = "more fat" if lesson.task == "log P" else "more “yes”"
        other = "more water" if lesson.task == "log P" else "more “no”"
        halo = f"; halo: the atom makes it :blue[**{way}**] or :orange[**{other}**]" if asked.halo else ""
        st.markdown(f"**Test molecules:** answer and truth{halo}")
        chart(card_picture(asked, frame, said, shown, fresh), "graphs-train-cards")
    with right:
        st.markdown("**Said against true** (click a dot to draw it)")
        clicked = chart(dots(lesson, truth, said, shown, fresh, int(frame["step"])), "graphs-train-dots")
        chart(bars(lesson, scores[-1], fresh, int(frame["step"])), "graphs-train-bars")
    readouts(lesson, said, scores[-1], frames)
    st.caption(f"{MEANS[lesson.task]} {source(frames, frame, lesson)}")
    name = str((clicked or {}).get("customdata", ""))
    if name.startswith("m") and name[1:].isdecimal() and name[1:] != st.session_state.get("molecule"):
        st.session_state["molecule-pending"] = name[1:]
        st.rerun()


def words(task: str, said: float, truth: float | None) -> tuple[str, str]:
    """The answer and the truth, as they stand above a molecule; without a truth it is the learner's own."""
    if task == "log P":
        return f"says {said:.1f}", "yours" if truth is None else f"true {truth:.1f}"
    return f"says {'yes' if said > 0.5 else 'no'}", "yours" if truth is None else f"true {'yes' if truth else 'no'}"


def card_picture(asked: Asked, frame: Frame, said: np.ndarray, shown: list[int], fresh: bool) -> Picture:
    """The molecules; drawn once for all learners where nothing is their own."""
    lesson, colours = asked.lesson, theme().name
    (x, truth), own = exam(lesson), asked.own

    def draw():  # type: ignore[no-untyped-def]
        inputs, found = x[shown], [drawn(lesson.task, i) for i in shown]
        if own is not None:
            inputs, found = np.concatenate([enter_molecule(own, 0)[None], inputs]), [own, *found]
        halo = shares(lesson, frame, inputs) if asked.halo else [None] * len(found)
        good = wrongness(lesson.task, truth, said)[1]
        heads: list[tuple[str, str, bool | None]] = [(*words(lesson.task, said[i], truth[i]), bool(good[i])) for i in shown]
        if own is not None:
            heads = [(*words(lesson.task, float(answers(lesson, frame, inputs[:1])[0]), None), None), *heads]
        cards = [Card(s, *head, share) for s, head, share in zip(found, heads, halo, strict=True)]
        return molecule_cards(cards, scale=SCALES[colours], height=HEIGHT)

    alt = "; ".join(", ".join(words(lesson.task, said[i], truth[i])) for i in shown[:4])
    if fresh:
        return picture(draw(), "graphs-train-cards", height=HEIGHT, alt=alt)
    facts = (lesson, colours, tuple(shown), asked.halo, digest(own["edges"], own["raw"]["letters"]) if own is not None else "")
    return remembered(facts, draw, "graphs-train-cards", height=HEIGHT, alt=alt)


def dots(lesson: MoleculeLesson, truth: np.ndarray, said: np.ndarray, shown: list[int], fresh: bool, step: int) -> Picture:
    """All test molecules, those on cards ringed."""
    colours = theme().name

    def draw():  # type: ignore[no-untyped-def]
        if lesson.task == "log P":
            return told_and_true(truth, said, shown, "log P", scale=SCALES[colours], height=DOTS)
        return chances(truth, said, lesson.exercise.classes, shown, scale=SCALES[colours], height=DOTS)

    alt = f"{len(truth)} test molecules, what the network says against what is true"
    if fresh:
        return picture(draw(), "graphs-train-dots", height=DOTS, click=True, alt=alt)
    return remembered((lesson, colours, step, tuple(shown)), draw, "graphs-train-dots", height=DOTS, click=True, alt=alt)


def bars(lesson: MoleculeLesson, seeds: np.ndarray, fresh: bool, step: int) -> Picture:
    """The score beside those of counting atoms."""
    others, colours, percent = baselines(lesson), theme().name, lesson.task == "mutagen"

    def draw():  # type: ignore[no-untyped-def]
        return score_bars("this network", seeds, others, "", percent=percent, scale=SCALES[colours], height=BARS)

    alt = f"This network {seeds.mean():.2f}; " + ", ".join(f"{n} {v:.2f}" for n, v in others.items())
    if fresh:
        return picture(draw(), "graphs-train-bars", height=BARS, alt=alt)
    return remembered((lesson, colours, step), draw, "graphs-train-bars", height=BARS, alt=alt)


def readouts(lesson: MoleculeLesson, said: np.ndarray, seeds: np.ndarray, frames: list[Frame]) -> None:
    """The score, the best beside it, wrong ones, seconds."""
    (_, truth), others, (name, value) = exam(lesson), baselines(lesson), best_of(baselines(lesson))
    mean, right = float(seeds.mean()), wrongness(lesson.task, truth, said)[1]
    row, classes = st.container(horizontal=True, gap="medium"), lesson.task == "mutagen"
    error = error_of(mean, len(truth)) if classes else spread(seeds)
    each = ", ".join(f"{s:.3f}" for s in seeds)
    meaning = f"Right of {len(truth)} test molecules" if classes else "1 − squared error / squared distance to the mean"
    row.metric(
        "Accuracy" if classes else "R²", f"{mean:.1%} ± {spread(seeds):.1%}" if classes else f"{mean:.3f} ± {spread(seeds):.3f}",
        help=f"{meaning}. Mean and standard error over {len(seeds)} first weights: {each}."
        + (f" From {len(truth)} molecules alone: ± {error:.1%}." if classes else ""),
    )  # fmt: skip
    row.metric(f"Best: {name}", f"{value:.1%}" if classes else f"{value:.3f}", help="The same molecules; it sees no bond.")
    row.metric(
        "Wrong in the test", f"{(~right).sum()} of {len(right)}",
        help="Of the network that is drawn. " + ("" if classes else f"Wrong means off by more than {NEAR:g}."),
    )  # fmt: skip
    row.metric("Seconds", seconds_said(frames, lesson), help=f"For {len(seeds)} networks side by side, on two cores.")
    st.markdown(verdict(mean, others, error, classes)[1])
