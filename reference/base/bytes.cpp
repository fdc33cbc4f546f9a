// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "base/bytes.h"

#include <algorithm>
#include <cstring>

#include "base/checked.h"

namespace erofs {
namespace {

std::size_t lesser(std::uint64_t a, std::size_t b) noexcept {
  return a < b ? static_cast<std::size_t>(a) : b;
}

}  // namespace

ByteView ByteView::of_text(std::string_view text) noexcept {
  return ByteView(std::as_bytes(std::span(text)));
}

std::optional<ByteView> ByteView::slice(std::uint64_t offset,
                                        std::uint64_t length) const noexcept {
  if (!checked::within(offset, length, size())) return std::nullopt;
  return ByteView(bytes_.subspan(static_cast<std::size_t>(offset),
                                 static_cast<std::size_t>(length)));
}

std::optional<ByteView> ByteView::from(std::uint64_t offset) const noexcept {
  if (offset > size()) return std::nullopt;
  return ByteView(bytes_.subspan(static_cast<std::size_t>(offset)));
}

ByteView ByteView::head(std::uint64_t length) const noexcept {
  return ByteView(bytes_.first(lesser(length, size())));
}

std::optional<std::size_t> ByteView::find(std::byte byte) const noexcept {
  const std::size_t at = text().find(static_cast<char>(byte));
  if (at == std::string_view::npos) return std::nullopt;
  return at;
}

std::optional<std::size_t> ByteView::find_nonzero() const noexcept {
  // Padding and holes are long runs of zeros: eight bytes a step.
  std::size_t done = 0;
  for (; bytes_.size() - done >= sizeof(std::uint64_t);
       done += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes_.subspan(done).data(), sizeof(word));
    if (word != 0) break;
  }
  const auto rest = bytes_.subspan(done);
  const auto at = std::find_if(rest.begin(), rest.end(), [](std::byte byte) {
    return byte != std::byte{0};
  });
  if (at == rest.end()) return std::nullopt;
  return done + static_cast<std::size_t>(at - rest.begin());
}

std::string_view ByteView::text() const noexcept {
  // char may alias std::byte; the only place that says so.
  return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
}

std::optional<MutableBytes> MutableBytes::slice(
    std::uint64_t offset, std::uint64_t length) const noexcept {
  if (!checked::within(offset, length, size())) return std::nullopt;
  return MutableBytes(bytes_.subspan(static_cast<std::size_t>(offset),
                                     static_cast<std::size_t>(length)));
}

MutableBytes MutableBytes::head(std::uint64_t length) const noexcept {
  return MutableBytes(bytes_.first(lesser(length, size())));
}

MutableBytes MutableBytes::tail(std::uint64_t length) const noexcept {
  return MutableBytes(bytes_.subspan(lesser(length, size())));
}

void MutableBytes::fill_zero() const noexcept {
  std::fill(bytes_.begin(), bytes_.end(), std::byte{0});
}

std::size_t MutableBytes::copy_from(ByteView source) const noexcept {
  const std::size_t count = lesser(source.size(), size());
  // memmove for views of one buffer; not called with null pointers.
  if (count != 0) {
    std::memmove(bytes_.data(), source.span().data(), count);
  }
  return count;
}

}  // namespace erofs
