// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_READ_AHEAD_H_
#define EROFS_READ_READ_AHEAD_H_

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "map/device_map.h"

namespace erofs::read {

// Reads stored bytes in larger pieces than they are asked for, as long as
// they are asked for in order. For one thread.
class ReadAhead {
 public:
  // Most bytes of one read, unless more are asked for at once.
  static constexpr std::uint64_t kMost = std::uint64_t{1} << 18;

  // The `size` bytes at `from`, valid until the next call. At most `likely`
  // bytes are of use to the caller, those included. Faults: io, at
  // from.place.
  [[nodiscard]] Result<ByteView> get(const map::Location& from,
                                     std::uint64_t size, std::uint64_t likely);

 private:
  [[nodiscard]] Status fill(const map::Location& from, std::uint64_t size,
                            std::uint64_t length);

  const image::Source* source_ = nullptr;
  std::uint64_t start_ = 0;   // of what bytes_ has, in source_
  std::size_t filled_ = 0;    // bytes of it
  std::uint64_t end_ = 0;     // of what was asked for last
  std::uint64_t window_ = 0;  // bytes of the last read
  std::vector<std::byte> bytes_;
};

}  // namespace erofs::read

#endif  // EROFS_READ_READ_AHEAD_H_
