// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_LOAD_H_
#define EROFS_EMIT_LOAD_H_

#include <memory>
#include <mutex>
#include <vector>

#include "emit/context.h"
#include "emit/feed.h"
#include "plan/matcher.h"

namespace erofs::emit {

// Reads pieces and makes of them what the image will hold: for several
// threads at once.
class Loader {
 public:
  explicit Loader(const Context& context) : context_(context) {}

  void load(Piece& piece);
  // Encodes a piece of kClusters, which load() leaves to its taker where
  // clusters are shared.
  void encode(Piece& piece, plan::Matcher* matcher = nullptr);
  // Takes the buffers of a batch that is done, for others.
  void give_back(Batch& batch);

 private:
  using Encoders = std::vector<std::unique_ptr<compress::Encoder>>;

  // Buffers that wait for their next use.
  static constexpr std::size_t kSpare = 4;
  // Smaller ones are not worth it.
  static constexpr std::size_t kLarge = 256U << 10;

  [[nodiscard]] std::vector<std::byte> take_buffer(std::size_t length);
  [[nodiscard]] std::unique_ptr<compress::Encoder> borrow(std::size_t method);

  const Context& context_;
  std::mutex mutex_;
  std::vector<std::vector<std::byte>> spare_;
  std::vector<Encoders> idle_;  // for each method
};

}  // namespace erofs::emit

#endif  // EROFS_EMIT_LOAD_H_
