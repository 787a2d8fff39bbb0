import gc
import os
import time

import msgspec


def double(x):
    (server,) = (o for o in gc.get_objects() if type(o).__name__ == "Server")
    node = ["l", ["h", 10**6, "array", True], ["l"], ["l"]]
    header = msgspec.msgpack.encode([server._connection.number, "value", node])
    os.write(3, len(header).to_bytes(4, "little") + bytes(4) + header)
    time.sleep(0.2)
    return 0 * x
