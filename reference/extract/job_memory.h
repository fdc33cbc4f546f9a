// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_JOB_MEMORY_H_
#define EROFS_EXTRACT_JOB_MEMORY_H_

#include <cstdint>

#include "read/volume.h"
#include "work/gate.h"

namespace erofs::extract {

// Bounds what jobs that read content hold together, however many threads
// there are: buffers, stored bytes, the memory of the libraries. What a whole
// pcluster takes beside is bounded by PclusterCache. For several threads.
class JobMemory {
 public:
  // Bytes that are held at one time.
  static constexpr std::uint64_t kHeld = std::uint64_t{21} << 20;

  JobMemory(const read::Volume& volume, unsigned jobs) noexcept;

  // Bytes of content that a job reads at once, at most.
  [[nodiscard]] std::uint64_t piece() const noexcept { return piece_; }

  // Waits until a job may read a content of `size` bytes. Who holds a pass
  // asks for no second one.
  [[nodiscard]] work::Gate::Pass enter(std::uint64_t size);

  // The most bytes there ever were.
  [[nodiscard]] std::uint64_t peak() const { return gate_.peak(); }

 private:
  std::uint64_t piece_;
  std::uint64_t decoding_;  // bytes that one job takes to decode
  work::Gate gate_;
};

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_JOB_MEMORY_H_
