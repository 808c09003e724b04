"""Record generators of text and of melodies, for the view "Generate" of the Sequences page.

    python -m pretrained.build.generate

Five to six minutes on one core. Writes `pretrained/weights/generate.npz` (plain arrays in half precision, no pickle): for the
corpora "prose" and "melodies" and the kinds "rnn" and "lstm", under `<corpus>/<kind>/`: the weights `U`, `b`, `W`, `V`, `c`;
`step`, `bits` and `sample` of a few moments of the training; and `about`: date, machine, version, bits a token held out.
"""

import json
import time
from pathlib import Path

import numpy as np
import torch

from components.learn.generating import Request, baselines, learn
from components.values import Frame
from pretrained.build.manifest import enter, machine, today

FILE = Path(__file__).parents[1] / "weights" / "generate.npz"
RUNS = (
    Request("melodies", "rnn", 96, 500, 16, 32, 5e-3, every=10),
    Request("melodies", "lstm", 96, 400, 16, 32, 8e-3, every=10),
    Request("prose", "rnn", 256, 5600, 32, 32, 2e-3, every=40),
    Request("prose", "lstm", 208, 2700, 32, 48, 6e-3, every=30),
)


def moments(frames: list[Frame]) -> list[Frame]:
    """About forty frames, closer together at the beginning, where most is learned."""
    at = sorted({round(x) for x in np.geomspace(1, len(frames), 40)})
    return [frames[i - 1] for i in at]


def main() -> None:
    """Train and write."""
    torch.set_num_threads(1)
    found: Frame = {}
    about: dict[str, object] = {"date": today(), "machine": machine(), "torch": torch.__version__}
    for request in RUNS:
        began, frames, name = time.process_time(), [], f"{request.corpus}/{request.kind}"
        for frame in learn(request):
            frames.append(frame)
            if int(frame["step"]) % 600 == 0:
                print(name, int(frame["step"]), float(frame["bits"]), f"{time.process_time() - began:.0f} s", flush=True)
        last, few = frames[-1], moments(frames)
        found |= {f"{name}/{k[8:]}": v.astype(np.float16) for k, v in last.items() if k.startswith("weights/")}
        found |= {f"{name}/{k}": np.stack([f[k] for f in few]) for k in ("step", "bits", "sample")}
        found[f"{name}/bits"] = found[f"{name}/bits"].astype(np.float16)
        about[name] = {
            "bits": round(float(last["bits"]), 3), "unigram": round(baselines(request.corpus)[0], 3),
            "bigram": round(baselines(request.corpus)[1], 3), "seconds": round(time.process_time() - began),
        } | request._asdict()  # fmt: skip
        print(about[name], flush=True)
    np.savez_compressed(FILE, allow_pickle=False, about=np.array(json.dumps(about)), **found)
    enter(
        FILE,
        licence="MIT; trained on prose and melodies in the public domain (prose.npz, melodies.npz)",
        source="trained by this project",
        version=f"torch {torch.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.generate",
    )


if __name__ == "__main__":
    main()
