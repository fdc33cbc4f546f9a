// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Input: an xattr area (or, by an option from the end, a prefix record).
// Properties: the sizes of head, shared ids and entries add up to the area;
// no entry passes its end.

#include <cstdint>

#include "decode/xattr.h"
#include "decode/xattr_prefix.h"
#include "support/feed.h"
#include "support/property.h"

namespace {

using erofs::ByteView;
using erofs::Place;

void prefix_record(ByteView bytes) {
  const auto size = erofs::decode::xattr_prefix_size(bytes, Place{});
  if (!size) return;
  FUZZ_CHECK(*size >= 1 && *size <= 256, "a record has 1 to 256 bytes");
  const auto record = bytes.slice(0, std::uint64_t{*size} + 2);
  if (!record) return;
  const auto prefix = erofs::decode::xattr_prefix(*record, Place{});
  FUZZ_CHECK(prefix.has_value(), "a record of a good size decodes");
  FUZZ_CHECK(prefix->infix.size() + 1 == *size, "the infix fills the record");
}

void area(ByteView bytes) {
  auto budget = erofs::fuzz::fuzz_budget();
  const auto body = erofs::decode::xattr_body(bytes, Place{}, budget);
  if (!body) {
    FUZZ_CHECK(body.error().rule != erofs::RuleId{},
               "a refused area names its rule");
    return;
  }
  std::uint64_t end = 12 + 4 * std::uint64_t{body->shared_ids.size()};
  FUZZ_CHECK(end <= bytes.size(), "the shared ids fit");
  for (const auto& entry : body->entries) {
    FUZZ_CHECK(entry.at.offset >= end, "entries follow each other");
    FUZZ_CHECK(!entry.filler(), "fillers are not attributes");
    FUZZ_CHECK(entry.size % 4 == 0 &&
                   entry.size >= 4 + entry.suffix.size() + entry.value.size(),
               "an entry holds its name and value");
    end = entry.at.offset + entry.size;
    FUZZ_CHECK(end <= bytes.size(), "entries end inside the area");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  erofs::fuzz::Feed feed(data, size);
  const bool prefix = feed.option() == 0xff;
  // Areas are a multiple of four and at most 262148 bytes long.
  const ByteView bytes = feed.payload().head(262148);
  if (prefix) {
    prefix_record(bytes);
  } else {
    area(bytes.head(bytes.size() & ~std::size_t{3}));
  }
  return 0;
}
