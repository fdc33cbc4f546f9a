// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "decode/cluster_extent.h"

#include "format/cluster.gen.h"

namespace erofs::decode {
namespace {

using format::ExtentRecord16View;
using format::ExtentRecord32View;
using format::ExtentRecord4View;
using format::ExtentRecord8View;

template <class View>
ExtentRecord length_and_form(const View& view) noexcept {
  ExtentRecord out;
  out.word = view.plen();
  out.length = view.plen_length();
  out.partial = view.plen_partial_ref() != 0;
  out.format = static_cast<std::uint8_t>(view.plen_format());
  return out;
}

template <class View>
std::uint64_t address(const View& view) noexcept {
  return view.pstart_lo() | std::uint64_t{view.pstart_hi()} << 32;
}

}  // namespace

std::optional<ExtentRecord> extent_record(ByteView bytes) noexcept {
  // Of exactly the size that is asked for.
  switch (bytes.size()) {
    case ExtentRecord4View::kSize:
      return length_and_form(
          ExtentRecord4View(*bytes.fixed<ExtentRecord4View::kSize>(0)));
    case ExtentRecord8View::kSize: {
      const ExtentRecord8View view(*bytes.fixed<ExtentRecord8View::kSize>(0));
      ExtentRecord out = length_and_form(view);
      out.pstart = view.pstart_lo();
      return out;
    }
    case ExtentRecord16View::kSize: {
      const ExtentRecord16View view(*bytes.fixed<ExtentRecord16View::kSize>(0));
      ExtentRecord out = length_and_form(view);
      out.pstart = address(view);
      out.lstart = view.lstart_lo();
      return out;
    }
    case ExtentRecord32View::kSize: {
      const ExtentRecord32View view(*bytes.fixed<ExtentRecord32View::kSize>(0));
      ExtentRecord out = length_and_form(view);
      out.pstart = address(view);
      out.lstart = view.lstart_lo() | std::uint64_t{view.lstart_hi()} << 32;
      return out;
    }
    default:
      return std::nullopt;
  }
}

}  // namespace erofs::decode
