"""The offer of a data set: a button, progress, cancelling, a sentence where it fails, and nothing once the data are here."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.tasks.downloads import SOURCES, present
from components.ui import downloads as offered
from tests.tasks.published import RNG, served, source

FILES = {"big.bin": RNG(0).bytes(1_500_000)}
Serve = Callable[..., list[str]]


def page() -> None:
    import streamlit as st

    from components.ui.downloads import offer

    offer("fashion")
    st.write("the rest of the page")


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    monkeypatch.setenv("MODALITY_LAB_CACHE", str(tmp_path))
    monkeypatch.setenv("no_proxy", "*")
    with ExitStack() as running:

        def start(behaviour: str = "good", pause: float = 0.0) -> list[str]:
            address, asked = running.enter_context(served(FILES, behaviour, pause))
            monkeypatch.setitem(SOURCES, "fashion", source(FILES, address))
            return asked

        offered._times.clear()
        yield start
    offered.line().close()
    offered.line.clear()


def until(app: AppTest, seen: Callable[[AppTest], bool], seconds: float = 15) -> AppTest:
    """Runs the page again and again, as its fragment does by itself in a browser."""
    end = time.monotonic() + seconds
    while not seen(app.run()):
        assert time.monotonic() < end, [b.label for b in app.button]
        time.sleep(0.05)
    return app


def labels(app: AppTest) -> list[str]:
    assert not app.exception
    return [button.label for button in app.button]


def files(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file()]


def test_from_the_button_to_the_data(serve: Serve, tmp_path: Path) -> None:
    asked = serve(pause=0.003)
    app = AppTest.from_function(page, default_timeout=20).run()
    assert labels(app) == ["Download Fashion-MNIST (2 MB)"]
    assert "MIT licence" in app.caption[0].value
    assert not asked  # nothing is fetched unless somebody asks
    app.button[0].click().run()
    assert labels(app) == ["Cancel"]
    until(app, lambda a: not a.button)
    assert present("fashion")
    assert files(tmp_path) == ["big.bin"]
    assert asked == ["/big.bin"]
    assert app.markdown[0].value == "the rest of the page"


def test_cancelling_leaves_nothing_and_can_be_begun_again(serve: Serve, tmp_path: Path) -> None:
    serve(pause=0.02)
    app = AppTest.from_function(page, default_timeout=20).run()
    app.button[0].click().run()
    until(app, lambda a: files(tmp_path) != [])
    app.button[0].click().run()
    assert labels(app) == ["Download Fashion-MNIST (2 MB)"]
    until(app, lambda a: files(tmp_path) == [])
    assert not present("fashion")
    serve()
    app.run().button[0].click().run()
    until(app, lambda a: not a.button)
    assert present("fashion")


def test_a_failure_is_a_sentence_with_another_try(serve: Serve, tmp_path: Path) -> None:
    serve("error")
    app = AppTest.from_function(page, default_timeout=20).run()
    app.button[0].click().run()
    until(app, lambda a: labels(a) == ["Try again"])
    assert app.warning[0].value == "The server that keeps Fashion-MNIST answered with error 503. Try again later."
    serve()
    app.run().button[0].click().run()
    until(app, lambda a: not a.button)
    assert present("fashion")


def test_what_was_here_and_is_lost_is_fetched_anew(serve: Serve, tmp_path: Path) -> None:
    asked = serve()
    for count in (1, 2):
        app = AppTest.from_function(page, default_timeout=20).run()
        app.button[0].click().run()
        until(app, lambda a: not a.button)
        assert present("fashion")
        assert len(asked) == count
        (tmp_path / "fashion" / "big.bin").unlink()


def test_one_learner_cancels_and_the_other_gets_it(serve: Serve) -> None:
    asked = serve(pause=0.01)
    one, other = (AppTest.from_function(page, default_timeout=20).run() for _ in range(2))
    for app in (one, other):
        app.button[0].click().run()
    one.button[0].click().run()
    assert labels(one) == ["Download Fashion-MNIST (2 MB)"]
    until(other, lambda a: not a.button)
    assert len(asked) == 1
