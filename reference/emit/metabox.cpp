// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/metabox.h"

#include "emit/own_file.h"
#include "emit/packed.h"

namespace erofs::emit {

void write_metabox(Context& context, Loader& loader) {
  const Options& options = context.options;
  if (const int error = context.box->blocks.error(); error != 0) {
    return context.fail({"the metabox", "cannot be kept", error});
  }
  Choice choice;
  choice.method =
      options.methods.empty() ? Choice::kPlain : options.metabox_method;
  choice.pcluster = options.metabox_pcluster;
  // It has no fragments.
  Packed none(context);
  write_own_file(context, none, loader, context.metabox_id(), *options.metabox,
                 context.box->space.end() * context.block_size(), choice);
  context.facts.metabox = context.nids[context.metabox_id()];
}

}  // namespace erofs::emit
