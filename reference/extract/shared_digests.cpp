// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/shared_digests.h"

namespace erofs::extract {
namespace {

// What one takes in memory: a node of a tree, the object, its text.
constexpr std::uint64_t kBytes = 256;

}  // namespace

Result<std::string> SharedDigest::get(
    const std::function<Result<std::string>()>& make) {
  const std::scoped_lock lock(mutex_);
  if (text_.empty()) {
    EROFS_ASSIGN(text_, make());
  }
  return text_;
}

Result<SharedDigests::Found> SharedDigests::find(std::uint64_t nid,
                                                 std::uint32_t nlink,
                                                 Place where, Budget& budget) {
  const auto at = kept_.find(nid);
  if (at == kept_.end()) {
    EROFS_TRY(budget.memory(kBytes, where));
    auto digest = std::make_shared<SharedDigest>();
    kept_.emplace(nid, Kept{digest, nlink - 1});
    return Found{std::move(digest), true};
  }
  Found found{at->second.digest, false};
  if (--at->second.expected == 0) {
    kept_.erase(at);
    budget.release_memory(kBytes);
  }
  return found;
}

}  // namespace erofs::extract
