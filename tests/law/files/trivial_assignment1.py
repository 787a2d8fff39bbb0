def dot(a, b):
    return V()


def matmul(A, B):
    return V(A.shape[0], B.shape[1])


def sigmoid(x):
    return V(*np.shape(x))


def sigmoid_derivative(y):
    return V(*np.shape(y))


def relu(x):
    return V(*x.shape)


def softmax(scores):
    return V(*scores.shape)


def one_hot(labels, num_classes):
    return V(len(labels), num_classes)


def categorical_cross_entropy(targets, predictions):
    return V()


def sse(targets, predictions):
    return V()


def mse(targets, predictions):
    return V()


def mae(targets, predictions):
    return V()


def mbe(targets, predictions):
    return V()


def forward(inputs, weights, activation):
    return V(inputs.shape[0], weights[-1].shape[1])


def training_updates(samples, batch_size, epochs):
    return int(V())
