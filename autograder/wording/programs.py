"""Advice on names, calls, types, numbers, and programs that end where they should not."""

from __future__ import annotations

import re

from autograder.wording.advice import Advice

_IMPORTS = {
    "np": "import numpy as np",
    "numpy": "import numpy",
    "math": "import math",
    "random": "import random",
    "keras": "import keras",
    "layers": "from keras import layers",
    "tf": "import tensorflow as tf",
}


def _name_missing(found: re.Match[str]) -> str:
    name = found[1]
    if name == "torch":
        return (
            "torch is PyTorch, which this file does not import. For NumPy's arrays, NumPy has "
            "functions of its own: look for np's"
        )
    if name in _IMPORTS:
        return f"Put the line '{_IMPORTS[name]}' at the top of your file"
    return (
        f"Nothing is called {name} when this line runs. Is it spelt as where it is defined, is "
        "it defined in a later cell, or does it come from a helper file that is not here?"
    )


def _missing_key(found: re.Match[str]) -> str:
    key = found[1]
    return (
        f"Compare {key} with the keys that there are (capital letters count). Does "
        "every function return and receive all the keys that the assignment's text names?"
    )


def _other_arguments(found: re.Match[str]) -> str:
    name = found[1].removesuffix(".__init__").rpartition(".")[2]
    name = re.sub(r"^_(\w+)_dispatcher$", r"\1", name)  # NumPy's own name for it
    return (
        f"Compare the call with the arguments that {name} takes: their number, their order and "
        "their names"
    )


def _an(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _lists(what: str) -> str:
    return f"{what} a Python list. Make it an array first, with np.array(...)"


_RETURN = (
    "Something is None here. Often a function has no return at its end, or the result of a "
    "method that works in place was assigned"
)
_ATTRIBUTE = ("AttributeError",)
_TYPE = ("TypeError",)
_VALUE = ("ValueError",)

PROGRAMS: tuple[Advice, ...] = (
    Advice(
        ("AssertionError", "RuntimeError"),
        r"Torch not compiled with CUDA|Found no NVIDIA|not linked with support for \w+",
        "There is no such device where this is graded. Write device = 'cuda' if "
        "torch.cuda.is_available() else 'cpu', and use that",
    ),
    # Names, keys, attributes.
    Advice(("KeyError",), r"(.+)", _missing_key, line=r"^(?!.*\braise\b)"),
    Advice(
        ("UnboundLocalError",),
        r"variable '(\w+)'",
        lambda m: (
            f"{m[1]} gets its value somewhere in this function, so it is a variable of its own "
            "here, and this line runs first. Give it a value before, or pass it as an argument"
        ),
    ),
    Advice(("NameError", "UnboundLocalError"), r"name '(\w+)' is not defined", _name_missing),
    Advice(_ATTRIBUTE, r"'NoneType' object", _RETURN),
    Advice(
        _ATTRIBUTE,
        r"`np\.(\w+)` was removed in the NumPy .* release. Use `?([^`]+?)`? instead",
        lambda m: f"NumPy no longer has np.{m[1]}; write {m[2]} instead",
    ),
    Advice(
        _ATTRIBUTE,
        r"`np\.(\w+)` was a deprecated alias for the builtin `(\w+)`",
        lambda m: f"NumPy no longer has np.{m[1]}; write {m[2]} instead",
    ),
    Advice(
        _ATTRIBUTE,
        r"module 'numpy(?:\.\w+)*' has no attribute '(\w+)'",
        lambda m: (
            f"NumPy has nothing called {m[1]} today. Check the spelling; if it comes from an "
            "older text, NumPy's release notes name its successor"
        ),
    ),
    Advice(
        _ATTRIBUTE,
        r"'(list|tuple)' object has no attribute '(shape|T|dot|sum|reshape|ndim|size)'",
        lambda m: f"This is a {m[1]}, not an array. Make it one with np.array(...)",
    ),
    Advice(
        _ATTRIBUTE,
        r"property '(\w+)' of '(\w+)' object has no setter",
        lambda m: (
            f"{m[1]} is a property of {m[2]}, and it cannot be set, as the check does. Keep "
            f"the numbers in self.{m[1]} itself"
        ),
    ),
    Advice(
        _ATTRIBUTE,
        r"'dict' object has no attribute '(shape|T|dot|sum|reshape|ndim|size|mean)'",
        "Here is a dict where an array is needed. Are the arguments of the call in the right "
        "order?",
    ),
    Advice(
        _ATTRIBUTE,
        r"'dict' object has no attribute '(\w+)'",
        lambda m: f"A dict is asked with square brackets: ['{m[1]}'] instead of .{m[1]}",
    ),
    Advice(
        _ATTRIBUTE,
        r"'\w+' object has no attribute '(\w+)'",
        lambda m: (
            f"self.{m[1]} has no value yet when this line runs. Which method gives it one, and "
            "was that called before?"
        ),
        line=r"\bself\.\w+",
    ),
    Advice(
        _ATTRIBUTE,
        r"'(\w+)' object has no attribute '(\w+)'",
        lambda m: f"A value of type {m[1]} has no {m[2]}. Print it: is it what you expect?",
    ),
    # Calls.
    Advice(
        _TYPE,
        r"\w+\.(\w+)\(\) takes (?:0 positional arguments but 1 was|1 positional argument but 2 "
        r"were) given",
        lambda m: f"A method gets its object first. Is there a self in def {m[1]}(self, ...)?",
    ),
    Advice(
        _TYPE,
        r"([\w.<>]+)\(\) (takes .* given|takes at most|missing \d+ required|"
        r"got an unexpected keyword)",
        _other_arguments,
    ),
    Advice(
        _TYPE,
        r"'(axis|keepdims|dtype)' is an invalid keyword argument for (\w+)\(\)",
        lambda m: f"Python's own {m[2]} has no {m[1]}. NumPy's has: np.{m[2]}(...)",
    ),
    Advice(_TYPE, r"NoneType", _RETURN),
    Advice(
        _TYPE,
        r"'(numpy\.ndarray|dict|list|float|int|tuple)' object is not callable",
        lambda m: (
            f"Round brackets call a function, but this is {_an(m[1])}. Use square brackets, "
            "write the * for a product, or choose a name that is not a function's"
        ),
    ),
    Advice(
        _TYPE,
        r"'str' object is not callable",
        "Round brackets call a function, but this is a text. Compare it with ==, and call the "
        "function that it stands for; or choose a name that is not a function's",
    ),
    Advice(
        _TYPE,
        r"'(function|builtin_function_or_method|type|method|numpy.ufunc)' object is not "
        r"subscriptable",
        "Square brackets after a function: call it with round ones",
    ),
    Advice(
        _TYPE,
        r"list indices must be integers",
        "A list is asked with a key such as 'W1', which only a dict understands. Is it a dict "
        "that this function should receive or return?",
    ),
    Advice(_TYPE, r"'list' and |and 'list'", _lists("Arithmetic does not work on")),
    Advice(_TYPE, r"can't multiply sequence by non-int", _lists("A number cannot multiply")),
    Advice(
        _TYPE,
        r"ufunc 'bitwise_xor' not supported|unsupported operand type\(s\) for \^",
        "In Python ^ is neither a power nor a product: write ** for a power, * for a product",
    ),
    Advice(
        _TYPE,
        r"and 'str'|'str' and |not supported for the input types|must be str",
        "Text stands where a number is needed. Convert it with int(...) or float(...), or look "
        "for quotation marks around a name",
    ),
    Advice(
        ("UFuncTypeError", "_UFuncNoLoopError", "UFuncNoLoopError", "TypeError"),
        r"did not contain a loop with signature matching types.*dtype\('<U",
        "Text stands where a number is needed. A dict that is unpacked (a, b = d) gives its "
        "keys, which are text: ask it for d['a'] instead",
    ),
    Advice(
        ("TypeError", "UFuncTypeError", "UFuncOutputCastingError", "_UFuncOutputCastingError"),
        r"Cannot cast ufunc .* from dtype\('(\w+)'\) to dtype\('(\w+)'\)",
        lambda m: (
            f"`-=` and `+=` keep the array's own type, here {m[2]}, which cannot hold {m[1]} "
            "results. Write a = a - b, or start from a float array"
        ),
    ),
    Advice(
        _VALUE,
        r"(too many|not enough) values to unpack \(expected (\d+)",
        lambda m: (
            f"{m[2]} names stand between `for` and `in`, but what the loop goes through holds "
            "another number of values each time. Print the first of it"
        ),
        line=r"\bfor\b.*,.*\bin\b",
    ),
    Advice(
        _VALUE,
        r"(too many|not enough) values to unpack \(expected (\d+)",
        lambda m: (
            f"{m[2]} names stand on the left, but what stands on the right has another number "
            "of values. Print its len()"
        ),
        line=r"=\s*[\w.]+\s*$",
    ),
    Advice(
        _VALUE,
        r"(too many|not enough) values to unpack \(expected (\d+)",
        lambda m: (
            f"{m[2]} names stand on the left, but the right side gives another number of "
            "values. What does the called function return?"
        ),
    ),
    # Numbers.
    Advice(
        _VALUE,
        r"(?:invalid literal for int\(\)|could not convert string to float).*?('.*')",
        lambda m: (
            f"The text {m[1]} is not a number. Print it just before: is it the line, the "
            "column or the part that you expect? The first line of a table often holds names"
        ),
    ),
    Advice(
        _TYPE,
        r"'[<>]=?' not supported between instances of '(dict|list|function)' and '\1'",
        lambda m: (
            f"Python does not know which of two values of type {m[1]} is larger. sort, min and "
            "max take a key=..., a function that gives what is compared"
        ),
    ),
    Advice(
        ("ZeroDivisionError",),
        r"",
        "Print the value below the fraction line just before it. `1 // m` is 0 for every m "
        "above 1; write `1 / m`",
    ),
    Advice(
        _VALUE,
        r"math domain error",
        "math.log of zero or of a negative number. Use np.log on a probability between 0 and 1",
    ),
    Advice(
        ("OverflowError",),
        r"",
        "A number grew too large: math.exp fails above 709, np.exp gives inf and a warning. Is "
        "a sign wrong, or the learning rate too high?",
    ),
    Advice(
        ("LinAlgError",),
        r"",
        "A matrix has no inverse here, or is not square. Print it and its shape",
    ),
    Advice(
        ("MemoryError", "_ArrayMemoryError"),
        r"",
        "An array would be huge. An (m, 1) array combined with a (1, m) one grows to (m, m)",
    ),
    Advice(
        _VALUE,
        r"assignment destination is read-only",
        "This array cannot be changed in place. Work on a copy: a = a.copy()",
    ),
    # The program as a whole.
    Advice(
        ("RecursionError",),
        r"",
        "Does the function call itself, perhaps under a name that was meant for another one? A "
        "loop may be what is meant",
    ),
    Advice(
        ("SystemExit",),
        r"",
        "Leave out exit(), quit() and sys.exit(): a function ends with return",
    ),
    Advice(("KeyboardInterrupt",), r"", "Leave out the line that raises it"),
    Advice(
        ("EOFError",), r"", "Leave out input(): all that a function needs comes as arguments"
    ),
    Advice(
        ("AssertionError",),
        r"",
        "One of your own asserts refused this input. Print what it compares; it may hold for "
        "one example's sizes only",
    ),
    Advice(
        ("NotImplementedError",),
        r"",
        "The line 'raise NotImplementedError' is still there: take it out once your own lines "
        "stand in its place",
    ),
    Advice(
        ("UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError"),
        r"",
        "A text has characters of another encoding. Everything a function needs comes as "
        "arguments, so no file has to be read",
    ),
    Advice(
        ("ModuleNotFoundError",),
        r"No module named '([\w.]+)'",
        lambda m: (
            f"{m[1]} is not installed where your work is checked. Write this part without it"
        ),
    ),
    Advice(
        ("ImportError",),
        r"",
        "The module has nothing of that name. Check the spelling and the version",
    ),
    Advice(
        ("FileNotFoundError", "PermissionError", "IsADirectoryError"),
        r"",
        "Other files are not there when your work is checked. All data comes as arguments",
    ),
)
