"""What a caller gives a method is looked at before anything is sent, so that a slip is told in the caller's own words.

    queue.submit(item, "positive")
    Invalid: Wrong argument: Queue.submit() expected a dict as `answers`, got the str 'positive'. Nothing was sent.

Only kinds are looked at, such as text, number, dict or list: what is inside them is for the server to judge.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Integral, Real
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from goldsmith.client.errors import Invalid

_LISTS = (list, Sequence, Iterable)
_LONGEST_SHOWN = 60
_WORDS: dict[Any, str] = {str: "a text", int: "a whole number", float: "a number", bool: "True or False", None: "None",
                          type(None): "None"}  # fmt: skip


def check_arguments(method: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
    """Refuse the first argument that is of no kind its method takes. `args` begins with the object itself."""
    signature = inspect.signature(method)
    try:
        bound = signature.bind(*args, **kwargs)
    except TypeError:
        return  # Python itself says best which argument is missing or too many
    for name, value in list(bound.arguments.items())[1:]:
        parameter = signature.parameters[name]
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL) or value is parameter.default:
            continue
        if not _fits(value, parameter.annotation):
            raise Invalid(
                f"{method.__qualname__}() expected {_in_words(parameter.annotation)} as `{name}`, "
                f"got {_shown(value)}. Nothing was sent.",
                title="Wrong argument",
            )


def _fits(value: Any, wanted: Any) -> bool:
    origin = get_origin(wanted)
    if origin is Annotated:
        return _fits(value, get_args(wanted)[0])
    if origin in (Union, UnionType):
        return any(_fits(value, one) for one in get_args(wanted))
    if origin is Literal:
        return value in get_args(wanted)
    kind = origin or wanted
    if kind is None:
        return value is None
    if not isinstance(kind, type) or kind.__module__ == "typing":
        return True
    return _is_a(value, kind)


def _is_a(value: Any, kind: type) -> bool:
    if kind is bool:
        return isinstance(value, bool)
    if kind in (int, float):
        number = isinstance(value, Integral if kind is int else Real)
        return (number or hasattr(value, "item")) and not isinstance(value, bool)
    return _is_listed(value) if kind in _LISTS else isinstance(value, kind)


def _is_listed(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping))


def _in_words(wanted: Any) -> str:
    origin = get_origin(wanted)
    if origin is Annotated:
        return _in_words(get_args(wanted)[0])
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(_in_words(one) for one in get_args(wanted)))
    if origin is Literal:
        return " or ".join(map(repr, get_args(wanted)))
    kind = origin or wanted
    if kind in _LISTS:
        return "a list"
    if isinstance(kind, type) and issubclass(kind, Mapping):
        return "a dict"
    name = getattr(kind, "__name__", str(kind))
    return _WORDS.get(kind) or f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _shown(value: Any) -> str:
    if value is None:
        return "None"
    told = repr(value)
    return f"the {type(value).__name__} {told}" if len(told) <= _LONGEST_SHOWN else f"a {type(value).__name__}"
