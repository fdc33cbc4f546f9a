// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_OUTCOME_H_
#define EROFS_TREE_OUTCOME_H_

#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace erofs::tree {

// Why a tree could not be read: what it concerns, and the reason in words.
struct Trouble {
  std::string where;  // a path, or "line 12", as people would say it
  std::string reason;
  int number = 0;  // errno of the host, or 0
};

// A value, or the trouble that kept it from being made.
template <class T>
class [[nodiscard]] Outcome : public tl::expected<T, Trouble> {
 public:
  using Base = tl::expected<T, Trouble>;
  using Base::Base;
  Outcome() = default;
};

[[nodiscard]] inline tl::unexpected<Trouble> trouble(std::string where,
                                                     std::string reason,
                                                     int number = 0) {
  return tl::unexpected<Trouble>(
      Trouble{std::move(where), std::move(reason), number});
}

// What was left out or changed, one sentence each; nothing is dropped unsaid.
using Notes = std::vector<Trouble>;

}  // namespace erofs::tree

#endif  // EROFS_TREE_OUTCOME_H_
