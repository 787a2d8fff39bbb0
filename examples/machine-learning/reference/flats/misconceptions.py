"""Well-known mistakes in flats, and what a good teacher says of each."""

from autograder.authoring import misconception, mistake

# A table


@misconception(
    "You divided the sum of the prices by the sum of the areas, so large flats count more. "
    "Divide row by row first, then take the mean."
)
def price_per_metre__of_sums(table):
    sums = table.groupby("district")[["price", "area"]].sum()
    return (sums["price"] / sums["area"]).sort_values(ascending=False)


mistake("price_per_metre", "cheapest_first", {"ascending=False": "ascending=True"}).say(
    "You put the cheapest district first. sort_values(ascending=False) begins with the dearest."
)
mistake("price_per_metre", "by_name", {".sort_values(ascending=False)": ""}).say(
    "The districts are in the order of their names. Sort by the price, the dearest first."
)
mistake("price_per_metre", "metres_per_price", {
    'table["price"] / table["area"]': 'table["area"] / table["price"]'
}).say("You divided the area by the price. The price per square metre is price / area.")  # fmt: skip
mistake("price_per_metre", "median", {".mean()": ".median()"}).say(
    "That is the median of each district. The task asks for the mean."
)
mistake("price_per_metre", "price_alone", {' / table["area"]': ""}).say(
    "That is the mean price of a flat. Divide each price by its area first."
)

# A line

mistake("error", "half", {"float(": "0.5 * float("}).say(
    "You halved the error. The formula has the factor 1/m, and no 1/2."
)
mistake("error", "sum", {"np.mean": "np.sum"}).say(
    "You added the squares up. Divide by the number of examples: np.mean."
)
mistake(
    "error", "absolute", {"np.mean((X @ w + b - y) ** 2)": "np.mean(np.abs(X @ w + b - y))"}
).say("You took the absolute differences. The error is the mean of their squares.")
mistake("error", "root", {"float(": "np.sqrt("}).say(
    "You took the root at the end. That is another measure; leave the root out."
)
mistake("error", "no_bias", {"X @ w + b": "X @ w"}).say(
    "Your model has no bias. The guess is X @ w + b."
)
mistake("gradient", "no_two", {"2 / len(y)": "1 / len(y)", "2 * np.mean": "np.mean"}).say(
    "The factor 2 is missing: the derivative of a square is twice what stands in it."
)
mistake("gradient", "turned", {"X @ w + b - y": "y - X @ w - b"}).say(
    "Your gradient has the wrong sign: it is guess minus truth, X @ w + b - y."
)
mistake(
    "gradient", "no_mean", {"2 / len(y) * X.T": "2 * X.T", "2 * np.mean": "2 * np.sum"}
).say("You added up over the examples. Divide by their number m.")
mistake("gradient", "of_features", {"2 / len(y)": "2 / X.shape[1]"}).say(
    "You divided by the number of features. m is the number of examples: len(y)."
)
mistake("gradient", "db_of_sum", {"2 * np.mean": "2 * np.sum"}).say(
    "The part for b is a sum. It is a mean as well: divide by the number of examples."
)
mistake("fit_line", "no_bias", {"np.ones(len(X))": "np.zeros(len(X))"}).say(
    "Your line goes through the origin, since it has no bias. Add a column of ones to X."
)
mistake("fit_line", "penalty", {
    "v, *_ = np.linalg.lstsq(A, y, rcond=None)":
    "v = np.linalg.solve(A.T @ A + np.eye(A.shape[1]), A.T @ y)"
}).say("You added a penalty to the weights: that is ridge regression. Here nothing holds them back.")  # fmt: skip
mistake("fit_line", "bias_first", {"np.column_stack([X, np.ones(len(X))])":
                                   "np.column_stack([np.ones(len(X)), X])"}).say(
    "Your column of ones comes first, so the first number of the solution is the bias, and not "
    "the last one."
)  # fmt: skip

# Leaks

mistake("prepare", "mean_of_all", {
    "X_train.mean(axis=0), X_train.std(axis=0)":
    "(A := np.concatenate([X_train, X_test])).mean(axis=0), A.std(axis=0)"
}).say(
    "Mean and deviation come from all data, so the test data leak into the training. Take "
    "those of X_train, for X_test too."
)  # fmt: skip
mistake("prepare", "median_of_all", {
    "np.nanmedian(X_train, axis=0)": "np.nanmedian(np.concatenate([X_train, X_test]), axis=0)"
}).say(
    "The median that fills the gaps comes from all data: a leak. Take the median of X_train, "
    "for X_test too."
)  # fmt: skip
mistake("prepare", "each_its_own", {
    "(X_test - mean) / deviation": "(X_test - X_test.mean(axis=0)) / X_test.std(axis=0)"
}).say(
    "You standardized the test data with their own mean and deviation. The model was made for "
    "the scale of the training data: use its numbers for both."
)  # fmt: skip
mistake("prepare", "own_median", {
    "np.where(np.isnan(X_test), fill, X_test)":
    "np.where(np.isnan(X_test), np.nanmedian(X_test, axis=0), X_test)"
}).say("You filled the gaps of the test data with their own median. Use that of X_train.")  # fmt: skip
mistake("prepare", "filled_with_zeros", {"np.nanmedian(X_train, axis=0)": "0.0"}).say(
    "You filled the gaps with 0. Fill them with the median of the column."
)
mistake("prepare", "filled_with_means", {"np.nanmedian": "np.nanmean"}).say(
    "You filled the gaps with the mean. The task asks for the median: one palace does not move "
    "it."
)
mistake(
    "prepare", "one_for_all", {"np.nanmedian(X_train, axis=0)": "np.nanmedian(X_train)"}
).say("You took one median for all columns. Each column has its own: axis=0.")
mistake("prepare", "before_filling", {
    "X_train.mean(axis=0), X_train.std(axis=0)": "M, D",
    "    X_train = np.where": "    M, D = np.nanmean(X_train, axis=0), np.nanstd(X_train, axis=0)\n"
                              "    X_train = np.where",
}).say("You took mean and deviation before the gaps were filled. Fill them first.")  # fmt: skip
mistake("prepare", "variance", {"X_train.std": "X_train.var"}).say(
    "You divided by the variance. Divide by the standard deviation, its root."
)

# Models

mistake("build_model", "no_scaling", {"StandardScaler(), ": ""}).say(
    "The pipeline does not standardize. C holds back all weights alike, so the features need "
    "one scale: put StandardScaler() before the model."
)
mistake("build_model", "mean", {'strategy="median"': ""}).say(
    'SimpleImputer fills with the mean by default. Say strategy="median".'
)
mistake("build_model", "default_c", {"C=0.5": ""}).say(
    "The logistic regression has its default C = 1. Say C=0.5."
)
mistake("build_model", "c_turned", {"C=0.5": "C=2.0"}).say(
    "C is the inverse of the strength of the penalty, so do not turn it around: C=0.5."
)
mistake("build_model", "scaled_before_filling", {
    'SimpleImputer(strategy="median"), StandardScaler()':
    'StandardScaler(), SimpleImputer(strategy="median")'
}).say("You standardize before the gaps are filled. Fill them first.")  # fmt: skip
mistake("train", "half", {"fit(X, y)": "fit(X[::2], y[::2])"}).say(
    "You fitted to a part of the data that you were given. Split before you call train, not in "
    "it."
)
mistake("train", "another_pipeline", {"build_model()": "make_pipeline(SimpleImputer(), "
        "StandardScaler(), LogisticRegression())"}).say(
    "You made another pipeline, with other settings. Fit that of build_model()."
)  # fmt: skip
mistake("choose_depth", "by_the_test_data", {
    "grown.score(X_valid, y_valid)": "grown.score(X_test, y_test)"
}).say(
    "You chose the depth by the test data: a leak. Choose by the validation data, and look at "
    "the test data once, at the end."
)  # fmt: skip
mistake("choose_depth", "by_the_training_data", {
    "grown.score(X_valid, y_valid)": "grown.score(X_train, y_train)"
}).say(
    "You chose the depth by the training data, so the deepest tree wins: it knows them by "
    "heart. Choose by the validation data."
)  # fmt: skip
mistake("choose_depth", "the_deeper_one", {"accuracy > best": "accuracy >= best"}).say(
    "Of two depths that are equally good you took the larger one. Write > in place of >=."
)
mistake("choose_depth", "training_accuracy", {
    "float(best)": "float(tree.score(X_train, y_train))"
}).say(
    "The second number is the accuracy for the training data. Return the one for the "
    "validation data, by which you chose."
)  # fmt: skip
mistake("choose_depth", "fitted_to_all", {
    "fit(X_train, y_train)":
    "fit(np.concatenate([X_train, X_valid]), np.concatenate([y_train, y_valid]))"
}).say(
    "You fitted the trees to the validation data too, so these tell nothing any more. Fit to "
    "the training data alone."
)  # fmt: skip

# A drawing

mistake("draw", "axes_turned", {"plt.scatter(y, guessed)": "plt.scatter(guessed, y)"}).say(
    "You exchanged the axes. The true price goes to the right, and the guess upwards."
)
mistake("draw", "no_diagonal", {"plt.plot(ends, ends)": "pass"}).say(
    "The diagonal is missing. Draw a line through (smallest, smallest) and (largest, largest)."
)
mistake(
    "draw",
    "no_names",
    {'plt.xlabel("true price")': "pass", 'plt.ylabel("guessed price")': "pass"},
).say("The axes have no names. Use plt.xlabel and plt.ylabel.")
mistake("draw", "of_the_guesses", {"[min(y), max(y)]": "[min(guessed), max(guessed)]"}).say(
    "Your diagonal goes from the smallest guess to the largest. Take the smallest and the "
    "largest true price."
)
mistake("draw", "joined", {"plt.scatter(y, guessed)": "plt.plot(y, guessed)"}).say(
    "You joined the points with a line. plt.scatter draws a point for each flat."
)
