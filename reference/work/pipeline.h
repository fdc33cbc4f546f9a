// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_WORK_PIPELINE_H_
#define EROFS_WORK_PIPELINE_H_

#include <functional>
#include <memory>

namespace erofs::work {

// What goes through a pipeline. Neither function throws.
class Item {
 public:
  Item() = default;
  Item(const Item&) = delete;
  Item& operator=(const Item&) = delete;
  virtual ~Item() = default;

  // On any thread, beside other items.
  virtual void work() = 0;
  // Never beside another item, and in the order in which they were given.
  virtual void take() = 0;
};

// Gives the next item, or nullptr for no more; never called by two threads
// at once.
using Next = std::function<std::unique_ptr<Item>()>;

// Until next() has no more and all it gave was taken. At most `jobs`
// threads work, the caller's included, on at most `items` items at one time;
// with one job everything happens on the caller's.
void pipeline(unsigned jobs, unsigned items, const Next& next);

}  // namespace erofs::work

#endif  // EROFS_WORK_PIPELINE_H_
