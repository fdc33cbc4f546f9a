// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_HOST_FILES_H_
#define EROFS_EXTRACT_HOST_FILES_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/budget.h"
#include "extract/failure.h"
#include "extract/host_content.h"
#include "extract/host_directory.h"
#include "extract/host_metadata.h"
#include "extract/job_budget.h"
#include "extract/job_memory.h"
#include "extract/left_out.h"
#include "read/node.h"
#include "tree/entry.h"
#include "work/crew.h"

namespace erofs::extract {

// A regular file that was made and is still empty.
struct NewFile {
  NewFile() = default;
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  NewFile(NewFile&&) = default;
  NewFile& operator=(NewFile&&) = default;
  ~NewFile() = default;

  Fd fd;
  mode_t mode = 0;  // what it was made with
  tree::Entry entry;
  read::Node node;
  std::uint64_t order = 0;  // of its path in the walk
};

// The first failure in the order of the walk, whoever meets it.
class FirstFailure {
 public:
  // Paths of the walk, counted, and a byte of its content.
  using Order = std::pair<std::uint64_t, std::uint64_t>;
  struct At {
    Failure failure;
    Order order;
    std::string path;
  };

  void add(const Failure& failure, Order order, const std::string& path);
  // Whether one is known that comes before `order`, so that nothing that
  // happens there is of interest any more.
  [[nodiscard]] bool before(Order order) const;
  [[nodiscard]] bool any() const noexcept { return any_.load(); }
  [[nodiscard]] std::optional<At> get() const;

 private:
  mutable std::mutex mutex_;
  std::optional<At> first_;
  std::atomic<bool> any_ = false;
};

// Fills files on a crew: small ones in batches, large ones range by range.
class HostFiles {
 public:
  struct Where {
    const read::Volume& volume;
    JobBudgets& budgets;
    const Rights& rights;
    LeftOut& left_out;
    FirstFailure& failures;
    std::uint64_t open_files = 0;  // that may be open at one time
  };

  HostFiles(work::Crew& crew, const Where& where);

  // Takes over the file: content, metadata, closing. Charges `budget` for
  // what is written as output; large files are mapped here already.
  // Faults: those of Content; limit.
  [[nodiscard]] Status fill(NewFile file, Budget& budget);
  // Until all of them are done.
  void wait();

 private:
  struct Large;
  class Buffers;

  void submit();
  [[nodiscard]] Status fill_large(NewFile file, Budget& budget);
  [[nodiscard]] Done fill_small(NewFile& file) const;
  void fill_range(Large& large, Range range) const;
  void finish_large(Large& large) const;
  [[nodiscard]] Attempt<std::uint64_t> content(const NewFile& file,
                                               Range range) const;
  [[nodiscard]] Done finish(NewFile& file) const;

  work::Crew& crew_;
  Where where_;
  std::size_t most_;  // files of a batch
  std::unique_ptr<JobMemory> memory_;
  std::shared_ptr<Buffers> buffers_;
  std::vector<NewFile> batch_;
  std::uint64_t batch_bytes_ = 0;
  std::uint64_t most_weight_;  // bytes of the entries of a batch
  std::uint64_t batch_weight_ = 0;
};

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_HOST_FILES_H_
