"""Every page opens without an exception, in every situation it offers, with bad addresses too."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "pages").rglob("*.py"))
SETS = ROOT / "pages" / "3_models" / "1_sets.py"


def opened(file: Path, **query: str) -> AppTest:
    """The page after its first run."""
    test = AppTest.from_file(str(file), default_timeout=60)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def clean(test: AppTest) -> bool:
    assert [e.message for e in test.exception] == []
    return True


def test_the_app_opens_on_its_home_page():
    test = opened(ROOT / "app.py")
    assert clean(test)
    assert test.title[0].value == "Modality Lab"


@pytest.mark.parametrize("file", [f for f in PAGES if "home" not in f.name], ids=lambda f: f.stem)
def test_every_page_opens(file):
    assert clean(opened(file))


@pytest.mark.parametrize("file", [f for f in PAGES if "home" not in f.name], ids=lambda f: f.stem)
def test_hostile_addresses_change_nothing(file):
    bad = {"task": "<script>", "k": "99", "pooling": "../..", "share": "maybe", "modality": "x" * 5000, "example": "-1e9"}
    assert clean(opened(file, **bad))


@pytest.mark.parametrize("task", ["team16", "any0", "club", "maximum"])
@pytest.mark.parametrize("k", ["2", "6"])
def test_the_sets_page_opens_for_every_task_at_once_with_recorded_curves(task, k):
    test = opened(SETS, task=task, k=k, share="false", lookup="true")
    assert clean(test)
    assert test.session_state["task"] == task
    assert any(c.value.startswith("Recorded 20") for c in test.caption)
    assert len(test.metric) == 4


@pytest.mark.parametrize("pooling", ["mean", "max", "attention"])
@pytest.mark.parametrize("order", ["augmented", "sorted"])
def test_other_settings_are_recorded_too(pooling, order):
    test = opened(SETS, pooling=pooling, order=order, example="3")
    assert clean(test)
    assert any(c.value.startswith("Recorded 20") for c in test.caption)


def test_toggles_change_the_numbers():
    test = opened(SETS)
    before = {m.label: m.value for m in test.metric}
    test.toggle(key="share").set_value(False).run()
    after = {m.label: m.value for m in test.metric}
    assert clean(test)
    assert before["Times the samples"] == "1×"
    assert after["Times the samples"] not in ("1×", "")
    assert before["Spread over 120 orders"] == "0"
    assert after["Spread over 120 orders"] != "0"
    assert int(after["Weights to learn"].replace(",", "")) > int(before["Weights to learn"].replace(",", ""))


def test_every_situation_opens():
    from components.ui.sets_words import SITUATIONS

    for name, (_, values) in SITUATIONS.items():
        test = opened(SETS)
        test.session_state["situations"] = True
        test.run()
        test.button(key=f"situation-{name}").click().run()
        assert clean(test)
        for key, value in values.items():
            assert test.session_state[key] == value


def test_the_guess_is_compared_with_what_was_measured():
    test = opened(SETS, share="false")
    test.session_state["guess-team16-6-2-shuffled-sum"] = "3×"
    test.run()
    assert clean(test)
    assert any("Measured" in m.value for m in test.markdown)


def test_the_question_is_answered():
    test = opened(SETS, show="forgets")
    test.radio(key="check").set_value("mean").run()
    assert test.warning
    test.radio(key="check").set_value("sum").run()
    assert test.success


def test_controls_in_a_closed_popover_keep_their_state():
    test = opened(SETS, pooling="max", order="sorted")
    assert test.query_params["pooling"] == "max"
    test.toggle(key="share").set_value(False).run()
    assert test.query_params["pooling"] == "max"
    assert test.query_params["share"] == "false"


@pytest.mark.parametrize("show", ["factor", "forgets", "code"])
def test_every_closer_look_opens(show):
    assert clean(opened(SETS, show=show))


@pytest.mark.parametrize(("share", "said"), [("true", "never gets there"), ("false", "shared + invariant fails")])
def test_where_the_reference_fails_no_factor_is_made_up(share, said):
    test = opened(SETS, task="maximum", share=share, pool=share)
    shown = next(m for m in test.metric if m.label == "Times the samples")
    assert shown.value == said
    assert not shown.delta
