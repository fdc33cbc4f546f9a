// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <fmt/core.h>

#include <memory>
#include <optional>

#include "base/escape.h"
#include "cli/command.h"
#include "cli/node_text.h"
#include "cli/session.h"
#include "read/content.h"
#include "read/directory.h"
#include "read/walk.h"
#include "report/amount.h"

namespace erofs::cli {
namespace {

constexpr std::uint64_t kLongestTarget = std::uint64_t{1} << 16;

struct LsOptions {
  Common common;
  std::string path = "/";
  bool details = false;
  bool deep = false;
};

// The text of a link, or nothing after fail().
std::optional<std::string> target(Session& session, const read::Node& node,
                                  const std::string& name) {
  auto text =
      read::read_text(session.volume(), node, kLongestTarget, session.budget());
  if (text) return std::move(*text);
  session.fail(text.error(), name);
  return std::nullopt;
}

std::string size_text(const decode::Inode& inode) {
  if (inode.type == format::ModeType::kCharDevice ||
      inode.type == format::ModeType::kBlockDevice) {
    return fmt::format("{}, {}", inode.rdev_major(), inode.rdev_minor());
  }
  return std::to_string(inode.size);
}

void print_json(Session& session, const read::Node& node,
                const std::string& name) {
  Json json;
  json["path"] = name;
  json.update(node_json(node));
  if (node.inode().type == format::ModeType::kSymlink) {
    const auto to = target(session, node, name);
    if (to) json["target"] = escape(*to);
  }
  session.out().write(json.dump() + '\n');
}

void print_details(Session& session, const read::Node& node,
                   const std::string& name) {
  const auto& inode = node.inode();
  std::string line = fmt::format(
      "{} {:>3} {:>5} {:>5} {:>10} {} {}", mode_text(inode), inode.nlink,
      inode.uid, inode.gid, size_text(inode), report::utc(inode.mtime), name);
  if (inode.type == format::ModeType::kSymlink) {
    const auto to = target(session, node, name);
    if (to) line += " -> " + escape(*to);
  }
  session.out().write(line + '\n');
}

void print_node(Session& session, const LsOptions& options,
                const read::Node& node, const std::string& name) {
  if (options.common.json) return print_json(session, node, name);
  if (options.details) return print_details(session, node, name);
  session.out().write(name + '\n');
}

// Names alone need no inode, so those of damaged ones are listed too.
void print_entry(Session& session, const LsOptions& options,
                 const decode::Dirent& entry) {
  if (entry.name == "." || entry.name == "..") return;
  std::string name = escape(entry.name);
  if (!options.common.json && !options.details) {
    session.out().write(name + '\n');
    return;
  }
  if (options.common.json) {
    const bool root = options.path == "/";
    name = escape(options.path) + (root ? "" : "/") + name;
  }
  const auto node = read::node(session.volume(), entry.nid, session.budget());
  if (!node) return session.fail(node.error(), name);
  print_node(session, options, *node, name);
}

void print_directory(Session& session, const LsOptions& options,
                     const read::Node& node) {
  auto reader =
      read::DirectoryReader::open(session.volume(), node, session.budget());
  if (!reader) return session.fail(reader.error(), escape(options.path));
  read::DirectoryPage page;
  for (;;) {
    const auto more = reader->next(page);
    if (!more) return session.fail(more.error(), escape(options.path));
    if (!*more) return;
    for (const auto& entry : page.block.entries) {
      print_entry(session, options, entry);
      if (session.out().failed()) return;
    }
  }
}

void print_tree(Session& session, const LsOptions& options,
                const read::Node& node) {
  const auto visit = [&](const read::Visit& found) -> Status {
    print_node(session, options, found.node, escape(found.path));
    if (!session.out().failed()) return {};
    return io_fault({}, static_cast<std::uint64_t>(session.out().error()));
  };
  const Status status =
      read::walk(session.volume(), node, options.path, session.budget(), visit);
  if (status || session.out().failed()) return;
  session.out().flush();
  session.fail(status.error(), escape(options.path));
}

void print(Session& session, const LsOptions& options) {
  session.warn_of_mount_faults();
  const auto node = session.find(options.path, read::LastLink::kKeep);
  if (!node) return;
  const bool directory = node->inode().type == format::ModeType::kDirectory;
  if (!directory) {
    return print_node(session, options, *node, escape(options.path));
  }
  if (options.deep) return print_tree(session, options, *node);
  print_directory(session, options, *node);
}

// "usr//bin/" as "/usr/bin", so that what is listed below it is a path.
std::string tidy(const std::string& path) {
  std::string clean = "/";
  for (const char c : path) {
    if (c != '/' || clean.back() != '/') clean += c;
  }
  if (clean.size() > 1 && clean.back() == '/') clean.pop_back();
  return clean;
}

}  // namespace

void add_ls(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand("ls", "List a directory of the image");
  const auto options = std::make_shared<LsOptions>();
  add_common(*command, options->common);
  command->add_option("PATH", options->path, "Inside the image; / if absent");
  command->add_flag("-l", options->details,
                    "With mode, links, owners, size and time");
  command->add_flag("-R", options->deep, "With everything below, as paths");
  add_teaching(*command,
               "  erofs-ref ls system.erofs /usr/bin\n"
               "  erofs-ref ls -lR system.erofs\n"
               "  erofs-ref ls --json system.erofs / | jq -r .path\n"
               "\n"
               "Names are percent-encoded. Without -R they come in stored "
               "order.\n");
  command->callback([options, &chosen] {
    options->path = tidy(options->path);
    chosen.run = [options] {
      return with_session(options->common,
                          [&](Session& session) { print(session, *options); });
    };
  });
}

}  // namespace erofs::cli
