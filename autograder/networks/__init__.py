"""A Keras model as plain data: what it is made of, what it computes, how it was compiled.

The grader's process never imports Keras. A model lives in a guest and is read through handles:

reading    what its layers say of themselves, in the order in which data passes them
proving    whether it computes that: weights and inputs are drawn here, set there, and the
           answers compared with `forward`, which computes the same network in NumPy
compiling  loss, metrics and optimizer, from one training step

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
