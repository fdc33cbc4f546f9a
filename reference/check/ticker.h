// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_TICKER_H_
#define EROFS_CHECK_TICKER_H_

#include <cstdint>
#include <functional>
#include <utility>

namespace erofs::check {

// Called now and then with the numbers of inodes and of bytes of content that
// were looked at; for progress lines.
using Progress = std::function<void(std::uint64_t inodes, std::uint64_t bytes)>;

// Counts, and tells a Progress from time to time.
class Ticker {
 public:
  explicit Ticker(Progress progress) : progress_(std::move(progress)) {}

  void inode() {
    if (++inodes_ % kInodes == 0) tell();
  }
  void content(std::uint64_t bytes) {
    bytes_ += bytes;
    if (bytes_ - told_ >= kBytes) tell();
  }

 private:
  static constexpr std::uint64_t kInodes = std::uint64_t{1} << 12;
  static constexpr std::uint64_t kBytes = std::uint64_t{1} << 24;

  void tell() {
    told_ = bytes_;
    if (progress_) progress_(inodes_, bytes_);
  }

  Progress progress_;
  std::uint64_t inodes_ = 0;
  std::uint64_t bytes_ = 0;  // modulo 2^64
  std::uint64_t told_ = 0;
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_TICKER_H_
