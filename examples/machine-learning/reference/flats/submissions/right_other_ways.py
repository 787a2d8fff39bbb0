import numpy as np
import matplotlib.pyplot as plt
import pandas as pd
from sklearn.base import clone
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, PredefinedSplit
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier


def price_per_metre(table):
    means = table.groupby("district").apply(
        lambda group: (group["price"] / group["area"]).mean(), include_groups=False
    )
    return means.iloc[means.to_numpy().argsort()[::-1]]


def error(X, y, w, b):
    d = y - (b + X.dot(w))
    return d @ d / d.size


def gradient(X, y, w, b):
    d = (X * w).sum(axis=1) + b - y
    return np.mean(2 * d[:, None] * X, axis=0), np.average(2 * d)


def fit_line(X, y):
    A = np.c_[np.ones(len(X)), X]
    Q, R = np.linalg.qr(A)
    b, *w = np.linalg.solve(R, Q.T @ y)
    return np.array(w), b


def prepare(X_train, X_test):
    frame = pd.DataFrame(X_train)
    medians = frame.median()
    frame, other = frame.fillna(medians), pd.DataFrame(X_test).fillna(medians)
    mean, deviation = frame.mean(), frame.std(ddof=0)
    return ((frame - mean) / deviation).values, ((other - mean) / deviation).to_numpy()


class Scaler(StandardScaler):
    """A name of our own."""


def build_model():
    return Pipeline(
        [
            ("a", SimpleImputer(strategy="median")),
            ("b", Scaler()),
            ("c", clone(LogisticRegression(solver="newton-cholesky", tol=1e-8)).set_params(C=0.5)),
        ],
        memory=None,
    )


def train(X, y):
    fill = SimpleImputer(strategy="median").fit(X)
    scale = StandardScaler().fit(fill.transform(X))
    model = LogisticRegression(C=0.5).fit(scale.transform(fill.transform(X)), y)
    return Pipeline([("fill", fill), ("scale", scale), ("model", model)])


def choose_depth(X_train, y_train, X_valid, y_valid, X_test, y_test):
    fold = PredefinedSplit([-1] * len(X_train) + [0] * len(X_valid))
    search = GridSearchCV(
        DecisionTreeClassifier(random_state=0), {"max_depth": [1, 2, 3, 4, 5]}, cv=fold, refit=False
    ).fit(np.concatenate([X_train, X_valid]), np.concatenate([y_train, y_valid]))
    best = DecisionTreeClassifier(**search.best_params_, random_state=0).fit(X_train, y_train)
    return best.get_depth() and best.max_depth, search.best_score_, best.score(X_test, y_test)


def draw(y, guessed):
    plt.plot([np.min(y), np.max(y)], [np.min(y), np.max(y)], color="red", label="right")
    plt.scatter(x=y, y=guessed, label="flats")
    plt.legend()
    plt.xlabel("True")
    plt.ylabel("Guessed")
    plt.show()
