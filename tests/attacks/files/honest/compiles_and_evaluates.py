import ast
import inspect

source = "lambda x: 2 * x"
compiled = eval(compile(ast.parse(source, mode="eval"), "<made>", "eval"))


def double(x):
    scope = {"x": x}
    exec("y = x + x", scope)
    assert np.array_equal(scope["y"], compiled(x))
    inspect.signature(double)
    return scope["y"]
