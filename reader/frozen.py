"""Frozen, slotted value classes that cost the start of the program next to nothing.

`@frozen` is `@dataclass(frozen=True, slots=True)` for the plain case: fields, defaults, keyword
and positional arguments, equality, hash, repr, `match`, `dataclasses.replace` and `fields`,
pickling. The standard decorator compiles six functions and makes the class twice, 0.9 ms each,
and the first window needs some eighty such classes; this compiles one function, 0.1 ms.

Not for: inheritance between such classes, `__post_init__`, keyword-only fields, `InitVar`.
"""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")
_ABSENT = dataclasses.MISSING


@dataclass_transform(frozen_default=True, eq_default=True, field_specifiers=(dataclasses.field,))
def frozen(cls: type[T]) -> type[T]:
    """The class anew, with a slot for each annotated name."""
    names = tuple(getattr(cls, "__annotations__", ()))
    given = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
    body = {key: value for key, value in cls.__dict__.items() if key not in given}
    body.pop("__dict__", None)
    body.pop("__weakref__", None)
    body.update(
        __slots__=names,
        __match_args__=names,
        __setattr__=_refuse,
        __delattr__=_refuse,
        __reduce__=_reduce,
        __hash__=_hash,
    )
    body.setdefault("__eq__", _eq)
    body.setdefault("__repr__", _repr)
    kind: Any = type(cls)
    made = kind(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    made.__init__ = _compile_init(made, names, given)
    made.__dataclass_fields__ = {name: _describe(name, cls, given) for name in names}
    made.__dataclass_params__ = _PARAMS
    return made  # type: ignore[no-any-return]


def _compile_init(made: Any, names: tuple[str, ...], given: dict[str, Any]) -> Any:
    """One function whose defaults are the fields'. It fills the slots through their own setters,
    which `__setattr__` does not guard and which are quicker than `object.__setattr__`."""
    known: dict[str, Any] = {"_absent": _ABSENT}
    words, lines = ["self"], []
    for name in names:
        known[f"_set_{name}"] = getattr(made, name).__set__
        default = given.get(name, _ABSENT)
        value = name
        if isinstance(default, dataclasses.Field):
            known[f"_make_{name}"] = default.default_factory
            words.append(f"{name}=_absent")
            value = f"_make_{name}() if {name} is _absent else {name}"
        elif default is _ABSENT:
            words.append(name)
        else:
            known[f"_default_{name}"] = default
            words.append(f"{name}=_default_{name}")
        lines.append(f" _set_{name}(self, {value})")
    exec(f"def __init__({', '.join(words)}):\n" + ("\n".join(lines) or " pass"), known)
    return known["__init__"]


def _describe(name: str, cls: type, given: dict[str, Any]) -> dataclasses.Field[Any]:
    default = given.get(name, _ABSENT)
    described: Any = default if isinstance(default, dataclasses.Field) else dataclasses.field(default=default)
    described.name = name
    described.type = cls.__annotations__[name]
    described._field_type = _ORDINARY
    return described  # type: ignore[no-any-return]


def _refuse(self: Any, name: str, value: Any = None) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")


def _values(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__slots__])


def _eq(self: Any, other: Any) -> Any:
    if self is other:
        return True
    return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _repr(self: Any) -> str:
    inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
    return f"{type(self).__qualname__}({inside})"


def _reduce(self: Any) -> tuple[Any, tuple[Any, ...]]:
    return type(self), _values(self)


@dataclasses.dataclass(frozen=True)
class _Plain:
    """One class made by the standard decorator, for the two marks that `fields` looks at."""

    one: int


_PARAMS = _Plain.__dataclass_params__  # type: ignore[attr-defined]
_ORDINARY = _Plain.__dataclass_fields__["one"]._field_type  # type: ignore[attr-defined]
