# Written for Python 2.
def dot(a, b):
    if len(a) <> len(b):
        raise ValueError, "the vectors have different lengths"
    total = 0.0
    for i in xrange(len(a)):
        total += a[i] * b[i]
    return total


def forward(inputs, weights, activation):
    known = {"relu": relu, "sigmoid": sigmoid}
    outputs = inputs
    for W in weights:
        outputs = matmul(outputs, W)
        if known.has_key(activation):
            outputs = known[activation](outputs)
        else:
            print "linear:", activation
    return outputs


def training_updates(samples, batch_size, epochs):
    return int(np.ceil(samples / float(batch_size))) * epochs
