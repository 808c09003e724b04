"""Every model of the dashboard that maps elements to answers or to elements, ready for the symmetry bench.

A model of `components/models` that is on no bench stands in `ELSEWHERE` with its reason.
"""

from components.learn import bench_composed, bench_graphs, bench_pictures, bench_pixels, bench_series, bench_sets, bench_texts
from components.learn.bench_entry import Entry, find

ENTRIES: dict[str, Entry] = find(
    [
        *(
            entry
            for room in (bench_sets, bench_texts, bench_series, bench_pictures, bench_pixels, bench_graphs, bench_composed)
            for entry in room.entries()
        )
    ]
)
"""Entries by key, family by family."""

ELSEWHERE = {
    "bert_names": "names of weights, no model",
    "hub": "fetches other encoders like MiniLM from the network; MiniLM itself is on the bench",
    "imagenet_download": "fetches weights, no model",
    "imagenet_networks": "AlexNet and ResNet-18 are fetched from the network; EfficientNet-Lite0 is shipped, and on the bench",
    "vision_library": "imports a library, no model",
    "composition": "the choices of a composed model as plain values, no model",
    "unfolded": "six architectures as lines of matrices with every number shown; each is on the bench as a model",
}
"""Modules of components/models without an entry, and why."""
