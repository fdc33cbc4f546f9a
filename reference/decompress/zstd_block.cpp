// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decompress/zstd_block.h"

#include <cstddef>
#include <optional>

namespace erofs::decompress {
namespace {

constexpr std::size_t kHeader = 3;  // bytes before a block
enum Type : unsigned { kRaw, kRun, kCompressed, kReserved };

struct Block {
  bool last = false;
  unsigned type = kRaw;
  std::uint64_t size = 0;  // as its header has it
  ByteView body;
};

// The block at the start of `blocks`, where it is whole.
std::optional<Block> first_block(ByteView blocks) noexcept {
  const auto bytes = blocks.fixed<kHeader>(0);
  if (!bytes) return std::nullopt;
  const unsigned head = std::to_integer<unsigned>((*bytes)[0]) |
                        std::to_integer<unsigned>((*bytes)[1]) << 8U |
                        std::to_integer<unsigned>((*bytes)[2]) << 16U;
  Block block;
  block.last = (head & 1U) != 0;
  block.type = head >> 1U & 3U;
  block.size = head >> 3U;
  const auto body = blocks.slice(kHeader, block.type == kRun ? 1 : block.size);
  if (!body) return std::nullopt;
  block.body = *body;
  return block;
}

ByteView behind(ByteView blocks, const Block& block) noexcept {
  return blocks.from(kHeader + block.body.size()).value_or(ByteView());
}

}  // namespace

void ZstdBlocks::reset() noexcept {
  literals_.reset();
  sequences_.reset();
}

bool ZstdBlocks::decode_one(ByteView block, ZstdBounds bounds,
                            ZstdWriter& writer) noexcept {
  const auto literals = literals_.read(block, bounds.block);
  if (!literals) return false;
  const auto rest = block.from(literals->end);
  if (!rest) return false;
  writer.begin(literals->bytes, literals->count, bounds.block);
  return sequences_.decode(*rest, writer);
}

bool ZstdBlocks::decode(ByteView blocks, ZstdBounds bounds,
                        MutableBytes out) noexcept {
  reset();
  ZstdWriter writer(out, bounds.window);
  while (const auto block = first_block(blocks)) {
    if (block->size > bounds.block || block->type == kReserved) return false;
    blocks = behind(blocks, *block);
    if (block->type == kRun) {
      if (!writer.run(block->body.span().front(), block->size)) return false;
    } else if (block->type == kRaw) {
      writer.begin(block->body, block->body.size(), bounds.block);
      if (!writer.finish()) return false;
    } else if (!decode_one(block->body, bounds, writer)) {
      return false;
    }
    if (block->last) return blocks.empty() && writer.room() == 0;
  }
  return false;
}

bool ZstdBlocks::judge_one(ByteView block, ZstdBounds bounds) noexcept {
  const auto literals = literals_.read(block, bounds.block);
  if (!literals) return false;
  const auto rest = block.from(literals->end);
  return rest && sequences_.judge(*rest, bounds.window);
}

bool ZstdBlocks::judge(ByteView blocks, ZstdBounds bounds) noexcept {
  reset();
  while (const auto block = first_block(blocks)) {
    if (block->size > bounds.block) return false;
    if (block->type == kCompressed && !judge_one(block->body, bounds)) {
      return false;
    }
    if (block->last) break;
    blocks = behind(blocks, *block);
  }
  return true;
}

}  // namespace erofs::decompress
