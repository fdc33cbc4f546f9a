// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/linux_xattrs.h"

#include <optional>
#include <utility>

#include "format/limits.gen.h"
#include "read/acl.h"
#include "read/capability.h"

namespace erofs::read {
namespace {

using format::ModeType;
using format::XattrIndex;

// What decides whether a name that is stored can be asked for.
class Asker {
 public:
  Asker(const Volume& volume, const Node& node, const XattrArea& area) noexcept
      : filter_(volume.geometry().filter_usable
                    ? std::optional(area.body.name_filter)
                    : std::nullopt),
        type_(node.inode().type) {}

  // The value as Linux gives it; nothing where it gives none.
  [[nodiscard]] std::optional<std::string> value(const XattrName& name,
                                                 ByteView stored) const {
    if (!reachable(name)) return std::nullopt;
    switch (static_cast<XattrIndex>(name.base_index)) {
      case XattrIndex::kAclAccess:
      case XattrIndex::kAclDefault:
        if (!name.rest.empty() || type_ == ModeType::kSymlink) {
          return std::nullopt;
        }
        return linux_acl(stored);
      case XattrIndex::kUser:
        // fs/xattr.c, xattr_permission
        if (type_ != ModeType::kRegular && type_ != ModeType::kDirectory) {
          return std::nullopt;
        }
        break;
      case XattrIndex::kSecurity:
        if (name.rest == kCapabilityName) return linux_capability(stored);
        break;
      default:
        break;
    }
    // Nobody can ask for a namespace alone (fs/xattr.c, xattr_resolve_name).
    if (name.rest.empty()) return std::nullopt;
    return std::string(stored.text());
  }

 private:
  // Whether a call can spell the name and the filter lets it through.
  [[nodiscard]] bool reachable(const XattrName& name) const {
    if (name.rest.find('\0') != std::string::npos) return false;
    if (name.linux_name().size() > format::kXattrNameMax) return false;
    return !filter_ || ((*filter_ >> xattr_filter_bit(name)) & 1) == 0;
  }

  std::optional<std::uint32_t> filter_;
  ModeType type_;
};

// Collects attributes in the order in which Linux looks for them.
class Collector {
  // Composing, comparing and keeping one name, beside its bytes.
  static constexpr std::uint64_t kWorkPerName = 60;

 public:
  Collector(const Volume& volume, const Asker& asker, Budget& budget) noexcept
      : volume_(volume), asker_(asker), budget_(budget) {}

  Status add(const decode::XattrEntry& entry) {
    XattrName name = xattr_name(volume_, entry);
    std::string full = name.linux_name();
    // A name may be much longer than the entry that asks for its prefix.
    EROFS_TRY(budget_.work(kWorkPerName + full.size(), entry.at));
    if (full.empty() || found_.contains(full)) return {};
    EROFS_TRY(budget_.output(full.size() + entry.value.size(), entry.at));
    // The first of a name hides the others, even if it gives no value.
    found_.emplace(std::move(full), asker_.value(name, entry.value));
    return {};
  }

  [[nodiscard]] std::map<std::string, std::string> take() {
    std::map<std::string, std::string> out;
    for (auto& [name, value] : found_) {
      if (value) out.emplace_hint(out.end(), name, std::move(*value));
    }
    return out;
  }

 private:
  const Volume& volume_;
  const Asker& asker_;
  Budget& budget_;
  std::map<std::string, std::optional<std::string>> found_;
};

}  // namespace

Result<std::map<std::string, std::string>> linux_xattrs(const Volume& volume,
                                                        const Node& node,
                                                        Budget& budget) {
  EROFS_ASSIGN(const XattrArea area, xattr_area(volume, node, budget));
  const Asker asker(volume, node, area);
  Collector collector(volume, asker, budget);
  for (const decode::XattrEntry& entry : area.body.entries) {
    EROFS_TRY(collector.add(entry));
  }
  for (const std::uint32_t id : area.body.shared_ids) {
    EROFS_ASSIGN(const SharedXattr shared, shared_xattr(volume, id, budget));
    EROFS_TRY(collector.add(shared.entry));
  }
  return collector.take();
}

}  // namespace erofs::read
