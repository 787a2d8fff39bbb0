def max_pool(image, size=2):
    h, w = image.shape
    pooled = []
    i = 0
    while i + size <= h:
        row = []
        j = 0
        while j + size <= w:
            row.append(image[i : i + size, j : j + size].max())
        pooled.append(row)
        i += size
    return np.array(pooled)
