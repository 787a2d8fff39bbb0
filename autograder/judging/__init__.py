"""Judge what came back: structure, shape, finite, value; gradients; diagnosis."""
