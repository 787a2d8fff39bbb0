class Late:
    def __del__(self):
        while True:
            pass


def double(x):
    late = Late()
    late.itself = late
    import gc

    del late
    gc.collect()
    return 2 * x
