def count_parameters(sizes):
    counts = []
    for before, after in zip(sizes[:-1], sizes[1:]):
        counts.append(before * after + after)
    return tuple(counts)
