"""The code that ran: the project's own source, put together into one file that runs without the project."""

import ast
import importlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

import streamlit as st


def imported(node: ast.AST) -> list[ModuleType]:
    """The project's modules that an import names, as a whole (`from components.tasks import digits`) or for what is in them."""
    if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("components."):
        return []
    home = importlib.import_module(str(node.module))
    inner = [getattr(home, alias.name, None) or _submodule(home, alias.name) for alias in node.names]
    return [module for module in inner if isinstance(module, ModuleType)] or [home]


def _submodule(home: ModuleType, name: str) -> ModuleType | None:
    return importlib.import_module(f"{home.__name__}.{name}") if hasattr(home, "__path__") else None


def needed(source: str) -> list[ModuleType]:
    """The project's modules that some source imports from, each after those it needs itself."""
    found: list[ModuleType] = []
    for node in ast.walk(ast.parse(source)):
        for module in imported(node):
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


class _Settled(ast.NodeTransformer):
    """Writes out what a function takes from its module: `len(speech.DIGITS)` becomes 10."""

    def __init__(self, known: dict[str, Any], own: set[str]) -> None:
        self.known, self.own = known, own

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Attribute | ast.BinOp | ast.Call | ast.Name | ast.Subscript):
            names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
            if not names & self.own and names & set(self.known):
                value = eval(compile(ast.Expression(node), "<settings>", "eval"), self.known)  # the project's own source
                if all(isinstance(v, str | int | float) for v in (value if isinstance(value, tuple) else (value,))):
                    return ast.parse(repr(value), mode="eval").body
        return super().generic_visit(node)


def settled(function: Callable[..., Any]) -> str:
    """The source of a small function with the constants of its module written out, without imports from the project."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    own = {a.arg for a in ast.walk(tree) if isinstance(a, ast.arg)}
    own |= {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            own |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
    for inner in ast.walk(tree):
        if isinstance(inner, ast.FunctionDef):
            inner.returns = None
            for argument in inner.args.args:
                argument.annotation = None
    known = {name: value for name, value in function.__globals__.items() if name not in own}
    text = without_project(ast.unparse(_Settled(known, own).visit(tree)))
    homes = {n for n, v in known.items() if isinstance(v, ModuleType) and v.__name__.startswith("components.")}
    return _unqualified(text, homes)


def _unqualified(source: str, names: set[str]) -> str:
    """`digits.draw` as `draw`, since what the module defines stands in the same file."""
    for name in names:
        source = re.sub(rf"(?<![\w.\"']){name}\.(?=[A-Za-z_])", "", source)
    return source


def _whole(module: ModuleType) -> set[str]:
    """The names of the project's modules that this one imports as a whole, to say `digits.draw`."""
    nodes = [node for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.ImportFrom)]
    return {m.__name__.split(".")[-1] for node in nodes for m in imported(node) if m.__name__ != node.module}


def _aliases(module: ModuleType) -> list[ast.alias]:
    """What this module takes from others of the project under another name."""
    nodes = [node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.ImportFrom)]
    return [a for node in nodes if (node.module or "").startswith("components.") for a in node.names if a.asname]


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
        others = [f"{alias.asname} = {alias.name}" for alias in _aliases(module)]
        body = "\n".join([*others, _unqualified(body, _whole(module))])
        bodies.append(f"# {module.__name__.removeprefix('components.').replace('.', '/')}.py\n\n{body}")
    head = "\n".join(["from __future__ import annotations", "", *sorted(imports - {"from __future__ import annotations"})])
    return f'"""{about}"""\n\n{head}\n\n\n' + "\n\n\n".join(bodies) + f"\n\n\n# The run itself\n\n{main.strip()}\n"


def archive(modules: list[ModuleType], main: str, about: str) -> str:
    """One runnable file that keeps its modules apart, for code in which several modules use the same names.

    Args:
        modules: the modules, each after those it imports from, as `gather` gives them.
        main: the lines that use them, with their imports.
        about: the first lines of the file, a docstring's text.
    """
    parts = [f"SOURCES[{m.__name__!r}] = r'''{inspect.getsource(m)}'''" for m in modules]
    start = """
for name, source in SOURCES.items():
    parts = name.split(".")
    for i in range(1, len(parts)):
        sys.modules.setdefault(".".join(parts[:i]), types.ModuleType(".".join(parts[:i]))).__path__ = []
    module = sys.modules[name] = types.ModuleType(name)
    setattr(sys.modules[".".join(parts[:-1])], parts[-1], module)
    exec(compile(source, name, "exec"), module.__dict__)"""
    body = "\n\n".join(parts)
    return f'"""{about}"""\n\nimport sys\nimport types\n\nSOURCES = {{}}\n\n{body}\n{start}\n\n{main.strip()}\n'


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
