def double(x):
    return 7 ** (7**8) % 10
