// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/map_json.h"

#include <nlohmann/json.hpp>

#include "base/escape.h"
#include "report/place.h"
#include "report/range_names.h"

namespace erofs::report {
namespace {

using Json = nlohmann::ordered_json;

std::string line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

void put_space(Json& json, std::uint32_t space) {
  const std::string name = space_text(space);
  if (!name.empty()) json["space"] = name;
}

}  // namespace

std::string map_head_json(std::string_view image, std::uint64_t bytes) {
  Json json;
  json["schema"] = "erofs-ref/map/1";
  json["image"] = image;
  json["bytes"] = bytes;
  return line(json);
}

std::string map_piece_json(const check::Piece& piece, std::string_view path) {
  Json json;
  put_space(json, piece.space);
  json["offset"] = piece.begin;
  json["length"] = piece.length();
  json["kind"] = range_name(piece.kind).key;
  if (piece.kind == check::RangeKind::kSharedXattr) json["id"] = piece.owner;
  if (check::of_an_inode(piece.kind)) {
    json["nid"] = piece.owner;
    if (path.starts_with('/')) json["path"] = escape(path);
    json["uses"] = piece.uses;
    json["users"] = piece.users;
  }
  return line(json);
}

std::string map_totals_json(const MapTotals& totals, bool whole) {
  Json spaces = Json::array();
  for (const auto& [space, total] : totals.spaces()) {
    Json each;
    put_space(each, space);
    each["bytes"] = total.bytes.sum();
    Json kinds = Json::object();
    for (const RangeName& name : kRangeNames) {
      const std::uint64_t bytes = total.bytes[name.kind];
      if (bytes != 0) kinds[std::string(name.key)] = bytes;
    }
    each["kinds"] = std::move(kinds);
    spaces.push_back(std::move(each));
  }
  Json json;
  json["totals"] = std::move(spaces);
  json["whole"] = whole;
  return line(json);
}

}  // namespace erofs::report
