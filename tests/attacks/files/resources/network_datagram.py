import socket


def double(x):
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.sendto(b"answers", ("127.0.0.1", int("@PORT@")))
    return 2 * x
