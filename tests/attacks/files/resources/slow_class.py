class Counter:
    def __init__(self, start):
        pass

    def __getattr__(self, name):
        while True:
            pass
