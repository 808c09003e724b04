"""The Modality page as a learner meets it: every modality, every example, links that are wrong, a run, the code."""

import ast
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.catalogue import discover
from components.learn import exercise as lessons
from components.learn.goals import GOALS
from components.tasks.downloads import SOURCES
from components.ui.modality_code import source

ROOT = Path(__file__).parents[2]
PAGE = str(ROOT / "pages" / "1_data" / "1_modality.py")
MODALITIES = discover("modalities", "MODALITY")
EXAMPLES = [(m, e) for m in MODALITIES for e in MODALITIES[m].examples]
TASKS = [(m, t) for m in MODALITIES for t in MODALITIES[m].tasks if t not in SOURCES]
LABELS = ("Elements", "Numbers in xᵢ", "Numbers that changed", "Change of the answer")


def visit(**query: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30)
    for name, value in query.items():
        page.query_params[name] = value
    return page.run()


def shown(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_example_opens_by_its_link(name: str, example: str) -> None:
    page = visit(modality=name, example=example)
    assert not page.exception
    assert page.selectbox(key="example").value == example
    n = len(MODALITIES[name].examples[example]()["elements"])
    assert shown(page)["Elements"] == f"{n:,}"
    assert set(LABELS) <= set(shown(page))


@pytest.mark.parametrize(
    "query",
    [
        {"modality": "nonsense", "example": "x", "task": "y", "samples": "7", "element": "-3"},
        {"modality": "set", "example": "cat", "rotate": "17", "permute": "<script>", "resample": "1e9"},
        {"element": "999999999999", "strength": "1000", "damage": "everything", "levels": ""},
        {"example": "../../etc/passwd", "resolution": "0", "colour": "\u0000"},
        {"modality": "set", "task": "eight", "resolution": "8"},
    ],
)
def test_bad_links_open_the_page(query: dict[str, str]) -> None:
    page = visit(**query)
    assert not page.exception
    assert shown(page)["Numbers that changed"] in ("0%", "100%")


def test_permuting_changes_every_row_and_not_the_answer() -> None:
    found = shown(visit(modality="set", permute="3"))
    assert found["Numbers that changed"] == "100%"
    assert found["Change of the answer"] == "0"


def test_a_turned_six_changes_the_answer() -> None:
    assert float(shown(visit(modality="set", example="digit-6", task="digit", rotate="180"))["Change of the answer"]) > 0.5


def test_another_modality_keeps_no_choice_it_does_not_have() -> None:
    page = visit(example="digit-8", task="eight")
    page.segmented_control(key="modality").set_value("set").run()
    assert not page.exception
    assert page.selectbox(key="example").value == "torus"
    assert page.selectbox(key="task").value == "solid"


@pytest.mark.parametrize("name", MODALITIES)
def test_situations_set_the_controls(name: str) -> None:
    modality = MODALITIES[name]
    for preset, (_, values) in modality.presets.items():
        page = visit(modality=name, strength="80")
        page.session_state["situations"] = True
        page.run()
        page.button(key=f"situation-{preset}").click().run()
        assert not page.exception
        for key, control in modality.controls.items():
            assert page.session_state[key] == values.get(key, control.default)
        assert page.session_state["strength"] == values.get("strength", 30)


def test_controls_and_damage_act_together() -> None:
    found = shown(visit(example="cat", resolution="8", colour="grey", levels="2", damage="noise", strength="40"))
    assert found["Elements"] == found["Numbers in xᵢ"] == "64"


def test_the_marked_element_stays_inside() -> None:
    page = visit(example="cat", element="60000")
    page.select_slider(key="resolution").set_value(8).run()
    assert not page.exception
    assert page.number_input(key="element").value is None


def test_a_task_is_learnt_on_the_page() -> None:
    """The run ends with the accuracy that was recorded: same seed, same data, same network."""
    page = visit(example="digit-3", task="digit", samples="200")
    before = shown(page)["Accuracy"]
    page.button(key="lesson-start").click().run()
    for _ in range(150):
        if any("step 500 of 500" in bar.text for bar in page.get("progress")):
            break
        time.sleep(0.2)
        page.run()
    assert not page.exception
    assert abs(float(shown(page)["Accuracy"].split("%")[0]) - float(before.split("%")[0])) < 3
    assert any("Live" in caption.value for caption in page.caption)


@pytest.mark.parametrize(("name", "task"), TASKS)
def test_the_code_runs_alone(name: str, task: str, tmp_path: Path) -> None:
    """The offered file needs nothing of this project but the data files that are offered beside it."""
    lesson = lessons.Lesson(name, task, MODALITIES[name].tasks[task].sizes[0])
    code = source(lesson).replace(f"steps={lesson.exercise.steps}", "steps=2")
    defined = [node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    defined += [
        n.id for a in ast.parse(code).body if isinstance(a, ast.Assign) for n in ast.walk(a.targets[0]) if isinstance(n, ast.Name)
    ]
    assert {n for n in defined if defined.count(n) > 1} <= {"draw", "Array"}  # two modules must not mean two things by one name
    file = tmp_path / "alone.py"
    file.write_text(code)
    for data in lesson.exercise.data:
        shutil.copy(ROOT / "pretrained" / "data" / data, tmp_path)
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, str(file)], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"step 2 {GOALS[lesson.exercise.goal].measure}" in done.stdout


@pytest.mark.parametrize(("name", "task"), TASKS)
def test_recorded_lessons_are_what_their_weights_say(name: str, task: str) -> None:
    """The weights that are kept give the answers that are kept, on the exam of today; and something was learnt."""
    for size in MODALITIES[name].tasks[task].sizes:
        lesson = lessons.Lesson(name, task, size)
        frame = lessons.recorded(lesson)
        assert frame is not None
        x, y = lessons.exam(lesson)
        goal = lesson.exercise.goal
        assert np.allclose(y[: len(frame["truth"])], frame["truth"], rtol=1e-3, atol=1e-3)
        for i in range(3):
            found = lessons.answer(lesson, frame, x[i])
            if goal == "classification":
                assert abs(found.max() - frame["sure"][i]) < 0.08
            else:
                kept = frame["answer" if goal == "regression" else "made"][i]
                assert np.abs(found.squeeze() - kept).max() < 0.2 * y.std()
        assert any(n.startswith("baseline/") for n in frame)


@pytest.mark.parametrize(("name", "task"), TASKS)
def test_more_samples_teach_more(name: str, task: str) -> None:
    """Beyond the noise of the test: no task gets worse by more samples."""
    exercise = MODALITIES[name].tasks[task]
    measure = GOALS[exercise.goal].measure
    few, most = (lessons.recorded(lessons.Lesson(name, task, size)) for size in (exercise.sizes[0], exercise.sizes[-1]))
    assert few is not None
    assert most is not None
    gain = most[measure].item() - few[measure].item()
    assert (gain < 0.01) if exercise.goal == "points" else (gain > -0.03)
