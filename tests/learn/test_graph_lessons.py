"""What is learnt on the Graphs page: named scores, against named others, here and as recorded."""

from itertools import pairwise

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from components.learn import link_lesson, molecule_lesson, node_lesson
from components.learn.graph_lessons_file import FILE, about, recorded
from components.learn.link_lesson import LinkLesson
from components.learn.molecule_lesson import MoleculeLesson, answers, exam, raw_answers, shares
from components.learn.node_lesson import NodeLesson
from components.tasks.known_nodes import question
from components.values import Frame


@pytest.fixture(scope="module")
def karate() -> list[Frame]:
    return list(node_lesson.run(NodeLesson(), seeds=2))


def mean(lesson: tuple) -> float:
    found = recorded(lesson)
    assert found is not None
    return float(found["course"][-1].mean())


def test_two_labels_place_the_whole_club(karate: list[Frame]) -> None:
    others = node_lesson.baselines("karate")
    assert karate[-1]["accuracy"].min() >= 0.93
    assert others["degree alone"] == others["always the commonest kind"] == 0.5
    assert others["label propagation"] > 0.9  # the page says that it is not beaten


def test_the_picture_is_of_all_nodes_and_does_not_jump(karate: list[Frame]) -> None:
    n = len(question("karate").labels)
    assert {f["places"].shape for f in karate} == {(n, 2)}
    assert np.allclose(karate[-1]["chance"].sum(1), 1, atol=1e-5)
    late = karate[20:]
    moved = [np.linalg.norm(b["places"] - a["places"]) / np.linalg.norm(a["places"]) for a, b in pairwise(late)]
    assert max(moved) < 0.25


def test_without_edges_the_club_is_guessed() -> None:
    last = list(node_lesson.run(NodeLesson("karate", "convolution", 0), seeds=2))[-1]
    assert last["accuracy"].mean() < 0.7
    assert last["places"].shape == (34, 2)


def test_neurons_by_three_layers_beat_degrees_and_label_propagation() -> None:
    last = list(node_lesson.run(NodeLesson("worm", "convolution", 3), seeds=2))[-1]
    others = node_lesson.baselines("worm")
    assert last["accuracy"].mean() > 0.66
    assert last["accuracy"].mean() > max(others["degree alone"], others["label propagation"])


def test_flights_are_found_where_popularity_is_no_help() -> None:
    lesson = LinkLesson()
    last = list(link_lesson.run(lesson, seeds=2))[-1]
    others = link_lesson.baselines(lesson)
    assert last["auc"].mean() > 0.7 > 0.65 > max(others.values())
    assert last["auc"][0, 0] == pytest.approx(roc_auc_score(link_lesson.exam(lesson)[2], last["scores"]))


def test_any_pair_makes_the_test_easy_for_popularity_alone() -> None:
    simple = "degree × degree"
    assert link_lesson.baselines(LinkLesson("airports", "uniform"))[simple] > 0.9
    assert link_lesson.baselines(LinkLesson("airports", "balanced"))[simple] < 0.56


def test_counting_wins_on_the_worm_as_the_page_says() -> None:
    assert link_lesson.baselines(LinkLesson("worm"))["Adamic-Adar"] > mean(LinkLesson("worm"))


def test_recorded_log_p_beats_counting_atoms_and_mutations_do_not() -> None:
    fat, mutagen = MoleculeLesson("log P"), MoleculeLesson("mutagen")
    assert mean(fat) > 0.9 > max(molecule_lesson.baselines(fat).values())
    assert mean(mutagen) > 0.85
    assert mean(mutagen) < max(molecule_lesson.baselines(mutagen).values())


def test_a_molecule_lesson_learns_and_its_frames_answer() -> None:
    lesson = MoleculeLesson("mutagen")
    last = list(molecule_lesson.run(lesson, seeds=1))[-1]
    x, truth = exam(lesson)
    said = answers(lesson, last, x)
    assert ((said > 0.5) == truth).mean() == pytest.approx(float(last["accuracy"][0, 0]))
    assert last["accuracy"][0, 0] >= 0.8


def test_recorded_weights_give_the_recorded_score() -> None:
    lesson = MoleculeLesson("log P")
    frame, (x, truth) = recorded(lesson), exam(lesson)
    assert frame is not None
    error = ((answers(lesson, frame, x) - truth) ** 2).mean()
    assert 1 - error / truth.var() == pytest.approx(frame["course"][-1, 0], abs=3e-3)


def test_renumbering_the_atoms_moves_their_shares_and_nothing_else() -> None:
    lesson = MoleculeLesson("log P")
    frame, x = recorded(lesson), exam(lesson)[0][:1]
    assert frame is not None
    count = int((x[0, :, :10].sum(1) > 0).sum())
    order = np.concatenate([np.random.default_rng(0).permutation(count), np.arange(count, 32)])
    moved = np.concatenate([x[0][order][:, :10], x[0][order][:, 10:][:, order]], 1)[None]
    assert raw_answers(lesson, frame, moved) == pytest.approx(raw_answers(lesson, frame, x), abs=1e-4)
    assert shares(lesson, frame, moved)[0] == pytest.approx(shares(lesson, frame, x)[0][order[:count]], abs=1e-4)


def test_the_record_is_small_and_says_when_and_where() -> None:
    assert FILE.stat().st_size < 250_000
    assert {"date", "machine", "torch"} <= set(about())
    assert recorded(NodeLesson("worm", "attention", 3)) is None
