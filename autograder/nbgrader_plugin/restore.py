"""A submitted notebook as a page, rebuilt from the release: only answers are the student's.

It decides what is shown, and which of nbgrader's cells a score belongs to. What is graded is
decided by `submissions`, as on every other way.

Points, ids, locks, types, checks and outputs come from the release, whatever the submitted
notebook says of them. An answer is found by its id, or else by what it defines. What a
student wrote elsewhere, in cells of their own or in locked ones, is kept beside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.nbgrader_plugin.calm import calm
from autograder.nbgrader_plugin.cells import (
    Cell,
    grade_id,
    is_answer,
    is_locked,
    is_test,
    settings,
    source,
)
from autograder.nbgrader_plugin.outputs import pictures
from autograder.submissions.code_in_text import defines, written
from autograder.submissions.notebook import without_checks
from autograder.wording import listed, plain

_KEPT = ("points", "grade", "solution", "locked", "task")
_KEY = "autograder"
# What a page shows of one student, which everybody who grades has to load.
MAX_TEXT = 100_000  # characters of a cell
MAX_OWN = 300  # cells of a student's own
MAX_OWN_TEXT = 1_000_000  # characters of all of these
_BESIDE = "A cell beside the answers"


@dataclass(frozen=True)
class Found:
    """The findings of restoring a notebook.

    changes     what was repaired, each a sentence that names the cell.
    lost        the ids of answers that are not in the notebook.
    untouched   the ids of answers that are as they were handed out.
    unreadable  why nothing of the notebook could be read, or "".
    """

    changes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    untouched: tuple[str, ...] = ()
    unreadable: str = ""


def found_in(notebook: Mapping[str, Any]) -> Found:
    """The findings that `restore` has written into a notebook's metadata."""
    raw = notebook["metadata"].get(_KEY, {})
    return Found(
        changes=tuple(raw.get("changes", ())),
        lost=tuple(raw.get("lost", ())),
        untouched=tuple(raw.get("untouched", ())),
        unreadable=raw.get("unreadable", ""),
    )


def restore(
    submitted: Sequence[Mapping[str, Any]], release: Mapping[str, Any], unreadable: str = ""
) -> dict[str, Any]:
    """The release's notebook with the student's answers; `found_in` tells what was found.

    submitted   the cells of the notebook that was handed in. Its metadata is not asked.
    unreadable  why there are none, if the notebook could not be read.
    """
    release = json.loads(json.dumps(release))  # a copy of plain data, and not a slow one
    pieces = _Pieces(submitted, release["cells"])
    assembled = pieces.assembled()
    found = {
        "changes": [] if unreadable else pieces.changes,
        "lost": pieces.lost,
        "untouched": pieces.untouched,
        "unreadable": unreadable,
    }
    return {
        "cells": assembled,
        "metadata": {**release["metadata"], _KEY: found},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


@dataclass
class _Pieces:
    """The cells of both notebooks, and which belongs to which."""

    submitted: Sequence[Mapping[str, Any]]
    release: Sequence[Mapping[str, Any]]
    changes: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    untouched: list[str] = field(default_factory=list)
    calmed: dict[str, dict[str, None]] = field(default_factory=dict)
    own_cells: int = 0
    own_texts: int = 0
    left_out: int = 0

    def assembled(self) -> list[Cell]:
        homes = self._homes()
        own: dict[int, list[Cell]] = {}  # the student's own cells, by the home above them
        mine: dict[int, list[Mapping[str, Any]]] = {}
        above = -1
        for cell, home in zip(self.submitted, homes, strict=True):
            if home is None:
                own.setdefault(above, []).extend(self._own([cell]))
            else:
                above = home
                mine.setdefault(home, []).append(cell)
        cells = own.get(-1, [])
        for number, pristine in enumerate(self.release):
            chosen, beside = self._merged(pristine, mine.get(number, []))
            cells += [*beside, chosen, *own.get(number, [])]
        for name, gone in self.calmed.items():
            self._add(f"{name} holds {listed(list(gone))}; that is shown as text.")
        if self.left_out:
            self._add(f"{self.left_out:,} more cells beside the answers are not shown here.")
        return _with_ids(cells)

    def _homes(self) -> list[int | None]:
        """For each submitted cell, the place in the release that it belongs to."""
        by_grade_id = {grade_id(c): n for n, c in enumerate(self.release) if grade_id(c)}
        by_id = {c.get("id"): n for n, c in enumerate(self.release) if c.get("id")}
        homes: list[int | None] = []
        for cell in self.submitted:
            home = by_grade_id.get(grade_id(cell))
            if home is None and not grade_id(cell) and isinstance(cell.get("id"), str):
                home = by_id.get(cell["id"])
            homes.append(home)
        for number, pristine in enumerate(self.release):
            if number in homes or not is_answer(pristine):
                continue
            wanted = defines(source(pristine))
            for place, cell in reversed(list(enumerate(self.submitted))):
                if homes[place] is None and wanted & defines(source(cell)):
                    homes[place] = number
                    self._say(pristine, "had lost its id, and was found by what it defines")
                    break
        return homes

    def _merged(
        self, pristine: Mapping[str, Any], candidates: Sequence[Mapping[str, Any]]
    ) -> tuple[Cell, list[Cell]]:
        """The cell of the release as it is to be graded, and what else the student wrote."""
        cell: Cell = dict(pristine)
        text = source(pristine)
        changed = [one for one in candidates if source(one).strip() != text.strip()]
        self._note_settings(pristine, candidates)
        if is_locked(pristine):
            self._note_locked(pristine, candidates, changed)
            beside = [one for one in changed if without_checks(source(one)).strip()]
            return cell, self._own(beside) if pristine.get("cell_type") == "code" else []
        if is_answer(pristine):
            if not candidates:
                self.lost.append(grade_id(pristine))
                self._say(pristine, "was deleted; its place is back, empty")
            elif len(candidates) > 1:
                self._say(
                    pristine,
                    f"was there {len(candidates)} times; the last one that was written counts",
                )
            if not changed:
                self.untouched.append(grade_id(pristine))
        if not changed:
            return cell, []
        # As the code is read: what still waits for its code replaces nothing.
        done = [one for one in changed if defines(source(one)) <= written(source(one))]
        chosen = (done or changed)[-1]
        name = f"The cell {plain(grade_id(pristine))}"
        cell["source"] = self._shown(name, str(pristine.get("cell_type")), source(chosen))
        others = self._own([one for one in changed if one is not chosen])
        return cell | self._pictures(name, chosen), others

    def _own(self, cells: Sequence[Mapping[str, Any]]) -> list[Cell]:
        """Cells of the student's own: their texts, as many as a page can hold."""
        kept = []
        for cell in cells:
            kind = cell.get("cell_type")
            kind = kind if kind in ("code", "markdown", "raw") else "raw"
            text = self._shown(_BESIDE, kind, source(cell))
            self.own_texts += len(text)
            self.own_cells += 1
            if self.own_cells > MAX_OWN or self.own_texts > MAX_OWN_TEXT:
                self.left_out += 1
                continue
            own: Cell = {"cell_type": kind, "metadata": {}, "source": text}
            kept.append(own | self._pictures(_BESIDE, cell))
        return kept

    def _shown(self, name: str, kind: str, text: str) -> str:
        """The part of a cell's text that a page shows. The text itself is graded."""
        if len(text) > MAX_TEXT:
            more = f"… and {len(text) - MAX_TEXT:,} more characters"
            text = f"{text[:MAX_TEXT]}\n\n{'# ' if kind == 'code' else ''}{more}"
            self._add(f"{name} is very long; its beginning is shown.")
        if kind == "markdown":
            text, gone = calm(text)
            for what in gone:
                self.calmed.setdefault(name, {})[what] = None
        return text

    def _pictures(self, name: str, cell: Mapping[str, Any]) -> Cell:
        """The pictures that were pasted into a cell of text; nothing else is attached."""
        attached = cell.get("attachments")
        if not attached or cell.get("cell_type") != "markdown":
            return {}
        kept = pictures(attached)
        if not isinstance(attached, Mapping) or len(kept) < len(attached):
            self._add(f"{name} has something attached that is no picture; it was left out.")
        return {"attachments": kept} if kept else {}

    def _note_locked(
        self,
        pristine: Mapping[str, Any],
        candidates: Sequence[Mapping[str, Any]],
        changed: Sequence[Mapping[str, Any]],
    ) -> None:
        is_code = not is_test(pristine) and pristine.get("cell_type") == "code"
        if not candidates:
            without = "; the code was graded without it" if is_code else ""
            self._say(pristine, f"was deleted, and is back{without}")
        elif changed:
            above = "; what was graded stands above it" if is_code else ""
            self._say(pristine, f"was changed, and is restored{above}")

    def _note_settings(
        self, pristine: Mapping[str, Any], candidates: Sequence[Mapping[str, Any]]
    ) -> None:
        for cell in candidates:
            theirs, ours = settings(cell), settings(pristine)
            changed = [name for name in _KEPT if theirs.get(name) != ours.get(name)] * bool(
                theirs
            )
            if cell.get("cell_type") != pristine.get("cell_type"):
                changed.append("type")
            if changed:
                self._say(pristine, f"had other settings ({', '.join(changed)}); restored")

    def _say(self, pristine: Mapping[str, Any], what: str) -> None:
        name = grade_id(pristine) or pristine.get("id", "a cell")
        self._add(f"The cell {plain(str(name))} {what}.")

    def _add(self, said: str) -> None:
        if said not in self.changes:
            self.changes.append(said)


def _with_ids(cells: Sequence[Cell]) -> list[Cell]:
    """Valid cells: an id each, outputs where the format wants them, and those empty."""
    finished = []
    for number, cell in enumerate(cells):
        whole = {**cell, "id": cell.get("id") or f"own-{number}", "source": source(cell)}
        if whole["cell_type"] == "code":
            whole |= {"outputs": [], "execution_count": None}
        finished.append(whole)
    return finished
