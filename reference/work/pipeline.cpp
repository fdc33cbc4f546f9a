// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "work/pipeline.h"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

namespace erofs::work {
namespace {

void in_line(const Next& next) {
  while (const std::unique_ptr<Item> item = next()) {
    item->work();
    item->take();
  }
}

}  // namespace

void pipeline(unsigned jobs, unsigned items, const Next& next) {
  if (jobs <= 1) {
    in_line(next);
    return;
  }
  namespace tbb = oneapi::tbb;
  const auto first = tbb::make_filter<void, Item*>(
      tbb::filter_mode::serial_in_order, [&](tbb::flow_control& flow) {
        std::unique_ptr<Item> item = next();
        if (!item) flow.stop();
        return item.release();
      });
  const auto second = tbb::make_filter<Item*, Item*>(tbb::filter_mode::parallel,
                                                     [&](Item* item) {
                                                       if (item != nullptr)
                                                         item->work();
                                                       return item;
                                                     });
  const auto third = tbb::make_filter<Item*, void>(
      tbb::filter_mode::serial_in_order, [&](Item* item) {
        const std::unique_ptr<Item> owned(item);
        if (owned) owned->take();
      });
  // More threads than cores are a user's choice, and that of tests.
  const tbb::global_control threads(
      tbb::global_control::max_allowed_parallelism, jobs);
  tbb::task_arena arena(static_cast<int>(jobs));
  arena.execute([&] { tbb::parallel_pipeline(items, first & second & third); });
}

}  // namespace erofs::work
