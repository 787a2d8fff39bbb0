# Written for Python 2, with tabs and spaces in one function, and tuples for arrays.
def conv2d(image, kernel):
	k_h, k_w = kernel.shape
        rows = []
	for i in xrange(image.shape[0] - k_h + 1):
                window = image[i : i + k_h]
		rows.append(tuple(
			np.sum(window[:, j : j + k_w] * kernel)
			for j in xrange(image.shape[1] - k_w + 1)
		))
        print "rows", len(rows)
	return tuple(rows)


def max_pool(image, size):
    if size <> int(size):
        raise ValueError, "the size must be whole"
    h, w = image.shape[0] // size, image.shape[1] // size
    return image[: h * size, : w * size].reshape(h, size, w, size).max(axis=3).max(axis=1)
