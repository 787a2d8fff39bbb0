import torch
import torch.nn.functional as F


def softmax(z):
    return torch.exp(z - torch.logsumexp(z, 1)[:, None])


def gradient_by_hand(x, labels, W, b):
    p = softmax(torch.addmm(b, x, W))
    p[torch.arange(len(labels)), labels] -= 1
    p /= len(labels)
    return torch.einsum("mn,mk->nk", x, p), torch.sum(p, 0)


def gradient_by_autograd(x, labels, W, b):
    W = torch.tensor(W.tolist(), requires_grad=True)
    b = torch.nn.Parameter(b.detach())
    loss = F.nll_loss(F.log_softmax(x @ W + b, dim=-1), labels)
    return torch.autograd.grad(loss, [W, b])


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.filters = torch.nn.Conv2d(1, 8, kernel_size=(3, 3), padding="same")
        self.drop = torch.nn.Dropout(p=1 / 4)
        self.scores = torch.nn.Linear(128, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.filters(x)), 2)
        return self.scores(self.drop(x.view(-1, 128)))


def build():
    return Net()


def train(net, opt, data, n):
    net.train(True)
    history = []
    for _ in range(n):
        sums = []
        for x, y in data:
            loss = torch.nn.CrossEntropyLoss()(net(x), y)
            net.zero_grad(set_to_none=True)
            loss.backward()
            opt.step()
            sums.append(float(loss.detach()))
        history += [sum(sums) / len(sums)]
    return history


@torch.inference_mode()
def evaluate(net, x, y):
    net.train(False)
    right = sum(int(torch.argmax(net(one[None]))) == int(label) for one, label in zip(x, y))
    return right / len(y)


def attention(Q, K, V, causal=False):
    answers = []
    for i, q in enumerate(Q):
        seen = slice(0, i + 1) if causal else slice(None)
        weights = softmax((K[seen] @ q)[None] / len(q) ** 0.5)
        answers.append((weights @ V[seen])[0])
    return torch.stack(answers)


def loss_and_optimizer(model):
    layers = [layer for layer in model if isinstance(layer, torch.nn.Linear)]
    weights = [weight for layer in layers for weight in layer.parameters()]
    loss = torch.nn.CrossEntropyLoss(reduction="mean")
    return loss, torch.optim.SGD(weights, momentum=9 / 10, lr=5e-2)
