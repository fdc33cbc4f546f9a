// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_COMPRESS_SEARCH_H_
#define EROFS_COMPRESS_SEARCH_H_

#include <cstddef>
#include <functional>
#include <vector>

#include "base/bytes.h"
#include "compress/encoder.h"

namespace erofs::compress {

// Finds how much input fits where a library encodes only what it is given:
// by tries, each guided by those before it.
class Search {
 public:
  // Encodes all of `in` into `out`, which has more room than is wanted: the
  // bytes it took, or 0 where they do not fit.
  using Try = std::function<std::size_t(ByteView in, MutableBytes out)>;

  // `largest`: bytes of input that one stream can stand for.
  explicit Search(std::size_t largest) : largest_(largest) {}

  void reset() noexcept { ratio_ = kRatio; }
  [[nodiscard]] Encoded fill(ByteView in, MutableBytes out, const Try& encode);

 private:
  static constexpr double kRatio = 2.5;  // of common files

  std::size_t largest_;
  std::vector<std::byte> spare_;  // what is tried
  double ratio_ = kRatio;         // input to output of the stream before
};

}  // namespace erofs::compress

#endif  // EROFS_COMPRESS_SEARCH_H_
