"""An engine by its name."""

from __future__ import annotations

import pytest

from autograder.batch.engines import Local, engine, processors
from autograder.errors import UsageError


def test_without_a_number_there_is_a_worker_for_each_processor():
    """And as many tasks at a time."""
    made = engine("local")
    assert isinstance(made, Local)
    assert made.window == processors()
    made.close()


@pytest.mark.parametrize(
    ("name", "scheduler", "words"),
    [("spark", None, "no engine 'spark'"), ("local", "tcp://x:1", "Only the Dask engine")],
)
def test_an_engine_that_does_not_exist(name, scheduler, words):
    """It is said which there are, or what is missing."""
    with pytest.raises(UsageError, match=words):
        engine(name, scheduler=scheduler)
