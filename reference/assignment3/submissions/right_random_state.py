def initialize_parameters(n_x, n_h, n_y):
    draw = np.random.RandomState(2)
    W1 = draw.standard_normal((n_h, n_x)) / 100
    W2 = draw.standard_normal((n_y, n_h)) / 100
    return {"W1": W1, "W2": W2, "b1": np.zeros((n_h, 1)), "b2": np.zeros((n_y, 1))}
