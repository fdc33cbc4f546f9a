// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_PACKED_H_
#define EROFS_EMIT_PACKED_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "base/bytes.h"
#include "emit/context.h"
#include "emit/digest.h"
#include "emit/feed.h"

namespace erofs::emit {

class Loader;

// The packed inode, while it fills: equal fragments are there once.
class Packed {
 public:
  explicit Packed(Context& context) : context_(context) {}

  // Puts the long prefixes of attributes there, if that is their place.
  // Comes before all else.
  void begin();

  // Where in the packed inode these bytes are, which it takes in unless
  // they are there.
  [[nodiscard]] std::uint64_t put(ByteView bytes);
  // Where they begin that are taken in, be they there or not.
  [[nodiscard]] std::uint64_t append(ByteView bytes);
  // A piece of a file of which all is a fragment.
  void add_file(const Piece& piece);
  // Writes the inode, if there is a fragment.
  void finish(Loader& loader);

 private:
  Context& context_;
  std::uint64_t size_ = 0;
  std::uint64_t file_ = 0;  // where the file of add_file() begins
  std::map<std::pair<Digest, std::size_t>, std::uint64_t> known_;
};

}  // namespace erofs::emit

#endif  // EROFS_EMIT_PACKED_H_
