// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/mtree_line.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "tree/plain_text.h"

namespace erofs::tree {
namespace {

constexpr std::string_view kBlanks = " \t\r";

// What counts for an image ...
constexpr std::array<std::string_view, 15> kUsed = {
    "contents", "device", "gid",      "inode",        "link",
    "mode",     "nlink",  "optional", "resdevice",    "sha256",
    "size",     "time",   "type",     "sha256digest", "uid"};
// ... and what says nothing about it: names of owners beside their numbers,
// other checksums, marks.
constexpr std::array<std::string_view, 15> kUnused = {
    "cksum",           "gname",  "md5",          "md5digest",
    "rmd160",          "sha1",   "sha1digest",   "rmd160digest",
    "ripemd160digest", "sha384", "sha384digest", "sha512",
    "sha512digest",    "tags",   "uname"};

template <class List>
bool has(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Why an image cannot have it; empty if it can.
std::string complaint_of(std::string_view key, std::string_view value) {
  if (has(kUsed, key) || has(kUnused, key)) return {};
  if (key == "flags") {
    if (value == "none" || value.empty()) return {};
    return "has flags, which no image holds";
  }
  if (key == "ignore" || key == "nochange") {
    return "leaves open with '" + std::string(key) + "' what the file is";
  }
  return "has a keyword '" + std::string(key) + "', which is unknown";
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return out;
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(kBlanks), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

Outcome<MtreeKeywords> keywords_of(const std::vector<std::string_view>& words) {
  MtreeKeywords out;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t equals = std::min(words[i].find('='), words[i].size());
    const auto key = words[i].substr(0, equals);
    const auto value = words[i].substr(std::min(equals + 1, words[i].size()));
    std::string complaint = complaint_of(key, value);
    if (!complaint.empty()) return trouble("", std::move(complaint));
    if (!out.try_emplace(std::string(key), value).second) {
      return trouble("", "has '" + std::string(key) + "' twice");
    }
  }
  return out;
}

Outcome<MtreeLine> command_of(const std::vector<std::string_view>& words) {
  MtreeLine out;
  if (words[0] == "/set") {
    out.kind = MtreeLine::Kind::kSet;
    auto keywords = keywords_of(words);
    if (!keywords) return tl::unexpected(keywords.error());
    out.keywords = std::move(*keywords);
    return out;
  }
  if (words[0] != "/unset") {
    return trouble("", "has a command that is neither /set nor /unset");
  }
  out.kind = MtreeLine::Kind::kUnset;
  for (std::size_t i = 1; i < words.size(); ++i) {
    out.keywords.try_emplace(std::string(words[i]));
  }
  return out;
}

// What a backslash and this letter stand for, or nothing.
std::optional<char> of_letter(char letter) {
  constexpr std::string_view kLetters = "abfnrstv\\#";
  constexpr std::string_view kMeant = "\a\b\f\n\r \t\v\\#";
  const std::size_t at = kLetters.find(letter);
  if (at == std::string_view::npos) return std::nullopt;
  return kMeant[at];
}

}  // namespace

std::optional<std::string> unvis(std::string_view text) {
  constexpr std::size_t kDigits = 3;
  constexpr std::uint64_t kByteMost = 0xFF;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    const std::string_view rest = text.substr(i + 1);
    if (rest.empty()) return std::nullopt;
    if (const auto meant = of_letter(rest[0])) {
      out += *meant;
      ++i;
      continue;
    }
    const auto byte = whole_number(rest.substr(0, kDigits), 8, kByteMost);
    if (!byte || rest.size() < kDigits) return std::nullopt;
    out += static_cast<char>(*byte);
    i += kDigits;
  }
  return out;
}

Outcome<MtreeLine> parse_mtree_line(std::string_view text) {
  const std::vector<std::string_view> words = words_of(text);
  MtreeLine out;
  if (words.empty() || words[0].starts_with('#')) return out;
  if (words[0].starts_with('/')) return command_of(words);
  if (words[0] == "..") {
    out.kind = MtreeLine::Kind::kUp;
    return out;
  }
  auto name = unvis(words[0]);
  if (!name) return trouble("", "has a name with a wrong escape");
  auto keywords = keywords_of(words);
  if (!keywords) return trouble("", *name + ": " + keywords.error().reason);
  out.kind = MtreeLine::Kind::kFile;
  out.name = std::move(*name);
  out.keywords = std::move(*keywords);
  return out;
}

}  // namespace erofs::tree
