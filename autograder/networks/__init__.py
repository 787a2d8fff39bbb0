"""A Keras or PyTorch model as plain data: what it is made of, and what it computes.

The grader's process imports neither. A model lives in a guest and is read through handles:

keras      what a Keras model's layers say of themselves, in the order in which data passes them
pytorch    the same of a PyTorch module
proving    whether it computes that: weights and inputs are drawn here, set there, and the
           answers compared with `forward`, which computes the same network in NumPy
compiling  a Keras model's loss, metrics and optimizer, from one training step

So nothing that an object says of itself counts by itself.
"""

from autograder.networks.compiling import OTHER_ACCURACY, curves, training
from autograder.networks.nouns import OWN_FUNCTION, UNKNOWN, Layer, Network, Sample, Training
from autograder.networks.proving import network

__all__ = [
    "OTHER_ACCURACY",
    "OWN_FUNCTION",
    "UNKNOWN",
    "Layer",
    "Network",
    "Sample",
    "Training",
    "curves",
    "network",
    "training",
]
