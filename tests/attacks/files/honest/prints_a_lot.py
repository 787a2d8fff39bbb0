def double(x):
    for step in range(20_000):
        print("step", step, "x =", x[0, 0])
    return 2 * x
