"""The Hub among the models: nothing is fetched without a click, and what goes wrong is one sentence."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PAGE = Path(__file__).parents[2] / "pages" / "3_models" / "3_sequences.py"


@pytest.mark.parametrize(("name", "warned"), [("owner/model", False), ("../../etc", True), ("<script>", True), ("", False)])
def test_a_name_is_offered_or_refused(name: str, warned: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MODALITY_LAB_CACHE", str(tmp_path))
    test = AppTest.from_file(str(PAGE), default_timeout=60)
    for key, value in {"view": "heads", "hmodel": "hub", "hubname": name}.items():
        test.query_params[key] = value
    test.run()
    assert not test.exception
    assert bool(test.warning) == warned
    assert any(b.label == "Fetch it" for b in test.button) != warned
    assert not list(tmp_path.iterdir())
