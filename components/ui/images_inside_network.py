"""Which network is looked into: the shipped one, or one of torchvision's, fetched when a learner asks for it."""

from collections.abc import Hashable
from functools import partial

import streamlit as st

from components.learn.run import Run
from components.ui.downloads import POLL, line
from components.ui.links import select
from components.ui.live import learner
from components.values import BadInput


def wanted() -> str:
    """The network a learner asks for."""
    from components.models.imagenet_networks import NETWORKS

    return select("Network", list(NETWORKS), "net", show=lambda name: NETWORKS[name].title)


def usable(name: str) -> tuple[str, str]:
    """The network that can be looked into now, and a sentence where the one asked for cannot."""
    from components.models.imagenet_networks import network, present

    if not present(name):
        return "lite0", ""
    try:
        network(name)
    except BadInput as refusal:
        return "lite0", str(refusal)
    return name, ""


def offer(name: str) -> None:
    """A button that fetches the file of a network, its progress, and one sentence where that fails."""
    from components.models.imagenet_networks import NETWORKS, present

    if present(name):
        return
    run = _current(name)
    under_way = run is not None and not line().finished(run, learner())

    @st.fragment(run_every=POLL if under_way else None)
    def region() -> None:
        run, known = _current(name), NETWORKS[name]
        if run is not None and run.state == "done":
            st.rerun()
        elif run is not None and not line().finished(run, learner()):
            frames = line().seen(run, learner())
            part = int(frames[-1]["step"]) / int(frames[-1]["steps"]) if frames else 0.0
            with st.container(horizontal=True, vertical_alignment="center"):
                st.progress(min(1.0, part), text=f"{known.title}: {part * known.megabytes:.0f} of {known.megabytes:.0f} MB")
                if st.button("Cancel", key=f"cancel-{name}", icon=":material/close:"):
                    line().stop(run, learner())
                    st.rerun()
        else:
            failed = run is not None and run.state == "failed"
            with st.container(horizontal=True, vertical_alignment="center"):
                if st.button(
                    f"Download {known.title} ({known.megabytes:.0f} MB)", key=f"fetch-{name}", icon=":material/download:"
                ):
                    _start(name)
                text = run.message if run is not None and failed else "Not on this machine yet."
                st.markdown(f"{':material/error: ' if failed else ''}{text} Below is EfficientNet-Lite0, which is shipped.")

    region()


def _request(name: str) -> Hashable:
    return "network", name, st.session_state.get(f"network-tries-{name}", 0)


def _start(name: str) -> None:
    """Begin, under a new name where an earlier attempt is over."""
    from components.models.imagenet_download import fetch

    tries = f"network-tries-{name}"
    st.session_state[tries] = st.session_state.get(tries, 0) + 1
    st.session_state[f"network:{name}"] = line().start(_request(name), partial(fetch, name), learner()).id
    st.rerun()


def _current(name: str) -> Run | None:
    held = st.session_state.get(f"network:{name}")
    return line().get(held, learner()) if held else None
