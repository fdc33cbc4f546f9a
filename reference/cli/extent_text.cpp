// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/extent_text.h"

#include <fmt/core.h>

#include "report/place.h"

namespace erofs::cli {
namespace {

using map::ExtentKind;

const char* kind_name(ExtentKind kind) {
  switch (kind) {
    case ExtentKind::kHole:
      return "hole";
    case ExtentKind::kRaw:
      return "raw";
    case ExtentKind::kEncoded:
      return "encoded";
    case ExtentKind::kFragment:
      return "fragment";
    case ExtentKind::kInline:
      break;
  }
  return "inline";
}

std::string algorithm(const map::Extent& extent) {
  if (extent.kind != ExtentKind::kEncoded) return "-";
  return std::string(format::name_of(extent.stream.algorithm));
}

// Bytes that the extent takes in the image.
std::uint64_t stored(const map::Extent& extent) {
  if (extent.kind == ExtentKind::kHole) return 0;
  return extent.kind == ExtentKind::kEncoded ? extent.stream.stored
                                             : extent.length;
}

std::string physical(const map::Extent& extent) {
  if (extent.kind == ExtentKind::kHole) return "-";
  const Place& place = extent.location.place;
  const std::string space = report::space_text(place.space);
  return fmt::format("{}{}{}", space, space.empty() ? "" : ":", place.offset);
}

std::string remarks(const map::Extent& extent) {
  if (extent.kind != ExtentKind::kEncoded) return {};
  std::string text;
  if (extent.skip != 0) text += fmt::format(" skips {}", extent.skip);
  if (!extent.stream.whole) text += " partial";
  return text;
}

}  // namespace

Json place_json(const Place& place) {
  Json json;
  const std::string space = report::space_text(place.space);
  if (!space.empty()) json["space"] = space;
  json["offset"] = place.offset;
  return json;
}

Json extent_json(const map::Extent& extent) {
  Json json;
  json["logical"] = extent.logical;
  json["length"] = extent.length;
  json["kind"] = kind_name(extent.kind);
  if (extent.kind == ExtentKind::kHole) return json;
  json["at"] = place_json(extent.location.place);
  json["stored"] = stored(extent);
  if (extent.kind == ExtentKind::kEncoded) {
    json["algorithm"] = algorithm(extent);
    json["skip"] = extent.skip;
    json["decoded"] = extent.stream.decoded;
    json["partial"] = !extent.stream.whole;
  }
  return json;
}

std::string extent_text(const map::Extent& extent) {
  std::string text = fmt::format("  {:>12} +{:<12} {}", extent.logical,
                                 extent.length, kind_name(extent.kind));
  if (extent.kind == ExtentKind::kHole) return text + '\n';
  if (extent.kind == ExtentKind::kEncoded) {
    text += fmt::format(" by {}, {} bytes", algorithm(extent),
                        extent.stream.stored);
  }
  text += " at " + report::place_text(extent.location.place);
  return text + remarks(extent) + '\n';
}

std::string extent_table_head() {
  return fmt::format("{:>14} {:>12} {:<8} {:<9} {:>18} {:>10}\n", "logical",
                     "length", "kind", "algorithm", "physical", "stored");
}

std::string extent_table_row(const map::Extent& extent) {
  return fmt::format("{:>14} {:>12} {:<8} {:<9} {:>18} {:>10}{}\n",
                     extent.logical, extent.length, kind_name(extent.kind),
                     algorithm(extent), physical(extent), stored(extent),
                     remarks(extent));
}

}  // namespace erofs::cli
