"""The view "Special or general": it opens in every state, and its file runs alone."""

import subprocess
import sys

import pytest

from components.learn.special_file import results
from components.ui.unified_compare_below import source
from tests.ui.views import open_view


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"fielddata": "table", "costas": "weights", "comparelook": "settings"},
        {"fielddata": "graph", "costas": "seconds", "comparelook": "check"},
        {"fielddata": "<b>", "costas": "nan", "comparelook": "code"},
    ],
)
def test_it_opens_in_every_state(query: dict[str, str]):
    test = open_view("5_unified", "compare", **query)
    assert not test.exception
    assert len(test.metric) == 4
    assert "samples" in test.markdown[1].value


def test_a_guess_is_answered_with_what_was_counted():
    test = open_view("5_unified", "compare", fielddata="table")
    test.segmented_control(key="compare-guess-table").set_value("transformer").run()
    assert any("Counted: **transformer**" in m.value for m in test.markdown)


def test_its_file_runs_alone(tmp_path):
    for modality in results():
        file = tmp_path / f"{modality}.py"
        file.write_text(source(modality), "utf-8")
    for modality in ("graph", "language"):
        done = subprocess.run([sys.executable, str(tmp_path / f"{modality}.py")], capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "transformer weights" in done.stdout
