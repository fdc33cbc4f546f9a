// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/stream.h"

#include <utility>

#include "work/pipeline.h"

namespace erofs::emit {
namespace {

// Batches on their way at one time, for each thread.
constexpr unsigned kItemsEach = 2;

class Step : public work::Item {
 public:
  Step(std::unique_ptr<Batch> batch, Context& context, Loader& loader,
       const Stream& stream)
      : batch_(std::move(batch)),
        context_(context),
        loader_(loader),
        stream_(stream) {}

  void work() override {
    for (Piece& piece : batch_->pieces) loader_.load(piece);
  }

  void take() override {
    for (Piece& piece : batch_->pieces) {
      if (piece.trouble) context_.fail(*piece.trouble);
      if (context_.failed()) return;
      stream_.take(piece);
    }
    loader_.give_back(*batch_);
    stream_.done();
  }

 private:
  std::unique_ptr<Batch> batch_;
  Context& context_;
  Loader& loader_;
  const Stream& stream_;
};

}  // namespace

void run_stream(Context& context, Loader& loader, const Stream& stream) {
  const unsigned jobs = context.options.jobs;
  const auto next = [&]() -> std::unique_ptr<work::Item> {
    auto batch = stream.next();
    if (!batch) return nullptr;
    return std::make_unique<Step>(std::move(batch), context, loader, stream);
  };
  work::pipeline(jobs, jobs * kItemsEach, next);
}

}  // namespace erofs::emit
