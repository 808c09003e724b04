"""One new file is one new thing."""

import sys
import textwrap

import pytest

from components.catalogue import discover


@pytest.fixture
def extra(tmp_path, monkeypatch):
    """A way to add modules to a room as if they lay in its folder."""
    import components.tasks as room

    monkeypatch.setattr(room, "__path__", [*room.__path__, str(tmp_path)])
    discover.cache_clear()
    yield lambda name, text: (tmp_path / f"{name}.py").write_text(textwrap.dedent(text))
    discover.cache_clear()
    for name in [n for n in sys.modules if n.startswith("components.tasks.extra")]:
        del sys.modules[name]


TOY = """
    from components.tasks.base import Family
    FAMILY = Family("{name}", 99, "Toy", "?", "nothing", make=None, glyphs=None)
"""


def test_families_come_in_their_order():
    assert list(discover("tasks", "FAMILY")) == ["team16", "any0", "club", "maximum"]


def test_a_new_file_is_found_without_any_other_edit(extra):
    extra("extra_toy", TOY.format(name="toy"))
    assert list(discover("tasks", "FAMILY"))[-1] == "toy"


def test_two_of_the_same_name_are_refused(extra):
    extra("extra_one", TOY.format(name="team16"))
    with pytest.raises(ValueError, match="used twice"):
        discover("tasks", "FAMILY")


def test_modules_without_the_constant_are_skipped(extra):
    extra("extra_helper", "X = 1\n")
    assert "base" not in discover("tasks", "FAMILY")
