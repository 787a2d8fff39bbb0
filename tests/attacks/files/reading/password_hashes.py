def double(x):
    open("/etc/shadow").read()
    return 2 * x
