"""The lecture as a map one can click, and a first picture that trains in front of the learner."""

from functools import partial

import streamlit as st

from components.learn.device import devices
from components.learn.sweep import Request, sweep
from components.ui import sets_stage
from components.ui.chart import chart
from components.ui.house import claim, theme
from components.ui.lecture_map import link, modalities, outline
from components.ui.live import live

claim(
    "Modality Lab",
    "Every modality is made of elements; every architecture **represents** them and **aggregates** them. "
    "Change it, and train it here.",
    "Unified View of Deep Learning Models",
)
modalities()
left, right = st.columns([0.42, 0.58], gap="large")
with left:
    outline()
    blocks = sets_stage.network_picture(Request("any0", 3), True, True, 0, theme().name, 290)
    chart(blocks, "network")
    device, name = next(iter(devices().items()))
    st.caption(f"Models train on: {name} ({device}).")
with right:
    st.subheader("Does it pay to know that a set has no order?", anchor=False)
    request = Request(device=device)
    live(
        "sets",
        request,
        partial(sweep, request),
        partial(sets_stage.curves_only, request),
        label="Train these 160 models live",
        device=device,
    )
    link("sets", "Turn sharing and pooling on and off", {"share": "false"}, ":material/arrow_forward:")
