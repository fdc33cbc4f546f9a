// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "base/checked.h"
#include "base/escape.h"
#include "cli/command.h"
#include "cli/limits.h"
#include "cli/session.h"
#include "read/content.h"

namespace erofs::cli {
namespace {

constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;

// Bytes [begin, end) of a file; what lies behind its end is not there.
struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t end = std::numeric_limits<std::uint64_t>::max();
};

struct CatOptions {
  Common common;
  std::vector<std::string> paths;
  ByteRange range;
};

// START:LENGTH, of which either may be absent.
std::optional<ByteRange> parse_range(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || text.size() == 1) return std::nullopt;
  ByteRange range;
  if (colon != 0) {
    const auto begin = parse_amount(text.substr(0, colon));
    if (!begin) return std::nullopt;
    range.begin = *begin;
  }
  if (colon + 1 == text.size()) return range;
  const auto length = parse_amount(text.substr(colon + 1));
  if (!length) return std::nullopt;
  range.end = checked::add(range.begin, *length).value_or(range.end);
  return range;
}

std::string refuse_bad_range(const std::string& text) {
  if (parse_range(text)) return {};
  return "'" + text +
         "' is no range: write START:LENGTH, :LENGTH or START: in bytes "
         "(4096:100, 1M:)";
}

void print_content(Session& session, const read::Node& node,
                   const std::string& name, const ByteRange& range) {
  auto content = read::Content::open(session.volume(), node, session.budget());
  if (!content) return session.fail(content.error(), name);
  const std::uint64_t end = std::min((*content)->size(), range.end);
  const std::uint64_t begin = std::min(range.begin, end);
  std::vector<std::byte> buffer(
      static_cast<std::size_t>(std::min(end - begin, kPiece)));
  for (std::uint64_t at = begin; at < end;) {
    const auto piece = MutableBytes(buffer).head(end - at);
    const Status read = (*content)->read(at, piece);
    if (!read) {
      session.out().flush();
      return session.fail(read.error(), name + ", byte " + std::to_string(at));
    }
    if (!session.out().write(piece.view().text())) return;
    at += piece.size();
  }
}

void print(Session& session, const CatOptions& options) {
  session.warn_of_mount_faults();
  for (const auto& path : options.paths) {
    const auto node = session.find(path, read::LastLink::kFollow);
    if (!node) continue;
    const std::string name = escape(path);
    if (node->inode().type != format::ModeType::kRegular) {
      session.fail(kUsage,
                   name + ": not a regular file: 'erofs-ref stat' tells more");
      continue;
    }
    print_content(session, *node, name, options.range);
  }
}

}  // namespace

void add_cat(CLI::App& app, Chosen& chosen) {
  auto* command =
      app.add_subcommand("cat", "Print the content of files in the image");
  const auto options = std::make_shared<CatOptions>();
  add_common(*command, options->common);
  command->remove_option(command->get_option("--json"));
  command->add_option("PATH", options->paths, "Files inside the image")
      ->required();
  command
      ->add_option_function<std::string>(
          "--range",
          [options](const std::string& text) {
            options->range = parse_range(text).value_or(ByteRange());
          },
          "Only these bytes of each file; K, M, G, T multiply")
      ->type_name("START:LENGTH")
      ->check(refuse_bad_range);
  add_teaching(*command,
               "  erofs-ref cat system.erofs /etc/os-release\n"
               "  erofs-ref cat --range 1M:4K system.erofs /lib/libc.so.6\n"
               "  erofs-ref cat layer.erofs /a /b | sha256sum\n"
               "\n"
               "Symbolic links are followed inside the image, never outside "
               "it. Of a compressed\nfile only what the range touches is "
               "decoded; behind the end there is nothing.\n");
  command->callback([options, &chosen] {
    chosen.run = [options] {
      return with_session(options->common,
                          [&](Session& session) { print(session, *options); });
    };
  });
}

}  // namespace erofs::cli
