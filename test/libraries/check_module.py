"""Checks the Python module that is made of program.ts: what goes in and out, and what is refused, in which words."""

import inspect
import sys
import threading

import numpy as np
import test_project as t


def raises(kind, message, function, *arguments):
    try:
        function(*arguments)
    except kind as error:
        assert str(error) == message, f"{error}\n  instead of {message}"
        assert type(error) is kind, type(error)
    else:
        raise AssertionError(f"nothing was raised instead of {kind.__name__}: {message}")


# Arrays without copies, of any number of dimensions
four = np.array([1.0, 2, 3, 4])
assert t.dot(four, four) == 30
assert t.dot(four.reshape(2, 2), four) == 30
assert t.dot(np.empty(0), np.empty(0)) == 0
t.scale(four, 1.5)
t.scale(four[:2])
assert four.tolist() == [3, 6, 4.5, 6]
raises(t.RangeError, "index 3 is outside 'b' of length 3 (src/program.ts:17:53)", t.dot, four, four[:3])
assert issubclass(t.RangeError, ValueError) and issubclass(t.RangeError, t.NativeError)

# Arrays that aren't what is expected
title = "dot: parameter 'a' expected a NumPy array of float64, got "
raises(t.NativeTypeError, title + "list", t.dot, [1.0], four)
raises(t.NativeTypeError, title + "one of float32", t.dot, four.astype(np.float32), four)
raises(t.NativeTypeError, title + "one of >f8", t.dot, four.astype(">f8"), four)
apart = "one that is not C-contiguous; numpy.ascontiguousarray makes a copy that is"
raises(t.NativeTypeError, title + apart, t.dot, four[::2], four)
raises(t.NativeTypeError, title + apart, t.dot, np.asfortranarray(np.ones((2, 3))), four)
odd = np.frombuffer(bytes(9), np.uint8)[1:].view(np.float64)
raises(
    t.NativeTypeError,
    title + "one that is not aligned; numpy.require(array, requirements='A') makes a copy that is",
    *(t.dot, odd, four),
)
four.flags.writeable = False
assert t.dot(four, four) > 0
raises(
    t.NativeTypeError,
    "scale: parameter 'out' expected a NumPy array of float64, got one that is read-only, which the function writes to",
    *(t.scale, four, 2.0),
)
assert issubclass(t.NativeTypeError, TypeError)

# Numbers and booleans
assert t.add(-7, 200, True) == -207
assert t.add(3.0, np.uint8(4), np.bool_(False)) == 7
whole = "add: parameter 'a' expected i32 (an integer from -2147483648 to 2147483647), got "
for wrong, shown in [(2**31, "2147483648"), (0.5, "0.5"), (float("nan"), "NaN"), (-np.inf, "-Infinity")]:
    raises(t.RangeError, whole + shown, t.add, wrong, 1, False)
raises(t.RangeError, "add: parameter 'b' expected u8 (an integer from 0 to 255), got 256", t.add, 1, 256, False)
raises(t.NativeTypeError, "add: parameter 'a' expected i32, got str", t.add, "1", 1, False)
raises(t.NativeTypeError, "add: parameter 'a' expected i32, got bool", t.add, True, 1, False)
raises(t.NativeTypeError, "add: parameter 'minus' expected boolean, got int", t.add, 1, 1, 1)
raises(t.NativeTypeError, "root: parameter 'x' expected number, got NoneType", t.root, None)
inexact = 2**53 + 1
raises(t.RangeError, f"root: parameter 'x' expected f64 (a double-precision number), got {inexact}", t.root, inexact)
assert t.root(2**1000) == 2.0**500 and t.root(np.float32(4)) == 2
single = "orElse: parameter 'other' expected f32 (a single-precision number), got 0.1"
raises(t.RangeError, single, t.orElse, None, 0.1)
assert t.sum64(-(2**63), 2**63 - 1) == -1
raises(t.RangeError, "9223372036854775807 + 1 does not fit i64 (src/program.ts:75:53)", t.sum64, 2**63 - 1, 1)
raises(t.NativeTypeError, "sum64: parameter 'a' expected i64, got float", t.sum64, 1.0, 1)

# What may be absent
assert t.first(np.empty(0)) is None and t.first(np.ones(1)) == 1
assert t.orElse() == -1 and t.orElse(None, 2.5) == 2.5
assert t.orElse(np.array([7], np.float32)) == 7

# Results that are arrays
squares = t.squares(5)
assert squares.tolist() == [0, 1, 4, 9, 16] and squares.dtype == np.float64
kept = squares[1:]
del squares
for _ in range(1000):
    t.squares(1000)
assert kept.tolist() == [1, 4, 9, 16] and t.squares(0).size == 0
data = np.arange(5, dtype=np.uint8)
tail = t.tail(data)
data[4] = 9
assert tail.tolist() == [1, 2, 3, 9] and np.shares_memory(tail, data)
assert t.tail(b"abc").tobytes() == b"bc"
raises(t.RangeError, "Invalid typed array length: -1", t.squares, -1)

# Arrays of JavaScript
assert t.mean([1, 2.0, 6]) == 3 and t.mean((1, 2, 6), np.array([1.0, 1, 2])) == 3.75
assert t.mean(np.array([1.0, 2])) == 1.5
evens = t.evens(6)
assert evens.tolist() == [0, 2, 4] and evens.dtype == np.int32 and t.evens(0).size == 0
assert t.anyTrue([False, True]).tolist() == [False, True] and t.anyTrue([False]).size == 0
raises(t.NativeTypeError, "mean: parameter 'list[1]' expected number, got str", t.mean, [1, "2"])
raises(t.NativeTypeError, "mean: parameter 'list' expected a NumPy array of float64, got int", t.mean, 3)

# Strings
assert t.greet("Jänn 😀", 0.1) == "hello JÄNN 😀 0.1 ✓"
assert t.greet("", 1e21) == "hello  1e+21 ✓" and t.words("a b c") == 3
half = "greet: parameter 'name' expected string, got one with half a surrogate pair"
raises(t.NativeTypeError, half, t.greet, "\ud800", 1)
raises(t.NativeTypeError, "greet: parameter 'name' expected string, got bytes", t.greet, b"a", 1)

# Errors
raises(t.RangeError, "negative: -0.1 of € (true)", t.check, -0.1, "€", True)
raises(t.NativeTypeError, "no root of -5e-324", t.root, -5e-324)
raises(t.RangeError, "Maximum call stack size exceeded", t.endless, 0)
raises(t.RangeError, "code 3", t.bad, 3)
assert t.bad(1) is None and t.caught(-1e300) == "no root of -1e+300"

# Several threads at the same time, with loops that run on several threads themselves
wanted = np.empty(2000)
total = t.waves(2000, wanted)
results = [np.empty(2000) for _ in range(4)]
totals = [0.0] * 4


def work(index):
    for _ in range(5):
        totals[index] = t.waves(2000, results[index])


threads = [threading.Thread(target=work, args=(index,)) for index in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert totals == [total] * 4 and all(np.array_equal(one, wanted) for one in results)

# Another thread runs while a function does.
counted = 0
running = True


def count():
    global counted
    while running:
        counted += 1


counter = threading.Thread(target=count)
counter.start()
before = counted
t.fibonacci(37)
ran = counted - before
running = False
counter.join()
assert ran > 1000, ran

# A process that is forked has threads of its own.
if hasattr(__import__("os"), "fork"):
    import multiprocessing

    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.starmap(t.greet, [("a", 1), ("b", 2)]) == ["hello A 1 ✓", "hello B 2 ✓"]
        assert pool.starmap(t.waves, [(2000, np.empty(2000))] * 2) == [total] * 2

# Docstrings and types
assert inspect.getdoc(t.dot) == """The scalar product of two vectors.

Nothing is rounded twice.

Parameters
----------
a : numpy.ndarray of float64
    one vector
b : numpy.ndarray of float64
    the other one,
    at least as long

Returns
-------
float
    the sum of the products

Raises
------
RangeError
    where b is shorter"""
assert str(inspect.signature(t.scale)) == "(out: '_NDArray[_np.float64]', by: '_t.Union[float, None]' = None) -> 'None'"
assert "looked: it reads 'table', which the module makes when JavaScript loads it." in t.__doc__
print("checked", file=sys.stdout)
