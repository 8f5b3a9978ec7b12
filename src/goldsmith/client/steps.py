"""Every deed of the SDK is written once and runs in two ways.

A deed is a generator: it yields what must be asked of the outside (`Attempt` a request, `Pause`) and returns its
result. `Client` drives it with blocking I/O and `AsyncClient` with awaits, so the same method

    @deed
    def get(self, record_id: int) -> Steps[Record]:
        return (yield from self._ask("GET", f"{self._at}/records/{record_id}", Record))

is `client....get(7) -> Record` in one and `await client....get(7)` in the other, and a type checker knows which:
resources carry their `Mode` (`Sync` or `Async`) as a type parameter, and `deed` turns it into the right signature.
"""

from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import update_wrapper
from pathlib import Path
from types import MethodType
from typing import IO, Any, Concatenate, Generic, ParamSpec, Protocol, Self, TypeVar, overload

import httpx
from pydantic import BaseModel, ConfigDict, PrivateAttr

from goldsmith.client.arguments import check_arguments


class Sync:
    """The mode of `Client`: results are returned."""


class Async:
    """The mode of `AsyncClient`: results are awaited."""


Mode = TypeVar("Mode", Sync, Async)
T = TypeVar("T")
P = ParamSpec("P")

OnBytes = Callable[[int, int | None], None]
"""Called with the bytes moved so far and their total, where it is known."""


@dataclass(frozen=True)
class Call(Generic[T]):
    """One request and the shape of its answer."""

    method: str
    path: str
    shape: Any
    params: Mapping[str, Any] = field(default_factory=dict)
    json: Any = None
    source: Path | None = None
    sink: IO[bytes] | None = None
    on_bytes: OnBytes | None = None
    is_repeatable: bool | None = None

    @property
    def may_repeat(self) -> bool:
        """Whether sending it twice does no more than sending it once."""
        return self.method in {"GET", "PUT", "DELETE"} if self.is_repeatable is None else self.is_repeatable

    def with_params(self, **params: Any) -> "Call[T]":
        """The same call with more query parameters."""
        return replace(self, params={**self.params, **params})


@dataclass(frozen=True)
class Attempt:
    """Send the call once; the driver sends back the response, or the `httpx.RequestError` that came instead."""

    call: Call[Any]


@dataclass(frozen=True)
class Pause:
    """Wait."""

    seconds: float


Steps = Generator[Attempt | Pause, Any, T]
Outcome = httpx.Response | httpx.RequestError


class Page(BaseModel, Generic[T]):
    """Some items of a list, and the cursor of the page after them."""

    items: list[T]
    next_cursor: str | None = None
    total: int | None = None


class Session(Protocol):
    """What resources need of the client that owns them."""

    def run(self, steps: Steps[T]) -> T | Coroutine[Any, Any, T]:
        """Drive the steps to their result."""
        ...

    def iterate(self, first: Call[Page[T]]) -> Iterator[T] | AsyncIterator[T]:
        """Go through a paged list item by item, asking for the next page when it is needed."""
        ...

    def exchange(self, call: Call[T]) -> Steps[T]:
        """The steps of one call with its retries; returns the answer in the call's shape."""
        ...


class Bound(Generic[Mode]):
    """Something that acts through a session: a resource, or a handle such as a project."""

    _session: Session

    def _ask(self, method: str, path: str, shape: type[T], **more: Any) -> Steps[T]:
        return self._session.exchange(Call(method, path, shape, **more))

    def _do(self, method: str, path: str, **more: Any) -> Steps[None]:
        return self._session.exchange(Call(method, path, None, **more))


class Resource(Bound[Mode]):
    """A group of deeds under one address, such as the records of a project."""

    def __init__(self, session: Session, at: str = "") -> None:
        self._session = session
        self._at = at


class deed(Generic[P, T]):  # noqa: N801  (a decorator)
    """Make a generator of steps a method that returns its result, or an awaitable of it."""

    def __init__(self, steps: Callable[Concatenate[Any, P], Steps[T]]) -> None:
        self.steps = steps
        update_wrapper(self, steps)

    @overload
    def __get__(self, bound: None, kind: type) -> Self: ...
    @overload
    def __get__(self, bound: Bound[Sync], kind: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, bound: Bound[Async], kind: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, bound: Any, kind: type) -> Any:
        return self if bound is None else MethodType(self, bound)

    def __call__(self, bound: Any, *args: P.args, **kwargs: P.kwargs) -> Any:
        """Start the steps in the session of `bound`."""
        check_arguments(self.steps, (bound, *args), kwargs)
        return bound._session.run(self.steps(bound, *args, **kwargs))


class listing(Generic[P, T]):  # noqa: N801  (a decorator)
    """Make a first-page call a method that iterates over every item, page after page."""

    def __init__(self, first: Callable[Concatenate[Any, P], Call[Page[T]]]) -> None:
        self.first = first
        update_wrapper(self, first)

    @overload
    def __get__(self, bound: None, kind: type) -> Self: ...
    @overload
    def __get__(self, bound: Bound[Sync], kind: type) -> Callable[P, Iterator[T]]: ...
    @overload
    def __get__(self, bound: Bound[Async], kind: type) -> Callable[P, AsyncIterator[T]]: ...
    def __get__(self, bound: Any, kind: type) -> Any:
        return self if bound is None else MethodType(self, bound)

    def __call__(self, bound: Any, *args: P.args, **kwargs: P.kwargs) -> Any:
        """Start iterating in the session of `bound`."""
        check_arguments(self.first, (bound, *args), kwargs)
        return bound._session.iterate(self.first(bound, *args, **kwargs))


class Shape(BaseModel):
    """What a server tells. Fields that this version does not know are kept, not refused."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)


class Handle(Shape, Bound[Mode]):
    """A shape that can act: it remembers the session it came from."""

    model_config = ConfigDict(ignored_types=(deed, listing))

    _session: Session = PrivateAttr()
    _came_from: str = PrivateAttr()

    def model_post_init(self, context: Any) -> None:
        """Take the session, and the path this came from, out of the validation context."""
        self._session, self._came_from = context

    @property
    def _project_path(self) -> str:
        """The path of the project inside which this was read, such as `/projects/7`."""
        return "/".join(self._came_from.split("/")[:3])

    def _renew(self, other: Any) -> Self:
        """Take over the fields of a newer reading of the same thing."""
        vars(self).update(vars(other))
        self.__pydantic_extra__ = other.__pydantic_extra__
        return self
