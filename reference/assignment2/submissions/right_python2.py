# Written for Python 2, with tabs and spaces in one function.
def squared_error(X, y, w, b):
    if X.shape[0] <> y.shape[0]:
        raise ValueError, "X and y differ"
    errors = y - (X.dot(w) + b)
    return (errors ** 2).sum() / 2.0


def gradient_descent(gradient, start, learning_rate, steps):
	w = start
        for i in xrange(steps):
		w = w - learning_rate * gradient(w)
                if i == 0:
                        print "first step", w
	return w
