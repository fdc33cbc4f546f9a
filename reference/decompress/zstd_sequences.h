// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_ZSTD_SEQUENCES_H_
#define EROFS_DECOMPRESS_ZSTD_SEQUENCES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "decompress/fse_table.h"
#include "decompress/zstd_writer.h"

namespace erofs::decompress {

// The sequences of a frame's blocks, one block after the other. They are held
// to what libzstd asks from 1.5.6 on: no reserved bit, no offset of zero, and a
// bitstream that the sequences use up, neither more nor less.
// Source: RFC 8878, 3.1.1.3.2.
class ZstdSequences {
 public:
  // Forgets the blocks before: a frame begins.
  void reset() noexcept;

  // `section` goes on to the end of its block. No match may reach back more
  // than `window` bytes.
  [[nodiscard]] bool judge(ByteView section, std::uint64_t window) noexcept;

  // The same, and `writer` does as the sequences say.
  [[nodiscard]] bool decode(ByteView section, ZstdWriter& writer) noexcept;

 private:
  static constexpr std::size_t kStates = std::size_t{1} << kFseMostAccuracy;

  // With which one part of all sequences of a block is coded.
  struct Table {
    std::array<FseEntry, kStates> entries{};
    unsigned accuracy = 0;
    bool known = false;       // in this frame
    bool predefined = false;  // is what it was filled with last
  };
  struct Part;

  [[nodiscard]] static std::optional<std::size_t> fill(Table& table,
                                                       const Part& part,
                                                       unsigned mode,
                                                       ByteView bytes) noexcept;
  template <class Sink>
  [[nodiscard]] bool section(ByteView bytes, Sink& sink) noexcept;
  template <class Sink>
  [[nodiscard]] bool walk(ByteView stream, std::uint64_t count,
                          Sink& sink) noexcept;

  Table literals_;
  Table offsets_;
  Table matches_;
  std::array<std::uint64_t, 3> recent_{};  // offsets, the newest first
};

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_ZSTD_SEQUENCES_H_
