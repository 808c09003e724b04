"""The view "Compose a model" as a learner meets it: presets, links, bad choices, kept curves, files, code."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.learn.composing import Recipe
from components.learn.materials import material, tasks
from components.models.composition import CNN, MLP, PRESETS, Composition, objections
from components.ui.unified_compose import repairs
from components.ui.unified_compose_controls import settings
from components.ui.unified_compose_look import look, present
from components.ui.unified_compose_words import headline, named
from tests.ui.views import open_view

DATA = Path(__file__).parents[2] / "pretrained" / "data"
DOWNLOADED = {("vision", "fashion"), ("vision", "cifar10"), ("vision", "dog")}
HERE = [(m, t) for m, found in tasks().items() for t in found if (m, t) not in DOWNLOADED]
QUICK = Recipe(Composition(width=8, layers=1, pool="max"), "set", "solid", 50, 100)


def visit(**query: str) -> AppTest:
    return open_view("5_unified", "compose", **query)


def link(recipe: Recipe) -> dict[str, str]:
    return {k: str(v).lower() for k, v in settings(recipe).items() if k not in ("c_mark", "c_obs")}


def numbers(page: AppTest) -> dict[str, str]:
    return {m.label: m.value for m in page.metric}


def said(page: AppTest) -> str:
    return " ".join(c.value for c in page.caption)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_opens_from_its_link_with_what_was_recorded(name: str) -> None:
    preset = PRESETS[name]
    page = visit(**link(Recipe(preset.composition, preset.modality, preset.task)))
    assert not page.exception
    assert "Recorded 20" in said(page)
    assert preset.title in said(page)
    assert numbers(page)["Test accuracy"].endswith("%")


def test_a_named_model_sets_every_control_and_keeps_the_data_if_asked() -> None:
    page = visit()
    page.button_group(key="compose-preset").set_value("cnn").run()
    assert not page.exception
    assert page.query_params["c_data"] == "vision"
    assert page.query_params["c_neighbours"] == "window"
    page.toggle(key="c_stay").set_value(True).run()
    page.button_group(key="compose-preset").set_value("deep sets").run()
    assert page.session_state["c_data"] == "vision"
    assert "c_neighbours" not in page.query_params  # the default


@pytest.mark.parametrize(("modality", "task"), HERE)
def test_every_task_has_a_picture_of_its_elements(modality: str, task: str) -> None:
    s = material(modality, task).shape
    for number in (0, 3):
        count = present(modality, task, number)
        found = look(modality, task, number, count - 1)
        assert max(found.shown) < len(found.places)
        assert len(found.places) in (count, s.n)
        assert (found.places[list(found.shown)] > -0.01).all()
        assert (found.places[list(found.shown)] < 1.01).all()


def test_one_task_of_every_modality_opens() -> None:
    for modality, found in tasks().items():
        page = visit(c_data=modality, c_task=found[-1], c_layers="1", c_obs="7", c_mark="90")
        assert not page.exception, modality


@pytest.mark.parametrize(
    "query",
    [
        {"c_data": "<script>", "c_task": "../..", "c_represent": "x" * 3000, "c_layers": "99", "c_rate": "nan", "c_width": "1e9"},
        {"c_pins": "AAAA", "c_mark": "-1", "c_obs": "1000", "c_size": "7", "c_steps": "1000000", "c_look": "?"},
        {"c_pins": "x" * 5000, "c_kernel": "4", "c_loss": "__class__", "c_optimiser": "", "c_skip": "maybe"},
    ],
)
def test_hostile_addresses_change_nothing(query: dict[str, str]) -> None:
    page = visit(**query)
    assert not page.exception
    assert "Deep Sets" in said(page)


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ({"c_neighbours": "window"}, "no window"),
        ({"c_neighbours": "edges", "c_mix": "mean"}, "no edges"),
        ({"c_data": "graph", "c_task": "mutagen", "c_neighbours": "edges"}, "no order"),
        ({"c_data": "set", "c_task": "anomaly"}, "nothing may be pooled"),
        ({"c_pool": "each"}, "pool them"),
        ({"c_data": "language", "c_represent": "separate", "c_neighbours": "all"}, "two million"),
    ],
)
def test_what_cannot_be_built_is_explained_and_repaired_by_a_click(query: dict[str, str], part: str) -> None:
    page = visit(**query)
    assert not page.exception
    assert any(part in w.value for w in page.warning)
    page.button(key="compose-repair-0").click().run()
    assert not page.exception
    assert not page.warning
    assert "Weights" in numbers(page)


def test_every_impossible_composition_has_a_repair() -> None:
    for modality, task in [
        ("set", "solid"),
        ("set", "anomaly"),
        ("vision", "mnist"),
        ("language", "sentiment"),
        ("graph", "mutagen"),
    ]:
        shape = material(modality, task).shape
        for change in (
            {"neighbours": "window"},
            {"neighbours": "edges", "pool": "each"},
            {"represent": "separate", "neighbours": "all"},
        ):
            c = replace(Composition(width=64), **change)  # type: ignore[arg-type]
            if any(o.fatal for o in objections(c, shape)):
                assert repairs(c, shape)
                assert all(not o.fatal for _, mended in repairs(c, shape) for o in objections(mended, shape))


def test_a_warning_stands_with_the_name_of_its_control() -> None:
    page = visit(c_pool="concat")
    assert not page.exception
    assert any("Pool all by" in c.value and "order" in c.value for c in page.caption)


def test_data_that_are_not_here_are_offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MODALITY_LAB_CACHE", str(tmp_path))
    page = visit(c_data="vision", c_task="cifar10")
    assert not page.exception
    assert any("not on this machine" in i.value for i in page.info)


@pytest.mark.parametrize("show", ["predict", "keep", "code"])
def test_every_closer_look_opens(show: str) -> None:
    assert not visit(c_look=show).exception
    assert not visit(c_look=show, **link(Recipe(MLP, "vision", "digit"))).exception


def test_the_questions_are_answered_by_what_was_counted() -> None:
    page = visit()
    page.radio(key="compose-guess").set_value("about 13 times").run()
    assert any("267,874 against" in s.value for s in page.success)
    page.radio(key="compose-check").set_value("two more layers").run()
    assert page.warning


def test_every_composition_has_a_name_and_a_line() -> None:
    assert named(CNN, "vision") == "CNN"
    assert named(PRESETS["transformer"].composition, "language") == "Transformer"
    own = replace(CNN, pool="concat")
    assert named(own, "vision") == "one, window 3 concat ×2, c"[:26]
    assert headline(own, "vision").startswith("**Your own.** Against CNN")
