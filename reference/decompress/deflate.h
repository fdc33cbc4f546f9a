// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_DEFLATE_H_
#define EROFS_DECOMPRESS_DEFLATE_H_

#include <memory>

#include "base/bytes.h"
#include "decompress/deflate_block.h"
#include "decompress/outcome.h"

namespace erofs::decompress {

// DEFLATE as RFC 1951 has it, without a wrapper; history of 32 KiB. Takes what
// zlib takes. Keeps its tables and the library's memory between streams; for
// one thread at a time.
class Deflate {
 public:
  Deflate() noexcept;
  Deflate(const Deflate&) = delete;
  Deflate& operator=(const Deflate&) = delete;
  Deflate(Deflate&&) noexcept;
  Deflate& operator=(Deflate&&) noexcept;
  ~Deflate();

  // Fills all of `out`. Outcomes: all but kWindow and kFrame.
  [[nodiscard]] Outcome decode(ByteView stream, MutableBytes out,
                               Demand demand);

 private:
  struct Library;

  [[nodiscard]] Outcome prefix(ByteView stream, MutableBytes out);
  [[nodiscard]] Outcome refusal(ByteView stream, MutableBytes out);
  // Starts the library; false: no memory.
  [[nodiscard]] bool start(ByteView stream);

  std::unique_ptr<DeflateStream> whole_;
  std::unique_ptr<Library> library_;
};

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_DEFLATE_H_
