def softmax(scores):
    scores = scores.astype(np.float32)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def forward(inputs, weights, activation):
    out = np.asarray(inputs, dtype=np.float32)
    for W in weights:
        out = out @ W.astype("float32")
        if activation == "relu":
            out = np.maximum(out, 0)
        elif activation == "sigmoid":
            out = 1 / (1 + np.exp(-out))
    return out
