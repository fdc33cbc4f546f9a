// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/host_content.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace erofs::extract {
namespace {

// Collects what follows each other and writes it at once.
class Writer {
 public:
  Writer(int fd, MutableBytes buffer, std::uint64_t at) noexcept
      : fd_(fd), buffer_(buffer), at_(at), end_(at) {}

  // Room for up to `length` bytes that come next, all of them where the
  // buffer has as much: decoders like whole extents.
  [[nodiscard]] Attempt<MutableBytes> room(std::uint64_t length) {
    if (filled_ != 0 && length > buffer_.size() - filled_) {
      const Done done = flush();
      if (!done) return tl::unexpected<Failure>(done.error());
    }
    return buffer_.tail(filled_).head(length);
  }
  void filled(std::size_t bytes) noexcept { filled_ += bytes; }

  [[nodiscard]] Done skip(std::uint64_t bytes) {
    const Done done = flush();
    if (done) at_ += bytes;
    return done;
  }

  // Writes what was collected, but for longer runs of zeros: some writers
  // store holes as blocks of zeros.
  [[nodiscard]] Done flush() {
    const ByteView all = buffer_.head(filled_).view();
    filled_ = 0;
    std::uint64_t from = 0;   // not written yet
    std::uint64_t zeros = 0;  // the run of zeros that ends at `next`
    std::uint64_t next = 0;
    while (next < all.size()) {
      const std::uint64_t length = std::min<std::uint64_t>(
          kBlock - (at_ + next) % kBlock, all.size() - next);
      const auto block = all.slice(next, length);
      if (block && !block->find_nonzero()) {
        zeros += length;
      } else {
        if (zeros >= kRun) {
          const Done done = put(all, from, next - zeros);
          if (!done) return done;
          from = next;
        }
        zeros = 0;
      }
      next += length;
    }
    const Done done = put(all, from, zeros >= kRun ? next - zeros : next);
    at_ += all.size();
    return done;
  }

  // Behind the last byte that was written.
  [[nodiscard]] std::uint64_t end() const noexcept { return end_; }

 private:
  static constexpr std::uint64_t kBlock = std::uint64_t{1} << 12;
  static constexpr std::uint64_t kRun = 4 * kBlock;

  // Bytes [from, until) of `all`, whose first belongs at at_.
  [[nodiscard]] Done put(ByteView all, std::uint64_t from,
                         std::uint64_t until) {
    std::uint64_t at = at_ + from;
    auto rest = all.slice(from, until - from).value_or(ByteView()).span();
    while (!rest.empty()) {
      const ssize_t written =
          ::pwrite(fd_, rest.data(), rest.size(), static_cast<off_t>(at));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return refused("write", errno);
      rest = rest.subspan(static_cast<std::size_t>(written));
      at += static_cast<std::uint64_t>(written);
      end_ = at;
    }
    return {};
  }

  int fd_;
  MutableBytes buffer_;
  std::uint64_t at_;  // where the buffer's first byte belongs
  std::uint64_t end_;
  std::size_t filled_ = 0;
};

}  // namespace

Attempt<std::uint64_t> copy_range(const read::Content& content, Range range,
                                  int fd, MutableBytes buffer) {
  Writer writer(fd, buffer, range.begin);
  for (std::uint64_t at = range.begin; at < range.end;) {
    const auto extent = content.extent(at);
    if (!extent) return faulty(extent.error());
    const std::uint64_t length = std::min(extent->length, range.end - at);
    if (extent->kind == map::ExtentKind::kHole) {
      const Done done = writer.skip(length);
      if (!done) return tl::unexpected<Failure>(done.error());
      at += length;
      continue;
    }
    const auto room = writer.room(length);
    if (!room) return tl::unexpected<Failure>(room.error());
    const Status read = content.read(at, *room);
    if (!read) return faulty(read.error());
    writer.filled(room->size());
    at += room->size();
  }
  const Done done = writer.flush();
  if (!done) return tl::unexpected<Failure>(done.error());
  return writer.end();
}

Done set_size(int fd, std::uint64_t size) {
  constexpr auto kMost =
      static_cast<std::uint64_t>(std::numeric_limits<off_t>::max());
  if (size > kMost) return refused("set the size of", EFBIG);
  int result = 0;
  do {
    result = ::ftruncate(fd, static_cast<off_t>(size));
  } while (result != 0 && errno == EINTR);
  if (result != 0) return refused("set the size of", errno);
  return {};
}

Result<Range> Ranges::next() {
  Range range;
  while (at_ < content_.size()) {
    EROFS_ASSIGN(const auto extent, content_.extent(at_));
    const bool hole = extent.kind == map::ExtentKind::kHole;
    const bool begun = range.begin != range.end;
    // A hole ends a range: what is charged as output is what is written.
    if (hole && begun) break;
    if (hole) {
      at_ += extent.length;
      continue;
    }
    if (!begun) range.begin = at_;
    const std::uint64_t room = most_ - (at_ - range.begin);
    at_ += std::min(extent.length, room);
    range.end = at_;
    if (range.end - range.begin >= most_) break;
  }
  return range;
}

}  // namespace erofs::extract
