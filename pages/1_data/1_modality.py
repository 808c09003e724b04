"""What is a sensory modality? The raw thing, its elements, the input observation x_i, and a task learnt from it."""

import streamlit as st

from components.catalogue import discover
from components.ui import modality_lesson as learnt
from components.ui import modality_stage as stage
from components.ui.house import claim

MODALITIES = discover("modalities", "MODALITY")

head = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls"):
    name = st.segmented_control(
        "Modality", list(MODALITIES), default=next(iter(MODALITIES)), required=True, key="modality", bind="query-params"
    )
    modality = MODALITIES[name]
    untouched = stage.chosen_sample(modality)
    sample = stage.damaged(modality, untouched)
    stage.situations(modality)
with head:
    claim("Modality", modality.sentence, modality.slide)

sample, moved, mark = stage.controlled(modality, sample)

left, middle, right = st.columns([0.33, 0.36, 0.31], gap="medium")
below, learn = st.container(), st.container()
with left:
    stage.met(sample, mark)
with middle:
    stage.numbers(modality, sample, mark)
with right:
    st.markdown("**What a network answers**")
    lesson = stage.lesson_of(modality, learn)
    change = None if lesson is None else stage.answered(lesson, sample, untouched)
with below:
    stage.readouts(modality, sample, untouched, change)
with learn:
    if lesson is not None:
        learnt.learning(lesson)
learnt.code(modality, lesson, moved)
stage.check_yourself(modality)
