// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/to_archive.h"

#include <memory>
#include <string>
#include <utility>

#include "extract/all_paths.h"
#include "extract/facts.h"
#include "extract/hard_links.h"
#include "extract/job_budget.h"
#include "read/content.h"

namespace erofs::extract {
namespace {

// Holes that are worth a line in the map of an archive, and how many lines
// such a map may have: more would cost more than they save.
constexpr std::uint64_t kSmallestHole = std::uint64_t{1} << 14;
constexpr std::size_t kMostHoles = std::size_t{1} << 13;

// Bytes of a hole for one unit of work: whoever writes the archive steps
// through holes as through data.
constexpr unsigned kHoleShift = 17;

Result<std::vector<tree::Span>> holes(const read::Content& content) {
  std::vector<tree::Span> found;
  for (std::uint64_t at = 0; at < content.size();) {
    EROFS_ASSIGN(const auto extent, content.extent(at));
    const tree::Span span{at, at + extent.length};
    at = span.end;
    if (extent.kind != map::ExtentKind::kHole) continue;
    if (!found.empty() && found.back().end == span.begin) {
      found.back().end = span.end;
      continue;
    }
    // What came before was too small, or this is one too many.
    if (!found.empty() &&
        found.back().end - found.back().begin < kSmallestHole) {
      found.pop_back();
    }
    if (found.size() == kMostHoles) break;
    found.push_back(span);
  }
  if (!found.empty() && found.back().end - found.back().begin < kSmallestHole) {
    found.pop_back();
  }
  return found;
}

class Archiver {
 public:
  Archiver(const read::Volume& volume, Budget& budget, LeftOut& left_out,
           const ArchiveTaker& taker)
      : volume_(volume),
        budget_(budget),
        left_out_(left_out),
        taker_(taker),
        budgets_(budget.limits()) {}

  Ended run() {
    const Status status = walk();
    return {status, std::move(last_)};
  }

 private:
  Status walk() {
    return all_paths(volume_, budget_,
                     [this](const read::Visit& visit) { return add(visit); });
  }

  Status add(const read::Visit& visit) {
    ++order_;
    if (taker_.progress) taker_.progress(order_);
    last_ = visit.path;
    EROFS_ASSIGN(tree::Entry entry, facts(volume_, visit, budget_));
    EROFS_TRY(budgets_.charge(budget_, visit.node.at));
    if (entry.type == tree::Type::kSock) {
      left_out_.add(Left::kSocket, order_, entry.path);
      return {};
    }
    if (entry.nlink > 1 && entry.type != tree::Type::kDir) {
      EROFS_TRY(link(visit, entry));
    }
    if (entry.type != tree::Type::kReg || !entry.same_as.empty()) {
      return taker_.take(entry);
    }
    return file(visit, entry);
  }

  Status file(const read::Visit& visit, tree::Entry& entry) {
    const Place at = visit.node.at;
    Budget budget = budgets_.make(entry.size);
    EROFS_ASSIGN(const auto content,
                 read::Content::open(volume_, visit.node, budget));
    std::uint64_t bytes = entry.size;
    if (entry.size > kSmallestHole) {
      EROFS_ASSIGN(entry.holes, holes(*content));
      for (const tree::Span& hole : entry.holes) {
        const std::uint64_t length = hole.end - hole.begin;
        EROFS_TRY(budget_.work(length >> kHoleShift, at));
        bytes -= length;
      }
    }
    EROFS_TRY(budget_.output(bytes, at));
    entry.content = content.get();
    const Status taken = taker_.take(entry);
    budgets_.add(budget, bytes);
    return taken;
  }

  Status link(const read::Visit& visit, tree::Entry& entry) {
    if (const auto first = links_.find(visit.node.nid)) {
      entry.same_as = first->folder + first->name;
      return {};
    }
    const std::size_t name = entry.path.rfind('/') + 1;
    const std::string_view path = entry.path;
    return links_.add(visit.node.nid, entry.nlink, path.substr(0, name),
                      path.substr(name), visit.node.at, budget_);
  }

  const read::Volume& volume_;
  Budget& budget_;
  LeftOut& left_out_;
  const ArchiveTaker& taker_;
  JobBudgets budgets_;  // of files, one after the other
  HardLinks links_;
  std::uint64_t order_ = 0;
  std::string last_;
};

}  // namespace

Ended to_archive(const read::Volume& volume, Budget& budget, LeftOut& left_out,
                 const ArchiveTaker& taker) {
  return Archiver(volume, budget, left_out, taker).run();
}

}  // namespace erofs::extract
