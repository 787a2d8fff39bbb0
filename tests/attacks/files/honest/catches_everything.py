def double(x):
    try:
        return x.double()
    except:  # noqa
        pass
    try:
        import torch
    except BaseException:
        torch = None
    try:
        assert x is None
    finally:
        return 2 * x
