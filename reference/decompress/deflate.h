// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_DEFLATE_H_
#define EROFS_DECOMPRESS_DEFLATE_H_

#include <memory>

#include "base/bytes.h"
#include "decompress/outcome.h"

namespace erofs::decompress {

// DEFLATE as RFC 1951 has it, without a wrapper; history of 32 KiB. Keeps the
// libraries' memory between streams; for one thread at a time.
class Deflate {
 public:
  Deflate() noexcept;
  Deflate(Deflate&&) noexcept;
  Deflate& operator=(Deflate&&) noexcept;
  ~Deflate();

  // Fills all of `out`. Outcomes: all but kWindow and kFrame.
  [[nodiscard]] Outcome decode(ByteView stream, MutableBytes out,
                               Demand demand);

 private:
  struct Fast;  // decodes whole streams
  struct Slow;  // stops anywhere, and can say what is wrong

  [[nodiscard]] Outcome whole(ByteView stream, MutableBytes out);
  [[nodiscard]] Outcome prefix(ByteView stream, MutableBytes out);

  std::unique_ptr<Fast> fast_;
  std::unique_ptr<Slow> slow_;
};

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_DEFLATE_H_
