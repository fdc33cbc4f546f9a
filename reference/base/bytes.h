// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_BASE_BYTES_H_
#define EROFS_BASE_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace erofs {

// Untrusted bytes that somebody else owns. Every access names a range and
// may fail; there is no indexing operator and no pointer.
class ByteView {
 public:
  ByteView() noexcept = default;
  explicit ByteView(std::span<const std::byte> bytes) noexcept
      : bytes_(bytes) {}
  [[nodiscard]] static ByteView of_text(std::string_view text) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }
  [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }

  // Bytes [offset, offset + length), or nothing where they do not all exist.
  [[nodiscard]] std::optional<ByteView> slice(
      std::uint64_t offset, std::uint64_t length) const noexcept;
  // Bytes from `offset` to the end; nothing where offset > size().
  [[nodiscard]] std::optional<ByteView> from(
      std::uint64_t offset) const noexcept;
  // The first `length` bytes, or all of them where there are fewer.
  [[nodiscard]] ByteView head(std::uint64_t length) const noexcept;

  // N bytes at `offset` with the extent in the type, as views want them.
  template <std::size_t N>
  [[nodiscard]] std::optional<std::span<const std::byte, N>> fixed(
      std::uint64_t offset) const noexcept {
    if (offset > bytes_.size() || bytes_.size() - offset < N) {
      return std::nullopt;
    }
    return bytes_.subspan(static_cast<std::size_t>(offset)).first<N>();
  }

  // Position of the first byte that equals `byte`.
  [[nodiscard]] std::optional<std::size_t> find(std::byte byte) const noexcept;
  // Position of the first non-zero byte.
  [[nodiscard]] std::optional<std::size_t> find_nonzero() const noexcept;

  [[nodiscard]] std::string_view text() const noexcept;
  [[nodiscard]] std::span<const std::byte> span() const noexcept {
    return bytes_;
  }

 private:
  std::span<const std::byte> bytes_;
};

// Room for bytes that a read fills.
class MutableBytes {
 public:
  MutableBytes() noexcept = default;
  explicit MutableBytes(std::span<std::byte> bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }
  [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }
  [[nodiscard]] std::optional<MutableBytes> slice(
      std::uint64_t offset, std::uint64_t length) const noexcept;
  // The first `length` bytes, or all of them where there are fewer.
  [[nodiscard]] MutableBytes head(std::uint64_t length) const noexcept;
  // All but the first `length` bytes; empty where there are no more.
  [[nodiscard]] MutableBytes tail(std::uint64_t length) const noexcept;

  void fill_zero() const noexcept;
  // Copies as many bytes as both have, and returns how many.
  std::size_t copy_from(ByteView source) const noexcept;

  [[nodiscard]] ByteView view() const noexcept { return ByteView(bytes_); }
  [[nodiscard]] std::span<std::byte> span() const noexcept { return bytes_; }

 private:
  std::span<std::byte> bytes_;
};

}  // namespace erofs

#endif  // EROFS_BASE_BYTES_H_
