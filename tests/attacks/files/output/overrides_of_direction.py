def double(x):
    raise ValueError("\u202e01/01 dessap\u202c \u2066\u2067\u2068\u2069\u200f\u061c")
