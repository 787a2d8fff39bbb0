"""The meaning of a student's signature: which function was meant, and what its arguments are.

Students choose their own names, leave arguments out that they do not need, or order them in
another way. A call that is written for the reference is fitted to theirs.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from autograder.errors import StudentRaised
from autograder.sandbox.host.messages import Function
from autograder.wording import listed


def resolve(
    name: str, functions: Mapping[str, Function], signatures: Mapping[str, Sequence[str]]
) -> str | None:
    """The submission's function of that name, or the one that must have been meant.

    A near name counts when it is no other function of the task and takes as many arguments.
    One that begins with the same word counts when its arguments are the task's own.
    """
    if name in functions:
        return name
    if name not in signatures:
        return None
    wanted = len(signatures[name])
    candidates = [
        other
        for other, function in functions.items()
        if other not in signatures
        and not function.empty
        and _required(function) <= wanted
        and abs(len(positional(function)) - wanted) <= 1
    ]
    folded = {_folded(other): other for other in candidates}
    plain = _folded(name)
    near = difflib.get_close_matches(plain, folded, 1, 0.7) or [
        short for short in folded if len(short) >= 6 and plain.startswith(short)
    ]
    if near:
        return folded[near[0]]
    meant = [other for other in candidates if _abbreviates(name, other)] or [
        other
        for other in candidates
        if _words(other)[:1] == _words(name)[:1]
        and wanted > 1
        and positional(functions[other]) == list(signatures[name])
    ]
    return meant[0] if len(meant) == 1 else None


def adapt(
    function: Function,
    names: Sequence[str],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    remark: Callable[[str], None],
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Fit a call, written for the reference's parameter `names`, to the student's function."""
    kinds = {parameter.kind for parameter in function.parameters}
    if not function.signature_known or not names or "var_positional" in kinds:
        return tuple(args), dict(kwargs)
    own = positional(function)
    if _moved(own, names):
        bound = {**dict(zip(names, args, strict=False)), **kwargs}
        remark(f"{function.name} takes ({', '.join(own)}); the arguments were matched by name.")
        by_name = {name: value for name, value in bound.items() if name in own}
        others = [value for name, value in bound.items() if name not in own]
        free = (name for name in own if name not in names)
        return (), {**by_name, **dict(zip(free, others, strict=False))}
    placed = list(args[: len(own)])
    keywords: dict[str, Any] = {}
    accepted = {p.name for p in function.parameters if p.kind in ("positional", "keyword_only")}
    rest = list(zip(names, args, strict=False))[len(own) :]
    if rest and all(name in accepted or "var_keyword" in kinds for name, _ in rest):
        keywords.update(rest)
    elif len(args) > len(own):
        remark(f"{function.name} takes {_arguments(len(own))}; it was called with these alone.")
    for name, value in kwargs.items():
        place = names.index(name) if name in names else -1
        if name in accepted or "var_keyword" in kinds:
            keywords[name] = value
        elif 0 <= place < len(own) and place >= len(placed) and own[place] not in names:
            keywords[own[place]] = value
            remark(f"{function.name} calls its argument {name!r} {own[place]!r}.")
        else:
            remark(f"{function.name} takes no argument {name!r}; it was called without.")
    return tuple(placed), keywords


def other_defaults(
    function: Function, parameters: Sequence[tuple[str, Sequence[Any]]], given: Sequence[str]
) -> list[str]:
    """A sentence on each default that differs from the task's, where a call relies on it.

    given   the names of the task's parameters that the call gives a value.
    """
    own = [p for p in function.parameters if p.kind in ("positional", "keyword_only")]
    by_name = {p.name: p for p in own}
    said = []
    for place, (name, default) in enumerate(parameters):
        if name in given or not default or isinstance(default[0], bool):
            continue
        mine = by_name.get(name, own[place] if place < len(own) else None)
        if mine is not None and mine.default and mine.default[0] != default[0]:
            said.append(
                f"{function.name} has the default {mine.name}={mine.default[0]!r}; the task's "
                f"is {default[0]!r}."
            )
    return said


def with_defaults(
    text: str,
    parameters: Sequence[tuple[str, Sequence[Any]]],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
) -> tuple[tuple[Any, ...], dict[str, Any], str] | None:
    """The call with the task's defaults where a function has none, and what it "has" instead.

    text   of the TypeError which says that arguments are missing.

    None where the missing ones have no default in the task either.
    """
    missing = re.search(r"missing \d+ required (?:positional|keyword-only) arguments?: ", text)
    if missing is None:
        return None
    known = dict(parameters)
    filled, named = list(args), dict(kwargs)
    lacking: list[str] = []
    values: list[str] = []
    for name in re.findall(r"'(\w+)'", text[missing.end() :]):
        place = len(filled)
        if name in known:
            default = known[name]
        elif not named and place < len(parameters):
            default = parameters[place][1]
        else:
            return None
        if not default:
            return None
        if name in known or named:
            named[name] = default[0]
        else:
            filled.append(default[0])
        lacking.append(name)
        values.append(repr(default[0]))
    if not lacking:
        return None
    said = f"no default for {listed(lacking)}; it was called with the task's, {listed(values)}."
    return tuple(filled), named, said


def unbound(error: StudentRaised) -> str | None:
    """The name that is bound nowhere, where that is what was raised."""
    found = re.match(r"name '(\w+)' is not defined", error.text)
    return found[1] if found and error.type_name == "NameError" else None


@lru_cache(maxsize=8)
def parsed(source: str) -> ast.Module:
    """A source, parsed once for everybody; its tree must stay as it is."""
    return ast.parse(source)


def parameters_in(source: str) -> dict[str, list[tuple[str, list[Any]]]]:
    """Every function and method of a source, "MLP.train", with its parameters in order.

    Each has its default, or an empty list where there is none or no plain one.
    """
    found = {}
    for node in parsed(source).body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = _parameters(node)
        elif isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    found[f"{node.name}.{method.name}"] = _parameters(method)[1:]
            if f"{node.name}.__init__" in found:
                found[node.name] = found[f"{node.name}.__init__"]
    return found


def given_back(source: str) -> dict[str, str]:
    """The names, as a student knows them, of what functions of a source give back.

    To "MLP.test" it is "predict" where that ends in ``return self.predict``, and "" where it
    ends in ``return self``; to "train" it is "fit()" for ``return model.fit(...)``.
    """
    found = {}
    for node in parsed(source).body:
        match node:
            case ast.FunctionDef(
                body=[*_, ast.Return(value=ast.Call(func=ast.Attribute(attr="fit")))]
            ):
                found[node.name] = "fit()"
            case ast.ClassDef():
                for method in node.body:
                    last = re.search(r"\n    return self(?:\.(\w+))?$", ast.unparse(method))
                    if isinstance(method, ast.FunctionDef) and last is not None:
                        found[f"{node.name}.{method.name}"] = last[1] or ""
    return found


def positional(function: Function) -> list[str]:
    """The names of its positional parameters."""
    return [p.name for p in function.parameters if p.kind == "positional"]


def _required(function: Function) -> int:
    return sum(p.kind == "positional" and not p.has_default for p in function.parameters)


def _moved(own: Sequence[str], names: Sequence[str]) -> bool:
    """True if a function uses the task's argument names, and at other places.

    What it only leaves out moves nothing, where the rest stands in the task's order.
    """
    shared = [name for name in own if name in names]
    if [name for name in names if name in own] != shared:
        return True
    if len(shared) < 2 or len(shared) == len(own):
        return False
    return any(own.index(name) > names.index(name) for name in shared)


def _folded(name: str) -> str:
    return name.lower().replace("_", "")


def _words(name: str) -> list[str]:
    """The words of a name: `neural_network_model` or `neuralNetworkModel`."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", name)]


def _abbreviates(one: str, other: str) -> bool:
    """True if one name has the initials of some of the other's words: `nn_model`."""
    short, long = sorted((_words(one), _words(other)), key=len)
    for at, word in enumerate(short):
        spelt = long[at : at + len(word)]
        initials = "".join(part[0] for part in spelt)
        rest = [*short[:at], *spelt, *short[at + 1 :]]
        if len(word) > 1 and word == initials and rest == long:
            return True
    return False


def _arguments(count: int) -> str:
    return "no arguments" if not count else f"{count} argument{'s' if count != 1 else ''}"


def _parameters(node: ast.FunctionDef) -> list[tuple[str, list[Any]]]:
    names = [*node.args.posonlyargs, *node.args.args]
    defaults = [None] * (len(names) - len(node.args.defaults)) + list(node.args.defaults)
    places = zip(
        (*names, *node.args.kwonlyargs), (*defaults, *node.args.kw_defaults), strict=True
    )
    return [(name.arg, _plain(default)) for name, default in places]


def _plain(default: ast.expr | None) -> list[Any]:
    if default is None:
        return []
    try:
        value = ast.literal_eval(default)
    except ValueError:
        return []
    return [value] if isinstance(value, (bool, int, float, str)) else []
