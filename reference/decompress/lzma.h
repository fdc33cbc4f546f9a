// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_LZMA_H_
#define EROFS_DECOMPRESS_LZMA_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "decompress/outcome.h"

namespace erofs::decompress {

// MicroLZMA: LZMA1 without header and end mark, its first byte the
// complement of the properties. Keeps the library's memory between streams;
// for one thread at a time.
class Lzma {
 public:
  // `dictionary`: bytes of history that a stream may use.
  explicit Lzma(std::uint32_t dictionary) noexcept;
  Lzma(const Lzma&) = delete;
  Lzma& operator=(const Lzma&) = delete;
  Lzma(Lzma&&) noexcept;
  Lzma& operator=(Lzma&&) noexcept;
  ~Lzma();

  // Fills all of `out`. Outcomes: all but kFrame; kWindow where a larger
  // dictionary would decode the whole stream.
  [[nodiscard]] Outcome decode(ByteView stream, MutableBytes out,
                               Demand demand);

 private:
  struct State;
  // One run of the library: what came out, and how much it took.
  struct Run;

  [[nodiscard]] Run run(ByteView stream, MutableBytes out, Demand demand,
                        std::uint32_t dictionary);
  [[nodiscard]] Outcome end(ByteView stream, MutableBytes out,
                            std::size_t taken);

  std::uint32_t dictionary_;
  std::unique_ptr<State> state_;
};

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_LZMA_H_
