# SPDX-License-Identifier: Apache-2.0 OR MIT
"""What a recipe writes for numbers and for bytes."""

import ast
import operator

import compress
import compress_lz4

OPERATORS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv, ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_, ast.BitXor: operator.xor,
    ast.LShift: operator.lshift,
}


class RecipeError(Exception):
    """The recipe says something that cannot be built."""


def up(value, unit):
    """The smallest multiple of unit that is not below value."""
    return -(-value // unit) * unit


def number(value, names):
    """An integer, or a text such as `block_size + 1` or `nid(file) * 2`.

    `names` maps names to integers and names of functions to functions of
    one name.
    """
    if isinstance(value, bool) or value is None:
        raise RecipeError(f"not a number: {value!r}")
    if isinstance(value, int):
        return value
    try:
        return _evaluate(ast.parse(str(value), mode="eval").body, names)
    except (SyntaxError, KeyError, TypeError) as error:
        raise RecipeError(f"not a number: {value!r} ({error})") from None


def _evaluate(node, names):
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return node.value
    if isinstance(node, ast.Name):
        return names[node.id]
    if isinstance(node, ast.BinOp):
        apply = OPERATORS[type(node.op)]
        return apply(_evaluate(node.left, names),
                     _evaluate(node.right, names))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_evaluate(node.operand, names)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        argument = node.args[0]
        text = (argument.value if isinstance(argument, ast.Constant)
                else argument.id)
        return names[node.func.id](text)
    raise KeyError(ast.dump(node))


def data(value):
    """Bytes of a text, of a list of such parts, or of a mapping with hex,
    repeat (with count), text, zero (a count), numbers (count of lines),
    slice (with from, to), flip (with at: its lowest bit), an algorithm (with
    options), or sequences (of LZ4: [literals, distance, length])."""
    if value is None:
        return b""
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, list):
        return b"".join(data(part) for part in value)
    if isinstance(value, dict):
        if "hex" in value:
            return bytes.fromhex(value["hex"])
        if "text" in value:
            return value["text"].encode()
        if "repeat" in value:
            return data(value["repeat"]) * value["count"]
        if "zero" in value:
            return bytes(value["zero"])
        if "numbers" in value:
            return b"".join(b"%08d, one line of 32 bytes.\n" % line
                            for line in range(value["numbers"]))
        return derived(dict(value))
    raise RecipeError(f"not bytes: {value!r}")


def derived(value):
    """Bytes that come from others."""
    if "slice" in value:
        return data(value["slice"])[value.get("from", 0):value.get("to")]
    if "flip" in value:
        out = bytearray(data(value["flip"]))
        out[value["at"]] ^= 1
        return bytes(out)
    if "sequences" in value:
        return compress_lz4.sequences([(data(one), two, three) for
                                       one, two, three in value["sequences"]])
    for name in compress.ALGORITHMS:
        if name in value:
            raw = data(value.pop(name))
            return compress.encode(name, raw, value)
    raise RecipeError(f"not bytes: {value!r}")


def merge(base, over):
    """`base` with the mappings of `over` laid over it; null removes."""
    out = dict(base)
    for key, value in over.items():
        if value is None:
            out.pop(key, None)
        elif isinstance(value, dict) and isinstance(out.get(key), dict):
            out[key] = merge(out[key], value)
        else:
            out[key] = value
    return out
