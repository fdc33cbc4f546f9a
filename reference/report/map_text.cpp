// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "report/map_text.h"

#include <fmt/core.h>

#include "base/escape.h"
#include "report/amount.h"
#include "report/place.h"
#include "report/range_names.h"

namespace erofs::report {
namespace {

using check::RangeKind;

std::string title(std::uint32_t space) {
  const std::string name = space_text(space);
  return name.empty() ? "image" : name;
}

std::string owner(const check::Piece& piece) {
  if (check::of_an_inode(piece.kind)) return std::to_string(piece.owner);
  if (piece.kind == RangeKind::kSharedXattr) {
    return fmt::format("id {}", piece.owner);
  }
  return {};
}

// How often bytes are used; of several files how many.
std::string uses(const check::Piece& piece) {
  if (piece.uses <= 1) return {};
  std::string text = fmt::format("x{}", piece.uses);
  if (piece.users > 1) text += fmt::format(" of {}", piece.users);
  return text;
}

std::string row(const check::Piece& piece, std::uint64_t count,
                std::string_view path) {
  std::string what(range_name(piece.kind).text);
  if (count > 1) what = fmt::format("{} {}s", count, what);
  std::string text =
      fmt::format("{:>14} {:>14} {:>12}  {:<16} {:>10} {:<9} {}", piece.begin,
                  piece.end, piece.length(), what, owner(piece), uses(piece),
                  path.starts_with('/') ? escape(path) : std::string(path));
  text.erase(text.find_last_not_of(' ') + 1);
  return text + '\n';
}

}  // namespace

bool MapText::joins(const check::Piece& piece) const noexcept {
  const bool cluster = piece.kind == RangeKind::kCluster ||
                       piece.kind == RangeKind::kRawCluster ||
                       piece.kind == RangeKind::kPackedContent;
  return !full_ && count_ != 0 && cluster && last_.kind == piece.kind &&
         last_.space == piece.space && last_.end == piece.begin &&
         last_.owner == piece.owner && last_.uses == piece.uses &&
         last_.users == piece.users;
}

std::string MapText::head(const check::Bounds& bounds) {
  std::string text = begun_ ? "\n" : "";
  begun_ = true;
  text +=
      fmt::format("{}: {}\n", title(bounds.space), plural(bounds.size, "byte"));
  return text + fmt::format("{:>14} {:>14} {:>12}  {:<16} {:>10} {:<9} {}\n",
                            "begin", "end", "bytes", "what", "nid", "used",
                            "path");
}

std::string MapText::piece(const check::Piece& piece,
                           const check::Bounds& bounds, std::string_view path) {
  if (joins(piece)) {
    last_.end = piece.end;
    ++count_;
    return {};
  }
  const bool starts = !begun_ || last_.space != piece.space;
  std::string text = end();
  if (starts) text += head(bounds);
  last_ = piece;
  path_ = path;
  count_ = 1;
  return text;
}

std::string MapText::end() {
  if (count_ == 0) return {};
  std::string text = row(last_, count_, path_);
  count_ = 0;
  return text;
}

std::string map_totals_text(const MapTotals& totals) {
  std::string text;
  for (const auto& [space, total] : totals.spaces()) {
    text += fmt::format("\n{}, by kind\n", title(space));
    std::uint64_t pieces = 0;
    for (const RangeName& name : kRangeNames) {
      const auto count = total.pieces[static_cast<std::size_t>(name.kind)];
      if (count == 0) continue;
      pieces += count;
      text += fmt::format("  {:<16} {:>14} {:>10}\n", name.text,
                          total.bytes[name.kind], plural(count, "piece"));
    }
    text += fmt::format("  {:<16} {:>14} {:>10}\n", "sum", total.bytes.sum(),
                        plural(pieces, "piece"));
  }
  return text;
}

}  // namespace erofs::report
