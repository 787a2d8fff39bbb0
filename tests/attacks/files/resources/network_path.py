import socket


def double(x):
    socket.socket(socket.AF_UNIX).connect("@HOME@/socket")
    return 2 * x
