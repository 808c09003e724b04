"""The view "Generate": all settings open, every number in the address makes the same text again, and the file runs alone."""

import subprocess
import sys
from functools import partial
from pathlib import Path
from shutil import copy

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.learn.generating import baselines, held_out_bits
from components.ui.sequences_generate_below import share_known
from components.ui.sequences_generate_learn import source
from components.ui.sequences_generate_setting import (
    PROMPTS,
    Setting,
    about,
    corpus_of,
    own,
    read_picks,
    recorded,
    tokens_of,
    written,
)
from tests.ui.views import open_view

ROOT = Path(__file__).parents[2]


opened = partial(open_view, "3_sequences", "generate")


def numbers(test: AppTest) -> dict[str, str]:
    assert not test.exception
    return {m.label: m.value for m in test.metric}


def setting(corpus: str = "prose", kind: str = "lstm", **more) -> Setting:
    return Setting(corpus, kind, tokens_of(corpus, PROMPTS[corpus])[0], **more)


@pytest.mark.parametrize("part", ["learn", "heat", "copied", "predict", "check", "code"])
def test_every_part_opens(part: str):
    assert len(numbers(opened(genlook=part))) >= 4
    assert len(numbers(opened(genlook=part, corpus="melodies", generator="rnn", temperature="0.0", topk="3"))) >= 4


@pytest.mark.parametrize(
    "text",
    ["", "x", "word " * 100_000, "🦊🦊", "שלום עולם", "\x00\x07", "<b onclick=alert(1)>x</b>", "$\\frac{1}{0}$ *a* [b](c)"],
    ids=["empty", "one", "long", "emoji", "right to left", "control", "html", "latex"],
)
def test_whatever_is_typed(text: str):
    test = opened()
    test.text_input(key="prompt").set_value(text).run()
    assert len(numbers(test)) == 4
    if "🦊" in text:
        assert any("skipped" in c.value and "🦊" in c.value for c in test.caption)


def test_hostile_addresses_fall_back():
    query = {"corpus": "x", "generator": "<b>", "temperature": "-1", "topk": "7", "genseed": "1e9", "genlength": "9" * 30}
    assert len(numbers(opened(**query, prompt="$x$" * 9999, genlook="?", genpicks="9.9999_x_1.1.1_²._0.2"))) == 4
    assert read_picks("0.2_9.9999_x_5000.1_3.4", 400, 61) == ((0, 2), (3, 4))


def test_another_corpus_brings_its_own_start():
    test = opened(genpicks="3.5")
    test.segmented_control(key="corpus").set_value("melodies").run()
    numbers(test)
    assert test.text_input(key="prompt").value == PROMPTS["melodies"]
    assert "genpicks" not in test.query_params


def test_step_and_end_move_the_text():
    test = opened(genlength="10")
    test.button(key="genlength-N").click().run()
    numbers(test)
    assert test.query_params["genlength"] in ("11", ["11"])
    test.button(key="genlength-E").click().run()
    assert test.query_params["genlength"] in ("400", ["400"])


def test_questions_are_answered_by_measuring():
    for part, key, answer in (("predict", "gen-predict", "a loop that never ends"), ("check", "gen-check", "none of them")):
        test = opened(genlook=part)
        test.radio(key=key).set_value(answer).run()
        assert "Measured" in test.success[0].value


def test_a_chosen_token_is_written_and_all_before_it_stays():
    plain, other = written(setting()), written(setting(picks=((20, 7),)))
    assert (plain.tokens[:20] == other.tokens[:20]).all()
    assert other.tokens[20] == 7


@pytest.mark.parametrize("corpus", ["prose", "melodies"])
@pytest.mark.parametrize("kind", ["rnn", "lstm"])
def test_the_recorded_generators_beat_pairs_on_what_was_held_out(corpus: str, kind: str):
    import torch

    from components.models.generator import Writer

    weights = own(corpus, kind)
    model = Writer(len(weights["c"]), len(weights["W"]), [torch.Generator()], kind)
    with torch.no_grad():
        for place, name in (
            (model.cell.input.weight, "U"), (model.cell.input.bias, "b"), (model.cell.recur, "W"),
            (model.read.weight, "V"), (model.read.bias, "c"),
        ):  # fmt: skip
            place.copy_(torch.from_numpy(weights[name]).view_as(place))
    bits = held_out_bits(model, corpus_of(corpus).test)
    assert bits < baselines(corpus)[1]
    assert abs(bits - about()[f"{corpus}/{kind}"]["bits"]) < 0.02  # half precision costs nothing


def test_words_appear_in_training_and_go_with_heat():
    samples = recorded()["prose/lstm/sample"]
    assert share_known(samples[-1]) > share_known(samples[2])
    cool, hot = (share_known(written(setting(temperature=t)).tokens) for t in (0.3, 2.0))
    assert cool > 0.9 > 0.5 > hot


@pytest.mark.parametrize("corpus", ["prose", "melodies"])
def test_the_file_runs_alone(corpus: str, tmp_path: Path):
    (tmp_path / "generate.py").write_text(source(setting(corpus)))
    copy(ROOT / "pretrained" / "data" / f"{corpus}.npz", tmp_path)
    done = subprocess.run(
        [sys.executable, "generate.py", "2"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"OMP_NUM_THREADS": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "2 " in done.stdout
    assert np.char.count(done.stdout, "bits") == 2
