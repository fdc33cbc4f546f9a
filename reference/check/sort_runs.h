// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_SORT_RUNS_H_
#define EROFS_CHECK_SORT_RUNS_H_

#include <algorithm>
#include <cstddef>
#include <vector>

namespace erofs::check {

// Sorts what mostly stands in order already: what a walk meets file by file
// has long runs of ascending addresses. While it works it takes as much
// memory again as half of `items`. before(a, b): whether a comes first.
template <class T, class Before>
void sort_runs(std::vector<T>& items, Before before) {
  constexpr std::size_t kWorthIt = 16;  // items of a run
  using Distance = typename std::vector<T>::difference_type;
  const auto at = [&items](std::size_t i) {
    return items.begin() + static_cast<Distance>(i);
  };
  std::vector<std::size_t> ends;  // of the runs
  for (std::size_t i = 1; i < items.size(); ++i) {
    if (!before(items[i], items[i - 1])) continue;
    ends.push_back(i);
    if (ends.size() > items.size() / kWorthIt) {
      std::sort(items.begin(), items.end(), before);
      return;
    }
  }
  ends.push_back(items.size());
  while (ends.size() > 1) {
    // Neighbours become one; the last may have none.
    std::size_t start = 0;
    std::size_t kept = 0;
    for (std::size_t i = 0; i + 1 < ends.size(); i += 2) {
      std::inplace_merge(at(start), at(ends[i]), at(ends[i + 1]), before);
      start = ends[i + 1];
      ends[kept++] = start;
    }
    if (ends.size() % 2 != 0) ends[kept++] = ends.back();
    ends.resize(kept);
  }
}

}  // namespace erofs::check

#endif  // EROFS_CHECK_SORT_RUNS_H_
