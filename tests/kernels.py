"""A real kernel, as Jupyter starts one, in a process that tests talk to by lines."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

IMPORT = "from autograder.notebook import check"
PROGRAM = """
import json, sys
from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="python3")
try:
    for line in sys.stdin:
        outputs = []
        def keep(message):
            if message["msg_type"] in ("stream", "error", "display_data", "execute_result"):
                outputs.append([message["msg_type"], message["content"]])
        source, seconds = json.loads(line)
        try:
            client.execute_interactive(
                source, output_hook=keep, timeout=seconds, allow_stdin=False  # nobody types
            )
        except Exception:  # it hangs, or has ended the kernel
            outputs.append(["stopped", {}])
            if manager.is_alive():
                manager.interrupt_kernel()
            else:
                manager.restart_kernel(now=True)
            client.wait_for_ready(timeout=60)
        print(json.dumps(outputs), flush=True)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
"""


class Kernel:
    """A kernel in the folder of a fetched assignment."""

    def __init__(self, process: Any) -> None:
        self._process = process

    def run(self, source: str, seconds: float = 300) -> list[tuple[str, dict[str, Any]]]:
        """Run a cell; its outputs as (kind, content), "stopped" where it did not end."""
        self._process.stdin.write(json.dumps([source, seconds]) + "\n")
        self._process.stdin.flush()
        return [
            (kind, content) for kind, content in json.loads(self._process.stdout.readline())
        ]

    def forget(self) -> None:
        """Have it be as if nothing had been run, which is sooner there than another kernel."""
        self.run("%reset -sf\n%reset -f in out")
        self.run(IMPORT)

    def check(self, name: str) -> tuple[str, str, str]:
        """Run a check; its HTML, its text, and the value below."""
        outputs = self.run(f'check("{name}")')
        assert [kind for kind, _ in outputs] == ["display_data", "execute_result"], outputs
        shown, value = (content["data"] for _, content in outputs)
        return shown["text/html"], shown["text/plain"], value["text/plain"]


@contextlib.contextmanager
def kernel_in(folder: Path) -> Iterator[Kernel]:
    """A fresh kernel in a folder, with the import of the first cell."""
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM]
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        kernel = Kernel(process)
        kernel.run(IMPORT)
        yield kernel
        process.stdin.close()
        assert process.wait(60) == 0
