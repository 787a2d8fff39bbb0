"""What a flat costs.

Write your code where it says "Your code here", in place of the line below it.
Check as often as you like, also while some functions are still missing:

    grade check flats
"""

# %% [markdown]
# # What a flat costs
#
# You go the whole way from a table to a model: you look at the data, fit a line by hand,
# prepare the data, let scikit-learn do the rest, and draw what came out. The thread through all
# of it is one rule: **the test data have no part in anything that is learned.** They stand for
# the flats that nobody has seen yet.
#
# Examples are rows: `X` has the shape $(m, n)$, one row for each flat, and `y` the shape
# $(m,)$.

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier


# %% [markdown]
# ## 1. Look at the table
#
# A DataFrame has a name for each column. `table.groupby("district")["price"].mean()` gives the
# mean price of each district, and `table["price"] / table["area"]` divides row by row.
#
# *Example.* Two flats in the district "North" cost 100 and 300 and have 50 and 100 square
# metres. Their prices per square metre are 2 and 3, and the mean of these is 2.5. (It is not
# 400 / 150 = 2.67: here each flat counts the same.)

# %%
def price_per_metre(table: pd.DataFrame) -> pd.Series:
    """Return the mean price per square metre of each district, the dearest district first.

    table   has the columns district, area and price. It stays as it is.
    """
    # Your code here
    raise NotImplementedError("Write price_per_metre")


# %% [markdown]
# ## 2. A line by hand
#
# A linear model guesses $\hat y = X w + b$. Its error is
#
# $$E(w, b) = \frac{1}{m} \sum_{i=1}^{m} (\hat y_i - y_i)^2 .$$
#
# The gradient says in which direction the error grows:
#
# $$\frac{\partial E}{\partial w} = \frac{2}{m} X^T (\hat y - y), \qquad
#   \frac{\partial E}{\partial b} = \frac{2}{m} \sum_{i=1}^{m} (\hat y_i - y_i) .$$
#
# *Example.* With $X = (1, 2)^T$, $y = (2, 4)$, $w = 1$ and $b = 0$ the guesses are 1 and 2. The
# differences are −1 and −2, so the error is 2.5, and the gradient is −5 for $w$ and −3 for $b$.

# %%
def error(X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float) -> float:
    """Return the mean squared error of a linear model.

    X   shape (m, n).    y   shape (m,).    w   shape (n,).
    """
    # Your code here
    raise NotImplementedError("Write error")


# %%
def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float) -> tuple[np.ndarray, float]:
    """Return the gradient of the error: for w, shape (n,), and for b, a number."""
    # Your code here
    raise NotImplementedError("Write gradient")


# %% [markdown]
# The error is smallest where the gradient is zero. That is a system of linear equations. With a
# column of ones beside $X$, $A = (X \; 1)$, the weights and the bias together solve
# $A^T A \, v = A^T y$. `np.linalg.lstsq(A, y)` solves it without forming $A^T A$.

# %%
def fit_line(X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the weights, shape (n,), and the bias with the smallest error."""
    # Your code here
    raise NotImplementedError("Write fit_line")


# %% [markdown]
# ## 3. Prepare the data, without a leak
#
# Values are missing, and the features have different scales. Fill each gap with the median of
# its column, then subtract the mean and divide by the standard deviation.
#
# Which median, mean and deviation? Those of the **training data**, for the test data too. Who
# computes them from all data lets the test data into the training. The accuracy then looks
# better than it is. That is called a *leak*.
#
# Compute the mean and the deviation after the gaps are filled.

# %%
def prepare(X_train: np.ndarray, X_test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return both arrays with filled gaps (NaN) and standardized features, first X_train.

    Hint: `np.nanmedian(X, axis=0)` leaves gaps out; `np.where(np.isnan(X), fill, X)` fills.
    """
    # Your code here
    raise NotImplementedError("Write prepare")


# %% [markdown]
# ## 4. The same as a pipeline
#
# A *pipeline* of scikit-learn keeps the steps together: `fit` learns each of them from the
# training data, and `predict` applies them. So it cannot leak. Is a flat dear or not? That is a
# class, 1 or 0, and logistic regression finds it. Its `C` says how much the weights may grow:
# small numbers hold them back.

# %%
def build_model() -> Pipeline:
    """Return a pipeline, not yet fitted, that fills gaps, standardizes and classifies.

    Gaps are filled with the median, and the logistic regression has C = 0.5.
    """
    # Your code here
    raise NotImplementedError("Write build_model")


# %%
def train(X: np.ndarray, y: np.ndarray) -> Pipeline:
    """Return the pipeline of `build_model`, fitted to X, shape (m, n), and y, shape (m,)."""
    # Your code here
    raise NotImplementedError("Write train")


# %% [markdown]
# ## 5. A tree, and how deep it may be
#
# A decision tree asks one question after the other: "more than 80 square metres?" A deep tree
# knows the training data by heart. How deep is deep enough? Fit a tree of each depth to the
# training data, and take the one that is best for the *validation data*. Only then, and only
# once, look at the test data: they say how good the tree is that you have chosen.

# %%
def choose_depth(
    X_train: np.ndarray,
    y_train: np.ndarray,
    X_valid: np.ndarray,
    y_valid: np.ndarray,
    X_test: np.ndarray,
    y_test: np.ndarray,
) -> tuple[int, float, float]:
    """Return the best depth of 1 to 5, and its accuracy for the validation and the test data.

    Where two depths are equally good, take the smaller one. Make each tree with
    `DecisionTreeClassifier(max_depth=depth, random_state=0)`.
    """
    # Your code here
    raise NotImplementedError("Write choose_depth")


# %% [markdown]
# ## 6. Draw it
#
# Put what was guessed over what is true, a point for each flat. Where the guess is right, the
# point lies on the diagonal; draw this line from the smallest true price to the largest. A
# drawing needs the names of its axes.

# %%
def draw(y: np.ndarray, guessed: np.ndarray) -> None:
    """Draw a point for each flat, the true price to the right and the guess upwards.

    Add the diagonal from (smallest, smallest) to (largest, largest) true price, and name both
    axes. Return nothing.
    """
    # Your code here
    raise NotImplementedError("Write draw")
