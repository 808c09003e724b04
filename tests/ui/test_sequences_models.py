"""The view "One task, all models" as a learner meets it: every model and task, hostile input, and the file that runs alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.learn.contest_runs import TASKS, Contest
from components.models.sequence_classifier import KINDS
from components.ui.sequences_models_below import fallen
from components.ui.sequences_models_code import source
from components.ui.sequences_models_said import MOST, said, tokens, verdict
from components.ui.sequences_models_words import COST, LOOKS, NAMES, REMEMBERS, TASK_NAMES

ROOT = Path(__file__).parents[2]
PAGE = str(ROOT / "pages" / "3_models" / "3_sequences.py")


def visit(**query: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in {"view": "models", **query}.items():
        page.query_params[name] = value
    return page.run()


def clean(page: AppTest) -> bool:
    assert [e.message for e in page.exception] == []
    assert len(page.metric) == 4
    return True


def metric(page: AppTest, label: str) -> str:
    return next(m.value for m in page.metric if m.label == label)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("task", TASKS)
def test_every_model_opens_with_recorded_results(task: str, kind: str) -> None:
    page = visit(seqtask=task, model=kind)
    assert clean(page)
    assert any("Recorded 20" in c.value for c in page.caption)
    assert metric(page, "Weights").replace(",", "").isdigit()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("task", TASKS)
def test_every_closer_look_opens(task: str, look: str) -> None:
    page = visit(seqtask=task, contestlook=look, clock="true")
    assert clean(page)


def test_the_lstm_reads_what_it_never_saw_the_length_of_and_the_feed_forward_network_does_not() -> None:
    assert float(metric(visit(model="lstm"), "Accuracy at 64 tokens").split("%")[0]) > 90
    assert float(metric(visit(model="feedforward"), "Accuracy at 64 tokens").split("%")[0]) < 60


@pytest.mark.parametrize(
    "query",
    [
        {"seqtask": "<script>", "model": "transformer", "seqsamples": "-1", "longest": "1e9", "letters": "", "clock": "maybe"},
        {
            "seqtask": "text",
            "seqsamples": "32",
            "longest": "12",
            "sentence": "<b>x</b> <a href='x'>y</a> $LaTeX$ *Markdown* `code`",
        },
        {"seqtask": "text", "sentence": "😀 مرحبا بالعالم \u202e \x00\x07", "model": "attention"},
        {"seqtask": "text", "sentence": "!"},
        {"seqtask": "letters", "letters": "xyz 123 😀", "model": "attention"},
        {"seqtask": "letters", "letters": "a", "contestants": "nobody,lstm,<b>"},
        {"contestants": "rnn,lstm", "tokenorder": "shuffled", "model": "convolution"},
    ],
)
def test_a_bad_or_strange_link_still_opens(query: dict[str, str]) -> None:
    assert clean(visit(**query))


@pytest.mark.parametrize("task", TASKS)
def test_a_very_long_text_is_cut_with_a_notice(task: str) -> None:
    page = visit(seqtask=task, model="attention")
    page.text_input(key="letters" if task == "letters" else "sentence").set_value("bad a good b " * 25_000).run()
    assert clean(page)
    assert any("Only the first" in c.value for c in page.caption)


def test_controls_are_in_the_address() -> None:
    page = visit()
    page.segmented_control(key="model").set_value("rnn").run()
    page.select_slider(key="longest").set_value(16).run()
    page.toggle(key="clock").set_value(True).run()
    assert [page.query_params[k] for k in ("model", "longest", "clock")] == [["rnn"], ["16"], ["true"]] or [
        page.query_params[k] for k in ("model", "longest", "clock")
    ] == ["rnn", "16", "true"]
    page.segmented_control(key="seqtask").set_value("text").run()
    assert clean(page)


def test_a_guess_is_compared_with_what_was_measured() -> None:
    page = visit(contestlook="predict")
    page.pills(key="contest-guess-letters").set_value(["rnn", "lstm", "state space"]).run()
    page.button(key="contest-compare").click().run()
    assert clean(page)
    said_ = [m.value for m in (*page.success, *page.warning)]
    assert any("Measured: Bag of words" in m for m in said_)


def test_the_check_is_answered_by_the_control() -> None:
    places = fallen()
    assert list(places) == [8, 12, 16]
    assert places[8] < places[12] < places[16]
    page = visit(contestlook="check")
    page.radio(key="contest-check").set_value("it moves with the longest training sequence").run()
    assert len(page.success) == 1


def test_everything_has_a_name() -> None:
    assert set(NAMES) == set(COST) == set(REMEMBERS) == set(KINDS)
    assert set(TASK_NAMES) == set(TASKS)
    assert verdict("text", 0.2) == "negative, 80%"
    assert verdict("text", float("nan")) == "not trained"
    assert len(tokens("text", "word " * 5000)[1]) == MOST + 1
    assert said("letters", "a b").words == ("A", "B")


@pytest.mark.parametrize("task", TASKS)
def test_the_file_runs_alone(task: str, tmp_path: Path) -> None:
    text = source(Contest(task, 128, 16 if task == "text" else 8, ("bag", "attention")))
    quick = text.replace(f"steps={TASKS[task].steps}, every=20", "steps=4, every=2, test=20, each=10")
    assert quick != text
    (tmp_path / "contest.py").write_text(quick)
    shutil.copy(ROOT / "pretrained" / "data" / "reviews.npz", tmp_path)
    done = subprocess.run(
        [sys.executable, "contest.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "OMP_NUM_THREADS": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-1500:]
    assert "changed by shuffling 0.0" in done.stdout
