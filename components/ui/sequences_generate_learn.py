"""Below the stage of "Generate": the training, recorded and live, and the code that ran."""

from functools import partial
from html import escape
from pathlib import Path

import numpy as np
import streamlit as st

from components.figures.bits_curve import bits_curve
from components.ui.chart import chart
from components.ui.code import bundle, gather, show_code
from components.ui.house import theme
from components.ui.live import live
from components.ui.sequences_generate_setting import Setting, about, corpus_of, recorded
from components.values import Frame

SHOWN = 6  # samples side by side


def request_of(setting: Setting):  # type: ignore[no-untyped-def]  # a Request; torch is imported only here
    """A small generator that trains in front of the learner."""
    from components.learn.generating import Request

    if setting.corpus == "prose":
        return Request("prose", setting.kind, 128, 800, 32, 32, 8e-3 if setting.kind == "lstm" else 4e-3, setting.seed)
    return Request("melodies", setting.kind, 96, 400, 16, 32, 8e-3 if setting.kind == "lstm" else 5e-3, setting.seed)


def learning(setting: Setting) -> None:
    """Bits a token while it trains, and what it writes at each moment: gibberish becomes words."""
    request = request_of(setting)

    def draw(frames: list[Frame]) -> None:
        if frames:
            seen, bits, samples = (np.stack([f[k] for f in frames]) for k in ("seen", "bits", "sample"))
        else:
            facts, name = about()[f"{setting.corpus}/{setting.kind}"], f"{setting.corpus}/{setting.kind}"
            seen = recorded()[f"{name}/step"] * (facts["batch"] * facts["span"])
            bits, samples = recorded()[f"{name}/bits"].astype(float), recorded()[f"{name}/sample"]
        picture(setting, seen, bits, samples)
        if not frames:
            st.caption(
                f"Recorded {about()['date']} on {about()['machine']}, {facts['seconds']} s. Train live: a smaller one, here."
            )

    live("generate", request, partial(_learn, request), draw)


def _learn(request):  # type: ignore[no-untyped-def]
    """Starts the generator of frames, in the worker."""
    from components.learn.generating import learn

    return learn(request)


def picture(setting: Setting, seen: np.ndarray, bits: np.ndarray, samples: np.ndarray) -> None:
    """The curve, and beside it a line written at a few moments of the training."""
    corpus, facts = corpus_of(setting.corpus), about()[f"{setting.corpus}/{setting.kind}"]
    left, right = st.columns([2, 3], gap="medium")
    levels = {"single tokens counted": facts["unigram"], "pairs counted": facts["bigram"]}
    with left:
        chart(
            bits_curve(seen, bits, levels, corpus.unit, scale=theme()), "gen-bits", height=300,
            alt=f"Bits per {corpus.unit}: {bits[-1]:.2f} after {int(seen[-1]):,}",
        )  # fmt: skip
    few = sorted({round(x) for x in np.geomspace(1, len(seen), SHOWN)})
    join = "" if setting.corpus == "prose" else " "
    lines = []
    for i in few:
        line = join.join(corpus.names[t] for t in samples[i - 1]).replace("\n", " ↵ ")
        lines.append(
            f'<div style="margin:.15rem 0"><small style="color:{theme().muted}">after {int(seen[i - 1]):,} {corpus.unit}s, '
            f"{bits[i - 1]:.2f} bits</small><br>{escape(line)}</div>"
        )
    look = "font:500 1.05rem/1.35 Georgia,serif;overflow-wrap:anywhere"
    right.html(f'<div style="{look}">{"".join(lines)}</div>')


def source(setting: Setting) -> str:
    """Training and writing as one file, with the current settings."""
    prompt = "".join(corpus_of(setting.corpus).names[i] for i in setting.prompt[1:]) if setting.corpus == "prose" else ""
    request = request_of(setting)
    join = "" if setting.corpus == "prose" else " "
    main = f"""
import sys

steps = int(sys.argv[1]) if len(sys.argv) > 1 else {request.steps}
request = Request({request.corpus!r}, {request.kind!r}, {request.width}, steps, {request.batch}, {request.span}, {request.rate},
                  {request.seed}, every=50)
for frame in learn(request):
    print(int(frame["step"]), f"{{float(frame['bits']):.3f}} bits")
weights = {{name[8:]: value for name, value in frame.items() if name.startswith("weights/")}}
corpus = CORPORA[request.corpus]()
prompt = [first_token(corpus)] + [corpus.names.index(c) for c in {prompt!r}]
found = write(weights, np.array(prompt), 200, temperature={setting.temperature}, keep={setting.keep}, seed={setting.seed})
print({join!r}.join(corpus.names[i] for i in found.tokens))
"""
    about_it = f"A network that learns to write. Needs numpy, torch, and {setting.corpus}.npz beside it."
    return bundle(gather(["learn.generating"]), main, about_it)


def code(setting: Setting) -> None:
    """The heart of it, the whole, and the data it needs."""
    from components.learn.generating import advance
    from components.measure.next_token import drawn, shares

    file = Path(__file__).parents[2] / "pretrained" / "data" / f"{setting.corpus}.npz"
    st.download_button(
        f"The data: {file.name}", file.read_bytes, file.name, icon=":material/download:", on_click="ignore", key="gen-data"
    )  # fmt: skip
    show_code(source(setting), "generate.py", focus=[advance, shares, drawn])
