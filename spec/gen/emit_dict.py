# SPDX-License-Identifier: Apache-2.0 OR MIT
"""A dictionary for libFuzzer and AFL++: values that decide something."""


def emit(spec):
    """{file name: content}"""
    entries = {}
    for struct, field, constraint in spec.constraints():
        if constraint.predicate == "equals":
            add(entries, f"{struct.name}_{field.name}",
                constraint.value.to_bytes(field.size, "little"))
    for feature in spec.features:
        add(entries, f"{feature.family}_{feature.name}",
            feature.mask.to_bytes(4, "little"))
    for limit in spec.limits.values():
        add(entries, limit.name,
            limit.value.to_bytes(int(limit.type[1:]) // 8, "little"))
    for enum in spec.enums.values():
        for value in enum.values:
            if value.prefix:
                add(entries, f"{enum.name}_{value.name}",
                    value.prefix.encode())
    return {"erofs.dict": "".join(
        f'{name}="{escaped(data)}"\n' for data, name in entries.items())}


def add(entries, name, data):
    entries.setdefault(data, name)


def escaped(data):
    return "".join(f"\\x{byte:02x}" for byte in data)
