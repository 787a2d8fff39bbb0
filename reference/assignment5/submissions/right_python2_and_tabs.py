# Written for Python 2, with tabs and spaces in one function.
def count_parameters(sizes):
	counts = []
        for i in xrange(1, len(sizes)):
		counts.append(sizes[i] * (sizes[i - 1] + 1))
        print "in all", sum(counts)
	return tuple(counts)


def prepare_labels(labels, classes):
    if labels.ndim <> 1:
        raise ValueError, "labels must be a row"
    return np.eye(classes)[labels]
