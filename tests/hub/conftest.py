"""A real hub and a real browser, started once for all tests of this folder."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.hub.people import Hub
from tests.missing import missing

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",  # of Chromium's own; it refuses to start as root with it
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "only-for-tests"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if path is None:
        missing(f"the hub needs one of {', '.join(BROWSERS)} (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def running_hub(
    root: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hub]:
    """What `make hub` starts, with a third student."""
    if shutil.which("npm") is None and shutil.which("configurable-http-proxy") is None:
        missing("the hub needs npm or configurable-http-proxy")
    screenshots = root / "build/hub-screenshots"
    shutil.rmtree(screenshots, ignore_errors=True)
    screenshots.mkdir(parents=True)
    state = tmp_path_factory.mktemp("hub")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    start = root / "deploy/jupyterhub/demo/start.py"
    students = ["--students", "alice", "bob", "mallory"]
    command = [start, "--port", str(port), "--state", state, "--password", PASSWORD, *students]
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as hub:
        assert hub.stdout is not None
        said = list(itertools.takewhile(lambda line: "Ctrl-C" not in line, hub.stdout))
        if hub.poll() is not None:
            pytest.fail(f"The hub did not start:\n{''.join(said)}\n{log_of(state)}")
        yield Hub(f"http://127.0.0.1:{port}/", PASSWORD, state, browser, screenshots)
        hub.terminate()
        hub.wait()
    shutil.copy(state / "hub.log", screenshots)
    assert processes_in(state) == []


@pytest.fixture
def hub(running_hub: Hub) -> Iterator[Hub]:
    """The hub; however a test ends, what each window showed then is kept."""
    yield running_hub
    for window in running_hub.browser.contexts:
        for page in window.pages:
            running_hub.shoot(page, "at-the-end")
        window.close()


def log_of(state: Path) -> str:
    """The end of the hub's log."""
    log = state / "hub.log"
    return log.read_text(errors="replace")[-4000:] if log.exists() else "There is no log."


def processes_in(folder: Path) -> list[str]:
    """What still runs in `folder` or below it: servers, kernels, the proxy."""
    left = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").readlink().is_relative_to(folder):
                left.append((process / "cmdline").read_text().replace("\0", " "))
    return left
