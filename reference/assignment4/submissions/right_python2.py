# Written for Python 2, with tabs and spaces in one function.
def activate_batch(X, wi, wo):
	m = X.shape[0]
        A_i = np.hstack((X, np.ones((m, 1))))
	A_h = sigmoid(A_i.dot(wi))
        print "hidden", A_h.shape
	return A_h, sigmoid(A_h.dot(wo))


def train_batch(X, T, wi, wo, iterations, N, M):
    last_i, last_o = 0 * wi, 0 * wo
    errors = []
    for k in xrange(iterations):
        error, change_i, change_o = batch_changes(X, T, wi, wo)
        if error <> error:
            raise ValueError, "the error is not a number"
        wi, wo = wi + N * change_i + M * last_i, wo + N * change_o + M * last_o
        last_i, last_o = change_i, change_o
        errors.append(error)
    return wi, wo, errors
