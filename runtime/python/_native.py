"""What the functions of a package that tsnative has made share: the library, checks of arguments, errors."""

from __future__ import annotations

import ctypes
import math
import os
import platform
import sys
import weakref
from typing import Any

import numpy as np


class NativeError(Exception):
    """What a function has thrown: JavaScript's Error. The others are its subclasses."""


class RangeError(NativeError, ValueError):
    """A number or an index that is out of its range: JavaScript's RangeError."""


class NativeTypeError(NativeError, TypeError):
    """A value of the wrong type: JavaScript's TypeError."""


class NativeReferenceError(NativeError):
    """JavaScript's ReferenceError."""


class NativeSyntaxError(NativeError):
    """JavaScript's SyntaxError."""


class EvalError(NativeError):
    """JavaScript's EvalError."""


class URIError(NativeError):
    """JavaScript's URIError."""


# By the status that functions of the library return.
_errors = (
    None,
    NativeError,
    RangeError,
    NativeTypeError,
    NativeReferenceError,
    NativeSyntaxError,
    EvalError,
    URIError,
)


class _Error(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_int32), ("name", ctypes.c_char_p), ("message", ctypes.c_void_p)]


class _Array(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_size_t), ("owner", ctypes.c_void_p)]


class _Text(ctypes.Structure):
    _fields_ = [("text", ctypes.c_void_p), ("length", ctypes.c_size_t)]


# C's type and NumPy's of each of tsnative's.
_types: dict[str, tuple[Any, Any]] = {
    "bool": (ctypes.c_bool, np.bool_),
    "i8": (ctypes.c_int8, np.int8),
    "u8": (ctypes.c_uint8, np.uint8),
    "i16": (ctypes.c_int16, np.int16),
    "u16": (ctypes.c_uint16, np.uint16),
    "i32": (ctypes.c_int32, np.int32),
    "u32": (ctypes.c_uint32, np.uint32),
    "i64": (ctypes.c_int64, np.int64),
    "u64": (ctypes.c_uint64, np.uint64),
    "f32": (ctypes.c_float, np.float32),
    "f64": (ctypes.c_double, np.float64),
}

_systems = {"linux": "linux", "darwin": "darwin", "win32": "win32"}
_machines = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


def open_library(package: str, stem: str) -> ctypes.CDLL:
    """Loads the library for this platform, which lies in a folder beside the package's modules."""
    folder = os.path.join(os.path.dirname(os.path.abspath(package)), "lib")
    system = "freebsd" if sys.platform.startswith("freebsd") else _systems.get(sys.platform, sys.platform)
    machine = platform.machine().lower()
    name = f"{system}-{_machines.get(machine, machine)}"
    suffix = {"win32": "dll", "darwin": "dylib"}.get(system, "so")
    file = f"{stem}.{suffix}" if system == "win32" else f"lib{stem}.{suffix}"
    path = os.path.join(folder, name, file)
    if not os.path.exists(path):
        there = ", ".join(sorted(os.listdir(folder))) if os.path.isdir(folder) else "none"
        raise ImportError(
            f"{stem} has no library for {name} (it has those for {there}); "
            f"tsnative build --emit python --target {name} makes one"
        )
    library = ctypes.CDLL(path)
    library.tsnative_free.argtypes = [ctypes.c_void_p]
    library.tsnative_free.restype = None
    return library


class Scalar:
    """A parameter that is a number or a boolean."""

    def __init__(self, name: str, kind: str, optional: bool = False) -> None:
        self.name, self.kind, self.optional = name, kind, optional
        self.ctype = _types[kind][0]
        self.argtypes = [ctypes.POINTER(self.ctype) if optional else self.ctype]

    def give(self, function: str, value: object, arguments: list[Any], kept: list[Any]) -> None:
        if self.optional and value is None:
            arguments.append(None)
            return
        scalar = _scalar(f"{function}: parameter '{self.name}'", self.kind, value)
        arguments.append(ctypes.byref(self.ctype(scalar)) if self.optional else scalar)


def _scalar(title: str, kind: str, value: Any) -> bool | int | float:
    """A value as the type holds it, exactly; what JavaScript refuses is refused."""
    if kind == "bool":
        if isinstance(value, (bool, np.bool_)):
            return bool(value)
        raise NativeTypeError(f"{title} expected boolean, got {type(value).__name__}")
    is_wide = kind in ("i64", "u64")
    numbers = (int, np.integer) if is_wide else (int, float, np.integer, np.floating)
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers):
        expected = "number" if kind == "f64" else kind
        raise NativeTypeError(f"{title} expected {expected}, got {type(value).__name__}")
    if kind in ("f64", "f32"):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        exact = number == value or number != number
        if exact and kind == "f32" and number == number:
            with np.errstate(over="ignore"):
                exact = float(np.float32(number)) == number
        if exact:
            return number
        wanted = "a single-precision number" if kind == "f32" else "a double-precision number"
        raise RangeError(f"{title} expected {kind} ({wanted}), got {_shown(value)}")
    low, high = _bounds(kind)
    if low <= value <= high and int(value) == value:
        return int(value)
    raise RangeError(f"{title} expected {kind} (an integer from {low} to {high}), got {_shown(value)}")


def _bounds(kind: str) -> tuple[int, int]:
    bits = int(kind[1:])
    return (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if kind[0] == "i" else (0, 2**bits - 1)


def _shown(value: object) -> str:
    """A number as JavaScript shows it, as far as that is the same for people."""
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    number = float(value)  # type: ignore[arg-type]
    if number != number:
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return str(int(number)) if number == int(number) and abs(number) < 1e21 else repr(number)


class Array:
    """A parameter that is a typed array: a NumPy array of any number of dimensions, whose memory is used as it is."""

    def __init__(self, name: str, kind: str, written: bool, optional: bool = False) -> None:
        self.name, self.written, self.optional = name, written, optional
        self.ctype, self.dtype = _types[kind][0], np.dtype(_types[kind][1])
        self.argtypes = [ctypes.c_void_p, ctypes.c_size_t]

    def give(self, function: str, value: object, arguments: list[Any], kept: list[Any]) -> None:
        if value is None and self.optional:
            arguments += [None, 0]
            return
        if isinstance(value, (bytes, bytearray, memoryview)) and self.dtype == np.uint8:
            value = np.frombuffer(value, np.uint8) if len(value) > 0 else np.empty(0, np.uint8)
        problem = self._problem(value)
        if problem:
            title = f"{function}: parameter '{self.name}'"
            raise NativeTypeError(f"{title} expected a NumPy array of {self.dtype.name}, got {problem}")
        kept.append(value)
        # An array without elements is there all the same.
        arguments += [value.ctypes.data or ctypes.sizeof(self.ctype), value.size]  # type: ignore[attr-defined]

    def _problem(self, value: object) -> str | None:
        if not isinstance(value, np.ndarray):
            return type(value).__name__
        if value.dtype != self.dtype:
            return f"one of {value.dtype.str if value.dtype.name == self.dtype.name else value.dtype.name}"
        if not value.flags.c_contiguous:
            return "one that is not C-contiguous; numpy.ascontiguousarray makes a copy that is"
        if not value.flags.aligned:
            return "one that is not aligned; numpy.require(array, requirements='A') makes a copy that is"
        if self.written and not value.flags.writeable:
            return "one that is read-only, which the function writes to"
        return None


class List(Array):
    """A parameter that is an array of JavaScript's: a NumPy array, or a list or a tuple, which is copied."""

    def __init__(self, name: str, kind: str, optional: bool = False) -> None:
        super().__init__(name, kind, False, optional)
        self.kind = kind

    def give(self, function: str, value: object, arguments: list[Any], kept: list[Any]) -> None:
        if isinstance(value, (list, tuple)):
            title = f"{function}: parameter '{self.name}"
            items = [_scalar(f"{title}[{index}]'", self.kind, item) for index, item in enumerate(value)]
            value = np.array(items, self.dtype)
        super().give(function, value, arguments, kept)


class Text:
    """A parameter that is a string."""

    argtypes = [ctypes.c_char_p, ctypes.c_size_t]

    def __init__(self, name: str, optional: bool = False) -> None:
        self.name, self.optional = name, optional

    def give(self, function: str, value: object, arguments: list[Any], kept: list[Any]) -> None:
        if value is None and self.optional:
            arguments += [None, 0]
            return
        title = f"{function}: parameter '{self.name}'"
        if not isinstance(value, str):
            raise NativeTypeError(f"{title} expected string, got {type(value).__name__}")
        try:
            encoded = value.encode()
        except UnicodeEncodeError:
            raise NativeTypeError(f"{title} expected string, got one with half a surrogate pair") from None
        arguments += [encoded, len(encoded)]


class Nothing:
    """The result of a function without one."""

    argtypes: list[Any] = []

    def place(self, arguments: list[Any]) -> None:
        return None

    def take(self, place: object, library: ctypes.CDLL, kept: list[Any]) -> None:
        return None


class ScalarResult:
    """A result that is a number or a boolean."""

    def __init__(self, kind: str) -> None:
        self.ctype = _types[kind][0]
        self.argtypes = [ctypes.POINTER(self.ctype)]

    def place(self, arguments: list[Any]) -> Any:
        place = self.ctype()
        arguments.append(ctypes.byref(place))
        return place

    def take(self, place: Any, library: ctypes.CDLL, kept: list[Any]) -> Any:
        return place.value


class ArrayResult:
    """A result that is a typed array: a NumPy array over the memory of the library, or a view of an argument."""

    argtypes = [ctypes.POINTER(_Array)]

    def __init__(self, kind: str) -> None:
        self.ctype, self.dtype = _types[kind][0], np.dtype(_types[kind][1])

    def place(self, arguments: list[Any]) -> _Array:
        place = _Array()
        arguments.append(ctypes.byref(place))
        return place

    def take(self, place: _Array, library: ctypes.CDLL, kept: list[Any]) -> Any:
        if place.length == 0:
            library.tsnative_free(place.owner)
            return np.empty(0, self.dtype)
        if place.owner:
            memory = (self.ctype * place.length).from_address(place.data)
            # The array refers to the memory, with which it goes back to the library.
            weakref.finalize(memory, library.tsnative_free, place.owner).atexit = False
            return np.frombuffer(memory, self.dtype)
        size = place.length * self.dtype.itemsize
        for array in kept:
            start = place.data - array.ctypes.data
            if 0 <= start and start + size <= array.nbytes:
                return array.reshape(-1).view(np.uint8)[start : start + size].view(self.dtype)
        raise NativeError("the result is part of no argument")


class TextResult:
    """A result that is a string."""

    argtypes = [ctypes.POINTER(_Text)]

    def place(self, arguments: list[Any]) -> _Text:
        place = _Text()
        arguments.append(ctypes.byref(place))
        return place

    def take(self, place: _Text, library: ctypes.CDLL, kept: list[Any]) -> str:
        text = ctypes.string_at(place.text, place.length).decode()
        library.tsnative_free(place.text)
        return text


class Function:
    """A function of the library. While it runs, other threads of Python do too."""

    def __init__(
        self, library: ctypes.CDLL, symbol: str, name: str, params: tuple[Any, ...], result: Any, absent: bool = False
    ) -> None:
        self.library, self.name, self.params, self.result = library, name, params, result
        self.absent = absent
        self.symbol = getattr(library, symbol)
        self.symbol.restype = ctypes.c_int32
        self.symbol.argtypes = [
            *(argtype for param in params for argtype in param.argtypes),
            *result.argtypes,
            *([ctypes.POINTER(ctypes.c_bool)] if absent else []),
            ctypes.POINTER(_Error),
        ]

    def __call__(self, *values: object) -> Any:
        arguments: list[Any] = []
        kept: list[Any] = []
        for param, value in zip(self.params, values):
            param.give(self.name, value, arguments, kept)
        place = self.result.place(arguments)
        there, error = ctypes.c_bool(True), _Error()
        if self.absent:
            arguments.append(ctypes.byref(there))
        status = self.symbol(*arguments, ctypes.byref(error))
        if status != 0:
            raise self._thrown(status, error)
        return self.result.take(place, self.library, kept) if there.value else None

    def _thrown(self, status: int, error: _Error) -> NativeError:
        text = ctypes.string_at(error.message).decode() if error.message else "Out of memory"
        self.library.tsnative_free(error.message)
        return (_errors[status] or NativeError)(text)
