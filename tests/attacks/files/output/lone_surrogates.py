def double(x):
    raise ValueError("\ud800\udfff")


def total(x):
    return {"\udc80": 1.0}
