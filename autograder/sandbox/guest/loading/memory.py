"""Which functions may remember something from one call to the next, as their text tells.

A verdict must not depend on which checks ran before. Nearly no function keeps anything, and one
process serves all its checks; a submission with one that may gets a fresh process for each. So
this is cautious: what it names may well remember nothing, which costs a little time.

What counts: global and nonlocal names that are set; what the top level or an enclosing function
has made, where it is changed; defaults and class attributes that can be changed; attributes of
functions, classes and modules; settings of Python and NumPy; files; threads; caches.
"""

from __future__ import annotations

import ast
import builtins
import types
from collections.abc import Iterable, Iterator, Sequence

from autograder.sandbox.guest.loading import glance
from autograder.sandbox.guest.loading.parsing import Definition, Placed

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Chain = ast.Name | ast.Attribute | ast.Subscript

# Calls of these leave something behind, whoever makes them.
LASTING = frozenset(
    [
        "__dict__", "__enter__", "__import__", "__setattr__", "cache", "cached_property",
        "chdir", "clear_session", "delattr", "dump", "environ", "eval", "exec",
        "filterwarnings", "getcontext", "globals", "import_module", "lru_cache", "makedirs",
        "memoize", "mkdir", "open", "putenv", "register", "reload", "remove", "rename",
        "resetwarnings", "save", "savetxt", "savez", "savez_compressed", "set_printoptions",
        "setattr", "setbufsize", "set_epsilon", "set_floatx", "seterr", "seterrcall",
        "setprofile", "setrecursionlimit", "settrace", "simplefilter", "start_new_thread",
        "Pool", "Process", "Thread", "ThreadPoolExecutor", "Timer", "tofile", "vars",
        "write_bytes", "write_text",
        # what lies in Python, the system or native code, and has no name of the file's own
        "CDLL", "ContextVar", "NamedTemporaryFile", "Popen", "PyDLL", "SharedMemory",
        "TemporaryFile", "connect", "fork", "from_address", "getattr", "local", "memmap",
        "memmove", "memset", "mkdtemp", "mkstemp", "mmap", "pythonapi", "setlocale",
        "setrlimit", "setswitchinterval", "signal", "symlink", "system", "touch", "umask",
        "unlink",
    ]
)  # fmt: skip
OPEN = frozenset({"__dict__", "environ", "meta_path", "modules"})  # which lead anywhere
# Of what others made, these methods and functions change nothing.
HARMLESS = frozenset(
    [
        "__entry__", "__number__",  # of `one_number`
        "abs", "all", "any", "argmax", "argmin", "array", "asarray", "astype", "bool",
        "copy", "count", "deepcopy", "dict", "dot", "enumerate", "exp", "float",
        "format", "get", "index", "int", "isinstance", "items", "join", "keys", "len",
        "list", "log", "max", "maximum", "mean", "min", "multiply", "ones", "print",
        "range", "ravel", "repr", "reshape", "round", "set", "shape", "sorted", "split",
        "sqrt", "square", "squeeze", "std", "str", "sum", "tanh", "tolist", "transpose",
        "tuple", "type", "values", "var", "zeros", "zip",
    ]
)  # fmt: skip
FLEETING = frozenset({"shape", "size", "ndim", "dtype"})  # attributes that are plain values
_ITERATORS = frozenset(
    {"iter", "zip", "map", "filter", "enumerate", "reversed", "open", "cycle"}
)


def remembering(statements: Sequence[Placed], codes: Iterable[types.CodeType]) -> list[str]:
    """The top-level functions and classes that may remember, themselves or what they call.

    codes   the statements as they were compiled, which tell at a glance that nearly all are
            above suspicion.
    """
    try:
        top = _Top([node for _, node in statements])
        return top.remembering() if top.suspicious(codes) else []
    except RecursionError:
        return [node.name for _, node in statements if isinstance(node, Definition)]


class _Top:
    """What the top level makes: its definitions, and its variables that can be changed."""

    def __init__(self, statements: Sequence[ast.stmt]) -> None:
        self.definitions: dict[str, list[ast.AST]] = {}
        self.variables: set[str] = set()
        self.iterators: set[str] = set()
        self.others: set[str] = set()  # variables that are functions, or a table of some
        for statement in statements:
            if isinstance(statement, Definition):
                self.definitions.setdefault(statement.name, []).append(statement)
            elif not isinstance(statement, (ast.Import, ast.ImportFrom, ast.Expr, ast.Delete)):
                self._bind(statement)

    def _bind(self, statement: ast.stmt) -> None:
        value = getattr(statement, "value", None)
        if isinstance(value, (ast.Lambda, ast.Call)) and isinstance(statement, ast.Assign):
            for target in statement.targets:  # a function, or what a function has made
                if isinstance(target, ast.Name):
                    self.definitions.setdefault(target.id, []).append(value)
        if isinstance(value, ast.Lambda):
            return
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and _is_fixed(value):
            return
        waiting: list[ast.AST] = [statement]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Definition):
                self.definitions.setdefault(node.name, []).append(node)
                continue
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                self.variables.add(node.id)
                if _are_functions(value):
                    self.others.add(node.id)
                if isinstance(value, ast.GeneratorExp) or _called(value) in _ITERATORS:
                    self.iterators.add(node.id)
            waiting += ast.iter_child_nodes(node)

    def suspicious(self, codes: Iterable[types.CodeType]) -> bool:
        """Whether anything calls for a closer look."""
        definitions = [node for nodes in self.definitions.values() for node in nodes]
        if any(map(_has_changeable_parts, definitions)):
            return True
        names = LASTING | OPEN
        return any(
            glance.lasts(code, self.variables, names) or glance.marks(code) for code in codes
        )

    def marks(self) -> bool:
        """Whether a function sets an attribute of its argument, which may be a function."""
        functions = [n for nodes in self.definitions.values() for n in nodes]
        return any(
            isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
            for function in functions
            if isinstance(function, Function)
            for node in ast.walk(function)
        )

    def remembering(self) -> list[str]:
        """The definitions that may remember, or mention one that may."""
        mentions = {}
        found = set()
        for name, nodes in self.definitions.items():
            mentions[name] = {
                one.id for node in nodes for one in ast.walk(node) if isinstance(one, ast.Name)
            }
            if any(_Body(node, self).remembers() for node in nodes):
                found.add(name)
        while more := {
            name for name in mentions if name not in found and mentions[name] & found
        }:
            found |= more
        return [name for name in self.definitions if name in found]


class _Body:
    """One definition, looked at closely."""

    def __init__(self, node: ast.AST, top: _Top) -> None:
        self._top = top
        self._node = node
        self._parents = {
            child: parent for parent in ast.walk(node) for child in ast.iter_child_nodes(parent)
        }
        self._changeable = _class_attributes(node)
        self._objects: set[str] = set()

    def remembers(self) -> bool:
        """Whether it may keep something from one call to the next."""
        for function, outer in _functions(self._node, frozenset()):
            if self._of_function(function, outer):
                return True
        return any(_called(one) in LASTING for one in self._decorators())

    def _decorators(self) -> Iterator[ast.AST]:
        for node in ast.walk(self._node):
            for decorator in getattr(node, "decorator_list", ()):
                yield (
                    decorator
                    if isinstance(decorator, ast.Call)
                    else ast.Call(decorator, [], [])
                )

    def _of_function(self, function: Function, outer: frozenset[str]) -> bool:
        nodes = list(_own(function))
        declared = {
            name
            for node in nodes
            if isinstance(node, (ast.Global, ast.Nonlocal))
            for name in node.names
        }
        own = _locals(function, nodes) - declared
        kept = ((self._top.variables | outer) - own) | _changeable_defaults(function)
        objects = kept - self._top.others  # which may change where they are called
        self._objects = objects | self._aliases(nodes, objects)
        kept |= self._aliases(nodes, kept)
        bound = {n.id for n in nodes if isinstance(n, ast.Name) and _is_set(n)}
        arguments = _locals(function, []) - bound
        return any(self._lasts(node, kept, declared, own, arguments) for node in nodes)

    def _aliases(self, nodes: Sequence[ast.AST], kept: set[str]) -> set[str]:
        """Names of the function's own for what is kept, or for a part of it."""
        found: set[str] = set()
        before = -1
        while len(found) > before:
            before = len(found)
            for node in nodes:
                pairs: list[tuple[ast.AST, ast.AST | None]] = []
                if isinstance(node, ast.Assign):
                    pairs = [(target, node.value) for target in node.targets]
                elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)):
                    pairs = [(node.target, node.value)]
                elif isinstance(node, (ast.For, ast.comprehension)):
                    pairs = [(node.target, node.iter)]
                elif isinstance(node, ast.withitem) and node.optional_vars is not None:
                    pairs = [(node.optional_vars, node.context_expr)]
                elif isinstance(node, ast.Match) and self._shares(node.subject, kept | found):
                    found |= _captured(node)
                for target, value in pairs:
                    if self._shares(value, kept | found):
                        found |= {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
        return found

    def _shares(self, value: ast.AST | None, kept: set[str]) -> bool:
        """Whether a value is a kept one or a part of it, and no fresh result."""
        parts = _alternatives(value)
        if parts:
            return any(self._shares(each, kept) for each in parts)
        if isinstance(value, ast.Call):  # enumerate(layers), parameters.items()
            inner = [*value.args]
            if isinstance(value.func, ast.Attribute):
                inner.append(value.func.value)
            names = {"enumerate", "zip", "items", "values", "get", "reversed", "iter"}
            return _called(value) in names and any(self._shares(each, kept) for each in inner)
        while isinstance(value, (ast.Attribute, ast.Subscript)):
            if isinstance(value, ast.Attribute) and value.attr in FLEETING:
                return False
            value = value.value
        return isinstance(value, ast.Name) and value.id in kept

    def _lasts(
        self,
        node: ast.AST,
        kept: set[str],
        declared: set[str],
        own: set[str],
        arguments: set[str],
    ) -> bool:
        """Whether this piece of a function may leave something behind.

        arguments   the parameters that are never bound again; another local name may stand
                    for a function or a module, and its attributes are theirs.
        """
        if isinstance(node, ast.Call) and _called(node) in LASTING:
            return True
        if isinstance(node, (ast.Attribute, ast.Name)) and _last(node) in OPEN:
            return True
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            return isinstance(node.value, ast.Call)
        if not isinstance(node, ast.Name):
            return False
        if not isinstance(node.ctx, ast.Load):
            augmented = isinstance(self._parents.get(node), ast.AugAssign)
            return node.id in declared or (augmented and node.id in kept)
        top, names = self._chain(node)
        if not isinstance(top.ctx, ast.Load):
            if node.id in kept or node.id not in own or node.id == "cls":
                return True
            if (
                isinstance(top, ast.Attribute)
                and node.id not in arguments
                and top.attr not in FLEETING
            ):
                return True
            rebound = isinstance(top, ast.Attribute) and len(names) == 1
            if rebound and not isinstance(self._parents.get(top), ast.AugAssign):
                return False
            return self._is_of_the_class(names)
        parent = self._parents.get(top)
        if node.id in self._top.iterators and node.id not in own:
            return True
        if (
            isinstance(parent, ast.Call)
            and parent.func is not top
            and node.id in self._top.definitions
            and self._top.marks()
        ):
            return True  # it is handed to what may set an attribute of it
        is_kept = node.id in kept or self._is_of_the_class(names)
        if not is_kept or set(names) & FLEETING:
            return False
        chosen: ast.AST = top
        while isinstance(parent, (ast.NamedExpr, ast.BoolOp, ast.IfExp)):
            chosen, parent = parent, self._parents.get(parent)
        if chosen is not top and isinstance(parent, (ast.Attribute, ast.Subscript)):
            return True  # (kept or other).append(x)
        if isinstance(parent, ast.Call):
            if parent.func is chosen:  # a bound method that is kept, or an object with a call
                return names[-1] not in HARMLESS if names else node.id in self._objects
            return _called(parent) not in HARMLESS or any(
                k.arg == "out" for k in parent.keywords
            )
        return isinstance(parent, (ast.Return, ast.Yield, ast.keyword, ast.Starred))

    def _chain(self, node: ast.Name) -> tuple[Chain, list[str]]:
        """The longest `a.b[c].d` that begins with a name, and the attributes on its way."""
        top: Chain = node
        names = []
        while True:
            parent = self._parents.get(top)
            if isinstance(parent, ast.Attribute):
                names.append(parent.attr)
            elif not (isinstance(parent, ast.Subscript) and parent.value is top):
                return top, names
            top = parent

    def _is_of_the_class(self, names: Sequence[str]) -> bool:
        """Whether `self.name` is an attribute of the class that can be changed."""
        return bool(names) and (names[0] in self._changeable or names[0] == "__class__")


def _functions(
    node: ast.AST, outer: frozenset[str]
) -> Iterator[tuple[Function, frozenset[str]]]:
    """Every function in a definition, with the names of those around it."""
    for child in (node,) if isinstance(node, Function) else ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield child, outer
            inner = outer | _locals(child, list(_own(child)))
            for part in ast.iter_child_nodes(child):
                yield from _functions(part, inner)
        else:
            yield from _functions(child, outer)


def _own(function: Function) -> Iterator[ast.AST]:
    """The nodes of a function's body, without those of functions in it."""
    body = [function.body] if isinstance(function, ast.Lambda) else function.body
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function):
            waiting += ast.iter_child_nodes(node)


def _locals(function: Function, nodes: Sequence[ast.AST]) -> set[str]:
    arguments = function.args
    names = {one.arg for one in ast.walk(arguments) if isinstance(one, ast.arg)}
    for node in nodes:
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, Definition):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
    return names


def _alternatives(value: ast.AST | None) -> Sequence[ast.AST | None]:
    """The values that an expression holds, or one of which it is; none of another kind."""
    match value:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return parts
        case ast.Dict(values=parts) | ast.BoolOp(values=parts):
            return parts
        case ast.IfExp(body=one, orelse=other):
            return [one, other]
        case ast.NamedExpr(value=one) | ast.Starred(value=one):
            return [one]
    return []


def _are_functions(value: ast.AST | None) -> bool:
    """Whether a value is another function's name, or a table of such names and lambdas."""
    match value:
        case ast.Name() | ast.Lambda() | ast.Attribute(value=ast.Name("np")):
            return True
        case ast.Dict(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            return bool(parts) and all(map(_are_functions, parts))
    return False


def _captured(node: ast.Match) -> set[str]:
    """The names that the patterns of a match bind."""
    patterns = (part for case in node.cases for part in ast.walk(case.pattern))
    names = (getattr(p, "name", None) or getattr(p, "rest", None) for p in patterns)
    return {name for name in names if name}


def _is_set(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Load)


def _changeable_defaults(function: Function) -> set[str]:
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = [
        *zip(reversed(positional), reversed(arguments.defaults), strict=False),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    return {one.arg for one, value in pairs if value is not None and not _is_fixed(value)}


def _class_attributes(node: ast.AST) -> frozenset[str]:
    """The attributes that the body of a class sets to what can be changed."""
    if not isinstance(node, ast.ClassDef):
        return frozenset()
    return frozenset(
        target.id
        for statement in node.body
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and not _is_fixed(statement.value)
        for target in ast.walk(statement)
        if isinstance(target, ast.Name) and not isinstance(target.ctx, ast.Load)
    )


def _has_changeable_parts(node: ast.AST) -> bool:
    """Whether a definition has decorators, defaults or class attributes to look at."""
    if getattr(node, "decorator_list", None) or _class_attributes(node):
        return True
    parts = node.body if isinstance(node, ast.ClassDef) else [node]
    return any(
        bool(getattr(part, "decorator_list", None)) or bool(_changeable_defaults(part))
        for part in parts
        if isinstance(part, Function)
    )


def _is_fixed(value: ast.AST | None) -> bool:
    """Whether a value can never change: a number, a text, a tuple of them, a type."""
    match value:
        case None | ast.Constant() | ast.JoinedStr() | ast.Attribute(value=ast.Name("np")):
            return True
        case ast.Name(id=name):
            return hasattr(builtins, name)
        case ast.UnaryOp(operand=operand):
            return _is_fixed(operand)
        case ast.BinOp(left=left, right=right):
            return _is_fixed(left) and _is_fixed(right)
        case ast.Tuple(elts=elements):
            return all(map(_is_fixed, elements))
    return False


def _called(node: ast.AST | None) -> str:
    """The last name of what is called, as `seterr` of `np.seterr(...)`."""
    return _last(node.func) if isinstance(node, ast.Call) else ""


def _last(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
