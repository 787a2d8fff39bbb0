import torch
from torch import nn


def softmax(z):
    return torch.exp(z) / torch.exp(z).sum(dim=1, keepdim=True)


def build():
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Dropout(0.25),
        nn.Linear(128, 10),
        nn.Softmax(dim=1),
    )


def train(model, optimizer, batches, epochs):
    model.train()
    losses = []
    for _ in range(epochs):
        total = 0.0
        for x, labels in batches:
            loss = nn.functional.cross_entropy(model(x), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(batches))
    return losses


def evaluate(model, x, labels):
    with torch.no_grad():
        return (model(x).argmax(dim=1) == labels).float().mean().item()
