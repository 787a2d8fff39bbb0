"""The words for a small change that makes a function right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.wording.plain import plain

# {0}, {1}: what the change is about; {where}: its line; {right}: what it does.
_SAID: Mapping[str, str] = {
    "power": "In Python ^ is no power. With ** in its place ({where}), {right}.",
    "matrix_product": "* multiplies entry by entry, and the matrix product is @: with `{1}` in "
    "place of `{0}` ({where}), {right}.",
    "by_elements": "@ is the matrix product, and * multiplies entry by entry: with `{1}` in "
    "place of `{0}` ({where}), {right}.",
    "whole_numbers": "`{0}` ({where}) holds whole numbers only, and cuts off the rest. Without "
    "its dtype, {right}.",
    "axis": "With {1} in place of {0} ({where}), {right}. axis=0 goes down the rows, axis=1 "
    "along them.",
    "keepdims": "`{0}` loses an axis ({where}). With `{1}` in its place, {right}.",
    "self": "{0} belongs to the object: with {1} in its place ({where}), {right}.",
    "selves": "{0} belong to the object: with self. before each of them ({where}), {right}.",
    "spelling": "Did you mean {1}? With it in place of {0} ({where}), {right}.",
    "spelling_everywhere": "Did you mean {1}? With it in place of every {0}, first in {where}, "
    "{right}.",
    "capitals": "Capital letters count: with {0}, first in {where}, {right}.",
    "key": "Did you mean the key {1}? With it in place of {0} ({where}), {right}.",
    "order": "Look at the order of the arguments: with `{1}` in place of `{0}` ({where}), "
    "{right}.",
    "method": "With self.{1} in place of self.{0} ({where}), {right}.",
    "return": "{1} gives nothing back. With `{0}` as its last line, {right}.",
    "returned_call": "`{0}` ({where}) gives back what that call does. With `{1}` in a line of "
    "its own below it, {right}.",
    "yield": "A `yield` ({where}) makes a generator, and nothing in it runs before somebody "
    "asks for its values. With a list that is filled there and returned at the end, {right}.",
    "return_order": "With `{1}` in place of `{0}` ({where}), {right}: the order of what comes "
    "back counts.",
    "fraction": "// rounds down: `{0}` ({where}). With `{1}` in its place, {right}.",
    "brackets": "Look at the brackets, since * and / go before + and -: with `{1}` in place of "
    "`{0}` ({where}), {right}.",
    "compared": "`{0}` ({where}) compares, and changes nothing. With `{1}` in its place, "
    "{right}.",
    "same_rows": "`{0}` ({where}) holds one and the same row several times. With `{1}` in its "
    "place, {right}.",
    "adds_up": "`{0}` ({where}) forgets what the rounds before have found. With `{1}` in its "
    "place, {right}.",
    "one_of": "The loop ({where}) goes through {0}, and {1} is one of it. With {1} in place of "
    "{0} within the loop, {right}.",
    "return_in_loop": "`{0}` ({where}) stands inside of the loop, and ends it in the first "
    "round. Below the loop, {right}.",
    "raise": "The {0} is returned ({where}), so that nobody is stopped by it. With raise in "
    "place of return, {right}.",
    "before_loop": "`{0}` ({where}) begins again in each round. Before the loop, {right}.",
    "unpack": "Two values come back there: with `{1}` in place of `{0}` ({where}), {right}.",
    "unpack_order": "Look at the order of what comes back: with `{1}` in place of `{0}` "
    "({where}), {right}.",
    "kept": "The result of `{0}` ({where}) is kept nowhere. With `{1}` in its place, {right}.",
    "into_loop": "`{0}` ({where}) stands below the loop. As the loop's last line, {right}.",
    "out_of_loop": "`{0}` ({where}) is the last line of a loop. Below that loop, {right}.",
    "line_order": "Look at the order of the lines: with `{0}` ({where}) before `{1}`, {right}.",
    "sizes": "Look at the order of the sizes: with `{1}` in place of `{0}` ({where}), {right}.",
    "index_order": "The row comes first, and then the column: with `{1}` in place of `{0}` "
    "({where}), {right}.",
    "column": "A row is taken where a column is needed: with `{1}` in place of `{0}` "
    "({where}), {right}.",
    "shape": "With `{1}` in place of `{0}` ({where}), {right}: shape[0] counts the rows, "
    "shape[1] the columns.",
    "one_size": "A shape is a tuple. With `{1}` in place of `{0}` ({where}), {right}.",
    "range": "Look at where the loop begins and ends: with `{1}` in place of `{0}` ({where}), "
    "{right}. range(n) counts from 0 to n - 1.",
    "needs_range": "A loop cannot go through a number: with `{1}` in place of `{0}` ({where}), "
    "{right}.",
    "all_of": "Something is left out of the loop: with `{1}` in place of `{0}` ({where}), "
    "{right}.",
    "call": "Round brackets call a function: with `{1}` in place of `{0}` ({where}), {right}.",
    "index": "Square brackets ask for an entry: with `{1}` in place of `{0}` ({where}), "
    "{right}.",
    "function_value": "{0} is a function, and a number is needed: with `{1}` in place of `{0}` "
    "({where}), {right}.",
    "no_function": "`{0}` ({where}) calls what is no function. With `{1}` in its place, "
    "{right}.",
    "summed": "`{0}` ({where}) is an array, and one number is needed. With `{1}` in its place, "
    "{right}.",
    "one_of_two": "Two values come back there: with `{1}` in place of `{0}` ({where}), "
    "{right}.",
    "function": "With `{1}` in place of `{0}` ({where}), {right}.",
    "square": "`{0}` ({where}) is no square. With `{1}` in its place, {right}.",
    "rounded": "`{0}` ({where}) cuts digits off. With `{1}` in its place, {right}.",
    "comparison": "Look at the comparison: with `{1}` in place of `{0}` ({where}), {right}.",
    "own_sum": "`{0}` ({where}) is one number for the whole array. With `{1}` in its place, "
    "{right}.",
    "factor": "Something is given that nothing looks at: with `{1}` in place of `{0}` "
    "({where}), {right}.",
    "division": "It is divided where a product is needed: with `{1}` in place of `{0}` "
    "({where}), {right}.",
    "too_much": "There is a factor too many: with `{1}` in place of `{0}` ({where}), {right}.",
    "complement": "With `{1}` in place of `{0}` ({where}), {right}.",
    "power_inside": "Look at what is squared: with `{1}` in place of `{0}` ({where}), {right}.",
    "term": "There is a term too many: with `{1}` in place of `{0}` ({where}), {right}.",
    "wrapped": "There is a call too many: with `{1}` in place of `{0}` ({where}), {right}.",
    "overwritten": "`{0}` ({where}) overwrites what the function was given. Without this line, "
    "{right}.",
    "ends_early": "`{1}` below `{0}` ends the loop early ({where}). Without it, {right}.",
    "each_round": "`{0}` ({where}) happens once, before the loop. As the loop's first line, "
    "{right}.",
    "collects": "`{0}` ({where}) keeps what the last round gives. With a list that each round "
    "adds to, returned as an array, {right}.",
    "own_keys": "In `{0}` ({where}) a key holds what belongs to another one. With each key's "
    "own, {right}.",
    "filled_in": "Braces in a text are filled in where an f stands before its quotation mark. "
    "With an f there ({where}), {right}.",
    "fixed": "Nothing looks at {1}, and {0} stays the same ({where}). With {1} in place of "
    "{0}, {right}.",
    "sign": "Look at the sign: with `{1}` in place of `{0}` ({where}), {right}.",
    "transposed": "Look at rows and columns: with `{1}` in place of `{0}` ({where}), {right}.",
    "name": "Look at the names: with {1} in place of {0} ({where}), {right}.",
    "hands_on": "Each round begins with {1} again ({where}). With {0} in its place, which the "
    "round before has left, {right}.",
}


def fixed(change: Sequence[str], function: str) -> str:
    """The words for a change: its kind, its line, and pieces of code; "" of an unknown kind.

    function   what passes with it.
    """
    kind, where, *pieces = [*map(plain, change), "", ""]
    said = _SAID.get(kind)
    if said is None:
        return ""
    right = f"your {function} passes this check"
    return said.format(*pieces, "", "", where=where, right=right)
