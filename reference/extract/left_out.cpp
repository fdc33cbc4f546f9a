// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/left_out.h"

#include <algorithm>

namespace erofs::extract {

void LeftOut::add(Left kind, std::uint64_t order, std::string_view path,
                  std::uint64_t count) {
  const std::scoped_lock lock(mutex_);
  Tally& tally = tallies_[static_cast<std::size_t>(kind)];
  tally.count += count;
  auto& first = tally.first;
  const auto behind = std::upper_bound(
      first.begin(), first.end(), order,
      [](std::uint64_t a, const Path& b) { return a < b.order; });
  const auto at = static_cast<std::size_t>(behind - first.begin());
  if (at >= kFirst) return;
  first.insert(behind, {order, std::string(path)});
  if (first.size() > kFirst) first.pop_back();
}

LeftOut::Kind LeftOut::of(Left kind) const {
  const std::scoped_lock lock(mutex_);
  const Tally& tally = tallies_[static_cast<std::size_t>(kind)];
  Kind out{tally.count, {}};
  for (const Path& path : tally.first) out.first.push_back(path.text);
  return out;
}

}  // namespace erofs::extract
