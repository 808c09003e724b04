"""A set has no order: sharing and invariant pooling save samples, and this page counts how many."""

from functools import partial

import streamlit as st

from components.catalogue import discover
from components.learn.sweep import Request, sweep
from components.ui import sets_stage
from components.ui.house import claim
from components.ui.links import choice, device_choice, number, switch
from components.ui.live import live
from components.ui.sets_consequences import consequences
from components.ui.sets_words import check_yourself, code, multisets, presets

FAMILIES = discover("tasks", "FAMILY")
POOLS = {"sum": "sum", "mean": "mean", "max": "maximum", "attention": "attention"}
SHARE = "On: one representation block for every element. Off: one for each place, with weights of its own."
POOL = "On: aggregate without looking at the order. Off: concatenate, so that every place keeps its own room."
CLOSER = {
    "factor": "Does it really cost K! times the samples?",
    "forgets": "What a pooling cannot tell apart",
    "code": "Shapes and code",
}
TEST = "Test sets always come in random order."
ORDERS = {"shuffled": "random, one each", "augmented": "new at every use", "sorted": "always sorted"}

claim(
    "Sets",
    "A set has no order. A network that **shares** one map among its elements and **pools** them without order knows this from "
    "the start; any other has to learn it, and pays in samples.",
    "A Simple Classification Example",
)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    task = choice("Task", {name: family.title for name, family in FAMILIES.items()}, "team16", "task")
    size = int(choice("Elements K", {k: k for k in "23456"}, "5", "k"))
    with st.popover("More", icon=":material/tune:", key="more", on_change="rerun") as more:
        kind = choice("Pooling, where invariant", POOLS, "sum", "pooling", shown=more.open)
        order = choice("Order of elements in training", ORDERS, "shuffled", "order", TEST, shown=more.open)
        memory = switch("Show the look-up learner (1-nearest neighbour)", False, "lookup", shown=more.open)
        example = number("Example set", 0, 20, 0, "example", shown=more.open)
        device = device_choice(shown=more.open)
    presets()
with st.container(horizontal=True, gap="large"):
    share = switch("**Share** one φ among all elements", True, "share", SHARE)
    pool = switch("**Pool** without order", True, "pool", POOL)

request = Request(task, size, kind, order, device=device)
chosen = (share, pool)
live(
    "sets",
    request,
    partial(sweep, request),
    partial(sets_stage.stage, request, share, pool, memory, example),
    label="Train these 160 models live",
    device=device,
)
closer = choice("Look closer", CLOSER, "factor", "show")
if closer == "factor":
    consequences(request, share, pool, memory, example)
elif closer == "code":
    code(request, share, pool)
else:
    multisets()
    check_yourself()
