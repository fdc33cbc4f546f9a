// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_MANIFEST_WRITE_H_
#define EROFS_TREE_MANIFEST_WRITE_H_

#include <functional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "image/source.h"
#include "tree/entry.h"

namespace erofs::tree {

// Takes a piece of text.
using TextSink = std::function<Status(std::string_view)>;

// One line of the canonical manifest, newline included: a JSON object with
// the keys path, type, mode, uid, gid, nlink, size, ino, mtime_sec,
// mtime_nsec, then where they apply rdev, target, sha256, xattrs, in this
// order. A line with many attributes comes in several pieces.
// Faults: those of `sink`.
[[nodiscard]] Status manifest_line(const Entry& entry, const TextSink& sink);

// What manifests say of a content: its SHA-256, in hexadecimal digits. Reads
// it once, in pieces as large as `buffer`, which is not empty.
// Faults: those of the content.
[[nodiscard]] Result<std::string> manifest_digest(const image::Source& content,
                                                  MutableBytes buffer);

}  // namespace erofs::tree

#endif  // EROFS_TREE_MANIFEST_WRITE_H_
