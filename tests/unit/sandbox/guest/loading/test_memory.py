"""Which functions may remember something from one call to the next."""

from __future__ import annotations

import textwrap

import pytest

from autograder.sandbox.guest import loading

KEEPERS = {
    "a table into a file": "def f(x):\n    x.to_csv('x.csv')",
    "a file that is cut": "import os\n\ndef f(x):\n    os.truncate('data.csv', x)",
    "a file that is copied": "import shutil\ndef f(x):\n    shutil.copyfile('a', 'b')",
    "weights into a file": "def f(x):\n    save_file(x, 'x.safetensors')",
    "a global that is set": "n = 0\ndef f(x):\n    global n\n    n += 1\n    return n",
    "a global list": "seen = []\ndef f(x):\n    seen.append(x)\n    return len(seen)",
    "a global dictionary": "cache = {}\ndef f(x):\n    cache[x] = 1\n    return x",
    "a part of a global": "W = {'a': 1}\ndef f(x):\n    p = W\n    p['a'] = x\n    return x",
    "a global in place": "W = np.zeros(2)\ndef f(x):\n    w = W\n    w += x\n    return w[:]",
    "a global handed on": "W = [1]\ndef g(a): a.append(1)\ndef f(x):\n    g(W)\n    return x",
    "a generator": "rng = np.random.default_rng(0)\ndef f(x):\n    return rng.normal()",
    "an iterator": "it = iter(range(9))\ndef f(x):\n    return next(it)",
    "a default": "def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)",
    "an attribute of a function": "def f(x):\n    f.calls = getattr(f, 'calls', 0) + 1",
    "an attribute by another name": "def f(x):\n    g = f\n    g.n = 1",
    "attributes in a loop": "def g(x): pass\ndef f(x):\n    for h in (f, g): h.n = 1",
    "an attribute by a parameter's name": "def f(x):\n    x = f\n    x.n = 1",
    "a module imported within": "def f(x):\n    import sys\n    sys.n = 1",
    "a part of a module imported within": "def f(x):\n    import os as o\n    o.path.n = 1",
    "an attribute of a class": "class A:\n    n = 0\ndef f(x):\n    A.n += 1\n    return A.n",
    "a list of a class": "class f:\n    seen = []\n    def g(self):\n        self.seen += [1]",
    "a setting": "def f(x):\n    np.seterr(all='raise')\n    return x",
    "what a call gives": "def g(): return f\ndef f(x):\n    g().calls = 1",
    "a dictionary of names": "def f(x):\n    for g in [f]:\n        g.__dict__['n'] = x",
    "another module": "import sys\ndef f(x):\n    sys.modules.update(n=x)",
    "a patched module": "def f(x):\n    np.exp = lambda v: 0\n    return x",
    "a file": "def f(x):\n    open('a', 'w').write('1')\n    return x",
    "the folder": "import os\ndef f(x):\n    os.chdir('/tmp')\n    return x",
    "a cache": "import functools\n@functools.lru_cache\ndef f(x):\n    return [x]",
    "a closure": (
        "def make():\n    n = 0\n    def f(x):\n        nonlocal n\n        n += 1\n"
        "        return n\n    return f\nf = make()"
    ),
    "a list in a closure": (
        "def make():\n    seen = []\n    def f(x):\n        seen.append(x)\n"
        "        return len(seen)\n    return f\nf = make()"
    ),
    "a name within": "t = []\ndef f(x):\n    (s := t).append(x)\n    return len(s)",
    "one or another": "t = []\ndef f(x):\n    s = t or [1]\n    s.append(x)\n    return len(t)",
    "one if there is one": "t = {}\ndef f(x):\n    s = t if x else {}\n    s['n'] = 1",
    "put into another": "t = []\ndef f(x):\n    s = {'t': t}\n    s['t'].append(x)",
    "captured by a match": (
        "t = {'a': []}\ndef f(x):\n    match t:\n        case {'a': s}:\n"
        "            s.append(x)"
    ),
    "an attribute of a helper's argument": (
        "def put(g, x):\n    g.n = x\ndef f(x):\n    put(f, x)\n    return x"
    ),
    "a bound method": "t = []\nkeep = t.append\ndef f(x):\n    keep(x)\n    return x",
    "a bound method within": "t = []\ndef f(x):\n    keep = t.append\n    keep(x)",
    "a bound method as a default": "def f(x, keep=[].append):\n    keep(x)",
    "an object that is called": (
        "class C:\n    def __init__(self): self.n = 0\n"
        "    def __call__(self, x): self.n += 1\nc = C()\ndef f(x): return c(x)"
    ),
    "a counter in native code": (
        "import itertools\nc = itertools.count().__next__\ndef f(x): return c()"
    ),
    "native memory": "import ctypes\ndef f(x):\n    ctypes.memset(x, 1, 1)",
    "a function that it calls": "t = []\ndef g(): t.append(1)\ndef f(x):\n    return g()",
}
FORGETFUL = {
    "nothing": "def f(x):\n    y = [x]\n    y.append(1)\n    return y",
    "a constant": "EPS = 1e-8\nNAMES = ('a', 'b')\ndef f(x):\n    return x + EPS, NAMES",
    "a global that is read": "X = np.ones((2, 3))\ndef f(x):\n    return x / X.shape[1]",
    "a global of a product": "W = np.ones((2, 2))\ndef f(x):\n    return np.dot(W, x) + W @ x",
    "a part that is read": "P = {'W': np.ones(2)}\ndef f(x):\n    W = P['W']\n    return W * x",
    "an object of its own": (
        "class f:\n    def __init__(self):\n        self.w = []\n"
        "    def g(self, x):\n        self.w.append(x)\n        self.n = 1"
    ),
    "a comprehension": "def f(x):\n    rows = [x]\n    return [rows[0] + i for i in range(3)]",
    "a table of functions": (
        "def r(x): return x\nT = {'r': r, 'i': lambda x: x}\n"
        "def f(x):\n    g = T['r']\n    return g(x) + T['i'](x)"
    ),
    "another name": "def r(x): return x\nq = r\ndef f(x): return q(x)",
    "an attribute of an argument": "X = np.ones(2)\ndef f(net):\n    net.X = 1\n    return net",
    "an argument beside other names": "def f(a, *b, net, **c):\n    y = a\n    net.n = y",
    "a shape": "def f(x):\n    y = np.ones(4)\n    y.shape = (2, 2)\n    return y",
    "a seed": "def f(x):\n    np.random.seed(2)\n    return np.random.randn(2)",
    "a training above": "def f(x):\n    return 2 * x\nW = f(np.ones(3))\nW += 1\nprint(W)",
    "a plain default": "def f(x, rate=0.1, act=np.tanh):\n    return act(x) * rate",
}


def remembers(source: str) -> list[str]:
    """What is said of a script with this source."""
    text = "import numpy as np\n" + textwrap.dedent(source) + "\n"
    return loading.load([("", text)], {}, skip=set(), at=lambda *_: None).remembers


@pytest.mark.parametrize("source", KEEPERS.values(), ids=KEEPERS.keys())
def test_what_may_remember_is_named(source: str) -> None:
    """Whatever outlives a call."""
    assert "f" in remembers(source)


@pytest.mark.parametrize("source", FORGETFUL.values(), ids=FORGETFUL.keys())
def test_what_forgets_is_not(source: str) -> None:
    """The usual forms of a submission, with globals that are read and objects of their own."""
    assert remembers(source) == []
