"""A draft of a misconception, from a group of equal answers and what a teacher said of it.

It is written beside the reference and read by nothing: a student's code must not run outside of
the sandbox before a person has read it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from autograder.batch.review import Group
from autograder.export.cells import write_file

DRAFTS = "drafts"
_MISCONCEPTION = """\
# A draft. Below is a student's function: read it, and make it as small as it can be. Then move
# it to misconceptions.py, where it runs as the reference does, without a sandbox.
from autograder.authoring import misconception


@misconception({sentence}{of})
{code}
"""
_EXPECTED = """\
# For submissions/expected.toml, beside wrong_{name}.py. `grade verify` says what it earns.
[wrong_{name}]
over = "reference"
[wrong_{name}.status]
{check} = "{status}"
[wrong_{name}.diagnosis]
{check} = "{id}"
"""


def write_draft(reference: Path, group: Group, sentence: str, code: Sequence[str]) -> Path:
    """Write the three files of a draft below the reference's folder; the folder that has them.

    code   the function's definition, in lines.

    Raises UsageError where they cannot be written.
    """
    folder = reference / DRAFTS / f"{group.check}-{group.name}"
    function = group.of.rpartition(".")[2]
    called = f"{function}__{group.name}"
    lines = "\n".join(code)
    renamed = lines.replace(f"def {function}", f"def {called}", 1)
    of = f", of={json.dumps(group.of)}" if "." in group.of else ""
    said = json.dumps(" ".join(sentence.split()), ensure_ascii=False)
    write_file(
        folder / "misconception.py",
        _MISCONCEPTION.format(sentence=said, of=of, code=renamed),
    )
    write_file(folder / f"wrong_{group.name}.py", f"import numpy as np\n\n\n{lines}\n")
    owner = group.of.rpartition(".")[0]
    write_file(
        folder / "expected.toml",
        _EXPECTED.format(
            name=group.name,
            check=group.check,
            status=group.status.value,
            id=f"{owner}__{group.name}" if owner else called,
        ),
    )
    return folder
