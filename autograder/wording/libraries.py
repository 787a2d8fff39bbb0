"""Advice on what libraries say: PyTorch, also where it meets NumPy's arrays, and Keras."""

from __future__ import annotations

from autograder.wording.advice import Advice

# Methods of PyTorch's tensors, and what does the same to a NumPy array.
_OF_A_TENSOR = {
    "unsqueeze": "a[..., np.newaxis] adds an axis",
    "view": "a.reshape(...) gives it another shape",
    "permute": "a.transpose(...) puts its axes in another order",
    "numel": "a.size is the number of its entries",
    "item": "float(a) makes a number of it",
    "detach": "it needs no detach()",
    "numpy": "it is one already",
    "cpu": "it needs no cpu()",
}
_ATTRIBUTE = ("AttributeError",)
_TYPE = ("TypeError",)
_VALUE = ("ValueError",)
_RUNTIME = ("RuntimeError",)

LIBRARIES: tuple[Advice, ...] = (
    # PyTorch.
    Advice(
        _ATTRIBUTE,
        rf"'numpy.ndarray' object has no attribute '({'|'.join(_OF_A_TENSOR)})'",
        lambda m: f"{m[1]} belongs to PyTorch. With a NumPy array, {_OF_A_TENSOR[m[1]]}",
    ),
    Advice(
        _TYPE,
        r"unexpected keyword argument '(?:dim|keepdim)'",
        "dim and keepdim are PyTorch's words. NumPy says axis and keepdims",
    ),
    Advice(
        _TYPE,
        r"must be Tensor, not numpy\.ndarray",
        "PyTorch's functions take tensors, and this is a NumPy array. NumPy has a function of "
        "its own for it",
    ),
    Advice(
        _TYPE,
        r"'int' object is not callable",
        "With NumPy, size is a number and no function. One size of the shape is a.shape[0]",
        line=r"\.size\(",
    ),
    Advice(
        _RUNTIME,
        r"mat1 and mat2 shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)",
        lambda m: (
            f"A matrix product needs the first one's columns to equal the second one's rows; "
            f"here they are {m[2]} and {m[3]}. Print both shapes: is one to be transposed "
            "(.T), or a layer's number of inputs to be another one?"
        ),
    ),
    Advice(
        _RUNTIME,
        r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)",
        lambda m: (
            f"Two tensors meet here, with {m[1]} and {m[2]} entries along one axis. Print both "
            "shapes; a sum or a maximum keeps its axis with keepdim=True"
        ),
    ),
    Advice(
        _RUNTIME,
        r"does not require grad and does not have a grad_fn",
        "Nothing in this loss asks for gradients. Call requires_grad_() on copies of the "
        "weights, and compute the loss from these",
    ),
    Advice(
        _TYPE,
        r"'torch\.return_types\.(\w+)'",
        lambda m: (
            f"{m[1]} along an axis gives two things, the values and their places. Take the "
            "first: .values"
        ),
    ),
    # Keras.
    Advice(
        _VALUE,
        r"incompatible with the layer|Invalid input shape|incompatible shape"
        r"|must have the same (rank|shape)",
        "The shapes in the message are what the model was built for, and what it gets here. Is "
        "something changed or left out on the way, or do two arguments stand in each other's "
        "place?",
    ),
    Advice(
        _VALUE,
        r"dtype='string' is not a valid dtype",
        "A text stands where Keras needs numbers. Was compile called without the names of its "
        "arguments? The third one is no metric: write metrics=[...]",
    ),
    Advice(
        _TYPE,
        r"^Sequential\.__init__\(\) takes from",
        "Sequential takes the layers as one list: put square brackets around them, "
        "keras.Sequential([...])",
    ),
    Advice(
        _VALUE,
        r"Cannot convert '(\d+)' to a shape",
        lambda m: f"A shape is a tuple, also where it has one number: ({m[1]},) with a comma",
    ),
    Advice(
        _VALUE,
        r"Could not interpret (activation|loss|optimizer|metric)\w*(?: function)? identifier: "
        r"(\S+)",
        lambda m: f"Keras knows no {m[1]} of the name {m[2]}. Check the spelling",
    ),
    # scikit-learn.
    Advice(
        _VALUE,
        r"contains NaN",
        "There are gaps (NaN) in the data. Fill them before this step",
    ),
)
