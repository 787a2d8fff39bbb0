"""Tables, columns and sparse matrices are compared by what they hold, and said in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.answers.contents import as_data
from autograder.judging.closeness import same
from autograder.judging.compare import compare
from autograder.judging.tables import Column, Sparse, Table, column_of, sparse_of, table_of
from autograder.judging.words import describe

AGE, CITY = np.array([31, 42, 19]), ["Delft", "Lund", None]


def table(**changes: Any) -> Any:
    """A table of three people, with some of its parts changed."""
    parts = {
        "names": ["age", "city"],
        "dtypes": ["int64", "str"],
        "values": [AGE, CITY],
        "index": [0, 1, 2],
    }
    return table_of("DataFrame", {**parts, **changes})


def said(wanted: Any, found: Any, **options: Any) -> list[str]:
    """The messages of all blocks that lose something."""
    return [b.message for b in compare(wanted, found, **options) if b.credit < 1]


def test_another_kind_earns_nothing() -> None:
    """Each block of a table is lost, and by no more than its points."""
    blocks = compare(table(), [1, 2, 3])
    assert {block.credit for block in blocks} == {0.0}


def test_messages_name_column_row_and_dtype() -> None:
    """What differs is said with the column and the row, the dtype or the index."""
    people = table()
    assert isinstance(people, Table)
    assert said(people, table()) == []
    older = table(values=[np.array([31, 43, 19]), CITY])
    assert said(people, older) == ["Column 'age': row 1 is 43; 42 is right."]
    text = table(values=[["31", "42", "19"], CITY], dtypes=["str", "str"])
    assert said(people, text) == ["Column 'age' has the dtype str; int64 is needed."]
    moved = table(values=[AGE, ["Lund", "Delft", None]])
    assert said(people, moved) == [
        "Column 'city': row 0 is 'Lund'; 'Delft' is right. 1 more row differs."
    ]
    kept = table(index=[4, 5, 9])
    (message,) = said(people, kept)
    assert message.startswith("The index is 4, 5, 9; 0, 1, 2 is needed.")
    fewer = table(names=["age"], dtypes=["int64"], values=[AGE])
    assert said(people, fewer) == [
        "The column 'city' is missing from the answer; it has 'age'."
    ]
    short = table(values=[AGE[:2], CITY[:2]], index=[0, 1])
    assert set(said(people, short)) == {"The answer has 2 rows; 3 are needed."}
    assert set(said(people, {"age": AGE})) == {
        "The answer is a dictionary; a DataFrame of 3 rows and 2 columns is needed."
    }


def test_what_means_the_same_is_right() -> None:
    """Wider numbers, another order of columns and one more are right, unless it says exact."""
    people = table()
    wide = table(values=[AGE.astype(float), CITY], dtypes=["float64", "str"])
    turned = table(names=["city", "age"], values=[CITY, AGE], dtypes=["object", "int64"])
    names, more = ["age", "city", "id"], [AGE, CITY, AGE]
    added = table(names=names, values=more, dtypes=["int64", "str", "int64"])
    for other in (wide, turned, added):
        assert said(people, other) == []
        assert said(people, other, exact=True)
    assert any("more columns" in b.remark for b in compare(people, added))
    assert same(people, table())
    assert not same(people, wide) or np.array_equal(AGE, AGE.astype(float))


def test_columns_and_sparse_matrices() -> None:
    """A Series and a sparse matrix say what differs."""
    parts = {"name": "age", "dtype": "int64", "values": AGE, "index": [0, 1, 2]}
    ages = column_of("Series", parts)
    assert isinstance(ages, Column)
    assert said(ages, column_of("Series", {**parts, "values": AGE + 1})) == [
        "The values: row 0 is 32; 31 is right. 2 more rows differ."
    ]
    assert describe(ages) == "a Series of 3 values"
    places = [np.array([0, 2]), np.array([1, 1])]
    entries = {"shape": (3, 3), "places": places, "values": np.array([1.5, 2.0])}
    matrix = sparse_of("csr_matrix", entries)
    assert isinstance(matrix, Sparse)
    other = sparse_of("coo_array", {**entries, "values": np.array([1.5, 3.0])})
    assert said(matrix, other) == ["The answer is 3 at [2, 1]; 2 is right."]
    assert said({"D": matrix}, {"D": sparse_of("csc", {**entries, "shape": (3, 4)})}) == [
        "D has the shape (3, 4); (3, 3) is needed."
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("names", ["age"]),
        ("names", [[1], "city"]),
        ("dtypes", [1, "str"]),
        ("values", [AGE, object()]),
        ("values", [AGE.reshape(1, 3), CITY]),
        ("values", [AGE, CITY[:2]]),
        ("index", None),
        ("index", [0, 1]),
        ("values", [("<i8", 0), CITY]),
    ],
)
def test_a_forged_table_is_none(name: str, value: Any) -> None:
    """Parts that do not fit together make no table."""
    assert table(**{name: value}) is None


def test_what_a_message_shows_is_never_a_format() -> None:
    """Names of columns with braces in them are shown as they are."""
    odd = table(names=["{0.__class__}", "{:>99999999}"])
    assert any("{:>99999999}" in message for message in said(table(), odd))


def test_rows_are_compared_one_by_one() -> None:
    """A large number in one row hides nothing in another, and rounding is no mistake."""
    people = [1.4e9, 800.0, 1.4e9 - 1.4e9]
    parts = {"name": None, "dtype": "float64", "index": [0, 1, 2]}

    def column(*values: float) -> Any:
        return column_of("Series", {**parts, "values": np.array(values)})

    assert said(column(*people), column(1.4e9, 900.0, 0.0)) == [
        "The values: row 1 is 900; 800 is right."
    ]
    assert said(column(*people), column(1.4e9 * (1 + 1e-9), 800.0, 1e-7)) == []
    assert said(column(*people), column(1.4e9, 801.0, 0.0), tolerance=0.01) == []


def test_an_index_of_numbers_may_be_rounded_and_lack_one() -> None:
    """As a range of steps has rounding errors, and `value_counts` counts what is missing."""
    parts = {"name": None, "dtype": "int64", "values": [1, 2, 3]}
    index = np.array([0.1, 0.3, np.nan])
    wanted = column_of("Series", {**parts, "index": index})
    rounded = np.array([0.1, 0.1 + 0.2, np.nan])
    assert said(wanted, column_of("Series", {**parts, "index": rounded})) == []
    other = np.array([0.1, 0.31, np.nan])
    assert said(wanted, column_of("Series", {**parts, "index": other}))


def test_two_columns_may_have_one_name() -> None:
    """They are compared in their order, and a third is one too few."""
    values = [np.array([n, n, n]) for n in range(3)]
    parts = {"names": ["a", "a"], "dtypes": ["int64", "int64"], "values": values[:2]}
    assert said(table(**parts), table(**parts)) == []
    turned = table(**{**parts, "values": values[1::-1]})
    assert len(said(table(**parts), turned)) == 2
    one = table(names=["a"], dtypes=["int64"], values=values[:1])
    (message,) = said(table(**parts), one)
    assert message.startswith("The column 'a' is missing")


def test_objects_of_ours_stay() -> None:
    """A value that is data already is read as it is."""
    people = table()
    assert as_data(people) is people


def test_a_sparse_matrix_may_be_empty() -> None:
    """Without rows; a length below zero is none."""
    nothing = np.zeros(0, dtype=int)
    parts = {"places": [nothing, nothing], "values": np.zeros(0)}
    assert sparse_of("csr_matrix", {**parts, "shape": (0, 3)}) is not None
    assert sparse_of("csr_matrix", {**parts, "shape": (-1, 3)}) is None
