"""Below the trainings of the Graphs page: a guess, a question, how the split was made, the code."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from components.figures.score_bars import score_bars
from components.learn import link_lesson, molecule_lesson, node_lesson
from components.learn.graph_lessons_file import recorded
from components.learn.link_lesson import LinkLesson
from components.learn.molecule_lesson import MoleculeLesson
from components.learn.node_lesson import NodeLesson
from components.models.graph_layers import LAYERS
from components.models.graph_network import LinkNetwork, MoleculeNetwork
from components.models.node_classifier import NodeClassifier
from components.tasks.held_links import RULES
from components.tasks.links import balanced
from components.tasks.molecules import ATOMS
from components.ui.chart import chart, remembered
from components.ui.code import archive, gather, show_code
from components.ui.graphs_train_words import LINKS, LOOKS, TOLD
from components.ui.house import theme
from components.ui.links import choice

SPLIT = {
    "link": "One link in five is held out. The model hears along the other links only, and the link that is asked about is taken "
    "out of both rows, in training too. Whether a pair without a link belongs to training or to the test is decided by the two "
    "numbers, so no pair is in both.",
    "molecule": "Molecules with the same ring skeleton or the same graph are in one part only, else the network could look up a "
    "near copy. Those it is compared with count atoms: ten numbers, no bond.",
    "node": "The network sees the whole graph, also the nodes of the test: their links, never their kinds (transductive "
    "learning). The loss is computed on the told nodes alone.",
}
HEIGHT = 230


def below(ask: str, lesson: Any) -> None:
    """One part at a time."""
    look = choice("Look closer", LOOKS, "predict", "trainclose")
    if look in ("predict", "check"):
        QUESTIONS[ask, look](lesson)
    elif look == "split":
        st.markdown(SPLIT[ask] + (f" {TOLD[lesson.network]}" if ask == "node" else ""))
    else:
        code(ask, lesson)


def score(lesson: Any) -> float:
    """The recorded mean score."""
    found = recorded(lesson)
    return float("nan") if found is None else float(found["course"][-1].mean())


def asked(question: str, options: Sequence[str], right: int, key: str, because: str) -> bool:
    """A question with one answer; whether something was answered."""
    answer = st.radio(question, options, index=None, key=key)
    if answer is None:
        return False
    good = answer == options[right]
    (st.success if good else st.warning)(f"{'Right.' if good else 'Not quite.'} Measured: {because}")
    return True


def guess_node(lesson: NodeLesson) -> None:
    """What is left without edges?"""
    alone, heard = score(NodeLesson(lesson.network, "convolution", 0)), score(NodeLesson(lesson.network, "convolution", 2))
    options = ["as many as with edges", "fewer", "none at all"]
    asked(
        "Take all edges away (**How many layers: 0**). How many of the others does the model then get right?", options, 1,
        f"graphs-guess-{lesson.network}",
        f"{alone:.0%} without edges, {heard:.0%} with two layers. Nothing travels from a told node to the others any more"
        + ("; how many links a neuron has still says something." if lesson.network == "worm" else ": it guesses."),
    )  # fmt: skip


def guess_link(lesson: LinkLesson) -> None:
    """What the easy test does to the simplest count."""
    found = {rule: link_lesson.baselines(LinkLesson("airports", rule)) for rule in RULES}
    simple = "degree × degree"
    done = asked(
        "Airports: multiply how many flights two airports have, nothing else. What AUC does that reach where pairs without a "
        "flight are drawn from **any pair**?", ["about 0.5: guessing", "about 0.7", "above 0.9"], 2, "graphs-guess-link",
        f"{found['uniform'][simple]:.2f} with any pair, {found['balanced'][simple]:.2f} with pairs as popular as the links. "
        "The same count, the same links: the first test asks who is popular, the second who is linked.",
    )  # fmt: skip
    if done:
        for column, rule in zip(st.columns(2), RULES, strict=True):
            with column:
                st.markdown("**Pairs as popular as the links**" if rule == "balanced" else "**Any pair**")
                own = recorded(LinkLesson("airports", rule))
                if own is not None:
                    key, colours = f"graphs-rule-{rule}", theme()

                    def draw(own=own, rule=rule, colours=colours):  # type: ignore[no-untyped-def]
                        return score_bars(
                            "the network", own["course"][-1].astype(float), found[rule], "AUC", guess=0.5, scale=colours,
                            height=HEIGHT,
                        )  # fmt: skip

                    chart(remembered((rule, colours.name), draw, key, height=HEIGHT, alt=f"AUC, {rule}"), key)


def guess_molecule(lesson: MoleculeLesson) -> None:
    """Does it pay to see the bonds?"""
    said = []
    for task in ("log P", "mutagen"):
        own, others = score(MoleculeLesson(task)), molecule_lesson.baselines(MoleculeLesson(task))
        said.append(f"{task}: network {own:.2f}, counting atoms {max(others.values()):.2f}")
    asked(
        "Counting atoms sees no bond. For which question does the graph network do better than counting?",
        ["log P only", "mutations only", "both"], 0, "graphs-guess-molecule",
        f"{'; '.join(said)}. With 50 test molecules a difference of two is within the error of mutations; over six splits the "
        "network had 84 % right, counting atoms 82 %.",
    )  # fmt: skip


def check_node(lesson: NodeLesson) -> None:
    """How far must a label travel?"""
    found = [score(NodeLesson(lesson.network, "convolution", n)) for n in node_lesson.LAYERS]
    asked(
        "Convolution: move **How many layers** from 0 to 3. Which number of layers is the first within two points of the best?",
        [str(n) for n in node_lesson.LAYERS], int(np.flatnonzero(np.array(found) >= max(found) - 0.02)[0]),
        f"graphs-check-{lesson.network}",
        ", ".join(f"{n} layers {a:.0%}" for n, a in enumerate(found)) + ". A layer is one step along the edges.",
    )  # fmt: skip


def check_link(lesson: LinkLesson) -> None:
    """Where does counting win?"""
    names = list(LINKS)
    own = {name: score(LinkLesson(name)) for name in names}
    other = {name: link_lesson.baselines(LinkLesson(name))["Adamic-Adar"] for name in names}
    lost = [i for i, name in enumerate(names) if other[name] > own[name]]
    asked(
        "Move **Network**, pairs as popular as the links. On which one does Adamic-Adar beat the trained network?",
        [LINKS[n] for n in names], lost[0] if lost else 0, "graphs-check-link",
        "; ".join(f"{LINKS[n]}: network {own[n]:.2f}, Adamic-Adar {other[n]:.2f}" for n in names) + ".",
    )  # fmt: skip


@lru_cache(maxsize=2)
def by_atom(task: str) -> dict[str, float]:
    """The mean share of each kind of atom over the test molecules, as recorded; kinds that occur at least 20 times."""
    lesson = MoleculeLesson(task)
    frame, x = recorded(lesson), molecule_lesson.exam(lesson)[0]
    if frame is None:
        return {}
    found = np.concatenate(molecule_lesson.shares(lesson, frame, x))
    kinds = np.concatenate([one[one[:, : len(ATOMS)].sum(1) > 0, : len(ATOMS)].argmax(1) for one in x])
    return {ATOMS[k]: float(found[kinds == k].mean()) for k in range(len(ATOMS)) if (kinds == k).sum() >= 20}


def check_molecule(lesson: MoleculeLesson) -> None:
    """Which atoms prefer water?"""
    from components.learn.device import settle

    settle()
    found = by_atom("log P")
    pairs = [("C", "Cl"), ("N", "O"), ("C", "Br")]
    if not found:
        return
    asked(
        "Fat or water, **What each atom does** on. Which two letters pull towards water?", [f"{a} and {b}" for a, b in pairs],
        int(np.argmin([found[a] + found[b] for a, b in pairs])), "graphs-check-molecule",
        "mean change of log P by one atom: " + ", ".join(f"{a} {v:+.2f}" for a, v in found.items() if a != "other") + ".",
    )  # fmt: skip


QUESTIONS: dict[tuple[str, str], Callable[[Any], None]] = {
    ("node", "predict"): guess_node,
    ("link", "predict"): guess_link,
    ("molecule", "predict"): guess_molecule,
    ("node", "check"): check_node,
    ("link", "check"): check_link,
    ("molecule", "check"): check_molecule,
}


@lru_cache(maxsize=32)
def file(ask: str, lesson: Any) -> str:
    """The training with the current settings, and its baselines, as one file that runs alone."""
    home = {"node": "node_lesson", "link": "link_lesson", "molecule": "molecule_lesson"}[ask]
    kind, settings = type(lesson).__name__, ", ".join(f"{k}={v!r}" for k, v in lesson._asdict().items())
    measure = {"node": "accuracy", "link": "auc"}.get(ask, "R²" if getattr(lesson, "task", "") == "log P" else "accuracy")
    name = "lesson.network" if ask == "node" else "lesson"
    main = f"""
from components.learn.{home} import {kind}, baselines, run
from components.tasks import files

files.__file__ = __file__  # the data lie beside this file
lesson = {kind}({settings})
for frame in run(lesson):
    print("step", int(frame["step"]), {measure!r}, frame[{measure!r}][0].round(3).tolist(), flush=True)
for name, score in baselines({name}).items():
    print(name, round(score, 3))
"""
    data = "molecules.npz" if ask == "molecule" else "networks.npz"
    needs = f"Needs torch, numpy, scikit-learn, networkx; {data} of the project's pretrained/data lies beside this file."
    return archive(gather([f"learn.{home}"]), main, f"{kind}. {needs}")


def code(ask: str, lesson: Any) -> None:
    """The heart of it, and the whole."""
    heart: dict[str, list[object]] = {
        "node": [LAYERS[getattr(lesson, "kind", "convolution")], NodeClassifier.states, node_lesson.run],
        "link": [LinkNetwork.forward, balanced, link_lesson.run],
        "molecule": [MoleculeNetwork.forward, molecule_lesson.shares, molecule_lesson.run],
    }
    show_code(file(ask, lesson), f"graphs_{ask}.py", focus=heart[ask])
