"""Start a real JupyterHub on this computer, with a course, an instructor and two students.

Run by `make hub`. It is a demonstration for one person: all users are one account.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
COURSE = "dl101"
PROXY = ROOT / "build/hub/proxy"
PROXY_PACKAGE = "configurable-http-proxy@4.6.3"
STARTED = ("jupyterhub", "configurable-http-proxy", "ipykernel")
PATIENCE = 180
"""Seconds that the hub may take on a slow computer to answer, and to stop."""

WELCOME = """
A JupyterHub with the course {course} runs at  {url}

  This is a demonstration for one person, and NOT for a class: everybody has the
  same password, and everybody's code runs as your account, so that nothing
  keeps a student from the gradebook. It listens on this computer alone. How to
  serve a class: docs/jupyterhub.md

  user        password    who
  instructor  {password:<10}  teaches the course
{students}

  1  Sign in as instructor. Services > {course} opens the formgrader. In the row
     of assignment3, press Generate, then Release.
  2  In a private window, sign in as {student}. Nbgrader > Assignment List: Fetch,
     open the notebook, fill in a function, run the check below it. Then Submit.
  3  As the instructor: Collect; then, behind the number of submissions,
     Autograde. The student's name leads to points and comments. Back in the
     row of assignment3: Generate Feedback, Release Feedback.
  4  As {student}, in the list: Fetch Feedback, view feedback.

  sandbox  {tier} (more: grade doctor)
  files    {state}
  stop     Ctrl-C; `make hub-reset` then forgets what everybody wrote
"""


def main() -> None:
    """Prepare what is missing, run the hub until Ctrl-C, and leave no process behind."""
    options = _options()
    state = options.state.resolve()
    state.mkdir(parents=True, exist_ok=True)
    with (state / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"A hub is running on {state} already. Stop it first, with Ctrl-C.")
        if options.reset:
            shutil.rmtree(state)
        else:
            run(state, options)


def run(state: Path, options: argparse.Namespace) -> None:
    """Run the hub on `state`, until Ctrl-C or SIGTERM."""
    if _taken(options.port):
        sys.exit(f"Port {options.port} is taken. Choose another one: make hub HUB_PORT=8001")
    proxy = proxy_command()
    prepare(state, options.students)
    password = options.password or secrets.token_hex(4)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # Started in the background, a process may have been told to ignore Ctrl-C. What the hub
    # starts must not: it is how the hub asks its servers to stop.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    hub = _start(state, proxy, options, password)
    try:
        url = f"http://127.0.0.1:{options.port}/"
        if _answers(hub, f"{url}services/{COURSE}/"):
            rows = [f"  {name:<11} {password:<11} a student" for name in options.students]
            words = {"url": url, "course": COURSE, "state": state, "tier": _tier()}
            words |= {"password": password, "student": options.students[0]}
            print(WELCOME.format(**words, students="\n".join(rows)), flush=True)
            hub.wait()
        sys.exit(f"The hub has ended by itself. Its log says why: {state / 'hub.log'}")
    except KeyboardInterrupt:
        print("\nStopping the hub and the servers of its users.", flush=True)
    finally:
        _stop(hub, state)


def proxy_command() -> str:
    """Where configurable-http-proxy is; installed into `PROXY` if it is nowhere yet."""
    if installed := shutil.which("configurable-http-proxy"):
        return installed
    local = PROXY / "node_modules/.bin/configurable-http-proxy"
    if not local.exists():
        npm = shutil.which("npm")
        if npm is None:
            sys.exit(
                "JupyterHub needs configurable-http-proxy, which npm installs, and npm is not"
                " here. It comes with Node.js; on Debian and Ubuntu: apt install npm"
            )
        print(f"Installing {PROXY_PACKAGE} into {PROXY}", flush=True)
        options = ["--prefix", str(PROXY), "--no-fund", "--no-audit", "--loglevel", "error"]
        if subprocess.run([npm, "install", *options, PROXY_PACKAGE]).returncode != 0:
            sys.exit(f"npm could not install {PROXY_PACKAGE}; what it says is above.")
    return str(local)


def prepare(state: Path, students: list[str]) -> None:
    """Make the folders and the course in `state`, unless they are there."""
    exchange = state / "exchange"
    exchange.mkdir(parents=True, exist_ok=True)
    exchange.chmod(0o1777)
    for name in ("instructor", *students, f"grader-{COURSE}"):
        (state / "home" / name).mkdir(parents=True, exist_ok=True)
    course = state / "home" / f"grader-{COURSE}" / COURSE
    if not course.exists():
        grade = [sys.executable, "-m", "autograder.cli", "nbgrader", "init", str(course)]
        options = ["--course", str(ROOT), "--assignment", "assignment3"]
        print("Making the course's notebooks.", flush=True)
        made = subprocess.run([*grade, *options], capture_output=True, text=True)
        if made.returncode != 0:
            sys.exit(f"The course could not be made. {made.stdout}{made.stderr}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="where the browser goes")
    parser.add_argument("--state", type=Path, default=ROOT / "build/hub/state")
    parser.add_argument("--students", nargs="+", default=["alice", "bob"])
    parser.add_argument("--reset", action="store_true", help="forget what everybody wrote")
    parser.add_argument("--password", help="everybody's; drawn if none is given")
    return parser.parse_args()


def _start(
    state: Path, proxy: str, options: argparse.Namespace, password: str
) -> subprocess.Popen[bytes]:
    """The hub, in a session of its own: Ctrl-C is for us to hear, and to pass on."""
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "HUB_STATE": str(state),
        "HUB_PORTS": " ".join(map(str, [options.port, *_free_ports(3)])),
        "HUB_PROXY": proxy,
        "HUB_STUDENTS": " ".join(options.students),
        "HUB_PASSWORD": password,
    }
    with (state / "hub.log").open("wb") as log:
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                "jupyterhub",
                "--config",
                str(HERE / "jupyterhub_config.py"),
            ],
            cwd=state,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _stop(hub: subprocess.Popen[bytes], state: Path) -> None:
    """Before it ends, the hub stops all that it has started; if it crashed, we do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hub.terminate()
    try:
        hub.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        hub.kill()
    for process in psutil.process_iter(["cwd", "cmdline"]):
        inside = Path(process.info["cwd"] or "/").is_relative_to(state)
        command = " ".join(process.info["cmdline"] or [])
        if inside and any(name in command for name in STARTED):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()


def _answers(hub: subprocess.Popen[bytes], url: str) -> bool:
    """Whether the hub answers before its time is up."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and hub.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _tier() -> str:
    """What `grade doctor` says of the sandbox here, in a line."""
    from autograder.feedback.signs import TIERS
    from autograder.sandbox.host import confinement

    tier = confinement.tier()
    return f"tier {tier.value}, {TIERS[tier]}"


if __name__ == "__main__":
    main()
