"""Results of pure functions, kept for the values last asked about: most of what is public stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

Value = TypeVar("Value")
Rest = ParamSpec("Rest")
Result = TypeVar("Result")

RESULTS_KEPT = 512


def kept_by_identity(
    function: Callable[Concatenate[Value, Rest], Result],
) -> Callable[Concatenate[Value, Rest], Result]:
    """Keep the results of a pure function by the identity of its first argument, and the other ones by value.

    To look at a frozen value of many parts takes longer than to see that it is the very same; one that is equal, but
    another, is worked out again.
    """
    results: dict[Hashable, tuple[Value, Result]] = {}

    @wraps(function)
    def kept(value: Value, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Result:
        key = (id(value), args, *kwargs.items())
        found = results.pop(key, None)
        if found is None or found[0] is not value:
            found = (value, function(value, *args, **kwargs))
        # Last in, last out. The value itself is kept too: else another might get its identity.
        results[key] = found
        if len(results) > RESULTS_KEPT:
            del results[next(iter(results))]
        return found[1]

    return kept
