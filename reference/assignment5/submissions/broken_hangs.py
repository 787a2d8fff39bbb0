def count_parameters(sizes):
    counts = []
    i = 0
    while i < len(sizes) - 1:
        counts.append((sizes[i] + 1) * sizes[i + 1])
    return counts
