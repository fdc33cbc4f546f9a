// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_XATTR_AREA_H_
#define EROFS_SUPPORT_XATTR_AREA_H_

#include <cstdint>
#include <string>
#include <vector>

#include "format/xattr.gen.h"
#include "support/hex.h"

namespace erofs::test {

// One stored attribute, padded.
inline Bytes stored(std::uint8_t index, const std::string& suffix,
                    const Bytes& value) {
  format::XattrEntryBuilder head;
  head.e_name_len(static_cast<std::uint8_t>(suffix.size()))
      .e_name_index(index)
      .e_value_size(static_cast<std::uint16_t>(value.size()));
  Bytes out =
      text_bytes(ByteView(head.bytes()).text()) + text_bytes(suffix) + value;
  out.resize((out.size() + 3) / 4 * 4);
  return out;
}

// An ibody of shared ids and inline entries.
inline Bytes area(const std::vector<Bytes>& entries,
                  const std::vector<std::uint32_t>& shared = {},
                  std::uint32_t filter = 0) {
  format::XattrHeaderBuilder head;
  head.h_name_filter(filter).h_shared_count(
      static_cast<std::uint8_t>(shared.size()));
  Bytes out = text_bytes(ByteView(head.bytes()).text());
  for (const std::uint32_t id : shared) {
    format::XattrSharedIdBuilder one;
    one.id(id);
    out = out + text_bytes(ByteView(one.bytes()).text());
  }
  for (const Bytes& entry : entries) out = out + entry;
  return out;
}

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_XATTR_AREA_H_
