"""Every named situation of a page with views opens what it says, from wherever the learner was."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.ui import graphs_words, images_words, sequences_words, unified_words

PAGES = Path(__file__).parents[2] / "pages"
WORDS = {
    "2_images.py": images_words.SITUATIONS,
    "3_sequences.py": sequences_words.SITUATIONS,
    "4_graphs.py": graphs_words.SITUATIONS,
    "5_unified.py": unified_words.SITUATIONS,
}
FOUND = [(PAGES / "3_models" / page, name) for page, found in WORDS.items() for name in found]
ELSEWHERE = {
    "2_images.py": ("weights", "local"),
    "3_sequences.py": ("attention", "causal"),
    "4_graphs.py": ("depth", "deepskip"),
    "5_unified.py": ("symmetry", "amount"),
}


@pytest.mark.parametrize(("page", "name"), FOUND, ids=lambda v: v if isinstance(v, str) else v.stem)
def test_a_situation_sets_every_control_it_names(page: Path, name: str):
    test = AppTest.from_file(str(page), default_timeout=60)
    view, switched = ELSEWHERE[page.name]
    test.query_params["view"] = view
    test.query_params[switched] = "true"
    test.session_state["situations"] = True
    test.run()
    test.button(key=f"situation-{name}").click().run()
    assert not test.exception
    why, values = WORDS[page.name][name]
    assert bool(test.warning) == ("refused" in why)
    for key, value in values.items():
        held = test.session_state[key] if key in test.session_state else test.query_params.get(key)
        assert str(held).lower() == str(value).lower(), key
    if values["view"] != view and switched not in values:
        assert switched not in test.query_params
