// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_FUZZ_SUPPORT_CLUSTER_MODEL_H_
#define EROFS_FUZZ_SUPPORT_CLUSTER_MODEL_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "format/cluster.gen.h"
#include "format/limits.gen.h"

// A compressed file as a list of extents. This and its writers know the
// specification alone, so that the reader has something to agree with.
namespace erofs::fuzz {

using Buffer = std::vector<std::byte>;

struct ModelExtent {
  format::ClusterType type = format::ClusterType::kHead1;
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  std::uint32_t block = 0;  // of its pcluster
  std::uint32_t blocks = 1;
  bool partial = false;
};

// A logical cluster is a block.
struct Model {
  unsigned bits = 9;
  bool big = false;
  bool interlaced = false;
  bool fragment = false;   // the last extent
  bool terminator = true;  // where the form has room for one
  std::uint16_t inline_size = 0;
  std::uint64_t fragment_offset = 0;
  std::uint64_t size = 0;
  std::vector<ModelExtent> extents;

  [[nodiscard]] std::uint64_t block_size() const {
    return std::uint64_t{1} << bits;
  }
  [[nodiscard]] std::uint64_t lclusters() const {
    return (size + block_size() - 1) >> bits;
  }
};

// What an index says of one logical cluster.
struct Slot {
  const ModelExtent* begins = nullptr;
  bool terminator = false;
  std::uint64_t back = 0;     // to the entry that begins its extent
  std::uint64_t forward = 0;  // to the next one, or to the end
  std::uint32_t count = 0;    // blocks of its extent
  [[nodiscard]] bool head() const { return begins != nullptr || terminator; }
};

inline std::vector<Slot> slots(const Model& model) {
  std::vector<Slot> out(static_cast<std::size_t>(model.lclusters()));
  for (const ModelExtent& extent : model.extents) {
    out[static_cast<std::size_t>(extent.start >> model.bits)].begins = &extent;
  }
  const bool aligned = model.size % model.block_size() == 0;
  if (model.terminator && !aligned && !out.back().head()) {
    out.back().terminator = true;
  }
  std::uint64_t next = out.size();
  for (std::size_t i = out.size(); i-- > 0;) {
    out[i].forward = next - i;
    if (out[i].head()) next = i;
  }
  std::size_t last = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i].head()) last = i;
    out[i].back = i - last;
    if (out[last].begins != nullptr) out[i].count = out[last].begins->blocks;
  }
  return out;
}

// A distance as far as it can be stored, or the count in its place.
inline std::uint32_t distance(const Model& model, const Slot& slot) {
  if (model.big && slot.back == 1) return format::kCblkcntFlag | slot.count;
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(slot.back, format::kDeltaMax));
}

}  // namespace erofs::fuzz

#endif  // EROFS_FUZZ_SUPPORT_CLUSTER_MODEL_H_
