// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/host_files.h"

#include <gtest/gtest.h>

#include "extract/facts.h"
#include "format/rule_ids.gen.h"
#include "read/walk.h"
#include "support/scratch.h"
#include "support/tree_image.h"

namespace erofs::extract {
namespace {

using test::Scratch;
using test::Succeeds;

Failure failure(std::uint64_t value) {
  return {Fault{FaultKind::kIo, RuleId{}, Place{}, value}, "write"};
}

TEST(FirstFailure, IsTheFirstInOrder) {
  FirstFailure failures;
  EXPECT_FALSE(failures.any());
  EXPECT_FALSE(failures.get().has_value());
  failures.add(failure(1), {7, 0}, "/later");
  failures.add(failure(2), {3, 500}, "/f");
  failures.add(failure(3), {3, 900}, "/f");
  failures.add(failure(4), {3, 100}, "/f");
  ASSERT_TRUE(failures.get().has_value());
  EXPECT_EQ(failures.get()->failure.fault.value, 4U);
  EXPECT_EQ(failures.get()->path, "/f");
  EXPECT_TRUE(failures.before({3, 101}));
  EXPECT_FALSE(failures.before({3, 100}));
  EXPECT_FALSE(failures.before({2, 0}));
}

// Files of some sizes, filled by `jobs` threads.
class Filled {
 public:
  explicit Filled(unsigned jobs, std::uint64_t output = test::kUnlimited)
      : image_(test::open_tree()),
        budget_({test::kUnlimited, test::kUnlimited, test::kUnlimited, output},
                format::budget_rules()),
        budgets_(budget_.limits()),
        root_(*open_root(scratch_.path("root"))) {
    rights_.uid = ::geteuid();
    rights_.gid = ::getegid();
    work::Crew crew(jobs);
    HostFiles files(crew,
                    {*image_, budgets_, rights_, left_out_, failures_, 1000});
    const auto root =
        read::node(*image_, image_->superblock().root_nid, budget_);
    status_ = read::walk(
        *image_, *root, "/", budget_,
        [&](const read::Visit& visit) { return make(visit, files); });
    files.wait();
  }

  Status make(const read::Visit& visit, HostFiles& files) {
    ++order_;
    EROFS_ASSIGN(tree::Entry entry, facts(*image_, visit, budget_));
    if (entry.type != tree::Type::kReg) return {};
    NewFile file;
    file.fd = std::move(*make_file(root_.get(), std::to_string(order_), 0600));
    file.mode = 0600;
    file.entry = entry;
    file.node = visit.node;
    file.order = order_;
    return files.fill(std::move(file), budget_);
  }

  Scratch scratch_;
  test::OpenImage image_;
  Budget budget_;
  JobBudgets budgets_;
  Rights rights_;
  LeftOut left_out_;
  FirstFailure failures_;
  Fd root_;
  Status status_;
  std::uint64_t order_ = 0;
};

TEST(HostFiles, FillWithAnyNumberOfThreads) {
  for (const unsigned jobs : {1U, 3U}) {
    const Filled filled(jobs);
    ASSERT_THAT(filled.status_, Succeeds());
    EXPECT_FALSE(filled.failures_.any());
    // "/", "/a.txt", "/dir", "/dir/big", ...
    EXPECT_EQ(filled.scratch_.read("root/2"), "hello");
    EXPECT_EQ(filled.scratch_.read("root/4"), std::string(test::kBigFile, 'x'));
    EXPECT_EQ(filled.scratch_.stat("root/2").st_mode, S_IFREG | 0640U);
    EXPECT_EQ(filled.scratch_.stat("root/4").st_mtim.tv_nsec, 5);
  }
}

TEST(HostFiles, StopBeforeMoreIsWrittenThanAllowed) {
  const Filled filled(1, 5);
  EXPECT_THAT(filled.status_, test::IsLimit(RuleId::limit_output_reached));
  EXPECT_EQ(filled.scratch_.read("root/2"), "hello");
  EXPECT_EQ(filled.scratch_.stat("root/4").st_size, 0);
}

}  // namespace
}  // namespace erofs::extract
