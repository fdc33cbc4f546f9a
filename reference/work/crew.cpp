// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "work/crew.h"

#include <oneapi/tbb/info.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>

namespace erofs::work {

// Jobs wait in a queue of our own: its lock is what orders them for those
// who look for data races, and the library cannot be looked into.
class Crew::Pool {
 public:
  explicit Pool(unsigned jobs)
      : arena_(static_cast<int>(jobs)), most_(std::size_t{kAhead} * jobs) {}
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() { wait(); }

  // Takes `job` away unless enough are unfinished.
  [[nodiscard]] bool take(Job& job) {
    if (!room()) return false;
    // Made before the lock, so that whoever finds the job sees all of it.
    tbb::task_handle turn = group_.defer(Turn{*this});
    {
      const std::scoped_lock lock(mutex_);
      ++unfinished_;
      waiting_.push_back(std::move(job));
    }
    arena_.enqueue(std::move(turn));
    return true;
  }

  void wait() {
    arena_.execute([this] { group_.wait(); });
    // Pairs with the end of each job.
    const std::scoped_lock lock(mutex_);
  }

 private:
  // What the library is given: one look at the queue.
  struct Turn {
    Pool& pool;
    // The library hands this object over in ways that ThreadSanitizer does
    // not see; the queue is locked before anything else is touched.
    __attribute__((no_sanitize("thread"))) void operator()() const {
      pool.turn();
    }
  };

  [[nodiscard]] bool room() {
    const std::scoped_lock lock(mutex_);
    return unfinished_ < most_;
  }

  void turn() {
    Job job;
    {
      const std::scoped_lock lock(mutex_);
      job = std::move(waiting_.front());
      waiting_.pop_front();
    }
    job();
    job = nullptr;  // what it holds ends with it
    const std::scoped_lock lock(mutex_);
    --unfinished_;
  }

  std::mutex mutex_;
  std::deque<Job> waiting_;
  std::size_t unfinished_ = 0;
  tbb::task_arena arena_;
  tbb::task_group group_;
  std::size_t most_;
};

unsigned Crew::cores() noexcept {
  return static_cast<unsigned>(std::max(1, tbb::info::default_concurrency()));
}

Crew::Crew(unsigned jobs)
    : jobs_(std::max(jobs, 1U)),
      pool_(jobs_ > 1 ? std::make_unique<Pool>(jobs_) : nullptr) {}

Crew::~Crew() = default;

void Crew::run(Job job) {
  if (pool_ == nullptr || !pool_->take(job)) job();
}

void Crew::wait() {
  if (pool_ != nullptr) pool_->wait();
}

}  // namespace erofs::work
