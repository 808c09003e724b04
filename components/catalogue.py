"""Finds what exists: one constant per module, so adding a file is the whole of adding a thing."""

import importlib
import pkgutil
from functools import cache
from typing import Any


@cache
def discover(package: str, constant: str) -> dict[str, Any]:
    """Collect `constant` from every module of `components.<package>`, keyed by its `name`.

    Modules without the constant are skipped. Things with an `order` come in that order, then by name.

    Args:
        package: folder under `components`, for instance `"modalities"`.
        constant: the name each module gives its one thing, for instance `"MODALITY"`.

    Raises:
        ValueError: two modules claim the same name.
    """
    home = importlib.import_module(f"components.{package}")
    found: dict[str, Any] = {}
    for info in pkgutil.iter_modules(home.__path__):
        thing = getattr(importlib.import_module(f"components.{package}.{info.name}"), constant, None)
        if thing is None:
            continue
        if thing.name in found:
            raise ValueError(f"components.{package}: the name {thing.name!r} is used twice")
        found[thing.name] = thing
    return dict(sorted(found.items(), key=lambda item: (getattr(item[1], "order", 0), item[0])))
