// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_DEDUPE_H_
#define EROFS_EMIT_DEDUPE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "emit/context.h"
#include "emit/feed.h"
#include "plan/matcher.h"

namespace erofs::emit {

class Loader;

// Finds content of compressed files that earlier physical clusters begin
// with, wherever it lies in its file. What a cluster decodes to is not kept
// but read again from its file: some dozen bytes a cluster are.
class Dedupe : public plan::Matcher {
 public:
  Dedupe(Context& context, Loader& loader);

  // Makes the segment of a loaded piece, for the blocks at the image's end.
  void encode(Piece& piece);
  // The file whose pieces came is complete, or its clusters are gone.
  void keep() { fresh_.clear(); }
  void revoke();

  [[nodiscard]] std::optional<plan::Match> next(ByteView segment,
                                                std::size_t at) override;
  void made(ByteView segment, std::size_t at,
            const plan::Extent& extent) override;

 private:
  // A cluster, and where its content can be read.
  struct Known {
    tree::NodeId node = 0;
    std::uint64_t at = 0;  // byte of that file
    plan::Extent extent;   // start counts from the image's start
    std::size_t method = 0;
    bool big = false;
  };

  [[nodiscard]] std::uint64_t hash_at(ByteView segment, std::size_t at);
  [[nodiscard]] std::optional<plan::Match> match(ByteView segment,
                                                 std::size_t at,
                                                 std::uint64_t hash);
  [[nodiscard]] std::size_t common(const Known& known, ByteView bytes);

  Context& context_;
  Loader& loader_;
  std::size_t window_;           // bytes that the hash is of
  std::uint64_t out_power_ = 1;  // the weight of the byte that leaves it
  std::unordered_map<std::uint64_t, Known> known_;
  std::vector<std::uint64_t> maybe_;  // a bit for hashes that are known
  std::vector<std::uint64_t> fresh_;  // hashes of the file at hand
  // The piece at hand.
  const Piece* piece_ = nullptr;
  std::uint64_t base_ = 0;  // image byte where its blocks begin
  std::size_t hash_place_ = 0;
  std::uint64_t hash_ = 0;
  bool hashed_ = false;
  std::size_t scanned_ = 0;  // no match begins before
  std::optional<plan::Match> found_;
  std::uint64_t compared_ = 0;     // clusters, so far
  std::vector<std::byte> room_{};  // for a piece of one
};

}  // namespace erofs::emit

#endif  // EROFS_EMIT_DEDUPE_H_
