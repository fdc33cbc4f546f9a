// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_CLUSTER_TABLE_H_
#define EROFS_REPORT_CLUSTER_TABLE_H_

#include <array>
#include <string>
#include <string_view>

#include "check/report.h"

namespace erofs::report {

// A form of data clusters and what it is called.
struct NamedUse {
  std::string_view name;
  check::ClusterUse use;
};

// The algorithms, then raw, inline and fragments.
[[nodiscard]] std::array<NamedUse, 7> cluster_uses(
    const check::Inventory& inventory);

// A line for each form that is in use: extents, content, stored bytes and
// their share of the content. Empty where there are no clusters.
[[nodiscard]] std::string cluster_table(const check::Inventory& inventory);

}  // namespace erofs::report

#endif  // EROFS_REPORT_CLUSTER_TABLE_H_
