"""What Gradescope's own file says of people and times."""

from __future__ import annotations

from autograder.submissions.sources.gradescope import METADATA, people

TEXT = """---
submission_1:
  :submitters:
  - :name: Jane Doe
    :sid: 's1'
  :created_at: 2026-03-20 12:00:01 Z
submission_2:
  :submitters:
  - :name: Max Roe
    :email: roe@x.edu
  :created_at: yesterday
submission_3:
  :submitters:
  - :name: Ann Lee
submission_4:
  :created_at: 2026-03-20 12:00:01 Z
"""


def test_people_and_times():
    """A time that nobody can read is told with its line; one that is missing is not."""
    found = people(TEXT)
    assert [one.submitters[0].called for one in found.values()] == [
        ("s1", "Jane Doe"),
        ("roe@x.edu", "Max Roe"),
        ("Ann Lee",),
    ]
    assert [(one.submitted, one.untimed) for one in found.values()] == [
        ("2026-03-20T12:00:01+00:00", ""),
        (None, f"{METADATA}, line 11: 'yesterday'"),
        (None, ""),
    ]
