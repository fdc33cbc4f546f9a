// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/xattr.h"

#include "format/limits.gen.h"
#include "format/rule_ids.gen.h"
#include "format/xattr.gen.h"

namespace erofs::decode {
namespace {

using format::XattrEntryView;
using format::XattrHeaderView;
using format::XattrSharedIdView;

// The sum of one 8-bit and one 16-bit length fits easily.
std::uint32_t entry_size(const XattrEntryView& view) noexcept {
  constexpr std::uint32_t kMask = format::kXattrUnit - 1;
  const std::uint32_t size = static_cast<std::uint32_t>(XattrEntryView::kSize) +
                             view.e_name_len() + view.e_value_size();
  return (size + kMask) & ~kMask;
}

Status read_shared_ids(ByteView body, Place at, const XattrHeaderView& header,
                       XattrBody& out) {
  const std::uint32_t count = header.h_shared_count();
  const auto ids =
      body.slice(XattrHeaderView::kSize, count * XattrSharedIdView::kSize);
  if (!ids) {
    return malformed(RuleId::xattr_shared_count_fit,
                     at.plus(XattrHeaderView::kHSharedCountAt), count);
  }
  out.shared_ids.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto bytes = ids->fixed<XattrSharedIdView::kSize>(
        std::uint64_t{i} * XattrSharedIdView::kSize);
    if (bytes) out.shared_ids.push_back(XattrSharedIdView(*bytes).id());
  }
  return {};
}

// `bytes` is what is left of the body; each step takes at least one unit.
Status read_entries(ByteView bytes, Place at, XattrBody& out) {
  while (!bytes.empty()) {
    EROFS_ASSIGN(const XattrEntry entry, xattr_entry(bytes, at));
    bytes = bytes.from(entry.size).value_or(ByteView());
    at = at.plus(entry.size);
    if (!entry.filler()) out.entries.push_back(entry);
  }
  return {};
}

}  // namespace

bool XattrEntry::filler() const noexcept {
  return name_index == 0 && suffix.empty() && value.empty();
}

Result<std::uint32_t> xattr_entry_size(ByteView head, Place at) {
  const auto bytes = head.fixed<XattrEntryView::kSize>(0);
  if (!bytes) return malformed(RuleId::xattr_entry_fit, at, head.size());
  return entry_size(XattrEntryView(*bytes));
}

Result<XattrEntry> xattr_entry(ByteView bytes, Place at) {
  EROFS_ASSIGN(const std::uint32_t size, xattr_entry_size(bytes, at));
  const auto head = bytes.fixed<XattrEntryView::kSize>(0);
  const auto whole = bytes.slice(0, size);
  if (!head || !whole) return malformed(RuleId::xattr_entry_fit, at, size);
  const XattrEntryView view(*head);
  const std::uint64_t value_at = XattrEntryView::kSize + view.e_name_len();
  XattrEntry entry;
  entry.name_index = view.e_name_index();
  entry.suffix = whole->slice(XattrEntryView::kSize, view.e_name_len())
                     .value_or(ByteView())
                     .text();
  entry.value =
      whole->slice(value_at, view.e_value_size()).value_or(ByteView());
  entry.at = at;
  entry.size = size;
  entry.padding_zero = !whole->from(value_at + view.e_value_size())
                            .value_or(ByteView())
                            .find_nonzero();
  return entry;
}

Result<XattrBody> xattr_body(ByteView body, Place at, Budget& budget) {
  EROFS_TRY(budget.work(body.size(), at));
  const auto bytes = body.fixed<XattrHeaderView::kSize>(0);
  if (!bytes) {
    return malformed(RuleId::xattr_shared_count_fit, at, body.size());
  }
  const XattrHeaderView header(*bytes);
  XattrBody out;
  out.name_filter = header.h_name_filter();
  EROFS_TRY(read_shared_ids(body, at, header, out));
  const std::uint64_t entries_at =
      XattrHeaderView::kSize +
      header.h_shared_count() * XattrSharedIdView::kSize;
  EROFS_TRY(read_entries(body.from(entries_at).value_or(ByteView()),
                         at.plus(entries_at), out));
  return out;
}

}  // namespace erofs::decode
