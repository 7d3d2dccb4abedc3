from __future__ import annotations

import typing as _t

import numpy as _np
from numpy.typing import NDArray as _NDArray

from ._native import (
    EvalError as EvalError,
    NativeError as NativeError,
    NativeReferenceError as NativeReferenceError,
    NativeSyntaxError as NativeSyntaxError,
    NativeTypeError as NativeTypeError,
    RangeError as RangeError,
    URIError as URIError,
)

def similarity(a: str, b: str) -> float: ...
def vegetationIndex(red: _NDArray[_np.uint16], near: _NDArray[_np.uint16], index: _NDArray[_np.float32]) -> None: ...
