// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_DECODERS_H_
#define EROFS_READ_DECODERS_H_

#include <memory>
#include <mutex>
#include <vector>

#include "read/pcluster.h"
#include "read/read_ahead.h"

namespace erofs::read {

// What one thread needs to decode: the libraries and room for stored bytes.
struct DecoderBench {
  DecoderBench(const decode::Codecs& codecs, const decode::Geometry& geometry)
      : decoder(codecs, geometry) {}

  PclusterDecoder decoder;
  ReadAhead stored;
};

// Lends benches to whoever decodes, and keeps them for the next. For several
// threads; outlives its leases.
class Decoders {
 public:
  // `codecs` and `geometry` outlive it.
  Decoders(const decode::Codecs& codecs,
           const decode::Geometry& geometry) noexcept
      : codecs_(codecs), geometry_(geometry) {}

  // A bench until the lease ends.
  class Lease {
   public:
    Lease(Decoders& owner, std::unique_ptr<DecoderBench> bench) noexcept
        : owner_(owner), bench_(std::move(bench)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();

    [[nodiscard]] DecoderBench& operator*() const noexcept { return *bench_; }
    [[nodiscard]] DecoderBench* operator->() const noexcept {
      return bench_.get();
    }

   private:
    Decoders& owner_;
    std::unique_ptr<DecoderBench> bench_;
  };

  [[nodiscard]] Lease lend();

 private:
  // Benches that nobody uses; more are thrown away.
  static constexpr std::size_t kIdle = 4;

  const decode::Codecs& codecs_;
  const decode::Geometry& geometry_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<DecoderBench>> idle_;
};

}  // namespace erofs::read

#endif  // EROFS_READ_DECODERS_H_
