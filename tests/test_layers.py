"""The import rule of the house, checked on the source: imports point downwards only."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BELOW = {
    "values": set(),
    "catalogue": set(),
    "idle": set(),
    "tasks": {"values", "catalogue"},
    "measure": {"values", "catalogue"},
    "models": {"values", "catalogue", "idle"},
    "figures": {"values", "catalogue"},
    "modalities": {"values", "catalogue", "tasks", "measure", "models"},
    "learn": {"values", "catalogue", "tasks", "measure", "models", "modalities"},
}
BELOW["ui"] = {*BELOW, "figures"}
FILES = sorted((ROOT / "components").rglob("*.py"))
PAGES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]


def imported(file: Path) -> set[str]:
    """Every module a file imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide the room"
            found.add(node.module or "")
    return found


def room(file: Path) -> str:
    return file.relative_to(ROOT / "components").parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_imports_point_downwards(file: Path) -> None:
    own = room(file)
    if own == "__init__":
        return
    for name in imported(file):
        parts = name.split(".")
        if parts[0] != "components" or len(parts) == 1:
            assert parts[0] not in {"pages", "app", "tests", "pretrained"}, f"{file} imports {name}"
            continue
        assert parts[1] == own or parts[1] in BELOW[own], f"{own} must not import {name}"


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_rooms_keep_their_libraries(file: Path) -> None:
    libraries = {name.split(".")[0] for name in imported(file)}
    own = room(file)
    if own != "ui":
        assert "streamlit" not in libraries
    if own == "figures":
        assert not libraries & {"torch", "torchvision"}
    if own in {"models", "learn", "measure", "tasks", "modalities"}:
        assert "plotly" not in libraries


@pytest.mark.parametrize(
    "file", [*FILES, ROOT / "app.py", *(ROOT / "pages").rglob("*.py")], ids=lambda f: str(f.relative_to(ROOT))
)
def test_files_stay_small(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= 250


def test_the_rule_can_fail(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("def f():\n    from components.ui.live import live\n")
    assert imported(bad) == {"components.ui.live"}
