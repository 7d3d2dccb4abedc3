"""Functions of the package landcover, compiled by tsnative."""

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
from . import _native as _n

__all__ = [
    "EvalError",
    "NativeError",
    "NativeReferenceError",
    "NativeSyntaxError",
    "NativeTypeError",
    "RangeError",
    "URIError",
    "similarity",
    "vegetationIndex",
]

_library = _n.open_library(__file__, "landcover")

_similarity_ = _n.Function(_library, "landcover_similarity", "similarity", (_n.Text("a"), _n.Text("b"),), _n.ScalarResult("f64"))


def similarity(a: str, b: str) -> float:
    """How alike two names are: 1 for the same, 0 for nothing in common. It is one less the edits that make one of the other
    (insert, delete or replace a letter; Levenshtein, 1966), divided by the length of the longer one. Case doesn't count.

    Parameters
    ----------
    a : str
        a name
    b : str
        another one

    Returns
    -------
    float
        from 0 to 1
    """
    return _similarity_(a, b)


_vegetationIndex_ = _n.Function(_library, "landcover_vegetationIndex", "vegetationIndex", (_n.Array("red", "u16", written=False), _n.Array("near", "u16", written=False), _n.Array("index", "f32", written=True),), _n.Nothing())


def vegetationIndex(red: _NDArray[_np.uint16], near: _NDArray[_np.uint16], index: _NDArray[_np.float32]) -> None:
    """The normalised difference vegetation index of each pixel: (near − red) ÷ (near + red), from −1 to 1.
    Pixels without light in both bands are NaN.

    Parameters
    ----------
    red : numpy.ndarray of uint16
        reflectance in the red band, in any unit
    near : numpy.ndarray of uint16
        reflectance in the near infrared, in the same unit
    index : numpy.ndarray of float32
        the results; as many as pixels

    Raises
    ------
    RangeError
        where there are fewer of one than of `red`
    """
    return _vegetationIndex_(red, near, index)

