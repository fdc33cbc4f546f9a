// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_REPORT_FACTS_H_
#define EROFS_REPORT_FACTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "check/report.h"

namespace erofs::report {

// What an audit says at its head: a name and some text.
struct Fact {
  std::string name;
  std::string text;
};

// A number of an inventory; names that belong to the one before are indented.
struct Count {
  std::string name;
  std::uint64_t number = 0;
};

// Size, and what the superblock says, for people.
[[nodiscard]] std::vector<Fact> image_facts(const check::Summary& summary);

// What the image holds; kinds that it has none of are left out.
[[nodiscard]] std::vector<Count> inventory_counts(
    const check::Inventory& inventory);

}  // namespace erofs::report

#endif  // EROFS_REPORT_FACTS_H_
