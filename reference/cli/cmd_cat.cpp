// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <memory>
#include <utility>

#include "base/escape.h"
#include "cli/command.h"
#include "cli/session.h"
#include "read/content.h"

namespace erofs::cli {
namespace {

constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;

struct CatOptions {
  Common common;
  std::vector<std::string> paths;
};

void print_content(Session& session, const read::Node& node,
                   const std::string& name) {
  auto content = read::Content::open(session.volume(), node, session.budget());
  if (!content) return session.fail(content.error(), name);
  const std::uint64_t size = (*content)->size();
  std::vector<std::byte> buffer(
      static_cast<std::size_t>(std::min(size, kPiece)));
  for (std::uint64_t at = 0; at < size;) {
    const auto piece = MutableBytes(buffer).head(size - at);
    const Status read = (*content)->read(at, piece);
    if (!read) {
      session.out().flush();
      return session.fail(read.error(), name + ", byte " + std::to_string(at));
    }
    if (!session.out().write(piece.view().text())) return;
    at += piece.size();
  }
}

void print(Session& session, const std::vector<std::string>& paths) {
  session.warn_of_mount_faults();
  for (const auto& path : paths) {
    const auto node = session.find(path, read::LastLink::kFollow);
    if (!node) continue;
    const std::string name = escape(path);
    if (node->inode().type != format::ModeType::kRegular) {
      session.fail(kUsage,
                   name + ": not a regular file: 'erofs-ref stat' tells more");
      continue;
    }
    print_content(session, *node, name);
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
  add_teaching(*command,
               "  erofs-ref cat system.erofs /etc/os-release\n"
               "  erofs-ref cat layer.erofs /a /b | sha256sum\n"
               "\n"
               "Symbolic links are followed inside the image, never outside "
               "it.\n");
  command->callback([options, &chosen] {
    chosen.run = [options] {
      return with_session(options->common, [&](Session& session) {
        print(session, options->paths);
      });
    };
  });
}

}  // namespace erofs::cli
