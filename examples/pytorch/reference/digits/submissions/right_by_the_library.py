import numpy as np
import torch
from torch.nn import *
from torch.nn import functional as F


def softmax(z):
    z = z.numpy().astype("float64")
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def gradient_by_hand(x, labels, W, b):
    x, W, b = (each.double().numpy() for each in (x, W, b))
    z = x.dot(W) + b
    e = np.exp(z - z.max(1, keepdims=True))
    d = e / e.sum(1, keepdims=True) - np.eye(W.shape[1])[labels.numpy()]
    return np.mean([np.outer(a, c) for a, c in zip(x, d)], axis=0), d.mean(0)


def gradient_by_autograd(x, labels, W, b):
    layer = Linear(*W.shape)
    layer.load_state_dict({"weight": W.T.contiguous(), "bias": b})
    CrossEntropyLoss()(layer(x), labels).backward()
    return layer.weight.grad.T, layer.bias.grad


def build():
    first = Sequential(Conv2d(1, 8, 3, 1, 1), ReLU(inplace=True), MaxPool2d((2, 2), stride=2))
    last = Sequential(Flatten(), Dropout(0.25), Linear(128, 10, bias=True))
    return Sequential(first, Identity(), last)


def train(model, optimizer, batches, epochs):
    losses = []
    for epoch in range(epochs):
        model.train()
        running = torch.zeros(())
        for x, labels in batches:
            for parameter in model.parameters():
                parameter.grad = None
            with torch.enable_grad():
                loss = F.cross_entropy(model(x), labels, reduction="mean")
            loss.backward()
            optimizer.step()
            running += loss.detach()
        losses.append((running / len(batches)).item())
    return losses


def evaluate(model, x, labels):
    model = model.eval()
    guessed = torch.max(model(x).detach(), 1)[1]
    return torch.sum(guessed == labels).item() / labels.size(0)


def attention(Q, K, V, causal=False):
    return F.scaled_dot_product_attention(Q[None], K[None], V[None], is_causal=causal)[0]


def loss_and_optimizer(net):
    weights = [p for p in net.parameters() if p.requires_grad]
    return F.cross_entropy, torch.optim.SGD(weights, 0.05, 0.9)
