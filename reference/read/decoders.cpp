// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/decoders.h"

#include <utility>

namespace erofs::read {

Decoders::Lease Decoders::lend() {
  std::unique_ptr<DecoderBench> bench;
  {
    const std::scoped_lock lock(mutex_);
    if (!idle_.empty()) {
      bench = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!bench) bench = std::make_unique<DecoderBench>(codecs_, geometry_);
  return {*this, std::move(bench)};
}

Decoders::Lease::~Lease() {
  const std::scoped_lock lock(owner_.mutex_);
  if (owner_.idle_.size() < kIdle) owner_.idle_.push_back(std::move(bench_));
}

}  // namespace erofs::read
