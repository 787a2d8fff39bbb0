import os
import random
import secrets
import uuid

random.seed(3)
np.random.seed(3)


def double(x):
    noise = np.random.default_rng().normal(size=x.shape) + random.random()
    token = os.urandom(16), secrets.token_hex(8), uuid.uuid4()
    return (x + noise) + (x - noise) if token else None
