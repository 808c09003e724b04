"""A public data set offered where it is missing: a button, the progress, a way to cancel, and a sentence where it fails."""

from collections import Counter
from collections.abc import Hashable
from functools import partial

import streamlit as st

from components.learn.engine import Engine
from components.learn.run import Run
from components.tasks.downloads import SOURCES, Source, fetch, present
from components.ui.live import learner

POLL = 0.3  # seconds between looks at a download


@st.cache_resource(show_spinner=False)
def line() -> Engine:
    """The engine of downloads: they wait for the network, so they are not in line with what computes."""
    return Engine(slots=2, quiet=60.0)


@st.cache_resource(show_spinner=False)
def _times() -> Counter[str]:
    """How often each data set was complete here and has been lost again: a new download then needs a new name."""
    return Counter()


def _request(source: Source) -> Hashable:
    return "download", source.name, _times()[source.name]


def offer(name: str) -> None:
    """What a learner can do about the data that the task `name` needs; nothing where they are here already."""
    if present(name):
        return
    source, run = SOURCES[name], _current(SOURCES[name])
    under_way = run is not None and not line().finished(run, learner())

    @st.fragment(run_every=POLL if under_way else None)
    def region() -> None:
        run = _current(source)
        if run is None or line().stopped(run, learner()):
            _button(f"Download {source.title} ({source.size / 1e6:.0f} MB)", name, source)
            st.caption(f"{source.about}. It is kept on the machine that runs this page.")
        elif run.state == "failed":
            st.warning(run.message, icon=":material/error:")
            _button("Try again", name, source)
        elif line().finished(run, learner()):
            st.rerun()  # the whole page: now it has the data
        else:
            _progress(source, run)

    region()


def _current(source: Source) -> Run | None:
    """The download this learner started, if it still exists and was not lost."""
    held = st.session_state.get(f"download:{source.name}")
    run = line().get(held, learner()) if held else None
    return None if run is None or (run.state == "done" and run.key != _request(source)) else run


def _button(label: str, name: str, source: Source) -> None:
    if st.button(label, key=f"download-{source.name}", icon=":material/download:", type="primary"):
        make = partial(fetch, name)
        run = line().start(_request(source), make, learner())
        if run.state == "done" and not present(name):  # it was here, and is gone
            _times()[source.name] += 1
            run = line().start(_request(source), make, learner())
        st.session_state[f"download:{source.name}"] = run.id
        st.rerun()


def _progress(source: Source, run: Run) -> None:
    """How far it is, and the button that ends it."""
    frames = line().seen(run, learner())
    done, total = (int(frames[-1][key]) for key in ("step", "steps")) if frames else (0, source.size // 1000)
    ahead = line().position(run)
    text = f"{source.title}: {done / 1000:.1f} of {total / 1000:.1f} MB" if frames else f"{source.title}: connecting"
    st.progress(min(1.0, done / max(1, total)), text=f"{source.title}: waiting for another download" if ahead else text)
    if st.button("Cancel", key=f"cancel-{source.name}", icon=":material/close:"):
        line().stop(run, learner())
        st.rerun()
