// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "runner/suite.h"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <optional>
#include <sstream>

#include "runner/process.h"

namespace conformance {
namespace {

namespace fs = std::filesystem;
using Row = std::map<std::string, std::string>;

std::vector<std::string> split(const std::string& text, char mark) {
  std::vector<std::string> parts;
  std::stringstream stream(text);
  for (std::string part; std::getline(stream, part, mark);) {
    parts.push_back(part);
  }
  return parts;
}

std::string sha256(const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(),
             nullptr);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    constexpr const char* kDigits = "0123456789abcdef";
    hex += kDigits[digest[i] >> 4];
    hex += kDigits[digest[i] & 15];
  }
  return hex;
}

std::optional<Verdict> verdict_of(const std::string& name) {
  static const std::map<std::string, Verdict> kNames{
      {"valid", Verdict::kValid},
      {"advisory", Verdict::kAdvisory},
      {"invalid", Verdict::kInvalid},
      {"malformed", Verdict::kMalformed},
      {"unsupported", Verdict::kUnsupported}};
  const auto found = kNames.find(name);
  if (found == kNames.end()) return std::nullopt;
  return found->second;
}

// Rows of a tab-separated table by the names in its first line.
std::vector<Row> table(const std::string& text, Suite& suite) {
  std::vector<Row> rows;
  std::vector<std::string> head;
  std::stringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    const std::vector<std::string> cells = split(line, '\t');
    if (head.empty()) {
      head = cells;
      continue;
    }
    Row row;
    for (std::size_t i = 0; i < head.size(); ++i) {
      row[head[i]] = i < cells.size() ? cells[i] : "";
    }
    rows.push_back(row);
  }
  for (const std::string& name : head) {
    suite.has_provenance = suite.has_provenance || name == "producer";
  }
  return rows;
}

class Loader {
 public:
  Loader(fs::path home, fs::path scratch, Suite& suite)
      : home_(std::move(home)), scratch_(std::move(scratch)), suite_(suite) {}

  void load(const Row& row) {
    const std::string name = row.at("path");
    const fs::path file = ready(name);
    std::string bytes;
    if (!read_file(file, bytes)) {
      suite_.faults.push_back(name + ": missing or unreadable");
      return;
    }
    if (sha256(bytes) != row.at("sha256")) {
      suite_.faults.push_back(name + ": sha256 differs from the index");
      return;
    }
    if (row.at("verdict") == "blob") return;
    const auto verdict = verdict_of(row.at("verdict"));
    if (!verdict) {
      suite_.faults.push_back(name + ": unknown verdict");
      return;
    }
    add(row, name, file, *verdict);
  }

 private:
  // Where the bytes of a listed file are, unpacked if need be.
  fs::path ready(const std::string& name) {
    const fs::path packed = home_ / name;
    if (packed.extension() != ".zst") return packed;
    fs::path plain = scratch_ / fs::path(name).replace_extension();
    fs::create_directories(plain.parent_path());
    const Outcome outcome =
        run({"zstd", "-q", "-d", "-f", packed.string(), "-o", plain.string()},
            std::chrono::seconds(60));
    if (outcome.exit != 0) {
      suite_.faults.push_back(name + ": zstd cannot unpack it");
    }
    return plain;
  }

  void add(const Row& row, const std::string& name, const fs::path& file,
           Verdict verdict) {
    Vector vector;
    vector.name = name;
    vector.image = file;
    vector.verdict = verdict;
    if (row.at("rule") != "-") vector.rule = row.at("rule");
    vector.also = split(row.at("also"), ',');
    const auto since = row.find("linux");
    if (since != row.end() && since->second != "-") {
      vector.linux_since = since->second;
    }
    const std::string device = "--device=";
    for (const std::string& word : split(row.at("args"), ' ')) {
      vector.arguments.push_back(
          word.rfind(device, 0) == 0
              ? device + place(word.substr(device.size())).string()
              : word);
    }
    fs::path manifest = home_ / name;
    if (manifest.extension() == ".zst") manifest.replace_extension();
    manifest.replace_extension(".manifest");
    if (fs::exists(manifest)) {
      vector.manifest = manifest;
    } else if (verdict == Verdict::kValid) {
      suite_.faults.push_back(name + ": has no manifest");
      return;
    }
    suite_.vectors.push_back(vector);
  }

  // A device was unpacked when its own row was loaded, or lies there.
  [[nodiscard]] fs::path place(const std::string& name) const {
    const fs::path file = home_ / name;
    if (file.extension() != ".zst") return file;
    return scratch_ / fs::path(name).replace_extension();
  }

  fs::path home_;
  fs::path scratch_;
  Suite& suite_;
};

}  // namespace

bool read_file(const fs::path& path, std::string& text) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return false;
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  text = bytes.str();
  return true;
}

Suite load_suite(const fs::path& index, const fs::path& scratch) {
  Suite suite;
  std::string text;
  if (!read_file(index, text)) {
    suite.faults.push_back(index.string() + ": cannot be read");
    return suite;
  }
  Loader loader(fs::absolute(index).parent_path(), scratch, suite);
  for (const Row& row : table(text, suite)) {
    bool complete = true;
    for (const char* column :
         {"path", "sha256", "verdict", "rule", "args", "also"}) {
      complete = complete && row.count(column) != 0;
    }
    if (!complete) {
      suite.faults.push_back(index.string() + ": a column is missing");
      return suite;
    }
    loader.load(row);
  }
  if (suite.vectors.empty()) {
    suite.faults.push_back(index.string() + ": lists nothing to test");
  }
  return suite;
}

Known load_known(const fs::path& file, const std::string& mode,
                 std::vector<std::string>& faults) {
  Known known;
  std::string text;
  if (!read_file(file, text)) {
    faults.push_back(file.string() + ": cannot be read");
    return known;
  }
  std::stringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> cells = split(line, '\t');
    if (cells.size() != 3) {
      faults.push_back(file.string() + ": not three columns: " + line);
    } else if (cells[0] == mode) {
      known[cells[1]] = cells[2];
    }
  }
  return known;
}

}  // namespace conformance
