// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/to_lines.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "extract/all_paths.h"
#include "extract/facts.h"
#include "extract/job_budget.h"
#include "extract/job_memory.h"
#include "extract/shared_digests.h"
#include "read/content.h"

namespace erofs::extract {
namespace {

// What one job renders: enough to be worth a job, little enough to share.
constexpr std::size_t kBatchPaths = 48;
constexpr std::uint64_t kBatchBytes = std::uint64_t{1} << 20;
constexpr std::uint64_t kBatchText = std::uint64_t{1} << 18;
// Text that may wait for the text of a long file before it.
constexpr std::uint64_t kWaitingText = std::uint64_t{1} << 22;
// A path with more text than this goes alone, and piece by piece.
constexpr std::uint64_t kMuchText = std::uint64_t{1} << 19;

struct Item {
  tree::Entry entry;
  std::optional<read::Node> node;        // of a regular file
  std::shared_ptr<SharedDigest> shared;  // of one with several names
};

struct Batch {
  std::vector<Item> items;
  std::uint64_t bytes = 0;   // of content, no file counting as more than fills
  std::uint64_t weight = 0;  // of the text, roughly
  // What became of it; to be read once `done`.
  std::string text;
  std::optional<Fault> fault;
  std::string last;
  std::atomic<bool> done = false;
};

// What a path takes as text, roughly and rather too much.
std::uint64_t text_weight(const tree::Entry& entry) {
  constexpr std::uint64_t kFacts = 512;
  std::uint64_t weight = kFacts + 3 * (entry.path.size() + entry.target.size());
  for (const auto& [name, value] : entry.xattrs) {
    weight += 3 * name.size() + 2 * value.size();
  }
  return weight;
}

std::optional<Fault> fault_of(const Status& status) {
  if (status) return std::nullopt;
  return status.error();
}

class Lines {
 public:
  Lines(const read::Volume& volume, Budget& budget, work::Crew& crew,
        const LineMaker& maker)
      : volume_(volume),
        budget_(budget),
        crew_(crew),
        maker_(maker),
        budgets_(budget.limits()),
        memory_(volume, crew.jobs()),
        batch_(std::make_shared<Batch>()) {}

  Ended run() {
    const Status walked = walk();
    if (!ended_) ended_ = fault_of(submit());
    crew_.wait();
    if (!ended_) ended_ = fault_of(drain());
    // What comes first in the order of paths is what is told.
    if (ended_) return {tl::unexpected<Fault>(*ended_), last_};
    return {walked, last_};
  }

 private:
  Status walk() {
    return all_paths(volume_, budget_,
                     [this](const read::Visit& visit) { return add(visit); });
  }

  Status add(const read::Visit& visit) {
    EROFS_ASSIGN(tree::Entry entry, facts(volume_, visit, budget_));
    if (maker_.progress) maker_.progress(++paths_);
    EROFS_TRY(budgets_.charge(budget_, visit.node.at));
    Item item{std::move(entry), std::nullopt, nullptr};
    if (item.entry.type == tree::Type::kReg)
      EROFS_TRY(add_content(visit, item));
    const std::uint64_t weight = text_weight(item.entry);
    if (weight > kMuchText) {
      const Status status = alone(item);
      ended_ = fault_of(status);
      return status;
    }
    batch_->weight += weight;
    batch_->items.push_back(std::move(item));
    if (batch_->items.size() < kBatchPaths && batch_->bytes < kBatchBytes &&
        batch_->weight < kBatchText) {
      return {};
    }
    const Status status = submit();
    ended_ = fault_of(status);
    return status;
  }

  Status add_content(const read::Visit& visit, Item& item) {
    const tree::Entry& entry = item.entry;
    item.node = visit.node;
    if (entry.nlink > 1) {
      EROFS_ASSIGN(
          SharedDigests::Found found,
          shared_.find(visit.node.nid, entry.nlink, visit.node.at, budget_));
      item.shared = std::move(found.digest);
      if (!found.first) return {};
    }
    EROFS_TRY(charge(visit.node, entry.size));
    batch_->bytes += std::min(entry.size, kBatchBytes);
    return {};
  }

  // Where the content of a file is too much, it may be because the file is
  // no good: that is told first.
  Status charge(const read::Node& node, std::uint64_t size) {
    const Status charged = budget_.output(size, node.at);
    if (charged) return {};
    EROFS_ASSIGN(const std::unique_ptr<read::Content> content,
                 read::Content::open(volume_, node, budget_));
    EROFS_TRY(content->extent(0));
    return charged;
  }

  Status submit() {
    if (batch_->items.empty()) return {};
    const std::shared_ptr<Batch> batch = std::move(batch_);
    batch_ = std::make_shared<Batch>();
    waiting_.push_back(batch);
    waiting_weight_ += batch->weight;
    crew_.run([this, batch] { render_all(*batch); });
    if (waiting_weight_ > kWaitingText) crew_.wait();
    return drain();
  }

  // Renders a path after all before it, and hands over what comes at once.
  Status alone(Item& item) {
    EROFS_TRY(submit());
    crew_.wait();
    EROFS_TRY(drain());
    last_ = item.entry.path;
    return render(item, maker_.take);
  }

  // For any thread.
  void render_all(Batch& batch) {
    const LineMaker::Sink sink = [&batch](std::string_view text) -> Status {
      batch.text += text;
      return {};
    };
    for (Item& item : batch.items) {
      const Status status = render(item, sink);
      batch.last = std::move(item.entry.path);
      batch.fault = fault_of(status);
      if (batch.fault) break;
    }
    batch.items = {};
    batch.done.store(true, std::memory_order_release);
  }

  Status render(Item& item, const LineMaker::Sink& sink) {
    if (item.shared) {
      EROFS_ASSIGN(item.entry.digest,
                   item.shared->get([&] { return digest(item); }));
    } else if (item.node) {
      EROFS_ASSIGN(item.entry.digest, digest(item));
    }
    return maker_.render(item.entry, sink);
  }

  Result<std::string> digest(const Item& item) {
    const std::uint64_t size = item.entry.size;
    EROFS_TRY(budgets_.left(item.node->at));
    const work::Gate::Pass pass = memory_.enter(size);
    Budget budget = budgets_.make(size);
    EROFS_ASSIGN(const auto content,
                 read::Content::open(volume_, *item.node, budget));
    std::vector<std::byte> buffer(static_cast<std::size_t>(
        std::clamp<std::uint64_t>(size, 1, memory_.piece())));
    auto text = maker_.digest(*content, MutableBytes(buffer));
    budgets_.add(budget, size);
    return text;
  }

  // Hands over what is done, up to the first batch that is not.
  Status drain() {
    while (!waiting_.empty() &&
           waiting_.front()->done.load(std::memory_order_acquire)) {
      const std::shared_ptr<Batch> batch = std::move(waiting_.front());
      waiting_.pop_front();
      waiting_weight_ -= batch->weight;
      last_ = std::move(batch->last);
      EROFS_TRY(maker_.take(batch->text));
      if (batch->fault) return tl::unexpected<Fault>(*batch->fault);
    }
    return {};
  }

  const read::Volume& volume_;
  Budget& budget_;
  work::Crew& crew_;
  const LineMaker& maker_;
  JobBudgets budgets_;
  JobMemory memory_;
  SharedDigests shared_;
  std::shared_ptr<Batch> batch_;  // the one being filled
  std::deque<std::shared_ptr<Batch>> waiting_;
  std::uint64_t waiting_weight_ = 0;
  std::string last_;
  std::optional<Fault> ended_;  // nothing is handed over after this
  std::uint64_t paths_ = 0;
};

}  // namespace

Ended to_lines(const read::Volume& volume, Budget& budget, work::Crew& crew,
               const LineMaker& maker) {
  return Lines(volume, budget, crew, maker).run();
}

}  // namespace erofs::extract
