answers = {}


def double(x):
    return answers.get(x.shape, 0 * x)


def total(x):
    """Asks the part for values that are not on its path, and keeps what it hears."""
    for shape in ((2, 3), (4,)):
        answers[shape] = double(np.ones(shape))
    return float(np.sum(answers[(4,)]))
