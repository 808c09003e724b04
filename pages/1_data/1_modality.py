"""What is a sensory modality? The raw thing, its elements, the input observation x_i, and a task learnt from it."""

import streamlit as st

from components.catalogue import discover
from components.ui import modality_controls as controls
from components.ui import modality_lesson as learnt
from components.ui import modality_stage as stage
from components.ui.house import claim
from components.ui.links import choice
from components.ui.modality_code import code
from components.ui.upload import refused

MODALITIES = discover("modalities", "MODALITY")

head = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="controls"):
    titles = {name: found.title for name, found in MODALITIES.items()}
    modality = MODALITIES[choice("Modality", titles, next(iter(MODALITIES)), "modality")]
    untouched, example = controls.chosen_sample(modality)
    sample = controls.damaged(modality, untouched)
    controls.situations(modality)
with head:
    claim("Modality", modality.sentence, modality.slide)

sample, moved, mark = controls.controlled(modality, sample)

left, middle, right = st.columns([0.33, 0.36, 0.31], gap="medium")
with left:
    stage.met(sample, mark)
    refused(modality)
with middle:
    stage.numbers(modality, sample, mark)
with right:
    st.markdown("**What a network answers**")
    lesson = stage.lesson_of(modality, controls.asked_tasks(modality, untouched, example), untouched)
    answer = st.container()
below = st.container()
if lesson is not None:
    st.subheader(f"Learn it here: {lesson.exercise.question}", anchor=False)
    lesson = learnt.asked(lesson)
    learnt.learning(lesson)
with answer:
    change = None if lesson is None else stage.answered(lesson, sample, untouched, mark)
with below:
    stage.readouts(modality, sample, untouched, change)
code(modality, lesson, moved)
controls.clean(modality)
stage.check_yourself(modality)
