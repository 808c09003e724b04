"""What a learner takes along from "Compose a model": kept curves in a link, files of models, code that gives the number."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import Generator

from components.learn.composed_file import packed
from components.learn.composed_records import recorded
from components.learn.composing import Recipe, compose
from components.models.composition import CNN, DEEP_SETS
from components.ui import unified_compose_keep as keeping
from components.ui import unified_compose_pins as pinning
from components.ui.unified_compose_code import cells, notebook, source
from components.values import BadInput
from tests.ui.test_unified_compose import HERE, QUICK, link, numbers, said, visit

DATA = Path(__file__).parents[2] / "pretrained" / "data"


def pin(name: str, recipe: Recipe, last: float) -> pinning.Pin:
    return pinning.Pin(name, recipe, 1234, 2.5, 500, tuple(np.linspace(0.1, last, 31).round(3).tolist()))


def test_six_kept_curves_fit_into_a_link_and_come_back() -> None:
    found = [pin(f"model {i}", Recipe(replace(DEEP_SETS, layers=i % 4), "set", "solid"), 0.5 + i / 20) for i in range(6)]
    text = pinning.encoded(found)
    assert len(text) <= pinning.LONGEST
    assert [p._replace(linked=False) for p in pinning.decoded(text)] == found
    page = visit(c_pins=text)
    assert not page.exception
    assert len([b for b in page.button if b.key and b.key.startswith("compose-unpin-")]) == 6
    page.button(key="compose-unpin-2").click().run()
    assert [p.name for p in pinning.decoded(page.query_params["c_pins"])] == [f"model {i}" for i in (0, 1, 3, 4, 5)]


def test_a_recorded_curve_is_kept_by_a_click_and_stands_beside_the_next_model() -> None:
    page = visit()
    page.button(key="compose-keep").click().run()
    assert not page.exception
    assert [p.name for p in pinning.decoded(page.query_params["c_pins"])] == ["Deep Sets"]
    page.selectbox(key="c_pool").set_value("max").run()
    assert not page.exception
    assert [b.label for b in page.button if b.key == "compose-unpin-0"] == [f"Deep Sets · {recorded_score():.3f}"]


def recorded_score() -> float:
    kept = recorded(Recipe(DEEP_SETS, "set", "solid"))
    assert kept is not None
    return float(kept.score[-1])


def test_bombs_and_strangers_in_a_link_are_left_out() -> None:
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b"[" + b"0," * 2_000_000 + b"0]", 9)).decode()
    assert pinning.decoded(bomb[: pinning.LONGEST]) == []
    good = pin("ok", QUICK, 0.5)
    rows = json.loads(zlib.decompress(base64.urlsafe_b64decode(pinning.encoded([good]) + "==")))
    for place, bad in (
        (1, {"mix": "blender"}),
        (2, "nowhere"),
        (4, 51),
        (6, -1),
        (6, True),
        (7, "nan"),
        (9, []),
        (9, [[]]),
        (0, 5),
    ):
        row = list(rows[0])
        row[place] = bad
        text = base64.urlsafe_b64encode(zlib.compress(json.dumps([row]).encode())).decode()
        assert pinning.decoded(text) == [], (place, bad)


def test_a_saved_model_comes_back_with_the_same_score() -> None:
    *_, last = compose(QUICK)
    found = keeping.entered("mine.safetensors", packed(QUICK, last))
    assert found["recipe"] == QUICK
    assert found["score"] == pytest.approx(float(last["accuracy"].item()), abs=0.003)
    assert found["symmetry"]["permute"] < 1e-5
    page = visit(**link(QUICK))
    page.session_state[keeping.LOADED] = found
    page.run()
    assert not page.exception
    assert "computed again" in said(page)
    assert numbers(page)["Test accuracy"] == f"{found['score']:.1%}"


@pytest.mark.parametrize(("modality", "task"), HERE)
def test_the_file_draws_the_same_data(modality: str, task: str) -> None:
    recipe = Recipe(DEEP_SETS if task != "anomaly" else replace(DEEP_SETS, pool="each"), modality, task)
    code = source(recipe).split("for frame in train(")[0]
    space = {"__name__": "alone", "__file__": str(DATA / "run.py")}
    sys.modules["alone"] = SimpleNamespace(__dict__=space)  # type: ignore[assignment]
    exec(compile(code, "run.py", "exec"), space)
    theirs = space["draw"](6, Generator().manual_seed(1), "test")  # type: ignore[operator]
    ours = recipe.material.draw(6, Generator().manual_seed(1), "test")
    assert torch.equal(theirs[0], ours[0])
    assert torch.equal(theirs[1], ours[1])


def run(folder: Path, code: str) -> list[float]:
    file = folder / "run.py"
    file.write_text(code, "utf-8")
    alone = {"PATH": os.environ["PATH"], "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, str(file)], cwd=folder, capture_output=True, text=True, timeout=240, env=alone)
    assert done.returncode == 0, done.stderr
    return [float(a) for a in re.findall(r"accuracy ([\d.]+)", done.stdout)]


def test_the_file_and_the_notebook_give_the_number(tmp_path: Path) -> None:
    recipe = Recipe(replace(CNN, width=8, layers=1), "audio", "digit", 50, 100)
    for name in recipe.material.exercise.data:
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    expected = [float(f["accuracy"].item()) for f in compose(recipe)]
    assert run(tmp_path, source(recipe)) == pytest.approx(expected, abs=0.011)
    book = json.loads(notebook(recipe))
    assert book["nbformat"] == 4
    code = [c["source"] for c in book["cells"] if c["cell_type"] == "code"]
    assert len(code) == len(cells(source(recipe)))
    runner = "__file__ = 'run.py'\nfor cell in " + repr(code) + ":\n    exec(compile(cell, 'cell', 'exec'), globals())\n"
    assert run(tmp_path, runner) == pytest.approx(expected, abs=0.011)


def test_bad_files_are_refused_in_a_sentence() -> None:
    for name, data in (("x.json", b"[]"), ("x.json", b"{"), ("x.safetensors", b""), ("x.pkl", b"\x80\x04."), ("x", b"[" * 10**6)):
        with pytest.raises(BadInput, match=r"\.$"):
            keeping.entered(name, data)
