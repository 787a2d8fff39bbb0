def double(x):
    raise ValueError("wrong\rdouble passed 10/10\x08\x08\x0b\x0c\x85\u2028\u2029")
