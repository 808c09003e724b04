"""Make `pretrained/data/arm.npz`: a simulated arm that presses its fingertip on twelve surfaces and slides over them.

Development only (pip install mujoco==4.0.0; about a minute). Run from the root of the project:

    python -m pretrained.build.arm

Three straight joints (x, y, z) carry an upright finger. A spring and a damper pull it along a planned path,
`force = K (planned - here) - D velocity`; contact pushes back by MuJoCo's soft contacts, and friction is Coulomb's law, written
here because MuJoCo's own lifts a sliding finger off. A run has four touches, each one of

    stroke  approach, press, slide, lift
    tap     approach, press, lift                   (comes fast and presses deep)
    rub     approach, press, slide, back, on, lift  (slides fast and not far)
    graze   approach, slide, lift                   (comes slowly and presses little)

Kept at 50 Hz: force (N) and torque (N m) at the wrist with sensor noise, the height of the tip above the surface (mm), its
speed (mm/s), and the number of the action. Friction and softness of the surfaces are chosen, not measured from real ones.
"""

import math
from collections.abc import Iterator

import numpy as np

from pretrained.build.manifest import ROOT, enter

FILE = "pretrained/data/arm.npz"
# name -> friction coefficient, softness (time constant of the contact, seconds), height of ridges (mm)
SURFACES = {
    "ice": (0.05, 0.004, 0.0),
    "Teflon": (0.09, 0.010, 0.0),
    "glass": (0.18, 0.004, 0.0),
    "steel": (0.22, 0.004, 0.03),
    "silk": (0.27, 0.025, 0.02),
    "varnish": (0.31, 0.007, 0.01),
    "wood": (0.44, 0.006, 0.06),
    "felt": (0.50, 0.030, 0.04),
    "leather": (0.56, 0.018, 0.05),
    "cork": (0.64, 0.012, 0.08),
    "sandpaper": (0.76, 0.005, 0.1),
    "rubber": (0.92, 0.022, 0.0),
}
ACTIONS = ("rest", "approach", "press", "slide", "lift")
RUNS, RATE, STEP = 12, 50, 0.0005
SPRING, DAMPER = 900.0, 60.0  # N/m, N s/m
STICK = 0.006  # m/s: below this speed friction fades, so that it has no sudden sign
TOP, REACH = 0.02, 0.42  # height of the surface and its distance from the arm, metres
LEVER = np.array([0, 0, 0.098])  # from the fingertip up to the sensor, metres
NOISE = np.array([0.06, 0.06, 0.06, 0.003, 0.003, 0.003])  # N and N m, standard deviation
STEPS = np.array([0.005] * 3 + [0.0002] * 3 + [0.01, 0.1])  # what one count of the stored integers means


def scene(softness: float, ridge: float, rng: np.random.Generator) -> str:
    """The arm and one surface as MuJoCo's XML; ridges lie across the slide at random distances of 4 to 9 mm."""
    surface = f'solref="{softness} 1" priority="1" condim="1"'
    x, bars = REACH - 0.12, []
    while ridge and x < REACH + 0.12:
        z = TOP - 0.004 + ridge / 1e3
        bars.append(f'<geom type="capsule" size=".004 .05" pos="{x:.4f} 0 {z:.6f}" euler="90 0 0" {surface}/>')
        x += rng.uniform(0.004, 0.009)
    axes = {"x": "1 0 0", "y": "0 1 0", "z": "0 0 1"}
    joints = "".join(f'<joint name="{n}" type="slide" axis="{axis}"/>' for n, axis in axes.items())
    motors = "".join(f'<position joint="{n}" kp="{SPRING}" kv="{DAMPER}"/>' for n in axes)
    return f"""<mujoco>
  <option timestep="{STEP}" integrator="implicitfast"/>
  <worldbody>
    <geom type="box" size=".14 .08 .01" pos="{REACH} 0 {TOP - 0.01}" {surface}/>
    {"".join(bars)}
    <body gravcomp="1">{joints}
      <geom type="box" size=".03 .03 .03" mass=".8" contype="0" conaffinity="0"/>
      <body name="finger" gravcomp="1"><site name="sensor"/>
        <geom type="capsule" fromto="0 0 0 0 0 -.08" size=".005" mass=".03" contype="0" conaffinity="0"/>
        <geom type="sphere" pos="0 0 -.09" size=".008" mass=".02"/><site name="tip" pos="0 0 -.098"/>
      </body>
    </body>
  </worldbody>
  <actuator>{motors}</actuator>
  <sensor><force site="sensor"/><torque site="sensor"/></sensor>
</mujoco>"""


def smooth(start: np.ndarray, end: np.ndarray, seconds: float) -> np.ndarray:
    """A path from start to end, `(n, 3)`, that begins and ends at rest with the smallest jerk: 10 s^3 - 15 s^4 + 6 s^5."""
    s = np.arange(1, max(2, round(seconds / STEP)) + 1)[:, None] / max(2, round(seconds / STEP))
    return start + (end - start) * (10 * s**3 - 15 * s**4 + 6 * s**5)


def touch(kind: str, home: np.ndarray, up: float, rng: np.random.Generator) -> Iterator[tuple[str, np.ndarray, float]]:
    """The actions of one touch that ends `up` metres above the surface: name, where it ends, seconds.

    Kinds differ in speed and depth before they differ in what follows, but not by so much that they never overlap.
    """
    hurry, deep = {"stroke": (1.0, 1.0), "tap": (0.6, 1.5), "rub": (0.85, 1.1), "graze": (1.5, 0.7)}[kind]
    down = np.array([home[0], home[1], TOP])
    pressed = down - np.array([0, 0, deep * rng.uniform(0.004, 0.008)])
    yield "approach", (pressed if kind == "graze" else down + np.array([0, 0, 0.001])), hurry * rng.uniform(0.6, 0.9)
    if kind != "graze":
        yield "press", pressed, hurry * rng.uniform(0.5, 0.9)
    if kind != "tap":
        far, speed = (0.04, 0.10) if kind == "rub" else (0.07, 0.055)
        way = np.sign(REACH - home[0]) * far * rng.uniform(0.7, 1.2) * np.array([1, rng.uniform(-0.25, 0.25), 0])
        seconds = float(np.linalg.norm(way)) / (speed * rng.uniform(0.8, 1.25))
        for there in (1, 0, 1) if kind == "rub" else (1,):
            yield "slide", pressed + there * way, seconds * rng.uniform(0.9, 1.1)
        down = down + way
    yield "lift", np.array([down[0], down[1], TOP + up]), rng.uniform(0.5, 0.9)


def plan(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The tip's planned path `(n, 3)` in metres and the number of the action at each step; repeated kinds get another number."""
    side, far = rng.choice([-1, 1]), rng.uniform(0.02, 0.045)
    here = np.array([REACH + side * far, rng.uniform(-0.015, 0.015), TOP + rng.uniform(0.06, 0.08)])
    path, action = [np.repeat(here[None], round(0.5 / STEP), 0)], [np.zeros(round(0.5 / STEP), int)]
    for last in (False, False, False, True):
        up = rng.uniform(0.06, 0.08) if last else rng.uniform(0.02, 0.05)  # between touches it does not go all the way home
        for name, end, seconds in touch(str(rng.choice(["stroke", "tap", "rub", "graze"])), here, up, rng):
            path.append(smooth(path[-1][-1], end, seconds))
            number = ACTIONS.index(name)
            again = action[-1][0] == number  # sliding back is a new action of the same kind
            action.append(np.full(len(path[-1]), number + again * len(ACTIONS)))
        here = path[-1][-1]
    path.append(np.repeat(here[None], round(0.5 / STEP), 0))
    action.append(np.zeros(len(path[-1]), int))
    return np.concatenate(path), np.concatenate(action)


def run(surface: tuple[float, float, float], rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """One run: force, torque, height and speed `(t, 8)` at 50 Hz, and the number of the action `(t,)`."""
    import mujoco

    model = mujoco.MjModel.from_xml_string(scene(*surface[1:], rng))
    data = mujoco.MjData(model)
    tip, finger = model.site("tip").id, model.body("finger").id
    mujoco.mj_forward(model, data)
    arm = float(data.site_xpos[tip, 2] - data.xipos[finger, 2])  # from the finger's centre of mass down to its tip
    path, action = plan(rng)
    path = path + LEVER  # of the wrist, which is what the motors move
    data.qpos[:] = path[0]
    every, rows = round(1 / RATE / STEP), []
    for i, here in enumerate(path):
        data.ctrl[:] = here
        vx, vy, _ = data.qvel.tolist()
        pressed = sum(data.efc_force.tolist())  # N; nothing but contacts is in this list
        drag = -surface[0] * pressed / math.hypot(vx, vy, STICK)
        data.xfrc_applied[finger] = drag * vx, drag * vy, 0, -arm * drag * vy, arm * drag * vx, 0
        mujoco.mj_step(model, data)
        if i % every == 0:
            height, speed = (data.qpos[2] - LEVER[2] - TOP) * 1e3, np.linalg.norm(data.qvel) * 1e3
            rows.append([*-data.sensordata, height, speed])  # minus: what the surface does to the finger
    found = np.array(rows)
    found[:, :6] -= found[:20, :6].mean(0)  # tared in the air, as a real sensor is
    found[:, :6] += NOISE * rng.standard_normal((len(found), 6))
    return found, action[::every][: len(found)]


def main() -> None:
    """Write the file and its entry in the manifest."""
    import mujoco

    rng = np.random.default_rng(0)
    series, actions, surfaces = [], [], []
    for number, surface in enumerate(SURFACES.values()):
        for _ in range(RUNS):
            found, action = run(surface, rng)
            series.append(np.round(found / STEPS).astype(np.int16))
            actions.append(action.astype(np.uint8))
            surfaces.append(number)
    np.savez_compressed(
        ROOT / FILE,
        series=np.concatenate(series),
        action=np.concatenate(actions),
        lengths=np.array([len(s) for s in series]),
        surface=np.array(surfaces, np.uint8),
        friction=np.array([s[0] for s in SURFACES.values()]),
        names=np.array(list(SURFACES)),
        steps=STEPS,
        about=np.array(f"Simulated (MuJoCo {mujoco.__version__}) by this project, MIT"),
    )
    enter(
        ROOT / FILE,
        licence="MIT",
        source="simulated by this project with MuJoCo: surfaces, arm and paths are in the script",
        version=f"mujoco {mujoco.__version__}, numpy {np.__version__}",
        command="python -m pretrained.build.arm",
    )


if __name__ == "__main__":
    main()
