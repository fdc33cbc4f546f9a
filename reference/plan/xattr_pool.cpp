// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "plan/xattr_pool.h"

#include <limits>

#include "base/checked.h"
#include "format/limits.gen.h"
#include "format/xattr.gen.h"
#include "plan/bytes_out.h"

namespace erofs::plan {
namespace {

constexpr std::size_t kSharedMax = std::numeric_limits<std::uint8_t>::max();
constexpr std::size_t kValueMax = std::numeric_limits<std::uint16_t>::max();
// What i_xattr_icount can say.
constexpr std::size_t kAreaMax =
    format::XattrHeaderView::kSize +
    (std::numeric_limits<std::uint16_t>::max() - 1) *
        std::size_t{format::kXattrUnit};

std::string key_of(const Attribute& attribute) {
  std::string key(attribute.name);
  key.push_back('\0');
  key.append(attribute.value);
  return key;
}

std::size_t entry_size(const StoredName& name, std::string_view value) {
  const std::size_t bytes =
      format::XattrEntryView::kSize + name.suffix.size() + value.size();
  return checked::ceil_div(bytes, format::kXattrUnit) * format::kXattrUnit;
}

void append_entry(std::vector<std::byte>& out, const StoredName& name,
                  std::string_view value) {
  format::XattrEntryBuilder entry;
  entry.e_name_len(static_cast<std::uint8_t>(name.suffix.size()))
      .e_name_index(name.index)
      .e_value_size(static_cast<std::uint16_t>(value.size()));
  append(out, entry.bytes());
  append_text(out, name.suffix);
  append_text(out, value);
  pad_to(out, format::kXattrUnit);
}

}  // namespace

// What of a file's attributes goes where.
struct XattrPool::Split {
  std::vector<std::uint32_t> shared;  // units within the shared entries
  std::vector<std::pair<StoredName, std::string_view>> own;
  std::uint32_t filter = ~std::uint32_t{0};
  std::size_t bytes = 0;
};

const char* XattrPool::complaint(const Attribute& attribute) const {
  if (!names_.stored(attribute.name)) {
    return "is in no namespace that EROFS stores (user, trusted, security, "
           "POSIX ACLs), or its name is longer than 255 bytes";
  }
  if (attribute.value.size() > kValueMax) {
    return "has a value longer than 65535 bytes";
  }
  return nullptr;
}

const char* XattrPool::complaint(std::span<const Attribute> attributes) const {
  std::size_t listed = 0;
  for (const Attribute& each : attributes) listed += each.name.size() + 1;
  if (listed > format::kXattrListMax) {
    return "has more names of attributes than Linux lists (65536 bytes)";
  }
  if (split(attributes).bytes > kAreaMax) {
    return "has more attributes than one inode holds (262148 bytes)";
  }
  return nullptr;
}

void XattrPool::count(const Attribute& attribute) {
  ++counts_[key_of(attribute)];
}

void XattrPool::share(std::uint64_t tolerance) {
  for (const auto& [key, count] : counts_) {
    if (count <= tolerance) continue;
    const std::size_t nul = key.find('\0');
    const auto name = names_.stored(std::string_view(key).substr(0, nul));
    if (!name) continue;
    ids_.emplace(key,
                 static_cast<std::uint32_t>(area_.size() / format::kXattrUnit));
    append_entry(area_, *name, std::string_view(key).substr(nul + 1));
  }
  counts_.clear();
}

void XattrPool::settle(std::uint64_t at, unsigned block_bits) noexcept {
  const std::uint64_t mask = (std::uint64_t{1} << block_bits) - 1;
  first_id_ = static_cast<std::uint32_t>((at & mask) / format::kXattrUnit);
}

XattrPool::Split XattrPool::split(std::span<const Attribute> attributes) const {
  Split out;
  for (const Attribute& each : attributes) {
    const auto name = names_.stored(each.name);
    if (!name) continue;  // complaint() has said so
    out.filter &= ~(std::uint32_t{1} << name->filter_bit);
    if (out.shared.size() < kSharedMax && !ids_.empty()) {
      const auto id = ids_.find(key_of(each));
      if (id != ids_.end()) {
        out.shared.push_back(id->second);
        out.bytes += format::XattrSharedIdView::kSize;
        continue;
      }
    }
    out.bytes += entry_size(*name, each.value);
    out.own.emplace_back(*name, each.value);
  }
  if (out.bytes != 0) out.bytes += format::XattrHeaderView::kSize;
  return out;
}

std::size_t XattrPool::size(std::span<const Attribute> attributes) const {
  return attributes.empty() ? 0 : split(attributes).bytes;
}

std::vector<std::byte> XattrPool::area(
    std::span<const Attribute> attributes) const {
  std::vector<std::byte> out;
  if (attributes.empty()) return out;
  const Split parts = split(attributes);
  out.reserve(parts.bytes);
  format::XattrHeaderBuilder header;
  header.h_shared_count(static_cast<std::uint8_t>(parts.shared.size()));
  if (filter_) header.h_name_filter(parts.filter);
  append(out, header.bytes());
  for (const std::uint32_t unit : parts.shared) {
    format::XattrSharedIdBuilder id;
    id.id(first_id_ + unit);
    append(out, id.bytes());
  }
  for (const auto& [name, value] : parts.own) append_entry(out, name, value);
  return out;
}

}  // namespace erofs::plan
