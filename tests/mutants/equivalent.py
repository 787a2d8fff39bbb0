"""Changes that make no other program, each with the reason why nobody can notice.

A change is known by its module and by the line as it reads then, wherever that line moves to.
Only what cannot be noticed stands here: what no test has noticed yet is a gap.
"""

from __future__ import annotations

from collections.abc import Mapping

DRAWN = "any fixed draw does: only the chance that two different answers agree would change"
AS_LONG = "both are made from one another, and so are as long as each other"

EQUIVALENT: Mapping[tuple[str, str], str] = {
    ("judging/equals.py", "rng = np.random.default_rng( 0)"): DRAWN,
    ("judging/equals.py", "fed = max(int(np.prod(shape[:- 2])), 1)"): DRAWN,
    (
        "judging/equals.py",
        "return np.asarray(rng.normal(0, 1.5, shape) * fed**0.5, np.float32)",
    ): DRAWN,
    (
        "judging/gradient.py",
        "return signs / rng.uniform(0.5, 1.0, size=signs.shape)",
    ): DRAWN,
    (
        "judging/fingerprint.py",
        "for flat, projection in zip(self._arrays, self._projections, strict=False):",
    ): AS_LONG,
    (
        "judging/closeness.py",
        "if length < _ZERO or np.iscomplexobj(b):",
    ): "a norm that is this one double would have to be found",
    (
        "judging/tables.py",
        "if mine is not None or theirs is not None:",
    ): "that one alone is None has been answered before",
    (
        "sandbox/wire/frames.py",
        "MAX_OPENINGS = 1000001",
    ): "so many lists are more values than a frame may hold",
    (
        "sandbox/wire/plain.py",
        'raise ProtocolError(f"a frame holds a malformed {name[: 19]}") from error',
    ): "no name that comes so far is as long",
}
