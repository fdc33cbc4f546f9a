// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_PARTITION_H_
#define EROFS_CHECK_PARTITION_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "base/budget.h"
#include "base/result.h"
#include "check/bounds.h"
#include "check/space.h"

namespace erofs::check {

// Cuts spaces into pieces of which every byte belongs to one.
class Partition {
 public:
  // What is wanted of a piece and of the bounds it lies in. A fault of it
  // ends the work.
  using Sink = std::function<Status(const Piece&, const Bounds&)>;

  // `space` is sealed; it and `budget` outlive this.
  Partition(const Space& space, Budget& budget)
      : budget_(budget), counts_(space.keeps_each()), sweep_(space) {}
  ~Partition();
  Partition(const Partition&) = delete;
  Partition& operator=(const Partition&) = delete;

  // Pieces in order, neighbours that are alike as one. References are
  // counted where the space keeps each. Faults: limit; those of `sink`.
  [[nodiscard]] Status run(std::span<const Bounds> bounds, const Sink& sink);

 private:
  using Ranges = std::vector<Range>;

  [[nodiscard]] Status one(const Bounds& bounds);
  [[nodiscard]] Status until(std::uint64_t end);
  [[nodiscard]] Status gap(std::uint64_t end);
  [[nodiscard]] Status enter(const Range& range);
  void leave();
  [[nodiscard]] bool is_counted(const Range& range) const noexcept;
  [[nodiscard]] const Range& first();
  [[nodiscard]] Status put(const Range& range, std::uint64_t end);
  [[nodiscard]] Status put(const Piece& piece, bool joins);
  [[nodiscard]] Status flush();

  Budget& budget_;
  bool counts_;
  Space::Sweep sweep_;
  const Sink* sink_ = nullptr;
  const Bounds* bounds_ = nullptr;
  std::uint64_t at_ = 0;  // everything in front of it is told
  Ranges by_end_;         // heap of the ranges around at_
  Ranges by_kind_;        // the same, and some that ended
  // Of them, but for slack: whose they are, how often, and how many.
  std::map<std::uint64_t, std::uint64_t> owners_;
  std::uint64_t uses_ = 0;
  std::optional<Piece> last_;  // not told yet
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_PARTITION_H_
