"""Advice on arrays: one number or many, shapes that do not fit, making and indexing."""

from __future__ import annotations

import re

from autograder.wording.advice import Advice

Shape = tuple[int, ...]

# A shape as NumPy writes it. A student's own message may look like NumPy's and hold none.
_SHAPE = r"\((\d*(?:,\d+)*,?)\)"


def _shape(text: str) -> Shape:
    return tuple(int(size) for size in re.findall(r"\d+", text))


def _written(shape: Shape) -> str:
    return f"({shape[0]},)" if len(shape) == 1 else f"({', '.join(map(str, shape))})"


def _not_aligned(found: re.Match[str]) -> str:
    """Say which transposition or order would fit, when the two shapes are matrices."""
    a, b = _shape(found[1]), _shape(found[2])
    if not a or not b:
        return "A matrix product takes arrays, and one of these two is a single number"
    rule = (
        "A matrix product needs the first one's columns to equal the second one's rows: "
        f"{_written(a)} times {_written(b)} has {a[-1]} and {b[0]}. "
    )
    if len(a) != 2 or len(b) != 2:
        return rule + "Print both shapes, and compare them with those in the assignment's text"
    fits = []
    if b[1] == a[0]:
        fits.append(f"the other order, {_written(b)} times {_written(a)}")
    if a[0] == b[0]:
        fits.append(f"the first one transposed (.T), {_written(a[::-1])} times {_written(b)}")
    if a[1] == b[1]:
        fits.append(f"the second one transposed (.T), {_written(a)} times {_written(b[::-1])}")
    if not fits:
        return rule + "No transposing makes these two fit, so one of them is the wrong array"
    return rule + "What would fit: " + "; or ".join(fits)


def _columns_meet_rows(found: re.Match[str]) -> str:
    columns, rows = int(found[2]), int(found[1])
    question = (
        "is one to be transposed (.T), or should they change places?"
        if rows != columns + 1
        else "is one column missing, such as the ones of a bias?"
    )
    return (
        "A matrix product needs the first one's columns to equal the second one's rows; here "
        f"they are {columns} and {rows}. Print both shapes: {question}"
    )


def _not_broadcast(found: re.Match[str]) -> str:
    """Say which of the usual causes the two shapes show."""
    a, b = _shape(found[1]), _shape(found[2])
    for flat, other in ((a, b), (b, a)):
        if len(flat) == 1 and len(other) == 2 and flat[0] == other[0]:
            n = flat[0]
            return (
                f"An array of shape ({n},) is laid along the columns of {_written(other)}. "
                f"Make it a column, ({n}, 1): np.zeros(({n}, 1)), or keepdims=True in a sum"
            )
    if len(a) == 2 and a == b[::-1]:
        return f"{_written(a)} and {_written(b)} are each other transposed: one needs .T"
    return (
        f"{_written(a)} and {_written(b)} can only be combined where their sizes agree or one "
        "of them is 1. Print both shapes; for a matrix product use @ or np.dot instead of *"
    )


_NUMPY_FUNCTION = (
    "Functions of the math module take one number only. Use NumPy's, which take whole arrays: "
    "np.exp for math.exp, np.log for math.log, np.sqrt for math.sqrt"
)
_DOUBLE_BRACKETS = (
    "A shape is one argument: write np.zeros((n, m)) with two pairs of brackets. Only "
    "np.random.randn and np.random.rand take the sizes one by one"
)
_TYPE = ("TypeError",)
_VALUE = ("ValueError",)
_INDEX = ("IndexError",)

ARRAYS: tuple[Advice, ...] = (
    # One number where there is an array, and the other way round.
    Advice(_TYPE, r"only (length-1|0-dimensional|size-1) arrays", _NUMPY_FUNCTION, r"math\."),
    Advice(
        _TYPE,
        r"only (length-1|0-dimensional|size-1) arrays",
        "An array stands where one number is needed. For math.exp use np.exp; for float(...) "
        "of a one-element array use .item(), or np.squeeze to drop axes of size 1",
    ),
    Advice(
        _VALUE,
        r"truth value of an array",
        "One index takes a whole row of a table. Loop over its columns as well, or decide for "
        "each element with np.maximum(0, z) or np.where(condition, a, b)",
        line=r"^(?:el)?if [^\[]*\w\[\w+\] *[<>=]",
    ),
    Advice(
        _VALUE,
        r"truth value of an array",
        "`if`, `and`, `max(0, z)` and `a < b < c` decide once for a whole array. To decide for "
        "each element use np.maximum(0, z) or np.where(condition, a, b)",
    ),
    # Shapes.
    Advice(_VALUE, rf"shapes {_SHAPE} and {_SHAPE} not aligned", _not_aligned),
    Advice(
        _VALUE,
        r"mismatch in its core dimension.*size (\d+) is different from (\d+)",
        _columns_meet_rows,
    ),
    Advice(
        _VALUE,
        rf"non-broadcastable output operand with shape {_SHAPE}.*shape {_SHAPE}",
        lambda m: (
            f"`a += b` keeps the shape of a, here {_written(_shape(m[1]))}, but the result is "
            f"{_written(_shape(m[2]))}. Check the shape of b; should a sum over the examples "
            "(axis=1, keepdims=True) come first?"
        ),
    ),
    Advice(
        _VALUE,
        rf"could not broadcast input array from shape {_SHAPE} into shape {_SHAPE}",
        lambda m: (
            f"The right side is {_written(_shape(m[1]))}, the place on the left is "
            f"{_written(_shape(m[2]))}. Make them the same, or assign to a new name"
        ),
    ),
    Advice(
        _VALUE,
        rf"shapes {_SHAPE} {_SHAPE}",
        lambda m: (
            f"* multiplies entry by entry, which {_written(_shape(m[1]))} and "
            f"{_written(_shape(m[2]))} do not fit. Is the matrix product meant? It is @"
        ),
        line=r"^(?!.*[^(,=]\s*[-+])(?!.*@).*(?<!\*)\*(?!\*)",
    ),
    Advice(_VALUE, rf"shapes {_SHAPE} {_SHAPE}", _not_broadcast),
    Advice(
        _VALUE,
        r"cannot reshape array of size (\d+)",
        lambda m: f"The new shape must hold all {m[1]} elements; -1 for one size finds it",
    ),
    Advice(
        _VALUE,
        r"all the input arrays must have same number of dimensions",
        "A flat array and a matrix stand side by side. np.ones((m, 1)) is a column, with two "
        "axes, and np.column_stack takes a flat array for a column",
    ),
    Advice(
        _VALUE,
        r"setting an array element with a sequence",
        "The rows have different lengths, or an array stands where one number fits. Print the "
        "pieces that go into the array",
    ),
    Advice(
        ("AxisError", "ValueError", "IndexError"),
        r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
        lambda m: (
            f"The array has {m[2]} {'axis' if m[2] == '1' else 'axes'}, counted from 0. "
            "Keep matrices two-dimensional with keepdims=True"
        ),
    ),
    # Making and indexing arrays.
    Advice(_TYPE, r"Cannot interpret '.*' as a data type", _DOUBLE_BRACKETS),
    Advice(_TYPE, r"'tuple' object cannot be interpreted as an integer", _DOUBLE_BRACKETS),
    Advice(
        _TYPE,
        r"'float' object cannot be interpreted as an integer",
        "Sizes and counts must be whole numbers: divide with // or write int(...)",
    ),
    Advice(
        _INDEX,
        r"index \S+ is out of bounds for axis \d+ with size 0",
        "Nothing is left in this array. Where a function calls itself, what ends it? Else "
        "print the shape just before that line",
    ),
    Advice(
        _INDEX,
        r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)",
        lambda m: (
            f"Axis {m[2]} has {m[3]} entries, the first of which has the index 0. Does a loop "
            "run over rows where it should run over columns?"
        ),
    ),
    Advice(
        _INDEX,
        r"too many indices for array: array is (\d+)-dimensional, but (\d+)",
        lambda m: (
            f"The array has {m[1]} axes and is asked with {m[2]} indices. A sum or a slice may "
            "have dropped an axis: keepdims=True keeps it"
        ),
    ),
    Advice(
        _INDEX,
        r"only integers, slices",
        "An array is asked with a key or a float. For a key such as 'W1' the dict is needed "
        "(are the arguments in the right order?); for a position write an integer",
    ),
    Advice(_INDEX, r"", "The list or tuple is shorter than the index. Positions begin with 0"),
)
