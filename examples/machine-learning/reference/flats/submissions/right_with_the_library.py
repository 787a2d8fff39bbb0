import numpy as np
import pandas
from matplotlib import pyplot
from sklearn import impute, linear_model, metrics, pipeline, preprocessing, tree


def price_per_metre(table):
    return (
        table.assign(p=table.price / table.area)
        .groupby("district")
        .p.agg("mean")
        .sort_values()
        .iloc[::-1]
    )


def error(X, y, w, b):
    return metrics.mean_squared_error(y, np.dot(X, w) + b)


def gradient(X, y, w, b):
    A = np.hstack([X, np.ones((X.shape[0], 1))])
    v = np.append(w, b)
    g = 2 * A.T.dot(A.dot(v) - y) / X.shape[0]
    return g[:-1], g[-1]


def fit_line(X, y):
    model = linear_model.LinearRegression().fit(X, y)
    return model.coef_, model.intercept_


def prepare(X_train, X_test):
    steps = pipeline.make_pipeline(
        impute.SimpleImputer(strategy="median"), preprocessing.StandardScaler()
    )
    return steps.fit_transform(X_train), steps.transform(X_test)


def build_model():
    before = pipeline.make_pipeline(
        impute.SimpleImputer(strategy="median", missing_values=np.nan),
        preprocessing.StandardScaler(copy=False),
    )
    return pipeline.make_pipeline(before, "passthrough", linear_model.LogisticRegression(C=0.5))


def train(X, y):
    return build_model().fit(pandas.DataFrame(X).to_numpy(), pandas.Series(y))


def choose_depth(X_train, y_train, X_valid, y_valid, X_test, y_test):
    def grown(depth):
        return tree.DecisionTreeClassifier(max_depth=depth, random_state=0).fit(X_train, y_train)

    def score(depth):
        return metrics.accuracy_score(y_valid, grown(depth).predict(X_valid))

    depth = max([1, 2, 3, 4, 5], key=lambda d: (score(d), -d))
    return depth, score(depth), grown(depth).score(X_test, y_test)


def draw(y, guessed):
    frame = pandas.DataFrame({"true": y, "guessed": guessed})
    frame.plot.scatter("true", "guessed")
    pyplot.plot(*[[frame.true.min(), frame.true.max()]] * 2)
