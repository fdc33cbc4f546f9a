// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/mkfs_words.h"

#include <bit>
#include <charconv>
#include <functional>
#include <map>
#include <random>
#include <string_view>
#include <vector>

namespace erofs::cli {
namespace {

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (const char each : text) {
    if (each == at) {
      parts.emplace_back();
    } else {
      parts.back().push_back(each);
    }
  }
  return parts;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number out{};
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return out;
}

std::optional<compress::Method> method_of(const std::string& name) {
  static const std::map<std::string, compress::Method, std::less<>> kMethods = {
      {"lz4", compress::Method::kLz4},
      {"lz4hc", compress::Method::kLz4hc},
      {"lzma", compress::Method::kLzma},
      {"deflate", compress::Method::kDeflate},
      {"libdeflate", compress::Method::kDeflate},
      {"zstd", compress::Method::kZstd}};
  const auto found = kMethods.find(name);
  if (found == kMethods.end()) return std::nullopt;
  return found->second;
}

// One compressor with its settings; "lz4hc,12" is the older way to give the
// level.
std::string read_compressor(const std::string& text,
                            compress::Settings& settings) {
  const auto words = split(text, ',');
  const auto method = method_of(words[0]);
  if (!method) {
    return "there is no compressor '" + words[0] +
           "': lz4, lz4hc, lzma, deflate, libdeflate and zstd are known";
  }
  settings.method = *method;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    const std::size_t equals = word.find('=');
    const std::string key =
        equals == std::string::npos ? "level" : word.substr(0, equals);
    const std::string value =
        equals == std::string::npos ? word : word.substr(equals + 1);
    if (key == "level") {
      const auto level = number<int>(value);
      if (!level) return "the level '" + value + "' is no number";
      settings.level = *level;
    } else if (key == "dictsize") {
      const auto size = byte_count(value);
      if (!size || *size > ~std::uint32_t{0}) {
        return "the dictionary size '" + value + "' is no number of bytes";
      }
      settings.dictionary = static_cast<std::uint32_t>(*size);
    } else {
      return "compressors have no setting '" + key +
             "' here: level and dictsize are known";
    }
  }
  return {};
}

using Switch = std::function<void(emit::Options&, bool)>;

const std::map<std::string, Switch, std::less<>>& switches() {
  using emit::Options;
  using plan::InodeForm;
  static const std::map<std::string, Switch, std::less<>> kSwitches = {
      {"48bit", [](Options& o, bool on) { o.wide = on; }},
      {"all-fragments",
       [](Options& o, bool on) { o.fragments = o.all_fragments = on; }},
      {"dedupe", [](Options& o, bool on) { o.dedupe = on; }},
      {"dot-omitted",
       [](Options& o, bool on) {
         o.dot_omitted = on;
         o.wide = o.wide || on;
       }},
      {"force-chunk-indexes",
       [](Options& o, bool on) { o.chunk_indexes = on; }},
      {"force-inode-compact",
       [](Options& o, bool on) {
         o.inodes = on ? InodeForm::kCompact : InodeForm::kAuto;
       }},
      {"force-inode-extended",
       [](Options& o, bool on) {
         o.inodes = on ? InodeForm::kExtended : InodeForm::kAuto;
       }},
      {"fragments", [](Options& o, bool on) { o.fragments = on; }},
      {"inline_data", [](Options& o, bool on) { o.inline_data = on; }},
      {"legacy-compress", [](Options& o, bool on) { o.legacy_index = on; }},
      {"noinline_data", [](Options& o, bool on) { o.inline_data = !on; }},
      {"nosbcrc", [](Options& o, bool on) { o.checksum = !on; }},
      {"sbcrc", [](Options& o, bool on) { o.checksum = on; }},
      {"xattr-name-filter", [](Options& o, bool on) { o.xattr_filter = on; }},
      {"ztailpacking", [](Options& o, bool on) { o.ztailpacking = on; }}};
  return kSwitches;
}

}  // namespace

std::string read_compressors(const std::string& text, emit::Options& options) {
  options.methods.clear();
  for (const std::string& each : split(text, ':')) {
    compress::Settings settings;
    std::string reason = read_compressor(each, settings);
    if (!reason.empty()) return reason;
    options.methods.push_back(settings);
  }
  return {};
}

std::string read_extended(const std::string& text, emit::Options& options) {
  for (const std::string& word : split(text, ',')) {
    const bool off = word.starts_with('^');
    const std::string name = off ? word.substr(1) : word;
    // "fragments=65536": the pcluster size of the packed inode.
    const std::size_t equals = name.find('=');
    const auto found = switches().find(name.substr(0, equals));
    if (found == switches().end()) {
      return "'" + name + "' is not supported by this version";
    }
    found->second(options, !off);
    if (equals == std::string::npos) continue;
    const auto size = byte_count(name.substr(equals + 1));
    const bool packs = found->first.ends_with("fragments");
    if (!packs || !size || *size > ~std::uint32_t{0}) {
      return "'" + name + "' is not understood";
    }
    options.packed_pcluster = static_cast<std::uint32_t>(*size);
  }
  return {};
}

std::string read_metabox(const std::string& text, emit::Options& options) {
  const auto parts = split(text, ':');
  const auto size = byte_count(parts[0]);
  const auto method = number<std::size_t>(parts.size() > 1 ? parts[1] : "0");
  if (parts.size() > 2 || !method || !size || *size == 0 ||
      *size > ~std::uint32_t{0}) {
    return "-m: '" + text + "' is not understood: give the bytes of a cluster";
  }
  options.metabox_pcluster = static_cast<std::uint32_t>(*size);
  options.metabox_method = *method;
  options.wide = true;
  return {};
}

std::string read_uuid(const std::string& text, emit::Options& options) {
  options.uuid_of_content = false;
  options.uuid = {};
  if (text == "clear") return {};
  if (text == "random") {
    std::random_device device;
    for (std::byte& each : options.uuid) {
      each = static_cast<std::byte>(device());
    }
    options.uuid[6] = (options.uuid[6] & std::byte{0x0F}) | std::byte{0x40};
    options.uuid[8] = (options.uuid[8] & std::byte{0x3F}) | std::byte{0x80};
    return {};
  }
  std::string digits;
  for (const char each : text) {
    if (each != '-') digits.push_back(each);
  }
  constexpr std::size_t kDigits = 32;
  bool good = digits.size() == kDigits;
  for (std::size_t i = 0; good && i < options.uuid.size(); ++i) {
    std::uint8_t byte = 0;
    const char* begin = digits.data() + 2 * i;
    const auto [end, error] = std::from_chars(begin, begin + 2, byte, 16);
    good = error == std::errc() && end == begin + 2;
    options.uuid[i] = std::byte{byte};
  }
  if (good) return {};
  return "'" + text + "' is no UUID, nor \"clear\" or \"random\"";
}

std::optional<std::uint64_t> byte_count(const std::string& text) {
  if (text.empty()) return std::nullopt;
  unsigned shift = 0;
  std::string_view digits(text);
  switch (text.back()) {
    case 'k':
    case 'K':
      shift = 10;
      break;
    case 'm':
    case 'M':
      shift = 20;
      break;
    case 'g':
    case 'G':
      shift = 30;
      break;
    default:
      break;
  }
  if (shift != 0) digits.remove_suffix(1);
  const auto count = number<std::uint64_t>(digits);
  if (!count || *count > (~std::uint64_t{0} >> shift)) return std::nullopt;
  return *count << shift;
}

std::optional<unsigned> power_of_two(const std::string& text) {
  const auto count = byte_count(text);
  if (!count || !std::has_single_bit(*count)) return std::nullopt;
  return static_cast<unsigned>(std::countr_zero(*count));
}

}  // namespace erofs::cli
