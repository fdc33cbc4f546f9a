// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/host_files.h"

#include <algorithm>
#include <utility>

#include "extract/facts.h"
#include "read/content.h"

namespace erofs::extract {
namespace {

// What one job does: enough to be worth it, little enough to share.
constexpr std::size_t kBatchFiles = 30;
constexpr std::uint64_t kBatchBytes = std::uint64_t{1} << 19;
constexpr std::uint64_t kRange = std::uint64_t{1} << 22;
// Bytes of entries that wait, long paths and attributes included.
constexpr std::uint64_t kAllWeight = std::uint64_t{1} << 23;

}  // namespace

void FirstFailure::add(const Failure& failure, Order order,
                       const std::string& path) {
  const std::scoped_lock lock(mutex_);
  if (first_ && first_->order <= order) return;
  first_ = At{failure, order, path};
  any_.store(true);
}

bool FirstFailure::before(Order order) const {
  if (!any()) return false;
  const std::scoped_lock lock(mutex_);
  return first_->order < order;
}

std::optional<FirstFailure::At> FirstFailure::get() const {
  const std::scoped_lock lock(mutex_);
  return first_;
}

// Buffers that jobs borrow, as many as there are jobs at one time.
class HostFiles::Buffers {
 public:
  explicit Buffers(std::uint64_t size) : size_(size) {}

  std::vector<std::byte> take() {
    const std::scoped_lock lock(mutex_);
    if (free_.empty()) {
      return std::vector<std::byte>(static_cast<std::size_t>(size_));
    }
    std::vector<std::byte> buffer = std::move(free_.back());
    free_.pop_back();
    return buffer;
  }
  void give(std::vector<std::byte> buffer) {
    const std::scoped_lock lock(mutex_);
    free_.push_back(std::move(buffer));
  }

 private:
  std::uint64_t size_;
  std::mutex mutex_;
  std::vector<std::vector<std::byte>> free_;
};

// A file that several jobs fill.
struct HostFiles::Large {
  NewFile file;
  // Jobs that are not done, and whoever hands them out.
  std::atomic<std::uint64_t> unfinished = 1;
};

HostFiles::HostFiles(work::Crew& crew, const Where& where)
    : crew_(crew),
      where_(where),
      memory_(std::make_unique<JobMemory>(where.volume, crew.jobs())),
      buffers_(std::make_shared<Buffers>(memory_->piece())) {
  // What is queued, what is run, and the batch that is filled.
  const std::uint64_t batches = (work::Crew::kAhead + 1) * crew.jobs() + 1;
  most_ = static_cast<std::size_t>(
      std::clamp<std::uint64_t>(where.open_files / batches, 1, kBatchFiles));
  most_weight_ = kAllWeight / batches;
}

Status HostFiles::fill(NewFile file, Budget& budget) {
  const std::uint64_t size = file.entry.size;
  if (size > kRange) return fill_large(std::move(file), budget);
  EROFS_TRY(budget.output(size, file.node.at));
  batch_bytes_ += size;
  batch_weight_ += weight(file.entry);
  batch_.push_back(std::move(file));
  if (batch_.size() >= most_ || batch_bytes_ >= kBatchBytes ||
      batch_weight_ >= most_weight_) {
    submit();
  }
  return {};
}

void HostFiles::wait() {
  submit();
  crew_.wait();
}

void HostFiles::submit() {
  if (batch_.empty()) return;
  auto batch = std::make_shared<std::vector<NewFile>>(std::move(batch_));
  batch_ = std::vector<NewFile>();
  batch_bytes_ = 0;
  const bool heavy = std::exchange(batch_weight_, 0) >= 2 * most_weight_;
  crew_.run([this, batch = std::move(batch)] {
    for (NewFile& file : *batch) {
      if (where_.failures.before({file.order, 0})) return;
      const Done done = fill_small(file);
      if (done) continue;
      where_.failures.add(done.error(), {file.order, 0}, file.entry.path);
    }
  });
  if (heavy) crew_.wait();
}

Done HostFiles::fill_small(NewFile& file) const {
  const std::uint64_t size = file.entry.size;
  if (size != 0) {
    const auto end = content(file, {0, size});
    if (!end) return tl::unexpected<Failure>(end.error());
    if (*end != size) {
      const Done sized = set_size(file.fd.get(), size);
      if (!sized) return sized;
    }
  }
  return finish(file);
}

Status HostFiles::fill_large(NewFile file, Budget& budget) {
  const Done sized = set_size(file.fd.get(), file.entry.size);
  if (!sized) {
    where_.failures.add(sized.error(), {file.order, 0}, file.entry.path);
    return {};
  }
  EROFS_ASSIGN(const auto content,
               read::Content::open(where_.volume, file.node, budget));
  const bool heavy = weight(file.entry) >= most_weight_;
  const auto large = std::make_shared<Large>();
  large->file = std::move(file);
  Ranges ranges(*content, kRange);
  for (;;) {
    EROFS_ASSIGN(const Range range, ranges.next());
    if (range.begin == range.end) break;
    EROFS_TRY(budget.output(range.end - range.begin, large->file.node.at));
    ++large->unfinished;
    crew_.run([this, large, range] { fill_range(*large, range); });
  }
  finish_large(*large);
  if (heavy) crew_.wait();
  return {};
}

void HostFiles::fill_range(Large& large, Range range) const {
  const NewFile& file = large.file;
  const FirstFailure::Order order{file.order, range.begin};
  if (where_.failures.before(order)) return;
  const auto end = content(file, range);
  if (!end) return where_.failures.add(end.error(), order, file.entry.path);
  finish_large(large);
}

// Whoever is the last to be done with a file also finishes it.
void HostFiles::finish_large(Large& large) const {
  if (--large.unfinished != 0) return;
  const Done done = finish(large.file);
  if (done) return;
  const FirstFailure::Order order{large.file.order, large.file.entry.size};
  where_.failures.add(done.error(), order, large.file.entry.path);
}

Attempt<std::uint64_t> HostFiles::content(const NewFile& file,
                                          Range range) const {
  const Status left = where_.budgets.left(file.node.at);
  if (!left) return faulty(left.error());
  Budget budget = where_.budgets.make(file.entry.size);
  const work::Gate::Pass pass = memory_->enter(file.entry.size);
  const auto content = read::Content::open(where_.volume, file.node, budget);
  if (!content) return faulty(content.error());
  std::vector<std::byte> buffer = buffers_->take();
  auto end = copy_range(**content, range, file.fd.get(), MutableBytes(buffer));
  buffers_->give(std::move(buffer));
  where_.budgets.add(budget, file.entry.size);
  return end;
}

Done HostFiles::finish(NewFile& file) const {
  const auto refusals =
      restore(file.fd.get(), file.entry, file.mode, where_.rights);
  if (!refusals) return tl::unexpected<Failure>(refusals.error());
  if (*refusals != 0) {
    where_.left_out.add(Left::kXattr, file.order, file.entry.path, *refusals);
  }
  return file.fd.close();
}

}  // namespace erofs::extract
