class Counter:
    def __init__(self, start):
        pass

    def __getattr__(self, name):
        raise type("\x1b[2J" * 50, (Exception,), {})("\x1b[2J" * 500)
