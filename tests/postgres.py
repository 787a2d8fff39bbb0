"""A PostgreSQL server of its own for tests: from Debian's package, on a socket in a folder."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

USER = "grader"
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
START_SECONDS = 60


class Postgres:
    """Start it, stop it, and have it make databases."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._owner = self._not_root()
        self._databases = itertools.count()
        self._process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "-D", "data", "-U", USER, "--auth=trust", "-E", "UTF8", "-N")
        self.start()

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        settings = ("fsync=off", "listen_addresses=", f"unix_socket_directories={self.folder}")
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(str(PROGRAMS[-1] / "postgres"), "-D", "data"),
                    *(word for setting in settings for word in ("-c", setting)),
                ],
                cwd=self.folder,
                stderr=log,
                **self._owner,
            )
        deadline = time.monotonic() + START_SECONDS
        ask = [str(PROGRAMS[-1] / "pg_isready"), "-q", "-h", str(self.folder)]
        while subprocess.run(ask, check=False).returncode:
            assert self._process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < deadline, (self.folder / "log").read_text()
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop the server at once, whoever is connected."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)  # "fast": ends every connection
        self._process.wait(START_SECONDS)

    def close(self) -> None:
        """Stop it and remove what it wrote."""
        self.stop()
        shutil.rmtree(self.folder)

    def database(self) -> str:
        """The URL of a new, empty database."""
        name = f"test{next(self._databases)}"
        self._run("createdb", "-h", str(self.folder), "-U", USER, name)
        return f"postgresql://{USER}@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(PROGRAMS[-1] / program), *arguments],
            cwd=self.folder,
            check=True,
            capture_output=True,
            **self._owner,
        )

    def _not_root(self) -> dict[str, int]:
        """The server refuses to run as root; then another user owns it."""
        if os.getuid() != 0:
            return {}
        other = pwd.getpwnam("nobody")
        os.chown(self.folder, other.pw_uid, other.pw_gid)
        return {"user": other.pw_uid, "group": other.pw_gid}
