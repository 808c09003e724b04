"""A real Chromium and a real server, for what AppTest cannot see: drawing, streaming, zoom, addresses."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
DONE = "[data-testid=stApp][data-test-script-state=notRunning]"


def finished(page: Page, seconds: float = 60) -> None:
    """Wait until the page's script has run to its end."""
    page.locator(DONE).wait_for(timeout=1000 * seconds)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    found = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
    if found is None:
        pytest.fail("No Chromium or Chrome was found: install one (Debian: apt-get install chromium), then run the tests again.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh visitor: no cookies, nothing cached."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def errors(page: Page) -> list[str]:
    """Everything the browser complains about during the test."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Start a Streamlit script and give its address; all servers end with the tests."""
    servers: list[subprocess.Popen[bytes]] = []

    def start(script: str | Path, cwd: Path = ROOT, **environment: str) -> str:
        script = Path(cwd, script).resolve()
        static = script.parent / "static"  # Streamlit serves the folder beside the script
        if not static.exists():
            static.symlink_to(ROOT / "static")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = tmp_path_factory.mktemp("server") / "log.txt"
        options = ["--server.port", str(port), "--server.headless", "true", "--server.address", "127.0.0.1"]
        with log.open("wb") as output:
            server = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", str(script), *options],
                cwd=cwd,
                env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        servers.append(server)
        base = environment.get("STREAMLIT_SERVER_BASE_URL_PATH", "")
        url = f"http://127.0.0.1:{port}" + (f"/{base}" if base else "")
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                    return url
            except OSError:
                if server.poll() is not None:
                    break
                time.sleep(0.2)
        pytest.fail(f"{script.name} did not start:\n{log.read_text(errors='replace')[-3000:]}")

    yield start
    for server in servers:
        server.terminate()
    for server in servers:
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


@pytest.fixture(scope="session")
def app(serve: Callable[..., str]) -> str:
    """The address of the dashboard itself."""
    return serve("app.py")
