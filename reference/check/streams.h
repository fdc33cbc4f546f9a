// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_STREAMS_H_
#define EROFS_CHECK_STREAMS_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "check/report.h"
#include "check/stream_batch.h"
#include "read/volume.h"
#include "work/crew.h"
#include "work/gate.h"

namespace erofs::check {

// Decodes every stream that the walk comes across, on several threads. What
// is found does not depend on their number: the one thread that walks makes
// up the batches, and findings are added in the order of batches.
class Streams {
 public:
  // Decodes on at most `jobs` threads, the caller's included. `volume`
  // outlives it.
  Streams(const read::Volume& volume, unsigned jobs);
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;
  ~Streams();

  // Takes the stream of `extent`, which is kEncoded and starts at its first
  // decoded byte, of inode `nid`. It is decoded before finish() returns.
  void add(const map::Extent& extent, std::uint64_t nid);
  // The same for one whose stored bytes are at hand: they are copied.
  void add(const map::Extent& extent, std::uint64_t nid, ByteView bytes);

  // Decodes what is left and adds all that was found to `into`. Findings
  // have no path.
  void finish(Report& into);

 private:
  struct Job;

  void send();
  void collect();
  void work(Job& job);
  [[nodiscard]] std::unique_ptr<StreamBench> take_bench();
  void give_back(std::unique_ptr<StreamBench> bench);

  const read::Volume& volume_;
  Report found_;
  std::unique_ptr<Job> open_;              // still filled
  std::deque<std::unique_ptr<Job>> sent_;  // in the order of sending
  std::vector<std::unique_ptr<Job>> spare_;

  std::mutex mutex_;  // of the benches
  std::vector<std::unique_ptr<StreamBench>> benches_;
  std::uint64_t libraries_;  // bytes that decoding takes beside its buffers
  work::Gate gate_;
  work::Crew crew_;  // last, because its jobs use all of the above
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_STREAMS_H_
