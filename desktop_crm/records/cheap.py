"""Makes frozen row types in a fraction of the time `dataclasses` takes, which counts at the start of the window.

`@dataclass(frozen=True)` runs the compiler six times for each class, before a single row of it was read. Here the
methods are shared or put together from what Python brings, and only `__init__` is compiled, when the first row is made.
To everything else they are dataclasses: `fields` and `replace` know them, and nothing can be changed in one.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar

_T = TypeVar("_T")


def frozen(cls: type[_T]) -> type[_T]:
    """The class with slots for its fields, which are given by name and never change; equal where all that count are."""
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=True)(cls)
    values = attrgetter(*(field.name for field in dataclasses.fields(made) if field.compare))  # type: ignore[arg-type]

    def same(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    methods: dict[str, Callable[..., Any]] = {
        "__init__": _once(made),
        "__eq__": same,
        "__hash__": lambda self: hash(values(self)),
        "__setattr__": _refused,
        "__delattr__": _refused,
    }
    for name, method in methods.items():
        setattr(made, name, method)
    return made


def _refused(_row: object, name: str, *_value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change {name!r}")


def _once(made: type[Any]) -> Callable[..., None]:
    """What makes the first row: it puts the real thing into its own place."""

    def first(self: object, **values: Any) -> None:
        real = made.__init__ = _compiled(made)
        real(self, **values)

    return first


def _compiled(made: type[Any]) -> Callable[..., None]:
    """`def __init__(self, *, id, name=default): put_id(self, id); put_name(self, name)`."""
    names: dict[str, Any] = {}
    told, body = [], []
    for field in dataclasses.fields(made):
        names[f"put_{field.name}"] = getattr(made, field.name).__set__
        names[f"else_{field.name}"] = field.default
        has_default = field.default is not dataclasses.MISSING
        told.append(f"{field.name}=else_{field.name}" if has_default else field.name)
        body.append(f"put_{field.name}(self, {field.name})")
    exec(f"def __init__(self, *, {', '.join(told)}): {'; '.join(body)}", names)  # noqa: S102 - of declared names alone
    method: Callable[..., None] = names["__init__"]
    return method
