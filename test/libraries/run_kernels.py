"""Calls functions of a module with arguments from JSON (stdin), and prints what became of them: the arrays and results, as bits."""

import base64
import importlib
import json
import struct
import sys

import numpy as np


def received(argument):
    if isinstance(argument, dict):
        data = base64.b64decode(argument["data"])
        return np.frombuffer(data, argument["dtype"]).copy()
    return argument


def bits(value):
    if isinstance(value, np.ndarray):
        return base64.b64encode(value.tobytes()).decode()
    return struct.pack("<d", value).hex() if isinstance(value, (int, float)) else value


module = importlib.import_module(sys.argv[1])
for call in json.load(sys.stdin):
    arguments = [received(argument) for argument in call["args"]]
    result = getattr(module, call["function"])(*arguments)
    arrays = [bits(argument) for argument in arguments if isinstance(argument, np.ndarray)]
    print(json.dumps({"name": call["function"], "arrays": arrays, "result": bits(result)}))
