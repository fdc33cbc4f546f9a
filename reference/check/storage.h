// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_STORAGE_H_
#define EROFS_CHECK_STORAGE_H_

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/budget.h"

namespace erofs::check {

// Appends `item`; what the vector allocates is charged as memory, the moment
// in which old and new storage exist side by side included.
template <class T>
[[nodiscard]] Status push(std::vector<T>& items, T item, Budget& budget,
                          Place where) {
  if (items.size() == items.capacity()) {
    constexpr std::size_t kFirst = 8;
    const std::size_t old = items.capacity();
    const std::size_t wanted = std::max(kFirst, old + old / 2);
    EROFS_TRY(budget.memory(wanted * sizeof(T), where));
    items.reserve(wanted);
    budget.release_memory(old * sizeof(T));
  }
  items.push_back(std::move(item));
  return {};
}

}  // namespace erofs::check

#endif  // EROFS_CHECK_STORAGE_H_
