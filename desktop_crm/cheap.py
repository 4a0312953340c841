"""Makes frozen types in a tenth of the time `dataclasses` takes, which counts at the start of the window.

`@dataclass(frozen=True)` runs the compiler six times for each class, before a single value of it was made. Here the
methods are shared or put together from what Python brings, and only `__init__` is compiled, when the first value is
made. To everything else they are dataclasses: `fields` and `replace` know them, and nothing can be changed in one.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

_T = TypeVar("_T")


def frozen(cls: type[_T]) -> type[_T]:
    """The class with slots for its fields, which are given by name and never change; equal where all that count are."""
    return _finished(dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=True)(cls))


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def fixed(cls: type[_T]) -> type[_T]:
    """As `@dataclass(frozen=True, slots=True, repr=False)`: given in order or by name. What is in it is never told."""
    return _finished(dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls))


def _finished(made: type[_T]) -> type[_T]:
    values = _values_of([field.name for field in dataclasses.fields(made) if field.compare])  # type: ignore[arg-type]

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
    # An ordinary frozen dataclass may go on from it.
    vars(made)["__dataclass_params__"].frozen = True
    return made


def _values_of(names: list[str]) -> Callable[[object], Any]:
    return attrgetter(*names) if names else lambda _: ()


def _refused(_value: object, name: str, *_new: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change {name!r}")


def _once(made: type[Any]) -> Callable[..., None]:
    """What makes the first value: it puts the real thing into its own place."""

    def first(self: object, *values: Any, **named: Any) -> None:
        if made.__init__ is first:
            setattr(made, "__init__", _compiled(made))  # noqa: B010 - for mypy it is a method, not a variable
        made.__init__(self, *values, **named)

    return first


def _compiled(made: type[Any]) -> Callable[..., None]:
    """`def __init__(self, id, *, name=else_name): put_id(self, id); put_name(self, name)`."""
    names: dict[str, Any] = {"missing": dataclasses.MISSING}
    told: list[str] = []
    by_name: list[str] = []
    body: list[str] = []
    for field in dataclasses.fields(made):
        name, given = field.name, field.name
        names[f"put_{name}"] = getattr(made, name).__set__
        if field.default_factory is not dataclasses.MISSING:
            names[f"else_{name}"], names[f"make_{name}"] = dataclasses.MISSING, field.default_factory
            given = f"make_{name}() if {name} is missing else {name}"
        elif field.default is not dataclasses.MISSING:
            names[f"else_{name}"] = field.default
        (by_name if field.kw_only else told).append(f"{name}=else_{name}" if f"else_{name}" in names else name)
        body.append(f"put_{name}(self, {given})")
    listed = ", ".join(["self", *told, *(["*", *by_name] if by_name else [])])
    if hasattr(made, "__post_init__"):
        body.append("self.__post_init__()")
    exec(f"def __init__({listed}): {'; '.join(body) or 'pass'}", names)  # noqa: S102 - of declared names alone
    method: Callable[..., None] = names["__init__"]
    return method
