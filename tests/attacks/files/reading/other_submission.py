def double(x):
    theirs = {}
    exec(open("@COURSE@/submitted/ada/small.py").read(), theirs)
    return theirs["double"](x)
