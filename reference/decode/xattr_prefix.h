// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECODE_XATTR_PREFIX_H_
#define EROFS_DECODE_XATTR_PREFIX_H_

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace erofs::decode {

// One record of the long-prefix table.
struct XattrPrefix {
  std::uint8_t base_index = 0;  // as stored
  std::string infix;            // 0..255 bytes
  Place at;                     // of the record
};

// Payload bytes of the record that starts with `head` (its 2-byte size
// field). Faults: xattr.prefix.length (1..256); also where `head` is
// shorter than the size field.
[[nodiscard]] Result<std::uint32_t> xattr_prefix_size(ByteView head, Place at);

// Decodes one record from exactly its 2 + size bytes.
// Faults: xattr.prefix.length.
[[nodiscard]] Result<XattrPrefix> xattr_prefix(ByteView record, Place at);

}  // namespace erofs::decode

#endif  // EROFS_DECODE_XATTR_PREFIX_H_
