// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <fmt/core.h>

#include <functional>
#include <memory>
#include <optional>

#include "base/escape.h"
#include "cli/command.h"
#include "cli/extent_text.h"
#include "cli/limits.h"
#include "cli/node_text.h"
#include "cli/session.h"
#include "map/map.h"
#include "read/content.h"
#include "read/xattrs.h"
#include "report/amount.h"
#include "report/names.h"
#include "report/place.h"

namespace erofs::cli {
namespace {

constexpr std::uint64_t kLongestTarget = std::uint64_t{1} << 16;
// Bytes that one extent takes as JSON in memory, roughly.
constexpr std::uint64_t kExtentMemory = 1024;

struct StatOptions {
  Common common;
  std::string path = "/";
  bool map = false;
  std::optional<std::uint64_t> nid;
};

// Hands each extent of the file to `take`, which says whether to go on.
void each_extent(Session& session, const read::Node& node,
                 const std::string& name,
                 const std::function<bool(const map::Extent&)>& take) {
  const auto& volume = session.volume();
  if (!node.inode().has_data()) return;
  auto map = map::FileMap::open(node.file, volume.map_image());
  if (!map) return session.fail(map.error(), name);
  for (std::uint64_t at = 0; at < node.inode().size;) {
    const auto extent = map->at(at, session.budget());
    if (!extent) {
      session.out().flush();
      return session.fail(extent.error(),
                          name + ", byte " + std::to_string(at));
    }
    if (!take(*extent)) return;
    at += extent->length;
  }
}

// A list is held until it is printed, and a small table can make a long one.
Json extents_json(Session& session, const read::Node& node,
                  const std::string& name) {
  Json list = Json::array();
  each_extent(session, node, name, [&](const map::Extent& extent) {
    const Status room =
        session.budget().memory(kExtentMemory, extent.location.place);
    if (!room) {
      session.fail(room.error(), name);
      return false;
    }
    list.push_back(extent_json(extent));
    return true;
  });
  return list;
}

Json xattr_json(const read::Volume& volume, const decode::XattrEntry& entry,
                std::optional<std::uint32_t> shared) {
  const auto name = read::xattr_name(volume, entry);
  const std::string linux_name = name.linux_name();
  Json json;
  // Linux shows no attribute whose base has no handler.
  json["name"] = linux_name.empty() ? Json(nullptr) : Json(escape(linux_name));
  json["index"] = entry.name_index;
  json["suffix"] = escape(entry.suffix);
  json["value"] = base64(entry.value.text());
  if (shared) json["shared_id"] = *shared;
  json["at"] = place_json(entry.at);
  return json;
}

Json xattrs_json(Session& session, const read::Node& node,
                 const std::string& name) {
  Json list = Json::array();
  const auto& volume = session.volume();
  const auto area = read::xattr_area(volume, node, session.budget());
  if (!area) {
    session.fail(area.error(), name);
    return list;
  }
  for (const auto& entry : area->body.entries) {
    list.push_back(xattr_json(volume, entry, std::nullopt));
  }
  for (const std::uint32_t id : area->body.shared_ids) {
    const auto shared = read::shared_xattr(volume, id, session.budget());
    if (!shared) {
      session.fail(shared.error(), name);
      continue;
    }
    list.push_back(xattr_json(volume, shared->entry, id));
  }
  return list;
}

Json facts(Session& session, const read::Node& node, const std::string& name) {
  const auto& inode = node.inode();
  Json json;
  json["path"] = name.empty() ? Json(nullptr) : Json(name);
  json.update(node_json(node));
  json["linux_ino"] = read::linux_ino(session.volume(), node.nid);
  json["at"] = place_json(node.at);
  json["version"] = inode.extended ? "extended" : "compact";
  json["layout"] = report::layout_name(inode.layout);
  if (inode.type == format::ModeType::kSymlink) {
    const auto target = read::read_text(session.volume(), node, kLongestTarget,
                                        session.budget());
    if (target) {
      json["target"] = escape(*target);
    } else {
      session.fail(target.error(), name);
    }
  }
  json["xattrs"] = xattrs_json(session, node, name);
  return json;
}

std::string row(const char* name, const std::string& value) {
  return fmt::format("{:<9} {}\n", name, value);
}

std::string at_text(const Json& at) {
  const std::string space = at.value("space", std::string());
  return fmt::format("{}{}byte {}", space, space.empty() ? "" : " ",
                     at["offset"].get<std::uint64_t>());
}

std::string word(const Json& json) {
  return json.is_string() ? json.get<std::string>() : std::string("-");
}

std::string xattrs_text(const Json& list) {
  std::string text = row("xattrs", std::to_string(list.size()));
  for (const Json& entry : list) {
    text += fmt::format("  {} = {} (base64), {}{}\n", word(entry["name"]),
                        word(entry["value"]),
                        entry.contains("shared_id") ? "shared at " : "at ",
                        at_text(entry["at"]));
  }
  return text;
}

void print_extents(Session& session, const read::Node& node,
                   const std::string& name) {
  each_extent(session, node, name, [&](const map::Extent& extent) {
    return session.out().write(extent_text(extent));
  });
}

std::string text_of(const Json& json, const read::Node& node) {
  const auto& inode = node.inode();
  std::string text = row("path", word(json["path"]));
  text += row("inode",
              fmt::format("{} at {}, {}", node.nid, report::place_text(node.at),
                          word(json["version"])));
  text += row("type", word(json["type"]));
  text += row("mode", octal_text(inode) + " " + mode_text(inode));
  text += row("owner", fmt::format("uid {} gid {}", inode.uid, inode.gid));
  text += row("links", std::to_string(inode.nlink));
  text += row("size", std::to_string(inode.size));
  text += row("mtime", fmt::format("{}.{:09} ({})", inode.mtime,
                                   inode.mtime_nsec, report::utc(inode.mtime)));
  text += row("layout", word(json["layout"]));
  if (json.contains("rdev")) {
    text += row("rdev",
                fmt::format("{}, {}", inode.rdev_major(), inode.rdev_minor()));
  }
  if (json.contains("target")) text += row("target", word(json["target"]));
  return text + xattrs_text(json["xattrs"]);
}

std::optional<read::Node> wanted(Session& session, const StatOptions& options) {
  if (!options.nid) return session.find(options.path, read::LastLink::kKeep);
  auto node = read::node(session.volume(), *options.nid, session.budget());
  if (node) return *node;
  session.fail(node.error(), "inode " + std::to_string(*options.nid));
  return std::nullopt;
}

// Nothing but the table of extents, or a line of JSON for each.
void print_map(Session& session, const read::Node& node,
               const std::string& name) {
  const bool json = session.common().json;
  if (!json) session.out().write(extent_table_head());
  each_extent(session, node, name, [&](const map::Extent& extent) {
    return session.out().write(json ? extent_json(extent).dump() + '\n'
                                    : extent_table_row(extent));
  });
}

void print(Session& session, const StatOptions& options) {
  session.warn_of_mount_faults();
  const auto node = wanted(session, options);
  if (!node) return;
  const std::string name = options.nid ? std::string() : escape(options.path);
  if (options.map) return print_map(session, *node, name);
  Json json = facts(session, *node, name);
  if (options.common.json) {
    json["extents"] = extents_json(session, *node, name);
    session.out().write(json.dump(2) + '\n');
    return;
  }
  session.out().write(text_of(json, *node) + "extents\n");
  print_extents(session, *node, name);
}

}  // namespace

void add_stat(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand(
      "stat", "Tell all about one inode: facts, xattrs, where its data is");
  const auto options = std::make_shared<StatOptions>();
  add_common(*command, options->common);
  auto* path = command->add_option("PATH", options->path,
                                   "Inside the image; / if absent");
  add_nid(*command, options->nid)->excludes(path);
  command->add_flag("--map", options->map,
                    "Only the extents: a table, or JSON lines");
  add_teaching(*command,
               "  erofs-ref stat system.erofs /bin/sh\n"
               "  erofs-ref stat --nid 36 system.erofs\n"
               "  erofs-ref stat --map system.erofs /bin/sh\n"
               "  erofs-ref stat --json system.erofs /bin/sh | jq .extents\n"
               "\n"
               "Extents tell where bytes of the file are. raw and inline: "
               "stored as they are;\nhole: zeros, stored nowhere; encoded: a "
               "compressed stream of so many stored bytes,\nof whose content "
               "the extent skips some, partial: it may go on behind the "
               "extent;\nfragment: bytes of the packed inode. Places are "
               "bytes of the image, or of\nDEVICE:, metabox: and packed:.\n"
               "A symbolic link at the end of PATH is not followed.\n");
  command->callback([options, &chosen] {
    chosen.run = [options] {
      return with_session(options->common,
                          [&](Session& session) { print(session, *options); });
    };
  });
}

}  // namespace erofs::cli
