"""The view "Samples needed" of the Images page: local window x shared filter x pooling, counted in samples."""

from functools import partial

import streamlit as st

from components.learn.picture_sweep import REPETITIONS, live_request, picture_sweep
from components.tasks.places import PICTURE_TASKS
from components.ui.images_samples_closer import closer
from components.ui.images_samples_stage import stage
from components.ui.links import choice, device_choice, number, switch
from components.ui.live import live

LOCAL = "On: each place sees a small window. Off: each place sees the whole picture."
SHARE = "On: one filter for all places. Off: each place has a filter of its own."
POOL = "On: over all places, only the largest (or mean) of each number stays. Off: every place keeps its own numbers."
POOLS = {"": "the task's own", "max": "maximum", "mean": "mean", "sum": "sum"}
TASKS = {"aligned": "16 places", "anywhere": "any place", "texture": "or photographs"}
TELLS = " ".join(f"**{about.title}**: {about.question} {about.teaches}" for about in PICTURE_TASKS.values())
STEP = "Pixels from one window to the next. 4 does not see every place in the same way; 1 does."


def view() -> None:
    """Controls, the stage with its live run, and what can be looked at more closely."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        local = switch("**Local** window", True, "local", LOCAL)
        share = switch("**Shared** filter", True, "share", SHARE)
        pool = switch("**Pooling**", True, "pool", POOL)
        task = choice("Digits at", TASKS, "aligned", "placed", TELLS)
        stride = int(choice("Window step", {str(s): f"{s} px" for s in REPETITIONS}, "4", "jump", STEP, shown=local))
        with st.popover("More", icon=":material/tune:", key="samples-more", on_change="rerun") as more:
            opened = bool(more.open)
            kind = choice("Pooling, where on", POOLS, "", "summary", shown=opened)
            example = number("Example: class number", 0, 9, 1, "instance", shown=opened)
            device = device_choice(shown=opened)
    request = live_request(task, local, stride, kind, device)
    networks = 4 * len(request.about.sizes) * request.seeds
    live(
        "pictures",
        request,
        partial(picture_sweep, request),
        partial(stage, request, share, pool, example),
        label=f"Train these {networks} networks live",
        device=device,
    )
    closer(request, share, pool, example)
