import math

import torch
from torch import nn


def softmax(z):
    rows = []
    for row in z:
        row = row.double() - row.max()
        rows.append(row.exp() / row.exp().sum())
    return torch.stack(rows).float()


def gradient_by_hand(x, labels, W, b):
    Y = torch.zeros(len(x), len(b)).scatter_(1, labels.unsqueeze(1), 1.0)
    d = (softmax(x.matmul(W).add(b)) - Y).div(x.shape[0])
    return x.t().mm(d), d.sum(dim=0, keepdim=False)


def gradient_by_autograd(x, labels, W, b):
    W.requires_grad = True
    b.requires_grad = True
    z = x @ W + b
    right = z[range(len(z)), labels]
    loss = (torch.logsumexp(z, dim=1) - right).mean()
    loss.backward()
    return W.grad.clone(), b.grad.clone()


class Network(nn.Module):
    def __init__(self):
        super(Network, self).__init__()
        self.convolution = nn.Conv2d(1, 8, 3, padding=1)
        self.rest = nn.ModuleList([nn.Dropout(0.25), nn.Linear(128, 10)])

    def forward(self, images):
        images = self.convolution(images).relu()
        images = nn.MaxPool2d(2)(images).flatten(1)
        for layer in self.rest:
            images = layer(images)
        return images


build = Network


def train(model, optimizer, batches, epochs):
    model.train()
    optimizer.zero_grad()

    def one(x, labels):
        def closure():
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x), labels)
            loss.backward()
            return loss

        return optimizer.step(closure).item()

    return [sum(one(*batch) for batch in batches) / len(batches) for _ in range(epochs)]


def evaluate(model, x, labels):
    model.eval()
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    share = (model(x).topk(1).indices.squeeze(1) == labels).double().mean()
    torch.set_grad_enabled(before)
    return share.numpy()


def attention(Q, K, V, causal=False):
    t, d = Q.size()
    scores = torch.matmul(Q, K.transpose(0, 1)).mul(1 / math.sqrt(d))
    if causal:
        scores = scores + torch.full((t, t), float("-inf")).triu(1)
    return torch.softmax(scores, -1).matmul(V)


def loss_and_optimizer(model):
    def loss(scores, labels):
        return (scores.logsumexp(1) - scores[range(len(labels)), labels]).mean()

    return loss, torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, dampening=0)
