import os


def double(x):
    os.environ["GRADE_ATTACKS_SECRET"]
    return 2 * x
