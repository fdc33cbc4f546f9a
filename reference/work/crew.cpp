// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "work/crew.h"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>

// ThreadSanitizer cannot look into the library, and has to be told what that
// hands from one thread to another.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define EROFS_TELL_TSAN
#endif
#elif defined(__SANITIZE_THREAD__)
#define EROFS_TELL_TSAN
#endif
#if defined(EROFS_TELL_TSAN)
#include <sanitizer/tsan_interface.h>
// The library uses the memory of tasks again without its knowledge.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
  return "race:tbb::detail::d2::task_handle_task::\n";
}
#endif

namespace erofs::work {
namespace {

void hand_on([[maybe_unused]] void* what) noexcept {
#if defined(EROFS_TELL_TSAN)
  __tsan_release(what);
#endif
}

void take_over([[maybe_unused]] void* what) noexcept {
#if defined(EROFS_TELL_TSAN)
  __tsan_acquire(what);
#endif
}

}  // namespace

class Crew::Pool {
 public:
  explicit Pool(unsigned jobs)
      : limit_(tbb::global_control::max_allowed_parallelism, jobs),
        arena_(static_cast<int>(jobs)),
        most_(std::size_t{kAhead} * jobs) {}
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() { wait(); }

  // Takes `job` away unless enough are unfinished.
  [[nodiscard]] bool take(Job& job) {
    if (!room()) return false;
    tbb::task_handle turn = group_.defer(Turn{*this});
    {
      const std::scoped_lock lock(mutex_);
      ++unfinished_;
      waiting_.push_back(std::move(job));
    }
    hand_on(this);
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
    // Whose pool it is, must be known before it can be taken over.
    __attribute__((no_sanitize("thread"))) void operator()() const {
      take_over(&pool);
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
  // Threads are made as asked for, not as the machine has cores.
  tbb::global_control limit_;
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
