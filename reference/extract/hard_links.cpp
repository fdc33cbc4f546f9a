// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/hard_links.h"

namespace erofs::extract {
namespace {

// What a tree of pointers needs for one element, roughly.
constexpr std::uint64_t kNode = 4 * sizeof(void*);

}  // namespace

std::optional<HardLinks::Name> HardLinks::find(std::uint64_t nid) {
  const auto at = firsts_.find(nid);
  if (at == firsts_.end()) return std::nullopt;
  First& first = at->second;
  Name name{folders_[first.folder], first.name};
  if (--first.expected == 0) firsts_.erase(at);
  return name;
}

Status HardLinks::add(std::uint64_t nid, std::uint32_t nlink,
                      std::string_view folder, std::string_view name,
                      Place where, Budget& budget) {
  std::uint64_t bytes = kNode + sizeof(nid) + sizeof(First) + name.size();
  const bool known = !folders_.empty() && folders_.back() == folder;
  if (!known) bytes += sizeof(std::string) + folder.size();
  EROFS_TRY(budget.memory(bytes, where));
  if (!known) folders_.emplace_back(folder);
  firsts_.insert_or_assign(
      nid, First{folders_.size() - 1, nlink - 1, std::string(name)});
  return {};
}

void HardLinks::forget(std::uint64_t nid) { firsts_.erase(nid); }

}  // namespace erofs::extract
