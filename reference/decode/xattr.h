// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECODE_XATTR_H_
#define EROFS_DECODE_XATTR_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "base/bytes.h"
#include "base/result.h"

namespace erofs::decode {

// One stored attribute; views into the bytes it was decoded from.
struct XattrEntry {
  std::uint8_t name_index = 0;  // as stored, long-prefix bit included
  std::string_view suffix;      // stored name, 0..255 bytes
  ByteView value;               // 0..65535 bytes
  Place at;                     // of its 4-byte head
  std::uint32_t size = 0;       // bytes, padding included; multiple of 4
  bool padding_zero = true;

  // Four zero bytes: room that a writer kept, not an attribute.
  [[nodiscard]] bool filler() const noexcept;
};

// The xattr area behind one inode.
struct XattrBody {
  std::uint32_t name_filter = 0;
  std::vector<std::uint32_t> shared_ids;  // 0..255
  std::vector<XattrEntry> entries;        // inline, stored order, no fillers
};

// Decodes a whole ibody (`body` is xattr_size bytes, at `at`). Yields at
// most body.size() / 4 entries.
//
// Faults: xattr.shared_count.fit, xattr.entry.fit; limit.
[[nodiscard]] Result<XattrBody> xattr_body(ByteView body, Place at,
                                           Budget& budget);

// Bytes of the entry that starts with `head` (at least 4 bytes), padding
// included; nothing where `head` is shorter.
[[nodiscard]] Result<std::uint32_t> xattr_entry_size(ByteView head, Place at);

// Decodes the entry at the start of `bytes`. Faults: xattr.entry.fit.
[[nodiscard]] Result<XattrEntry> xattr_entry(ByteView bytes, Place at);

}  // namespace erofs::decode

#endif  // EROFS_DECODE_XATTR_H_
