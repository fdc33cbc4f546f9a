// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_WORK_GATE_H_
#define EROFS_WORK_GATE_H_

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace erofs::work {

// Bounds the memory that several threads hold at one time. Safe for use from
// several threads.
class Gate {
 public:
  // `bytes` that may be held together.
  explicit Gate(std::uint64_t bytes) noexcept : bytes_(bytes) {}
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  ~Gate() = default;

  // What somebody holds, given back at the end.
  class Pass {
   public:
    Pass(Gate& gate, std::uint64_t bytes) noexcept
        : gate_(gate), bytes_(bytes) {}
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;
    ~Pass() { gate_.leave(bytes_); }

   private:
    Gate& gate_;
    std::uint64_t bytes_;
  };

  // Waits until `bytes` fit beside what others hold. One request goes alone,
  // however large it is. Whoever holds a pass asks for no second one.
  [[nodiscard]] Pass enter(std::uint64_t bytes);
  // The same in steps: they are held until a Pass that is made for them ends.
  // take() says whether they fit at once, and does nothing else if not.
  [[nodiscard]] bool take(std::uint64_t bytes);
  void wait(std::uint64_t bytes);

  // Bytes held at the moment, and the most there ever were.
  [[nodiscard]] std::uint64_t held() const;
  [[nodiscard]] std::uint64_t peak() const;

 private:
  // With the lock held.
  [[nodiscard]] bool fits(std::uint64_t bytes) const noexcept;
  void hold(std::uint64_t bytes) noexcept;
  void leave(std::uint64_t bytes) noexcept;

  mutable std::mutex mutex_;
  std::condition_variable freed_;
  std::uint64_t bytes_;
  std::uint64_t held_ = 0;
  std::uint64_t peak_ = 0;
};

}  // namespace erofs::work

#endif  // EROFS_WORK_GATE_H_
