// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/checked.h"
#include "cli/command.h"
#include "cli/dump_struct.h"
#include "cli/limits.h"
#include "cli/session.h"
#include "format/cluster.gen.h"
#include "format/fields.gen.h"
#include "format/limits.gen.h"
#include "map/map.h"
#include "report/features.h"

namespace erofs::cli {
namespace {

struct DumpOptions {
  Common common;
  std::string structure;
  std::string at;
  std::string count = "1";
  std::optional<std::uint64_t> nid;
};

// Structures one below the other, or as JSON lines.
class Dump {
 public:
  Dump(Output& out, const Common& common, const check::Input& input)
      : out_(&out), json_(common.json), name_(common.image), input_(input) {}

  // `count` structures of that name in a row; false after a complaint.
  bool structs(const std::string& name, Place at, std::uint64_t count) {
    const auto* info = format::find_structure(name);
    for (std::uint64_t i = 0; info != nullptr && i < count; ++i) {
      if (!one(*info, at)) return false;
      at = at.plus(info->size);
    }
    return info != nullptr;
  }
  bool json() const { return json_; }
  void line(const std::string& text) { out_->write(text + '\n'); }

  // For structures that lie elsewhere than on the primary device.
  void use(const image::Source& space) { space_ = &space; }

 private:
  bool one(const format::StructInfo& info, Place at) {
    const image::Source& space = space_ != nullptr ? *space_ : input_.primary;
    std::vector<std::byte> bytes(info.size);
    if (!checked::within(at.offset, info.size, space.size())) {
      complain(fmt::format(
          "{}: {} at byte {} passes the end, byte {}: give a place within it",
          name_, info.name, at.offset, space.size()));
      return false;
    }
    if (!space.read(at.offset, MutableBytes(bytes))) {
      complain(fmt::format("{}: cannot read {} bytes at {}", name_, info.size,
                           at.offset));
      return false;
    }
    const ByteView view(bytes);
    return out_->write(json_ ? struct_json(info, view, at).dump() + '\n'
                             : struct_text(info, view, at));
  }

  Output* out_;
  bool json_;
  std::string name_;
  check::Input input_;
  const image::Source* space_ = nullptr;
};

std::string names_text(std::uint32_t bits, bool incompat) {
  std::string text;
  for (const auto& name : report::feature_names(bits, incompat)) {
    text += " " + name;
  }
  return text.empty() ? " none" : text;
}

// A structure anywhere needs no superblock that makes sense.
int dump_struct(const DumpOptions& options) {
  const auto image = open_image(options.common);
  if (!image) return kIo;
  Output out;
  Dump dump(out, options.common, image->input());
  const Place at{Place::kPrimary, parse_amount(options.at).value_or(0)};
  const bool done = dump.structs(options.structure, at,
                                 parse_amount(options.count).value_or(1));
  return finish(out, done ? kDone : kIo);
}

const char* record_name(std::uint8_t size) {
  switch (size) {
    case format::ExtentRecord4View::kSize:
      return "ExtentRecord4";
    case format::ExtentRecord8View::kSize:
      return "ExtentRecord8";
    case format::ExtentRecord16View::kSize:
      return "ExtentRecord16";
    default:
      return "ExtentRecord32";
  }
}

std::string entry_text(std::uint64_t lcn, const decode::Lcluster& entry) {
  const std::string type(format::name_of(entry.type));
  if (entry.head()) {
    return fmt::format("  lcluster {:<8} {} clusterofs {} block {}", lcn, type,
                       entry.clusterofs, entry.block);
  }
  if (entry.counts) {
    return fmt::format("  lcluster {:<8} {} blocks {}", lcn, type,
                       entry.blocks);
  }
  std::string text =
      fmt::format("  lcluster {:<8} {} delta0 {}", lcn, type, entry.back);
  if (entry.has_forward) text += fmt::format(" delta1 {}", entry.forward);
  return text;
}

// The packs of a compact index, and what each entry in them means.
void dump_packs(Session& session, Dump& dump, map::ClusterIndex& index,
                const std::string& name) {
  for (std::uint64_t lcn = 0; lcn < index.count();) {
    const auto pack = index.raw(lcn, session.budget());
    if (!pack) return session.fail(pack.error(), name);
    const bool wide = pack->size() == format::CompactPack2View::kSize;
    const Place at = index.entry_place(lcn);
    if (!dump.structs(wide ? "CompactPack2" : "CompactPack4", at, 1)) return;
    for (; lcn < index.count() && index.entry_place(lcn) == at; ++lcn) {
      const auto entry = index.entry(lcn, session.budget());
      if (!entry) return session.fail(entry.error(), name);
      if (!dump.json()) dump.line(entry_text(lcn, *entry));
    }
  }
}

// The map header of a compressed inode, and the table behind it.
void dump_clusters(Session& session, Dump& dump, const read::Node& node,
                   const std::string& name) {
  auto map = map::FileMap::open(node.file, session.volume().map_image());
  if (!map) return session.fail(map.error(), name);
  map::ClusterMap* const clusters = map->clusters();
  if (clusters == nullptr || node.inode().size == 0) return;
  if (!dump.structs("ClusterHeader", clusters->header_place(), 1)) return;
  if (map::ClusterRecords* const records = clusters->records()) {
    dump.structs(record_name(clusters->header().record_size),
                 records->record_place(0), records->count());
  }
  map::ClusterIndex* const index = clusters->index();
  if (index == nullptr) return;
  if (clusters->header().compact) {
    return dump_packs(session, dump, *index, name);
  }
  dump.structs("FullIndex", index->entry_place(0), index->count());
}

void dump_inode(Session& session, std::uint64_t nid) {
  const std::string name = "inode " + std::to_string(nid);
  const auto node = read::node(session.volume(), nid, session.budget());
  if (!node) return session.fail(node.error(), name);
  Dump dump(session.out(), session.common(), session.input());
  dump.use(*node->file.space);
  if (dump.structs(node->inode().extended ? "InodeExtended" : "InodeCompact",
                   node->at, 1) &&
      node->inode().compressed()) {
    dump_clusters(session, dump, *node, name);
  }
}

const char* settings_name(format::Algorithm algorithm) {
  switch (algorithm) {
    case format::Algorithm::kLz4:
      return "Lz4Config";
    case format::Algorithm::kLzma:
      return "LzmaConfig";
    case format::Algorithm::kDeflate:
      return "DeflateConfig";
    case format::Algorithm::kZstd:
      break;
  }
  return "ZstdConfig";
}

// The settings of the algorithms, without the length before each.
void dump_codecs(Session& session, Dump& dump) {
  for (const auto& record : session.volume().codec_records()) {
    if (record.size < decode::codec_record_size(record.algorithm)) continue;
    dump.structs(settings_name(record.algorithm), record.at, 1);
  }
}

void dump_devices(Session& session, Dump& dump) {
  const auto& superblock = session.volume().superblock();
  dump.structs("DeviceSlot", {Place::kPrimary, superblock.device_table_at},
               superblock.geometry.extra_devices);
}

// Shows the stored bytes even where the superblock is refused.
int dump_superblock(const DumpOptions& options) {
  const auto image = open_image(options.common);
  if (!image) return kIo;
  Output out;
  Dump dump(out, options.common, image->input());
  if (!dump.structs("Superblock", {Place::kPrimary, format::kSuperblockOffset},
                    1)) {
    return finish(out, kIo);
  }
  const int shown = finish(out, kDone);
  if (shown != kDone) return shown;
  return with_session(options.common, [](Session& session) {
    Dump rest(session.out(), session.common(), session.input());
    if (!rest.json()) {
      const auto& features = session.volume().geometry().features;
      rest.line("compat:  " + names_text(features.compat, false));
      rest.line("incompat:" + names_text(features.incompat, true));
    }
    dump_codecs(session, rest);
    dump_devices(session, rest);
  });
}

int run(const DumpOptions& options) {
  if (!options.structure.empty()) return dump_struct(options);
  if (!options.nid) return dump_superblock(options);
  return with_session(options.common, [&](Session& session) {
    dump_inode(session, *options.nid);
  });
}

std::string refuse_unknown_structure(const std::string& name) {
  if (format::find_structure(name) != nullptr) return {};
  std::string text = "there is no structure '" + name + "'; known are";
  for (const auto& info : format::structures()) {
    text += " " + std::string(info.name);
  }
  return text;
}

std::string refuse_bad_number(const std::string& text) {
  if (parse_amount(text)) return {};
  return "'" + text + "' is no number (1024, 0x400, 4K)";
}

}  // namespace

void add_dump(CLI::App& app, Chosen& chosen) {
  auto* command = app.add_subcommand(
      "dump", "Print structures as stored, by the names of the specification");
  const auto options = std::make_shared<DumpOptions>();
  add_common(*command, options->common);
  auto* structure =
      command->add_option("--struct", options->structure, "Which structure")
          ->type_name("NAME")
          ->check(refuse_unknown_structure);
  auto* at = command->add_option("--at", options->at, "Where it starts")
                 ->type_name("BYTE")
                 ->check(refuse_bad_number);
  command->add_option("--count", options->count, "How many in a row")
      ->type_name("N")
      ->check(refuse_bad_number)
      ->needs(structure);
  structure->needs(at);
  at->needs(structure);
  add_nid(*command, options->nid)->excludes(structure);
  add_teaching(*command,
               "  erofs-ref dump system.erofs            superblock, settings "
               "of algorithms,\n"
               "                                         device table\n"
               "  erofs-ref dump --nid 36 system.erofs   one inode; its map, "
               "if it is compressed\n"
               "  erofs-ref dump --struct Dirent --at 0x1000 --count 3 "
               "system.erofs\n"
               "\n"
               "Places are bytes of the image. With --struct nothing is "
               "interpreted, so it works\non any file. 'erofs-ref dump "
               "--struct ? --at 0 X' lists the structures.\n");
  command->callback(
      [options, &chosen] { chosen.run = [options] { return run(*options); }; });
}

}  // namespace erofs::cli
