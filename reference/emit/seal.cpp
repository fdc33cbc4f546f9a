// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/seal.h"

#include <cstring>
#include <limits>

#include "emit/blocks.h"
#include "format/limits.gen.h"

namespace erofs::emit {
namespace {

// RFC 9562: a UUID whose content is for its maker to choose.
std::array<std::byte, 16> custom_uuid(std::array<std::byte, 16> bytes) {
  constexpr std::size_t kVersionAt = 6;
  constexpr std::size_t kVariantAt = 8;
  bytes[kVersionAt] = (bytes[kVersionAt] & std::byte{0x0F}) | std::byte{0x80};
  bytes[kVariantAt] = (bytes[kVariantAt] & std::byte{0x3F}) | std::byte{0x80};
  return bytes;
}

// The bytes the checksum covers, as they are on the target.
int read_span(const Context& context, image::Target& target,
              std::vector<std::byte>& span) {
  span.resize(static_cast<std::size_t>(
      plan::checksum_span(context.options.block_bits)));
  return target.read(format::kSuperblockOffset, MutableBytes(span));
}

int write_front(Context& context, image::Target& target) {
  std::vector<std::byte> front = plan::front_bytes(context.facts);
  // Bytes that nothing was written to have to exist for the reading below.
  const std::uint64_t end = context.space->end() * context.block_size();
  const std::byte last{};
  std::vector<std::byte> probe(1);
  if (target.read(end - 1, MutableBytes(probe)) != 0) {
    const int error = target.write(end - 1, ByteView(std::span(&last, 1)));
    if (error != 0) return error;
  }
  int error = target.write(format::kSuperblockOffset, ByteView(front));
  if (error != 0 || !context.options.checksum) return error;
  std::vector<std::byte> span;
  error = read_span(context, target, span);
  if (error != 0) return error;
  plan::set_checksum(front, plan::checksum_of(span));
  return target.write(format::kSuperblockOffset, ByteView(front));
}

}  // namespace

void seal(Context& context, image::Target& target) {
  plan::ImageFacts& facts = context.facts;
  const std::uint64_t unit = context.options.align_blocks;
  const std::uint64_t over = context.space->end() % unit;
  if (over != 0) context.space->blocks(unit - over);
  facts.blocks = context.space->end();
  facts.root = context.nids[tree::Tree::kRoot];
  if (facts.blocks > std::numeric_limits<std::uint32_t>::max() &&
      !context.high) {
    context.fail({"the image",
                  "has 2^32 blocks or more, which needs larger blocks or the "
                  "feature 48bit",
                  0});
    return;
  }
  for (plan::DeviceFacts& device : facts.devices) {
    device.blocks = context.blob_blocks;
    device.unified = facts.blocks;
  }
  facts.uuid = context.options.uuid_of_content
                   ? custom_uuid(context.blocks.digest())
                   : context.options.uuid;
  const int error = write_front(context, target);
  if (error != 0) {
    context.fail({"the image",
                  std::string("cannot be written: ") + std::strerror(error),
                  error});
  }
}

}  // namespace erofs::emit
