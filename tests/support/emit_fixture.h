// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TESTS_SUPPORT_EMIT_FIXTURE_H_
#define EROFS_TESTS_SUPPORT_EMIT_FIXTURE_H_

#include <utility>
#include <vector>

#include "emit/context.h"
#include "image/memory_target.h"
#include "support/emit_tree.h"

namespace erofs::test {

// An image that begins at byte 4096, and nothing in it yet.
struct Emitting {
  explicit Emitting(tree::Tree given, emit::Options wanted = {})
      : tree(std::move(given)),
        options(std::move(wanted)),
        context(tree, options, target) {
    context.nids.resize(tree.nodes().size() + 2);
    context.space.emplace(options.block_bits, 4096);
  }

  // What the image holds so far.
  [[nodiscard]] const std::vector<std::byte>& bytes() {
    context.blocks.flush();
    return target.bytes();
  }

  tree::Tree tree;
  emit::Options options;
  image::MemoryTarget target;
  emit::Context context;
};

}  // namespace erofs::test

#endif  // EROFS_TESTS_SUPPORT_EMIT_FIXTURE_H_
