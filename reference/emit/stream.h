// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_STREAM_H_
#define EROFS_EMIT_STREAM_H_

#include <functional>
#include <memory>

#include "emit/context.h"
#include "emit/feed.h"
#include "emit/load.h"

namespace erofs::emit {

// Batches of pieces, from where they are cut to where they get their place.
struct Stream {
  std::function<std::unique_ptr<Batch>()> next;  // nullptr: no more
  std::function<void(Piece&)> take;              // of a piece that is loaded
  std::function<void()> done;                    // with all of a batch
};

// Has all pieces loaded, by as many threads as the options say, and taken in
// their order. The first trouble ends the taking.
void run_stream(Context& context, Loader& loader, const Stream& stream);

}  // namespace erofs::emit

#endif  // EROFS_EMIT_STREAM_H_
