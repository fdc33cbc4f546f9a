// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/blocks.h"

// The streaming state is a plain object only this way.
#define XXH_STATIC_LINKING_ONLY
#include <xxhash.h>

#include <algorithm>

namespace erofs::emit {
namespace {

// Data that goes out at once.
constexpr std::size_t kPiece = 1U << 20;

}  // namespace

struct Blocks::Hash {
  XXH3_state_t state;
};

Blocks::Blocks(image::Target& target, unsigned block_bits)
    : target_(target),
      block_size_(std::uint64_t{1} << block_bits),
      hash_(std::make_unique<Hash>()) {
  XXH3_128bits_reset(&hash_->state);
}

Blocks::~Blocks() = default;

void Blocks::put(std::uint64_t at, ByteView bytes) {
  if (error_ != 0) return;
  XXH3_128bits_update(&hash_->state, &at, sizeof at);
  XXH3_128bits_update(&hash_->state, bytes.span().data(), bytes.size());
  error_ = target_.write(at, bytes);
}

void Blocks::flush_data() {
  if (!data_.empty()) put(data_at_, ByteView(data_));
  data_.clear();
}

void Blocks::data(std::uint64_t at, ByteView bytes) {
  if (at != data_at_ + data_.size()) flush_data();
  if (data_.empty()) data_at_ = at;
  if (bytes.size() >= kPiece) {
    flush_data();
    put(at, bytes);
    data_at_ = at + bytes.size();
    return;
  }
  data_.insert(data_.end(), bytes.span().begin(), bytes.span().end());
  if (data_.size() >= kPiece) {
    flush_data();
    data_at_ = at + bytes.size();
  }
}

void Blocks::take_back(std::uint64_t at) {
  if (at >= data_at_ + data_.size()) return;
  data_.resize(static_cast<std::size_t>(at > data_at_ ? at - data_at_ : 0));
}

void Blocks::metadata(std::uint64_t at, ByteView bytes) {
  while (!bytes.empty()) {
    const std::uint64_t block = at / block_size_;
    const auto offset = static_cast<std::size_t>(at % block_size_);
    const auto length = std::min<std::size_t>(
        bytes.size(), static_cast<std::size_t>(block_size_) - offset);
    std::vector<std::byte>& kept = open_[block];
    if (kept.empty()) kept.resize(static_cast<std::size_t>(block_size_));
    MutableBytes(kept).tail(offset).copy_from(bytes.head(length));
    at += length;
    bytes = bytes.from(length).value_or(ByteView());
  }
}

void Blocks::close(const std::vector<std::uint64_t>& blocks) {
  for (const std::uint64_t block : blocks) {
    const auto kept = open_.find(block);
    if (kept == open_.end()) continue;
    put(block * block_size_, ByteView(kept->second));
    open_.erase(kept);
  }
}

void Blocks::flush() {
  flush_data();
  std::vector<std::uint64_t> blocks;
  blocks.reserve(open_.size());
  for (const auto& [block, bytes] : open_) blocks.push_back(block);
  std::sort(blocks.begin(), blocks.end());
  close(blocks);
}

std::array<std::byte, 16> Blocks::digest() const {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(&hash_->state));
  std::array<std::byte, 16> out{};
  std::copy_n(std::as_bytes(std::span(canonical.digest)).begin(), out.size(),
              out.begin());
  return out;
}

}  // namespace erofs::emit
