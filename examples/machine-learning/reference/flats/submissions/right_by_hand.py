import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier


def price_per_metre(t):
    t["per_metre"] = t["price"] / t["area"]
    groups = {}
    for district, value in zip(t["district"], t["per_metre"]):
        groups.setdefault(district, []).append(value)
    found = {d: sum(v) / len(v) for d, v in groups.items()}
    return pd.Series(dict(sorted(found.items(), key=lambda pair: -pair[1])))


def error(X, y, w, b):
    total = 0
    for x, truth in zip(X, y):
        total += (sum(wi * xi for wi, xi in zip(w, x)) + b - truth) ** 2
    return total / len(X)


def gradient(X, y, w, b):
    dw, db = [0.0] * len(w), 0.0
    for x, truth in zip(X, y):
        d = float(np.dot(w, x)) + b - truth
        db += 2 * d / len(y)
        for j in range(len(w)):
            dw[j] += 2 * d * x[j] / len(y)
    return np.array(dw), db


def fit_line(X, y):
    middle, mean = X.mean(axis=0), y.mean()
    w = np.linalg.pinv(X - middle) @ (y - mean)
    return w, mean - middle @ w


def prepare(train, test):
    train, test = train.copy(), test.copy()
    for j in range(train.shape[1]):
        known = sorted(v for v in train[:, j] if v == v)
        k = len(known)
        fill = known[k // 2] if k % 2 else (known[k // 2 - 1] + known[k // 2]) / 2
        for part in (train, test):
            part[np.isnan(part[:, j]), j] = fill
        mean = sum(train[:, j]) / len(train)
        deviation = np.sqrt(sum((train[:, j] - mean) ** 2) / len(train))
        for part in (train, test):
            part[:, j] = (part[:, j] - mean) / deviation
    return train, test


def build_model():
    return Pipeline(
        steps=[
            ("gaps", SimpleImputer(strategy="median")),
            ("scale", StandardScaler()),
            ("classify", LogisticRegression(C=1 / 2, max_iter=1000, random_state=0)),
        ]
    )


def train(X, y):
    model = build_model()
    model.fit(X, y)
    return model


def choose_depth(X_train, y_train, X_valid, y_valid, X_test, y_test):
    trees = [
        DecisionTreeClassifier(max_depth=d, random_state=0).fit(X_train, y_train)
        for d in range(1, 6)
    ]
    scores = [np.mean(tree.predict(X_valid) == y_valid) for tree in trees]
    k = int(np.argmax(scores))
    return k + 1, scores[k], np.mean(trees[k].predict(X_test) == y_test)


def draw(y, guessed):
    figure, axes = plt.subplots()
    for a, b in zip(y, guessed):
        axes.plot([a], [b])
    axes.clear()
    axes.scatter(y, guessed, s=4, c="green")
    low, high = sorted(y)[0], sorted(y)[-1]
    axes.plot((low, high), (low, high), "k--")
    axes.set(xlabel="what it costs", ylabel="what was guessed", title="Flats")
    return figure
