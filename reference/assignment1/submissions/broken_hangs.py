# The loop of the last function never ends.
def training_updates(samples, batch_size, epochs):
    updates = 0
    left = samples
    while left > 0:
        updates += 1
    return updates * epochs
