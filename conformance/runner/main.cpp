// SPDX-License-Identifier: Apache-2.0 OR MIT
// erofs-conformance: gives every vector of an index to an implementation and
// judges what it answers. The protocol is in conformance/README.md.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <optional>
#include <thread>

#include <sys/utsname.h>

#include "runner/judge.h"
#include "runner/process.h"
#include "runner/render.h"
#include "runner/suite.h"

namespace conformance {
namespace {

namespace fs = std::filesystem;

constexpr int kCannotMount = 5;  // exit of the adapter linux

constexpr const char* kUsage =
    R"(usage: erofs-conformance reader|checker|mount ADAPTER [OPTION]...

  reader    the adapter prints manifests
  checker   the adapter judges images
  mount     the adapter mounts images, so the index has to name the producer
            of each: nothing crafted is ever mounted

  --index FILE    what to test (default: index.tsv beside the adapters)
  --only TEXT     only vectors with TEXT in their path
  --jobs N        vectors at a time (default: the processors)
  --timeout S     seconds that one vector may take (default: 10)
  --known FILE    expected failures; one that passes is a failure too
  --format F      text, tap, junit, json or markdown
  --output FILE   where the results go (default: standard output)

Ends with the line "N passed, N failed"; exit 1 unless all passed. What the
machine cannot mount is counted apart, and failed if CI is in the environment.
)";

struct Options {
  std::string mode;
  std::string adapter;
  fs::path index;
  std::string only;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  std::chrono::milliseconds timeout{10'000};
  fs::path known;
  Style style = Style::kText;
  fs::path output;
};

std::optional<unsigned> positive(const std::string& text) {
  char* end = nullptr;
  const unsigned long value = std::strtoul(text.c_str(), &end, 10);
  if (text.empty() || *end != '\0' || value == 0 || value > 100'000) {
    return std::nullopt;
  }
  return static_cast<unsigned>(value);
}

bool set_option(Options& options, const std::string& name,
                const std::string& value) {
  if (name == "--index") {
    options.index = value;
  } else if (name == "--only") {
    options.only = value;
  } else if (name == "--known") {
    options.known = value;
  } else if (name == "--output") {
    options.output = value;
  } else if (name == "--format") {
    const auto style = style_of(value);
    options.style = style.value_or(Style::kText);
    return style.has_value();
  } else if (name == "--jobs" || name == "--timeout") {
    const auto number = positive(value);
    if (number && name == "--jobs") options.jobs = *number;
    if (number && name == "--timeout") {
      options.timeout = std::chrono::seconds(*number);
    }
    return number.has_value();
  } else {
    return false;
  }
  return true;
}

std::optional<Options> parse(const std::vector<std::string>& words) {
  Options options;
  if (words.size() < 2) return std::nullopt;
  options.mode = words[0];
  options.adapter = words[1];
  if (options.mode != "reader" && options.mode != "checker" &&
      options.mode != "mount") {
    return std::nullopt;
  }
  for (std::size_t i = 2; i < words.size(); i += 2) {
    if (i + 1 == words.size() || !set_option(options, words[i], words[i + 1])) {
      std::cerr << "erofs-conformance: bad option " << words[i] << "\n";
      return std::nullopt;
    }
  }
  if (options.index.empty()) {
    options.index =
        fs::path(options.adapter).parent_path().parent_path() / "index.tsv";
  }
  return options;
}

// A folder that goes away with the object.
class Scratch {
 public:
  Scratch() {
    std::string name =
        (fs::temp_directory_path() / "erofs-conformance.XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// "6.12.3-debian" as {6, 12}.
std::pair<long, long> version(const std::string& text) {
  char* end = nullptr;
  const long major = std::strtol(text.c_str(), &end, 10);
  const long minor = *end == '.' ? std::strtol(end + 1, nullptr, 10) : 0;
  return {major, minor};
}

// Whether the running kernel is too old for an image; says so in `why`.
bool too_old(const Vector& vector, std::string& why) {
  utsname name{};
  if (uname(&name) != 0) return false;
  why = "Linux " + std::string(name.release) + " is older than " +
        vector.linux_since;
  return version(name.release) < version(vector.linux_since);
}

Result test(const Vector& vector, const Options& options, const Known& known) {
  Result result;
  result.name = vector.name;
  if (options.mode == "mount" && too_old(vector, result.detail)) {
    result.status = Status::kUndone;
    return result;
  }
  std::vector<std::string> command{
      options.adapter, options.mode == "checker" ? "check" : "read"};
  command.insert(command.end(), vector.arguments.begin(),
                 vector.arguments.end());
  command.push_back(vector.image.string());
  const Outcome outcome = run(command, options.timeout);
  result.took = outcome.took;
  if (options.mode == "mount" && outcome.exit == kCannotMount) {
    result.status = Status::kUndone;
    result.detail = outcome.err;
    return result;
  }
  result.detail = options.mode == "checker" ? judge_checker(vector, outcome)
                                            : judge_reader(vector, outcome);
  const auto expected = known.find(vector.name);
  if (!result.detail.empty()) result.status = Status::kFailed;
  if (expected == known.end()) return result;
  if (result.status == Status::kFailed) {
    result.status = Status::kKnown;
    result.detail = expected->second + " (" + result.detail + ")";
  } else {
    result.status = Status::kFailed;
    result.detail = "passes, though listed as known: " + expected->second;
  }
  return result;
}

std::vector<Result> test_all(const std::vector<const Vector*>& vectors,
                             const Options& options, const Known& known) {
  std::vector<Result> results(vectors.size());
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < options.jobs; ++i) {
    workers.emplace_back([&] {
      for (std::size_t at = next++; at < vectors.size(); at = next++) {
        results[at] = test(*vectors[at], options, known);
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  return results;
}

// Lines of the list of known failures that name no vector are stale.
void find_stale(const Known& known, const Suite& suite,
                std::vector<std::string>& faults) {
  for (const auto& expected : known) {
    const std::string& name = expected.first;
    const bool there =
        std::any_of(suite.vectors.begin(), suite.vectors.end(),
                    [&](const Vector& vector) { return vector.name == name; });
    if (!there) faults.push_back(name + ": known to fail, not in the index");
  }
}

int finish(const Options& options, std::vector<Result> results,
           const std::vector<std::string>& faults) {
  if (std::getenv("CI") != nullptr) {
    for (Result& each : results) {
      if (each.status == Status::kUndone) each.status = Status::kFailed;
    }
  }
  for (const std::string& fault : faults) {
    results.push_back({"index", Status::kFailed, fault, {}});
  }
  const std::string title = options.mode + " " + options.adapter;
  const std::string text = render(results, title, options.style);
  if (options.output.empty()) {
    std::cout << text;
  } else {
    std::ofstream(options.output, std::ios::binary) << text;
  }
  const auto count = [&](Status status) {
    return std::count_if(
        results.begin(), results.end(),
        [&](const Result& each) { return each.status == status; });
  };
  const auto failed = count(Status::kFailed);
  std::ostream& last = options.style == Style::kText ||
                               options.style == Style::kMarkdown ||
                               !options.output.empty()
                           ? std::cout
                           : std::cerr;
  if (count(Status::kKnown) != 0) {
    last << "note: " << count(Status::kKnown) << " known failures\n";
  }
  if (count(Status::kUndone) != 0) {
    last << "note: " << count(Status::kUndone)
         << " checks could not be done on this machine\n";
  }
  last << count(Status::kPassed) << " passed, " << failed << " failed\n";
  return failed == 0 ? 0 : 1;
}

int main_with(const std::vector<std::string>& words) {
  if (!words.empty() && (words[0] == "--help" || words[0] == "-h")) {
    std::cout << kUsage;
    return 0;
  }
  const auto options = parse(words);
  if (!options) {
    std::cerr << kUsage;
    return 2;
  }
  const Scratch scratch;
  Suite suite = load_suite(options->index, scratch.path());
  if (options->mode == "mount" && !suite.has_provenance) {
    std::cerr << "erofs-conformance: " << options->index.string()
              << " names no producers; nothing in it may be mounted\n";
    return 2;
  }
  Known known;
  if (!options->known.empty()) {
    known = load_known(options->known, options->mode, suite.faults);
  }
  find_stale(known, suite, suite.faults);
  std::vector<const Vector*> chosen;
  for (const Vector& vector : suite.vectors) {
    const bool mountable =
        options->mode != "mount" || !vector.linux_since.empty();
    if (mountable && vector.name.find(options->only) != std::string::npos) {
      chosen.push_back(&vector);
    }
  }
  if (chosen.empty()) suite.faults.push_back("no vector was chosen");
  return finish(*options, test_all(chosen, *options, known), suite.faults);
}

}  // namespace
}  // namespace conformance

int main(int argc, char** argv) {
  return conformance::main_with(
      std::vector<std::string>(argv + 1, argv + argc));
}
