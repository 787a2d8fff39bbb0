def double(x):
    return np.ma.masked_array(0 * x, mask=np.ones(x.shape, bool))
