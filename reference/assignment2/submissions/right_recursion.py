def gradient_descent(gradient, start, learning_rate, steps):
    if steps == 0:
        return start
    next_place = start - learning_rate * gradient(start)
    return gradient_descent(gradient, next_place, learning_rate, steps - 1)
