"""The functions that may remember something from one call to the next, as their text tells.

A verdict must not depend on which checks ran before. Nearly no function keeps anything, and one
process serves all its checks; a submission with one that may gets a fresh process for each. So
this is cautious: what it names may well remember nothing, which costs a little time.

What counts: global and nonlocal names that are set; what the top level or an enclosing function
has made, where it is changed; defaults and class attributes that can be changed; attributes of
functions, classes and modules; settings of Python and NumPy; files; threads; caches.
"""

from __future__ import annotations

import ast
import types
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from autograder.sandbox.guest.loading import glance
from autograder.sandbox.guest.loading.parsing import Definition, Placed
from autograder.sandbox.guest.loading.scopes import (
    Function,
    alternatives,
    are_functions,
    called_name,
    captured,
    changeable_defaults,
    class_attributes,
    functions_in,
    has_changeable_parts,
    is_fixed,
    is_set,
    last_name,
    local_names,
    own_nodes,
)

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
        # what changes files by the hand of others
        "copyfile", "copytree", "hardlink_to", "link", "mkfifo", "mknod", "move", "renames",
        "rmdir", "rmtree", "save_file", "savemat", "symlink_to", "to_csv", "to_excel", "to_hdf",
        "to_json", "to_parquet", "to_pickle", "to_sql", "truncate",
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
    """The definitions of the top level, and its variables that can be changed."""

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
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and is_fixed(value):
            return
        waiting: list[ast.AST] = [statement]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Definition):
                self.definitions.setdefault(node.name, []).append(node)
                continue
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                self.variables.add(node.id)
                if are_functions(value):
                    self.others.add(node.id)
                if isinstance(value, ast.GeneratorExp) or called_name(value) in _ITERATORS:
                    self.iterators.add(node.id)
            waiting += ast.iter_child_nodes(node)

    def suspicious(self, codes: Iterable[types.CodeType]) -> bool:
        """True if anything calls for a closer look."""
        definitions = [node for nodes in self.definitions.values() for node in nodes]
        if any(map(has_changeable_parts, definitions)):
            return True
        names = LASTING | OPEN
        return any(
            glance.lasts(code, self.variables, names) or glance.marks(code) for code in codes
        )

    @cached_property
    def marks(self) -> bool:
        """True if a function sets an attribute of its argument, which may be a function."""
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
        self._changeable = class_attributes(node)
        self._objects: set[str] = set()

    def remembers(self) -> bool:
        """True if it may keep something from one call to the next."""
        for function, outer in functions_in(self._node, frozenset()):
            if self._of_function(function, outer):
                return True
        return any(called_name(one) in LASTING for one in self._decorators())

    def _decorators(self) -> Iterator[ast.AST]:
        for node in ast.walk(self._node):
            for decorator in getattr(node, "decorator_list", ()):
                yield (
                    decorator
                    if isinstance(decorator, ast.Call)
                    else ast.Call(decorator, [], [])
                )

    def _of_function(self, function: Function, outer: frozenset[str]) -> bool:
        nodes = list(own_nodes(function))
        declared = {
            name
            for node in nodes
            if isinstance(node, (ast.Global, ast.Nonlocal))
            for name in node.names
        }
        own = local_names(function, nodes) - declared
        kept = ((self._top.variables | outer) - own) | changeable_defaults(function)
        objects = kept - self._top.others  # which may change where they are called
        self._objects = objects | self._aliases(nodes, objects)
        kept |= self._aliases(nodes, kept)
        bound = {n.id for n in nodes if isinstance(n, ast.Name) and is_set(n)}
        arguments = local_names(function, []) - bound
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
                    found |= captured(node)
                for target, value in pairs:
                    if self._shares(value, kept | found):
                        found |= {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
        return found

    def _shares(self, value: ast.AST | None, kept: set[str]) -> bool:
        """True if a value is a kept one or a part of it, and no fresh result."""
        parts = alternatives(value)
        if parts:
            return any(self._shares(each, kept) for each in parts)
        if isinstance(value, ast.Call):  # enumerate(layers), parameters.items()
            inner = [*value.args]
            if isinstance(value.func, ast.Attribute):
                inner.append(value.func.value)
            names = {"enumerate", "zip", "items", "values", "get", "reversed", "iter"}
            return called_name(value) in names and any(
                self._shares(each, kept) for each in inner
            )
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
        """True if this piece of a function may leave something behind.

        arguments   the parameters that are never bound again; another local name may stand
                    for a function or a module, and its attributes are theirs.
        """
        if isinstance(node, ast.Call) and called_name(node) in LASTING:
            return True
        if isinstance(node, (ast.Attribute, ast.Name)) and last_name(node) in OPEN:
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
            and self._top.marks
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
            return called_name(parent) not in HARMLESS or any(
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
        """True if `self.name` is an attribute of the class that can be changed."""
        return bool(names) and (names[0] in self._changeable or names[0] == "__class__")
