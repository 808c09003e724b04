"""The code that ran: the project's own source, put together into one file that runs without the project."""

import ast
import importlib
import inspect
import textwrap
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

import streamlit as st


def needed(source: str) -> list[ModuleType]:
    """The project's modules that some source imports from, each after those it needs itself."""
    found: list[ModuleType] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("components."):
            module = importlib.import_module(str(node.module))
            found += [m for m in [*needed(inspect.getsource(module)), module] if m not in found]
    return found


def gather(names: Iterable[str], functions: Iterable[Callable[..., Any]] = ()) -> list[ModuleType]:
    """Everything that modules of the project and single functions need, in the order in which one file can hold it."""
    found: list[ModuleType] = []
    sources = [f"from components.{name} import x" for name in names]
    for source in [*sources, *(textwrap.dedent(inspect.getsource(function)) for function in functions)]:
        found += [m for m in needed(source) if m not in found]
    return found


def without_project(source: str) -> str:
    """Source without its imports from the project: what they name stands above it in the same file."""
    source = textwrap.dedent(source)
    drop: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("components"):
            drop |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return "\n".join(line for i, line in enumerate(source.splitlines(), 1) if i not in drop)


def bundle(modules: list[ModuleType], main: str, about: str) -> str:
    """One runnable file from whole modules, in order of need, and a few lines that use them.

    Imports from the project are left out (what they name stands above), all others are gathered at the top.

    Args:
        modules: the modules, each after those it imports from.
        main: the lines that use them.
        about: the first lines of the file, a docstring's text.
    """
    imports: set[str] = set()
    bodies: list[str] = []
    for module in modules:
        source = inspect.getsource(module)
        lines = source.splitlines()
        tree = ast.parse(source)
        drop: set[int] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("components"):
                drop |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        for node in tree.body:
            outside = isinstance(node, ast.Import | ast.ImportFrom)
            if outside and node.lineno not in drop:
                imports.add(ast.unparse(node))
            docstring = isinstance(node, ast.Expr) and node is tree.body[0]
            if outside or docstring or _only_types(node):
                drop |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        body = "\n".join(line for i, line in enumerate(lines, 1) if i not in drop).strip("\n")
        bodies.append(f"# {module.__name__.removeprefix('components.').replace('.', '/')}.py\n\n{body}")
    head = "\n".join(["from __future__ import annotations", "", *sorted(imports - {"from __future__ import annotations"})])
    return f'"""{about}"""\n\n{head}\n\n\n' + "\n\n\n".join(bodies) + f"\n\n\n# The run itself\n\n{main.strip()}\n"


def _only_types(node: ast.stmt) -> bool:
    """Whether this is `if TYPE_CHECKING:`, which a single file does not need."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def show_code(code: str, file: str, *, focus: list[object] | None = None) -> None:
    """Offer the file, and show the heart of it.

    Args:
        code: the whole file.
        file: its name for the download.
        focus: functions or classes shown in full on the page; the file holds the rest.
    """
    for thing in focus or []:
        st.code(textwrap.dedent(inspect.getsource(thing)), language="python", wrap_lines=True)  # type: ignore[arg-type]
    st.download_button(
        "Download as one runnable file", code, file, "text/x-python", icon=":material/download:", on_click="ignore"
    )  # fmt: skip
    with st.expander("The whole file, to copy", key=f"whole-{file}", on_change="rerun") as whole:
        if whole.open:
            st.code(code, language="python", height=420)
