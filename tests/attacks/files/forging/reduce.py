import os


class Touch:
    def __reduce__(self):
        return os.system, ("touch @HOME@/@MARK@",)


def double(x):
    return Touch()
