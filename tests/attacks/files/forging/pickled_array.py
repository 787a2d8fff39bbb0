import os
import pickle


class Touch:
    def __reduce__(self):
        return os.system, ("touch @HOME@/@MARK@",)


def double(x):
    return np.array([Touch()] * 6, dtype=object).reshape(2, 3)


def total(x):
    return pickle.dumps(Touch())
