// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/xattr_prefix.h"

#include <array>

#include "format/limits.gen.h"
#include "format/rule_ids.gen.h"
#include "format/xattr.gen.h"

namespace erofs::decode {
namespace {

using format::XattrPrefixView;

tl::unexpected<Fault> bad_length(Place at, std::uint64_t value) {
  return malformed(RuleId::xattr_prefix_length,
                   at.plus(XattrPrefixView::kSizeAt), value);
}

}  // namespace

Result<std::uint32_t> xattr_prefix_size(ByteView head, Place at) {
  // The view wants base_index too, which need not have been read yet.
  std::array<std::byte, XattrPrefixView::kSize> bytes{};
  const std::size_t present = MutableBytes(bytes).copy_from(head);
  if (present < XattrPrefixView::kSizeAt + XattrPrefixView::kSizeSize) {
    return bad_length(at, present);
  }
  const std::uint32_t size = XattrPrefixView(bytes).size();
  if (size == 0 || size > format::kPrefixSizeMax) return bad_length(at, size);
  return size;
}

Result<XattrPrefix> xattr_prefix(ByteView record, Place at) {
  EROFS_ASSIGN(const std::uint32_t size, xattr_prefix_size(record, at));
  const auto head = record.fixed<XattrPrefixView::kSize>(0);
  const auto infix = record.from(XattrPrefixView::kSize);
  const std::uint64_t whole = XattrPrefixView::kSizeSize + size;
  if (!head || !infix || record.size() != whole) return bad_length(at, size);
  XattrPrefix prefix;
  prefix.base_index = XattrPrefixView(*head).base_index();
  prefix.infix = infix->text();
  prefix.at = at;
  return prefix;
}

}  // namespace erofs::decode
