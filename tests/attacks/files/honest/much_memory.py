def double(x):
    big = np.ones(25_000_000)  # 200 MB of 384
    big += 1
    return big[0] * x
