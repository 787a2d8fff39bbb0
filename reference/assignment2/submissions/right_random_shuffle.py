import random

def minibatches(X, y, batch_size, rng):
    pairs = list(zip(X, y))
    random.Random(rng).shuffle(pairs)
    batches = []
    for start in range(0, len(pairs), batch_size):
        xs, ys = zip(*pairs[start:start + batch_size])
        batches.append((np.array(xs), np.array(ys)))
    return batches
