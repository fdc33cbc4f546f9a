// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_ZSTD_H_
#define EROFS_DECOMPRESS_ZSTD_H_

#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "decompress/outcome.h"
#include "decompress/zstd_frame.h"

namespace erofs::decompress {

// One Zstandard frame without a dictionary (RFC 8878). Keeps the library's
// memory between streams; for one thread at a time.
class Zstd {
 public:
  // `window_bits`: log2 of the bytes of history that a frame may announce,
  // 10..20. Prefixes cost a buffer of that size.
  explicit Zstd(unsigned window_bits) noexcept;
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;
  Zstd(Zstd&&) noexcept;
  Zstd& operator=(Zstd&&) noexcept;
  ~Zstd();

  // Fills all of `out`. Outcomes: all.
  [[nodiscard]] Outcome decode(ByteView stream, MutableBytes out,
                               Demand demand);

 private:
  struct State;

  [[nodiscard]] Outcome whole(ByteView stream, MutableBytes out,
                              const ZstdFrame& frame);
  [[nodiscard]] Outcome at_once(ByteView stream, MutableBytes out);
  [[nodiscard]] Outcome by_block(ByteView stream, MutableBytes out,
                                 Demand demand, const ZstdFrame& frame);
  [[nodiscard]] Outcome judge_blocks(ByteView decoded, const ZstdFrame& frame);

  unsigned window_bits_;
  std::unique_ptr<State> state_;
};

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_ZSTD_H_
