"""Whatever is typed becomes one harmless line."""

import pytest

from components.ui.sequences_text import KEPT, clean


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  a\nb\tc  ", "a b c"),
        ("null\x00 bell\x07 esc\x1b[31m", "null bell esc[31m"),
        ("<b>bold</b> & <script>", "<b>bold</b> & <script>"),
        ("שלום עולם", "שלום עולם"),
        ("fox 🦊 jumps", "fox 🦊 jumps"),
        ("half \ud83e pair", "half  pair"),
        ("\n\n", ""),
    ],
)
def test_control_characters_go_and_everything_a_person_reads_stays(typed, text):
    assert clean(typed) == text


def test_a_hundred_thousand_words_are_cut():
    assert len(clean("word " * 100_000)) <= KEPT
