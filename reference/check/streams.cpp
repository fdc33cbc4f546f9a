// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/streams.h"

#include <atomic>
#include <cstddef>
#include <utility>

namespace erofs::check {
namespace {

// Bytes that all threads hold at one time, and those that the libraries take
// of them for one thread, but for the dictionary of LZMA.
constexpr std::uint64_t kHeld = std::uint64_t{1} << 25;
constexpr std::uint64_t kLibraries = std::uint64_t{1} << 18;
// Benches that nobody works at.
constexpr std::size_t kIdle = 4;

std::uint64_t libraries(const decode::Codecs& codecs) noexcept {
  if (!codecs.has(format::Algorithm::kLzma)) return kLibraries;
  return kLibraries + codecs.lzma_dict_size;
}

}  // namespace

struct Streams::Job {
  StreamBatch batch;
  std::vector<StreamFault> faults;
  std::atomic<bool> done = false;
};

Streams::Streams(const read::Volume& volume, unsigned jobs)
    : volume_(volume),
      open_(std::make_unique<Job>()),
      libraries_(libraries(volume.codecs())),
      gate_(kHeld),
      crew_(jobs) {}

Streams::~Streams() = default;

void Streams::add(const map::Extent& extent, std::uint64_t nid) {
  if (!open_->batch.has_room_for(extent.stream)) send();
  open_->batch.add(extent, nid);
}

void Streams::add(const map::Extent& extent, std::uint64_t nid,
                  ByteView bytes) {
  if (!open_->batch.has_room_for(extent.stream)) send();
  open_->batch.add(extent, nid, bytes);
}

void Streams::send() {
  Job& job = *open_;
  sent_.push_back(std::move(open_));
  crew_.run([this, &job] {
    work(job);
    job.done.store(true, std::memory_order_release);
  });
  collect();
  if (spare_.empty()) spare_.push_back(std::make_unique<Job>());
  open_ = std::move(spare_.back());
  spare_.pop_back();
}

// Takes the findings of jobs that are done, up to the first that is not.
void Streams::collect() {
  while (!sent_.empty() &&
         sent_.front()->done.load(std::memory_order_acquire)) {
    std::unique_ptr<Job> job = std::move(sent_.front());
    sent_.pop_front();
    for (const StreamFault& each : job->faults) {
      found_.add(each.fault, each.nid, {});
    }
    job->faults.clear();
    job->batch.clear();
    job->done.store(false, std::memory_order_relaxed);
    spare_.push_back(std::move(job));
  }
}

void Streams::finish(Report& into) {
  send();
  crew_.wait();
  collect();
  into.absorb(std::exchange(found_, Report()));
}

void Streams::work(Job& job) {
  const work::Gate::Pass pass =
      gate_.enter(libraries_ + StreamBench::cost(job.batch));
  std::unique_ptr<StreamBench> bench = take_bench();
  job.faults = bench->judge(job.batch);
  give_back(std::move(bench));
}

std::unique_ptr<StreamBench> Streams::take_bench() {
  {
    const std::scoped_lock lock(mutex_);
    if (!benches_.empty()) {
      std::unique_ptr<StreamBench> bench = std::move(benches_.back());
      benches_.pop_back();
      return bench;
    }
  }
  return std::make_unique<StreamBench>(volume_.codecs(), volume_.geometry());
}

void Streams::give_back(std::unique_ptr<StreamBench> bench) {
  const std::scoped_lock lock(mutex_);
  if (benches_.size() < kIdle) benches_.push_back(std::move(bench));
}

}  // namespace erofs::check
