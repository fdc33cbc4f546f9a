// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "check/bounds.h"
#include "check/phases.h"

namespace erofs::check {
namespace {

using namespace std::string_view_literals;

// What a format has at a certain byte.
struct Magic {
  std::uint64_t at;
  std::string_view bytes;
};

constexpr std::array kTables = {
    Magic{510, "\x55\xAA"sv},   // MBR, and boot sectors
    Magic{512, "EFI PART"sv},   // GPT, blocks of 512 bytes
    Magic{4096, "EFI PART"sv},  // GPT, blocks of 4 KiB
    Magic{0, "ER\x02\x00"sv},   // Apple
    Magic{0, "\xDA\xBE"sv},     // Sun
};

constexpr std::array kFileSystems = {
    Magic{0, "XFSB"sv},
    Magic{0, "hsqs"sv},              // squashfs
    Magic{0, "sqsh"sv},              // the same, big endian
    Magic{0, "-rom1fs-"sv},          // romfs
    Magic{0, "\x45\x3D\xCD\x28"sv},  // cramfs
    Magic{0, "\x28\xCD\x3D\x45"sv},  // the same, big endian
    Magic{0, "\x31\x18\x10\x06"sv},  // ubifs
    Magic{0, "UBI#"sv},
    Magic{0, "LUKS\xBA\xBE"sv},
    Magic{16384, "SKUL\xBA\xBE"sv},  // LUKS 2, second header
    Magic{3, "NTFS    "sv},
    Magic{3, "EXFAT   "sv},
    Magic{3, "-FVE-FS-"sv},  // BitLocker
    Magic{54, "FAT1"sv},
    Magic{82, "FAT32   "sv},
    Magic{512, "LABELONE"sv},   // LVM
    Magic{1080, "\x53\xEF"sv},  // ext2 to ext4
    Magic{4086, "SWAPSPACE2"sv},
    Magic{4086, "SWAP-SPACE"sv},
    Magic{4096, "\xFC\x4E\x2B\xA9"sv},  // MD RAID 1.2
    Magic{32768, "JFS1"sv},
    Magic{32769, "CD001"sv},             // ISO 9660
    Magic{32769, "BEA01"sv},             // UDF
    Magic{32769, "NSR0"sv},              // UDF
    Magic{65536, "\x01\x16\x19\x70"sv},  // GFS2
    Magic{65588, "ReIsEr"sv},            // ReiserFS
    Magic{65600, "_BHRfS_M"sv},          // btrfs
};

constexpr std::array kFiles = {
    Magic{0, "PK\x03\x04"sv},  // ZIP
    Magic{0, "PK\x05\x06"sv},  // ZIP, empty
    Magic{257, "ustar"sv},     // tar
    Magic{0, "070701"sv},      // cpio
    Magic{0, "070702"sv},
    Magic{0, "070707"sv},
    Magic{0, "\xC7\x71"sv},      // cpio, binary
    Magic{0, "!<arch>\n"sv},     // ar
    Magic{0, "\x1F\x8B\x08"sv},  // gzip
    Magic{0,
          "\xFD"
          "7zXZ\x00"sv},               // xz
    Magic{0, "\x28\xB5\x2F\xFD"sv},    // zstd
    Magic{0, "\x04\x22\x4D\x18"sv},    // LZ4
    Magic{0, "BZh"sv},                 // bzip2
    Magic{0, "7z\xBC\xAF\x27\x1C"sv},  // 7z
    Magic{0, "Rar!\x1A\x07"sv},        // RAR
    Magic{0, "%PDF-"sv},
    Magic{0,
          "\x7F"
          "ELF"sv},
    Magic{0, "MZ"sv},                // PE
    Magic{0, "#!"sv},                // a script
    Magic{0, "\x3A\xFF\x26\xED"sv},  // Android sparse image
    Magic{0, "ANDROID!"sv},          // Android boot image
    Magic{0, "QFI\xFB"sv},           // QCOW
    Magic{0, "KDMV"sv},              // VMDK
    Magic{0, "vhdxfile"sv},
};

// The first bytes as one number, in the order in which they stand.
std::uint64_t number(std::string_view bytes) noexcept {
  std::uint64_t value = 0;
  for (const char each : bytes.substr(0, sizeof(value))) {
    value = value << 8U | static_cast<unsigned char>(each);
  }
  return value;
}

class MagicPhase {
 public:
  explicit MagicPhase(Context& ctx)
      : ctx_(ctx), source_(ctx.volume.devices().primary()) {}

  template <std::size_t N>
  void all(const std::array<Magic, N>& magics, RuleId rule) {
    for (const Magic& each : magics) one(each, rule);
  }
  // Of what is found from the end on.
  void end();

 private:
  void one(const Magic& magic, RuleId rule);
  void archive();
  [[nodiscard]] ByteView bytes(std::uint64_t at, std::uint64_t length);

  Context& ctx_;
  const image::Source& source_;
  std::vector<std::byte> bytes_;
};

// None where they cannot be read.
ByteView MagicPhase::bytes(std::uint64_t at, std::uint64_t length) {
  const Place place{Place::kPrimary, at};
  if (at > source_.size() || source_.size() - at < length || ctx_.stopped ||
      !ctx_.ok(ctx_.budget.work(length, place))) {
    return {};
  }
  bytes_.resize(static_cast<std::size_t>(length));
  if (!ctx_.ok(source_.read(at, MutableBytes(bytes_)))) return {};
  return ByteView(bytes_);
}

void MagicPhase::one(const Magic& magic, RuleId rule) {
  if (bytes(magic.at, magic.bytes.size()).text() != magic.bytes) return;
  ctx_.find(rule, {Place::kPrimary, magic.at}, number(magic.bytes));
}

// The last record of a ZIP archive stands in front of a comment of up to
// 64 KiB, which ends the archive. Behind the file system any will do.
void MagicPhase::archive() {
  constexpr std::string_view kRecord = "PK\x05\x06"sv;
  constexpr std::uint64_t kSize = 22;
  constexpr std::size_t kCommentSizeAt = kSize - 2;
  constexpr std::uint64_t kComment = (std::uint64_t{1} << 16) - 1;
  const std::uint64_t size = source_.size();
  const std::uint64_t length = std::min(size, kSize + kComment);
  const std::uint64_t begin = size - length;
  const ByteView tail = bytes(begin, length);
  const auto declared = bounds_of(ctx_.volume).front().declared;
  const std::string_view text = tail.text();
  for (std::size_t at = text.rfind(kRecord); at != std::string_view::npos;
       at = at == 0 ? std::string_view::npos : text.rfind(kRecord, at - 1)) {
    const auto comment = tail.fixed<2>(at + kCommentSizeAt);
    if (!comment) continue;
    const auto low = std::to_integer<std::uint64_t>((*comment)[0]);
    const auto high = std::to_integer<std::uint64_t>((*comment)[1]);
    const bool ends = at + kSize + (high << 8U | low) == length;
    if (!ends && begin + at < declared) continue;
    ctx_.find(RuleId::space_magic_file, {Place::kPrimary, begin + at},
              number(kRecord));
    return;
  }
}

void MagicPhase::end() {
  constexpr std::uint64_t kSector = format::kSectorSize;
  const std::uint64_t size = source_.size();
  if (size < 2 * kSector) return;
  const std::uint64_t last = size - kSector;
  one({last, "EFI PART"sv}, RuleId::space_magic_table);
  one({last, "conectix"sv}, RuleId::space_magic_file);  // VHD
  archive();
}

}  // namespace

void magics(Context& ctx) {
  MagicPhase phase(ctx);
  phase.all(kTables, RuleId::space_magic_table);
  phase.all(kFileSystems, RuleId::space_magic_filesystem);
  phase.all(kFiles, RuleId::space_magic_file);
  phase.end();
}

}  // namespace erofs::check
