// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/to_lines.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "extract/facts.h"
#include "extract/job_budget.h"
#include "read/content.h"
#include "read/node.h"
#include "read/walk.h"

namespace erofs::extract {
namespace {

// What one job renders: enough to be worth a job, little enough to share.
constexpr std::size_t kBatchPaths = 48;
constexpr std::uint64_t kBatchBytes = std::uint64_t{1} << 20;
constexpr std::uint64_t kBatchText = std::uint64_t{1} << 18;
// Text that may wait for the text of a long file before it.
constexpr std::uint64_t kWaitingText = std::uint64_t{1} << 23;

struct Item {
  tree::Entry entry;
  std::optional<read::Node> node;  // of a regular file
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

Result<std::string> render(const read::Volume& volume, Item& item,
                           JobBudgets& budgets, const LineMaker& maker) {
  if (!item.node) return maker.render(item.entry);
  EROFS_TRY(budgets.left(item.node->at));
  Budget budget = budgets.make(item.entry.size);
  EROFS_ASSIGN(const auto content,
               read::Content::open(volume, *item.node, budget));
  item.entry.content = content.get();
  auto text = maker.render(item.entry);
  budgets.add(budget, item.entry.size);
  return text;
}

void render_all(const read::Volume& volume, Batch& batch, JobBudgets& budgets,
                const LineMaker& maker) {
  for (Item& item : batch.items) {
    const auto text = render(volume, item, budgets, maker);
    batch.last = item.entry.path;
    if (!text) {
      batch.fault = text.error();
      break;
    }
    batch.text += *text;
  }
  batch.items = {};
  batch.done.store(true, std::memory_order_release);
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
    EROFS_TRY(volume_.mountable());
    EROFS_ASSIGN(const read::Node root,
                 read::node(volume_, volume_.superblock().root_nid, budget_));
    return read::walk(volume_, root, "/", budget_,
                      [this](const read::Visit& visit) { return add(visit); });
  }

  Status add(const read::Visit& visit) {
    EROFS_ASSIGN(tree::Entry entry, facts(volume_, visit, budget_));
    if (maker_.progress) maker_.progress(++paths_);
    EROFS_TRY(budgets_.charge(budget_, visit.node.at));
    Item item{std::move(entry), std::nullopt};
    if (item.entry.type == tree::Type::kReg) {
      EROFS_TRY(charge(visit.node, item.entry.size));
      item.node = visit.node;
      batch_->bytes += std::min(item.entry.size, kBatchBytes);
    }
    batch_->weight += text_weight(item.entry);
    batch_->items.push_back(std::move(item));
    if (batch_->items.size() < kBatchPaths && batch_->bytes < kBatchBytes &&
        batch_->weight < kBatchText) {
      return {};
    }
    const Status status = submit();
    ended_ = fault_of(status);
    return status;
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
    crew_.run([this, batch] { render_all(volume_, *batch, budgets_, maker_); });
    if (waiting_weight_ > kWaitingText) crew_.wait();
    return drain();
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
