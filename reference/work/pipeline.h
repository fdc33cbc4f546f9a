// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_WORK_PIPELINE_H_
#define EROFS_WORK_PIPELINE_H_

#include <functional>
#include <memory>

namespace erofs::work {

// What goes through a pipeline: derived by who knows what it is.
struct Item {
  Item() = default;
  Item(const Item&) = delete;
  Item& operator=(const Item&) = delete;
  virtual ~Item() = default;
};

// None of these throws. next() and take() are never called by two threads
// at once, and take() sees the items in the order in which next() gave them.
struct Stages {
  std::function<std::unique_ptr<Item>()> next;  // nullptr: no more
  std::function<void(Item&)> work;              // on several threads
  std::function<void(Item&)> take;
};

// Until next() has no more and all it gave was taken. At most `jobs`
// threads work, the caller's included, on at most `items` items at one time;
// with one job everything happens on the caller's.
void pipeline(unsigned jobs, unsigned items, const Stages& stages);

}  // namespace erofs::work

#endif  // EROFS_WORK_PIPELINE_H_
