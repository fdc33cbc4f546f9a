// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_WORK_CREW_H_
#define EROFS_WORK_CREW_H_

#include <functional>
#include <memory>

namespace erofs::work {

// Runs jobs on several threads at once. For use by one thread, which works
// along whenever the others have enough to do.
class Crew {
 public:
  // Does not throw, and calls nothing of the crew that runs it.
  using Job = std::function<void()>;

  // As many threads as this process can have run at one time; at least 1.
  [[nodiscard]] static unsigned cores() noexcept;

  // At most `jobs` threads, the caller's included. With 0 or 1 of them no
  // thread is made, and every job is done by the time run() returns.
  explicit Crew(unsigned jobs);
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  ~Crew();  // waits

  // Sees to it that `job` is run before wait() returns. At most kAhead jobs
  // a thread are unfinished at one time: beyond that the caller runs `job`
  // itself. Jobs start in the order given, but for those.
  void run(Job job);

  // Until all jobs given have ended. What they wrote is then visible here.
  void wait();

  [[nodiscard]] unsigned jobs() const noexcept { return jobs_; }

  static constexpr unsigned kAhead = 4;

 private:
  class Pool;

  unsigned jobs_;
  std::unique_ptr<Pool> pool_;  // none with one thread
};

}  // namespace erofs::work

#endif  // EROFS_WORK_CREW_H_
