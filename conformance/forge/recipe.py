# SPDX-License-Identifier: Apache-2.0 OR MIT
"""A recipe and what it makes: an image, its blobs and its manifest."""

import pathlib
import re

import yaml

import digests
import expect
from values import RecipeError, data, merge, number
from writer import Writer

BASES = pathlib.Path(__file__).resolve().parent / "bases"
KEYS = {"rule", "near", "why", "image", "args", "also", "expect", "profile",
        "seconds"}
IMAGE_KEYS = {"base", "with", "set", "patch", "hex", "size", "seal", "cut",
              "grow", "before", "cut_blob", "damage", "blobs"}


class Loader(yaml.SafeLoader):
    """Refuses a key that occurs twice; knows no booleans but true, false."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep) for key, _ in node.value]
        if len(set(map(str, keys))) != len(keys):
            raise RecipeError(f"a key occurs twice{node.start_mark}")
        return super().construct_mapping(node, deep)


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers
            if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool",
                             re.compile("^(?:true|false)$"),
                             list("tf"))


def load(path):
    """The YAML document in a file."""
    with open(path, encoding="ascii") as file:
        return yaml.load(file, Loader)  # a SafeLoader


class Forged:
    """What came out of one recipe."""

    def __init__(self, spec, path):
        self.path = pathlib.Path(path)
        self.recipe = load(path)
        unknown = set(self.recipe) - KEYS
        image = self.recipe["image"]
        unknown |= set(image) - IMAGE_KEYS
        if unknown:
            raise RecipeError(f"unknown keys: {sorted(unknown)}")
        self.blobs, self.manifest = [], None
        self.canvas = None  # where structures lie, unless bytes were given
        if "hex" in image:
            self.image = literal(image)
            self.blobs = [data(blob) for blob in image.get("blobs", [])]
        else:
            self.image = self.assemble(spec, image)

    def assemble(self, spec, image):
        document = load(BASES / (image["base"] + ".yaml"))
        document = merge(document, image.get("with", {}))
        writer = Writer(spec, document)
        self.blobs, self.canvas = writer.blobs, writer.image
        if self.path.parts[-3:-2] == ("valid",):
            self.manifest = expect.manifest(writer,
                                            self.recipe.get("expect", {}))
        change(writer, image)
        seal(writer, image.get("seal", "checksum"))
        patch(writer, image.get("damage", []))
        out = bytes(writer.image.bytes)
        if "cut" in image:
            out = out[:number(image["cut"], writer.names)]
        if "cut_blob" in image:
            self.blobs[0] = self.blobs[0][:image["cut_blob"]]
        out += data(image.get("grow"))
        return data(image.get("before")) + out

    def files(self):
        """{name: bytes} of everything but the recipe itself."""
        stem = self.path.stem
        out = {stem + ".erofs": self.image}
        for index, blob in enumerate(self.blobs):
            out[f"{stem}.blob{index + 1}"] = blob
        if self.manifest is not None:
            out[stem + ".manifest"] = self.manifest
        return out


def literal(image):
    """An image given byte by byte: {offset: hex}, zeros elsewhere."""
    out = bytearray(image["size"])
    for at, text in image["hex"].items():
        blob = bytes.fromhex(text)
        if any(out[at:at + len(blob)]) or at + len(blob) > len(out):
            raise RecipeError(f"hex at {at:#x} overlaps or passes the end")
        out[at:at + len(blob)] = blob
    return bytes(out)


def change(writer, image):
    """What a recipe does to the image after it was assembled."""
    writer.names["image_size"] = len(writer.image.bytes)
    for path, value in image.get("set", {}).items():
        if isinstance(value, dict):
            value = data(value)
        else:
            value = number(value, writer.names)
        writer.image.set(path, value)
    patch(writer, image.get("patch", []))


def patch(writer, places):
    """Raw bytes at places of the image."""
    for place in places:
        at = number(place["at"], writer.names)
        blob = data({key: value for key, value in place.items()
                     if key != "at"})
        writer.image.reserve(at + len(blob))
        writer.image.bytes[at:at + len(blob)] = blob


def seal(writer, how):
    """Stores the checksum of the bytes, if the image has one.

    how: checksum, inverted (the CRC-32C that other formats use) or none.
    """
    image = writer.image.bytes
    struct = writer.spec.structs["Superblock"]
    fields = struct.unpack(bytes(image[1024:1152]))
    if how == "none" or not fields["feature_compat"] & 1:
        return
    size = writer.plan.block_size
    end = 1024 + (size - 1024 if size > 1024 else size)
    covered = bytearray(image[1024:end]).ljust(end - 1024, b"\0")
    covered[4:8] = bytes(4)
    value = digests.crc32c(covered)
    if how == "inverted":
        value ^= digests.WORD
    writer.image.set("superblock.checksum", value)
