"""The fair comparison: what is the same, what is nearly right, and what is said of it."""

from __future__ import annotations

import copy
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.judging.closeness import same
from autograder.judging.compare import FACTOR_CREDIT, SHAPE_SLIP_CREDIT, compare
from autograder.judging.outcome import Block
from autograder.judging.words import number, shown, spoken

W = np.array([[0.3, -1.2, 0.7], [2.0, 0.1, -0.4]])
COLUMN = np.array([[0.5], [-1.5], [2.5]])

numbers = st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-6)
arrays = hnp.arrays(float, hnp.array_shapes(max_dims=3, max_side=5), elements=numbers)


def one(expected: Any, actual: Any, **options: Any) -> Block:
    """The only block of a comparison."""
    (block,) = compare(expected, actual, **options)
    return block


class TestRight:
    """Right answers in unusual forms earn everything."""

    @given(arrays)
    def test_an_array_equals_itself(self, array: np.ndarray) -> None:
        """Any finite array is close to its own copy."""
        assert one(array, array.copy()).credit == 1

    def test_the_same_in_every_bit(self) -> None:
        """Each leaf earns everything, without a remark, also where nothing more may come."""
        answer = {
            "W": W,
            "many": (np.array([1, 2]), np.array([np.nan, np.inf]), -0.0, 3, True, "a", None),
            "classes": ["cat", "dog"],
        }
        for exact in (False, True):
            blocks = compare(answer, copy.deepcopy(answer), exact=exact)
            assert [block.where for block in blocks][:2] == ["W", "the first value in many"]
            assert [(block.credit, block.remark) for block in blocks] == [(1.0, "")] * 10

    @given(arrays, st.integers(0, 2**32 - 1))
    def test_rounding_is_forgiven(self, array: np.ndarray, seed: int) -> None:
        """Differences of 1e-9, relative to the whole array, are the order of operations."""
        noise = np.random.default_rng(seed).uniform(-1, 1, array.shape)
        size = np.linalg.norm(array) / math.sqrt(array.size)
        assert one(array, array + 1e-9 * size * noise).credit == 1

    @pytest.mark.parametrize("actual", [0.25, np.float64(0.25), np.array(0.25)])
    def test_numbers_are_numbers(self, actual: Any) -> None:
        """Python floats, NumPy scalars and 0-d arrays are one thing, silently."""
        block = one(0.25, actual)
        assert (block.credit, block.remark) == (1, "")

    @pytest.mark.parametrize("actual", [np.array([[0.25]]), np.array([0.25])])
    def test_a_number_in_an_array_passes_with_a_remark(self, actual: Any) -> None:
        """A cost of shape (1, 1) is the number in it."""
        block = one(0.25, actual)
        assert block.credit == 1
        assert f"An array of shape {actual.shape} came back" in block.remark

    @pytest.mark.parametrize("kind", [bool, int, float, np.uint8])
    def test_classes_of_any_type(self, kind: type) -> None:
        """True, 1 and 1.0 are one class."""
        wanted = np.array([[True, False, True]])
        assert one(wanted, wanted.astype(kind)).credit == 1

    def test_single_precision_passes_with_a_remark(self) -> None:
        """float32 keeps seven digits, which is no mistake."""
        block = one(W, W.astype(np.float32) * np.float32(1 + 1e-5))
        assert block.credit == 1
        assert "float32" in block.remark

    def test_a_list_for_a_tuple_and_more_values_than_needed(self) -> None:
        """Containers are forgiven, and what is too much is left out."""
        blocks = compare((W, 1.0), [W, 1.0, "debug"])
        assert [block.credit for block in blocks] == [1, 1]
        assert "3 values came back; the first 2 were taken." in blocks[0].remark

    def test_extra_keys_and_lower_case_keys(self) -> None:
        """A dictionary may hold more, and `w1` is W1 with a remark."""
        (block,) = compare({"W1": W}, {"w1": W, "extra": 3})
        assert block.credit == 1
        assert "'W1' is written 'w1'" in block.remark

    def test_more_keys_are_remarked(self) -> None:
        """More than was asked for earns, and is said."""
        (block,) = compare({"W1": W}, {"W1": W, "extra": 3})
        assert (block.credit, block.remark) == (
            1, "There are more keys than asked for: 'extra'."
        )  # fmt: skip

    def test_a_dictionary_around_the_answer(self) -> None:
        """A dictionary of parameters and costs holds one thing that can be meant."""
        (block,) = compare({"W1": W}, {"parameters": {"W1": W}, "costs": [0.7, 0.6]})
        assert block.credit == 1
        assert "what it holds under 'parameters' was taken" in block.remark
        (block,) = compare(0.5, {"cost": 0.5})
        assert block.credit == 1
        blocks = compare((W, {"Z": W}), {"A2": W, "cache": {"Z": W}})
        assert [block.credit for block in blocks] == [1, 1]

    def test_two_dictionaries_that_may_be_meant(self) -> None:
        """Where two fit, none is taken."""
        (block,) = compare({"W1": W}, {"first": {"W1": W}, "last": {"W1": W + 1}})
        assert block.credit == 0

    def test_a_dictionary_behind_its_history(self) -> None:
        """Returning (costs, parameters) is taken for what it is."""
        (block,) = compare({"W1": W}, ([0.7, 0.6], {"W1": W}))
        assert block.credit == 1
        assert "the second one was taken" in block.remark

    def test_a_tuple_for_an_array(self) -> None:
        """A tuple of the right numbers is an array, as a list of them is."""
        block = one(np.array([615440, 628000, 8010]), (615440, 628000, 8010))
        assert (block.credit, block.message) == (1, "")

    def test_a_value_with_its_history(self) -> None:
        """Returning (parameters, costs) for parameters is taken for what it is."""
        (block,) = compare({"W1": W}, ({"W1": W}, [0.7, 0.6]))
        assert block.credit == 1
        assert "the first one was taken" in block.remark

    def test_zeros_may_carry_rounding(self) -> None:
        """An expected zero array forgives 1e-17, and nothing that counts."""
        assert one(np.zeros(3), np.full(3, 1e-17)).credit == 1
        assert one(np.zeros(3), np.full(3, 1e-9)).credit == 0


class TestWrong:
    """Wrong answers never pass, and the message shows what is wrong."""

    def test_a_longer_list_is_another_answer(self) -> None:
        """Two more items in a list of text, or in one of arrays, are not what was asked for."""
        for wanted in (["one", "two"], [W, np.ones(3)]):
            for block in compare(wanted, [*wanted, wanted[0]]):
                assert block.credit == 0
                assert block.message == "3 values came back; 2 are needed."

    def test_exact_checks_take_no_more(self) -> None:
        """Where the check says so, more keys or values make another answer."""
        assert compare({"W1": W}, {"W1": W, "extra": 3}, exact=True)[0].credit == 0
        assert compare((W, 1.0), (W, 1.0, 2.0), exact=True)[0].credit == 0
        assert compare({"W1": W}, ({"W1": W}, []), exact=True)[0].credit == 0
        assert compare({"W1": W}, {"W1": W}, exact=True)[0].credit == 1

    def test_double_precision_is_held_to_its_own_tolerance(self) -> None:
        """1e-5 off is float32's rounding in an array of float32, and a mistake in any other."""
        assert one(W, W * (1 + 1e-5)).credit < 1
        assert one(W, (W * (1 + 1e-5)).astype(np.float16)).credit < 1
        assert one(W.astype(np.float32), W * (1 + 1e-5)).credit == 1

    def test_a_single_number_in_single_precision_is_held_tighter(self) -> None:
        """A cost in float32 is off by less than 1e-5; 3e-5 too much is another cost."""
        assert one(0.7, np.float32(0.7 * (1 + 1e-5))).credit == 1
        assert one(0.7, np.float32(0.7 * (1 + 3e-5))).credit < 1
        assert one(0.7, np.array([[0.7 * (1 + 3e-5)]], np.float32)).credit < 1

    @given(arrays.filter(lambda a: np.linalg.norm(a) > 1e-3), st.integers(0, 2**32 - 1))
    def test_a_thousandth_is_seen(self, array: np.ndarray, seed: int) -> None:
        """A relative difference of 1e-3 somewhere in an array is a mistake."""
        wrong = array.copy()
        index = np.unravel_index(seed % array.size, array.shape)
        wrong[index] += 1e-3 * np.linalg.norm(array)
        assert one(array, wrong).credit < 1

    def test_broadcasting_does_not_hide_a_shape(self) -> None:
        """(3,) for (3, 1) is no match, however equal the numbers look."""
        block = one(COLUMN, COLUMN.ravel())
        assert block.credit == SHAPE_SLIP_CREDIT
        assert "shape (3,); (3, 1) is needed" in block.message
        assert block.evidence is not None
        assert (block.evidence.expected, block.evidence.actual) == (
            "shape (3, 1)",
            "shape (3,)",
        )

    def test_transposed(self) -> None:
        """The right numbers, transposed, earn a part and hear why."""
        block = one(W, W.T)
        assert block.credit == SHAPE_SLIP_CREDIT
        assert "transposed" in block.message

    def test_everything_with_everything(self) -> None:
        """A row minus a column is m by m, which has its own message."""
        block = one(COLUMN, COLUMN - COLUMN.T)
        assert block.credit == 0
        assert "broadcasting" in block.message

    @pytest.mark.parametrize(
        ("factor", "words"),
        [
            (-1.0, "sign"),
            (2.0, "twice"),
            (0.5, "half"),
            (1 / math.log(2), "base-2"),
            (1 / math.log(10), "base-10"),
            (7.0, "7 times too large, and 7 is the number of columns of X"),
            (1 / 7, "7 times too small, and 7 is the number of columns of X"),
        ],
    )
    def test_a_well_known_factor(self, factor: float, words: str) -> None:
        """An answer that is off by one telling factor earns a part and hears which."""
        sizes = {"the number of columns of X": 7}
        for wanted in (W, np.float64(0.83)):
            block = one(wanted, wanted * factor, sizes=sizes)
            assert block.credit == FACTOR_CREDIT
            assert words in block.message

    def test_any_other_factor_is_said_and_earns_nothing(self) -> None:
        """A factor that tells nothing is still worth saying."""
        block = one(W, W * 100)
        assert block.credit == 0
        assert "every entry is 100 times" in block.message

    def test_a_number_may_not_be_explained_by_any_factor(self) -> None:
        """Every number is some factor of another one: only telling factors count."""
        assert one(0.83, 0.41).message == "The answer is 0.41; 0.83 is right."

    def test_nan_and_inf_are_counted(self) -> None:
        """Values that are no numbers have their own message, and equal nothing."""
        wrong = W.copy()
        wrong[0, 0], wrong[1, 1] = np.nan, np.inf
        block = one(W, wrong)
        assert block.credit == 0
        assert "1 nan and 1 infinite among 6 values" in block.message

    def test_the_worst_entry_is_shown(self) -> None:
        """Other values: the entry that is farthest off, with both numbers."""
        wrong = W.copy()
        wrong[1, 0] = 5.0
        assert "at [1, 0] it is 5 where 2 is right" in one(W, wrong).message

    def test_wrong_classes_are_counted(self) -> None:
        """Predictions are counted, not measured."""
        wanted = np.array([[True, False, True]])
        assert "1 of 3 entries" in one(wanted, np.array([[1, 1, 1]])).message

    @pytest.mark.parametrize(
        ("actual", "words"),
        [
            (None, "The answer is None; an array of shape (2, 3) is needed."),
            ("W", "the text 'W'"),
            ({"W": 1}, "a dictionary"),
            ((), "a tuple of 0 values"),
            ([[1, 2], [3]], "a list of 2 values"),
            (2**80, "the number"),
        ],
    )
    def test_other_types(self, actual: Any, words: str) -> None:
        """What is no array is named for what it is."""
        block = one(W, actual)
        assert block.credit == 0
        assert words in block.message

    def test_a_missing_key_costs_its_own_part(self) -> None:
        """Blocks are judged one by one; a missing key names those that are there."""
        first, second = compare({"dW1": W, "db1": COLUMN}, {"dW1": W})
        assert (first.credit, second.credit) == (1, 0)
        assert "The key 'db1' is missing" in second.message
        assert "it has 'dW1'" in second.message

    def test_too_few_values(self) -> None:
        """What is there is judged; what is not there is counted."""
        blocks = compare((1.0, {"a": 2.0, "b": 3.0}), (1.0,))
        assert [block.credit for block in blocks] == [1, 0, 0]
        assert "1 value came back; 2 are needed." in blocks[1].message

    def test_where_it_is(self) -> None:
        """A nested value is named as a person would."""
        blocks = compare((W, {"Z1": W}), (W, {"Z1": W + 1}))
        assert blocks[1].where == "Z1 in the second value"
        assert blocks[1].message.startswith("Z1 in the second value has the right shape")

    def test_huge_values_do_not_overflow(self) -> None:
        """The norm of 1e300 is computed without infinity."""
        huge = np.full(4, 1e300)
        assert one(huge, huge * (1 + 1e-9)).credit == 1
        assert one(huge, huge * 1.1).credit == 0


class TestSame:
    """Recognising an answer: equal, NaN included."""

    @given(arrays)
    def test_reflexive(self, array: np.ndarray) -> None:
        """An answer is the same as itself, whatever is in it."""
        array.flat[0] = np.nan
        assert same({"a": (array, [1, None, "x"])}, {"a": (array.copy(), [1, None, "x"])})

    @pytest.mark.parametrize(
        ("left", "right"),
        [
            (W, W.T),
            (W, W + 1e-3),
            (np.array([np.nan, 1]), np.array([1, np.nan])),
            (np.array([np.inf]), np.array([-np.inf])),
            ({"a": 1}, {"b": 1}),
            ((1, 2), (1,)),
            ("a", "b"),
            (None, 0),
        ],
    )
    def test_different(self, left: Any, right: Any) -> None:
        """Other values, other places of NaN, other keys: not the same."""
        assert not same(left, right)


def test_values_in_short() -> None:
    """Evidence shows a shape and the first entries."""
    assert shown(W) == "shape (2, 3): 0.3, -1.2, 0.7, 2, 0.1, -0.4"
    assert shown(np.arange(9)) == "shape (9,): 0, 1, 2, 3, 4, 5, …"
    assert shown("text") == "the text 'text'"


class TestSaid:
    """What is said of an answer that misses, to the word."""

    @pytest.mark.parametrize(
        ("wanted", "found", "said"),
        [
            (3, 4, "The answer is 4; 3 is right."),
            (0.25, 0.7, "The answer is 0.7; 0.25 is right."),
            (0.25, None, "The answer is None; a number is needed."),
            (W, None, "The answer is None; an array of shape (2, 3) is needed."),
            (np.arange(4), np.array([0, 1, 2, 4]), "1 of 4 entries of the answer differ."),
        ],
    )
    def test_single_numbers_and_entries(self, wanted: Any, found: Any, said: str) -> None:
        """A number is said itself; the entries of an array are counted."""
        assert one(wanted, found).message == said

    def test_other_shapes(self) -> None:
        """Transposed, an axis more, or another layout: half, and it is said which."""
        for found, said in (
            (W.T, "it is transposed"),
            (W[None], "The numbers are right: "),
            (W.ravel(), "the layout is not"),
        ):
            block = one(W, found)
            assert (block.credit, said in block.message) == (SHAPE_SLIP_CREDIT, True)
        assert one(W, W.T + 1).message.endswith("It looks transposed.")

    def test_three_entries_show_a_factor_and_two_do_not(self) -> None:
        """Every number is some factor of another one."""
        three = np.array([1.0, 2.0, 4.0])
        assert "every entry is 1.7 times" in one(three, 1.7 * three).message
        assert "every entry" not in one(three[:2], 1.7 * three[:2]).message

    def test_a_missing_key_costs_itself_alone(self) -> None:
        """What comes after it is compared."""
        blocks = compare({"a": W, "b": W, "c": 1.0}, {"b": W, "c": 1.0})
        assert [block.credit for block in blocks] == [0, 1, 1]

    def test_values_that_are_missing_cost_each_of_them(self) -> None:
        """The first of four came back: three are lost."""
        blocks = compare((W, 1.0, 2.0, 3.0), (W,))
        assert [block.credit for block in blocks] == [1, 0, 0, 0]
        assert {block.message for block in blocks[1:]} == {"1 value came back; 4 are needed."}

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ((), ""),
            (("dW1",), "dW1"),
            ((0,), "the first value"),
            ((1, "Z1"), "Z1 in the second value"),
            ((5,), "the sixth value"),
            ((6,), "the 7th value"),
        ],
    )
    def test_where_a_leaf_is(self, path: tuple[str | int, ...], said: str) -> None:
        """Keys by their names, values by their place, counted from one."""
        assert spoken(path) == said

    def test_a_number_takes_forty_signs_at_most(self) -> None:
        """However many digits an integer has."""
        assert number(2**200) == str(2**200)[:40]
        assert number(1 / 3) == "0.3333333"
