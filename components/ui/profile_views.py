"""What the Profile page shows of two samples: the card of six dimensions, and each dimension with the curve behind it."""

import json
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

from components.figures.numbers import said
from components.figures.profile_card import Row, contexts, profile_card
from components.figures.reading import both, reading
from components.ui import export
from components.ui.chart import chart, remembered
from components.ui.digest import digest
from components.ui.house import theme
from components.ui.profile_sides import Readings, Side, dimensions
from components.ui.upload import plain
from components.values import Reading

RECORDED = Path(__file__).parents[2] / "pretrained" / "sweeps" / "profiles.json"
CARD, NARROW, CURVE = 500, 900, 250  # pixels


@cache
def examples() -> dict[str, Any]:
    """What the bundled examples read, as recorded: `about` and, per dimension, name, unit and value of the first reading."""
    found = json.loads(RECORDED.read_text("utf-8")) if RECORDED.exists() else {"about": {}, "readings": []}
    return found | {"readings": [r | {"value": float("nan") if r["value"] is None else r["value"]} for r in found["readings"]]}


def rows(left: Readings, right: Readings) -> list[Row]:
    """The six dimensions for the card."""
    found = []
    for name, dimension in dimensions().items():
        context = contexts(r for r in examples()["readings"] if r["dimension"] == name)
        found.append(Row(dimension.order, dimension.title, left[name][0], right[name][0], context))
    return found


def card(sides: tuple[Side, Side], profiles: tuple[Readings, Readings]) -> None:
    """The six dimensions in one picture, each on an axis of its own; a click opens one."""
    names = (sides[0].name, sides[1].name)
    content = digest([{n: [dict(r) for r in p[n][:1]] for n in p} for p in profiles])
    alt = "; ".join(f"{d.title}: {_spoken(profiles[0][n][0])} and {_spoken(profiles[1][n][0])}" for n, d in dimensions().items())
    for key, narrow, height in (("card", False, CARD), ("card-narrow", True, NARROW)):  # the style sheet shows one of the two
        with st.container(key=key):
            draw = partial(profile_card, rows(*profiles), theme(), names, height, narrow)
            facts = (content, names, theme().name, narrow)
            _open(chart(remembered(facts, draw, key, height=height, click=True, alt=alt), f"{key}-chart"))
    with st.container(horizontal=True, vertical_alignment="center"):
        numbers = export.profiles(names, profiles)
        st.download_button("Numbers (CSV)", numbers, "profile.csv", "text/csv", icon=":material/download:", on_click="ignore")
        about = examples()["about"]
        faint = f"Faint strokes: the bundled examples, recorded {about['date']}. " if about else ""
        st.caption(f"{faint}Click on a title to see how it was measured. Arrows above the picture: PNG, SVG.")


def _spoken(reading: Reading) -> str:
    return said(reading) or reading.get("why", "not defined")


def _open(clicked: Mapping[str, Any] | None) -> None:
    """Show the dimension whose row was clicked, if one was."""
    if clicked and clicked.get("customdata") is not None:
        order = str(clicked["customdata"][0] if isinstance(clicked["customdata"], list) else clicked["customdata"])
        st.session_state["wanted view"] = next((n for n, d in dimensions().items() if str(d.order) == order), "card")
        st.rerun()


def dimension(name: str, sides: tuple[Side, Side], profiles: tuple[Readings, Readings]) -> None:
    """One dimension: its definition, and every reading of both samples with the curve it was read from."""
    st.markdown(f"{dimensions()[name].definition} :small[:gray[Slide: {dimensions()[name].slide}]]")
    left, right = (profile[name] for profile in profiles)
    if name == "relevance":  # what needs a question is answered above
        left, right = (tuple(r for r in found if "why" not in r) for found in (left, right))
    for i in range(max(len(left), len(right))):
        pair = [found[i] if i < len(found) else None for found in (left, right)]
        _pair(f"{name}-{i}", pair, sides)


def _pair(key: str, pair: list[Reading | None], sides: tuple[Side, Side]) -> None:
    """The same reading of both: in one picture where axes and units agree, else side by side."""
    scale, (a, b) = theme(), pair
    if a is not None and b is not None and (figure := both(a, b, scale, CURVE, (sides[0].name, sides[1].name))) is not None:
        _words(a, b, sides)
        chart(figure, f"both-{key}", height=CURVE, alt=f"{a['name']}: {said(a)} and {said(b)}")
        return
    for column, one, found in zip(st.columns(2, gap="medium"), sides, pair, strict=True):
        with column:
            if found is None:
                continue
            _words(found, None, (one, one))
            if "curve" not in found:
                if "why" in found:
                    st.info(plain(found["why"]), icon=":material/info:")
                continue
            facts = (digest(dict(found)), scale.name)
            draw = partial(reading, found, scale, CURVE)
            place = f"{key}-{one.key}"
            chart(remembered(facts, draw, place, height=CURVE, alt=f"{found['name']}: {said(found)}"), place)


def _words(a: Reading, b: Reading | None, sides: tuple[Side, Side]) -> None:
    """The number in words, how it was estimated, its formula and source."""
    if b is None:
        st.markdown(f"**{plain(a['name'])}** · {plain(sides[0].name)}: **{plain(said(a)) or '–'}**")
    else:
        each = ", ".join(f"{plain(one.name)} **{plain(said(r)) or '–'}**" for one, r in zip(sides, (a, b), strict=True))
        st.markdown(f"**{plain(a['name'])}** · {each}")
    st.caption(f"{plain(a['estimator'])} ${a['formula']}$ · {plain(a['source'])}")
