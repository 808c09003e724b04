"""The view "Forward, backward, step": it opens in every state, and its file runs alone."""

import subprocess
import sys

import pytest

from components.ui.unified_numbers_asked import Asked
from components.ui.unified_numbers_below import source
from tests.ui.views import open_view


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"tinysample": "review", "tinymodel": "attention", "numat": "25", "numcell": "Q:1:1"},
        {"tinysample": "molecule", "tinymodel": "cnn", "numpace": "moves", "numat": "7", "numlook": "data"},
        {"tinysample": "points", "numpace": "steps", "numat": "100", "numrate": "3.0", "numlook": "check"},
        {"tinysample": "review", "tinymodel": "rnn", "numat": "999999", "numcell": "W:99:-1", "numrate": "nan"},
        {"tinysample": "<b>", "tinymodel": "mlp", "numat": "-3", "numcell": "🐄:x", "numpace": "", "numlook": "code"},
    ],
)
def test_it_opens_in_every_state(query: dict[str, str]):
    test = open_view("5_unified", "numbers", **query)
    assert not test.exception
    assert len(test.metric) == 4
    assert float(test.metric[3].value) < 1e-6  # both derivatives agree


def test_its_file_runs_alone(tmp_path):
    for kind, sample in (("cnn", "picture"), ("rnn", "review")):
        file = tmp_path / f"{kind}.py"
        file.write_text(source(Asked(sample, kind, 0.1, False, "blocks")), "utf-8")
        done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        losses = [float(line.split()[2]) for line in done.stdout.splitlines()]
        assert losses[-1] < losses[0]


def test_too_large_a_rate_shuts_every_unit_and_it_is_said():
    test = open_view("5_unified", "numbers", numpace="steps", numrate="3", numat="40")
    assert any("Every unit of H is shut" in m.value for m in test.markdown)
    calm = open_view("5_unified", "numbers", numpace="steps", numat="40")
    assert not any("Every unit of H is shut" in m.value for m in calm.markdown)
