import socket


def double(x):
    socket.create_connection(("::1", int("@PORT6@")), timeout=1)
    return 2 * x
