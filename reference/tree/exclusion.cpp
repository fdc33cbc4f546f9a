// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/exclusion.h"

#include <regex.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace erofs::tree {
namespace {

// Without empty parts and ".".
std::string plain(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    if (part.empty() || part == ".") continue;
    if (!out.empty()) out += '/';
    out += part;
  }
  return out;
}

}  // namespace

class Exclusion::Regex {
 public:
  explicit Regex(const std::string& text)
      : error_(::regcomp(&regex_, text.c_str(), REG_EXTENDED | REG_NOSUB)) {}
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;
  Regex(Regex&&) = delete;
  Regex& operator=(Regex&&) = delete;
  ~Regex() {
    if (error_ == 0) ::regfree(&regex_);
  }

  [[nodiscard]] bool good() const noexcept { return error_ == 0; }
  [[nodiscard]] std::string reason() const {
    constexpr std::size_t kRoom = 128;
    std::string text(kRoom, '\0');
    ::regerror(error_, &regex_, text.data(), text.size());
    text.resize(text.find('\0'));
    return "is no regular expression: " + text;
  }
  [[nodiscard]] bool matches(const std::string& path) const {
    return ::regexec(&regex_, path.c_str(), 0, nullptr, 0) == 0;
  }

 private:
  regex_t regex_{};
  int error_;
};

Exclusion::Exclusion() = default;
Exclusion::~Exclusion() = default;

Outcome<std::shared_ptr<const Exclusion>> Exclusion::of(
    const std::vector<std::string>& paths,
    const std::vector<std::string>& regexes) {
  auto out = std::unique_ptr<Exclusion>(new Exclusion());
  for (const std::string& path : paths) out->paths_.push_back(plain(path));
  std::sort(out->paths_.begin(), out->paths_.end());
  for (const std::string& text : regexes) {
    out->regexes_.push_back(std::make_unique<Regex>(text));
    const Regex& last = *out->regexes_.back();
    if (!last.good()) return trouble(text, last.reason());
  }
  return std::shared_ptr<const Exclusion>(std::move(out));
}

bool Exclusion::has(const std::string& path) const {
  return std::binary_search(paths_.begin(), paths_.end(), path) ||
         std::any_of(regexes_.begin(), regexes_.end(),
                     [&](const std::unique_ptr<Regex>& regex) {
                       return regex->matches(path);
                     });
}

bool Exclusion::empty() const noexcept {
  return paths_.empty() && regexes_.empty();
}

}  // namespace erofs::tree
