// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_COMMAND_H_
#define EROFS_CLI_COMMAND_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "format/kernel_version.h"

namespace erofs::cli {

// Flags that every command on an image takes.
struct Common {
  std::string image;
  std::vector<std::string> devices;
  std::string offset = "0";
  std::vector<std::string> limits;
  unsigned jobs = 0;  // 0: as many as there are cores
  bool json = false;
  bool quiet = false;
  std::string sandbox = "auto";
  std::string color = "auto";
  std::optional<format::KernelVersion> kernel;  // to judge an image for

  // How many threads to work with; at least 1.
  [[nodiscard]] unsigned threads() const noexcept;
};

// What the command line asks for; set while it is parsed.
struct Chosen {
  std::function<int()> run;
};

// Each adds one command to `app` and, when the command is given, leaves what
// it does in `chosen`. Both outlive the parse.
void add_audit(CLI::App& app, Chosen& chosen);
void add_check(CLI::App& app, Chosen& chosen);
void add_manifest(CLI::App& app, Chosen& chosen);
void add_extract(CLI::App& app, Chosen& chosen);
void add_tar(CLI::App& app, Chosen& chosen);
void add_ls(CLI::App& app, Chosen& chosen);
void add_stat(CLI::App& app, Chosen& chosen);
void add_cat(CLI::App& app, Chosen& chosen);
void add_dump(CLI::App& app, Chosen& chosen);
void add_map(CLI::App& app, Chosen& chosen);
void add_rules(CLI::App& app, Chosen& chosen);
void add_mkfs(CLI::App& app, Chosen& chosen);
// Commands that are planned: each says so and ends with exit code 2.
void add_later(CLI::App& app, Chosen& chosen);

// IMAGE and the flags of Common.
void add_common(CLI::App& command, Common& common);
// A --format that takes `now`, and refuses `later` as not yet supported.
void add_format(CLI::App& command, std::string& format,
                const std::vector<std::string>& now,
                const std::vector<std::string>& later);
// A --kernel that sets what to judge an image for.
void add_kernel(CLI::App& command, Common& common);
// A --nid that sets `nid`.
CLI::Option* add_nid(CLI::App& command, std::optional<std::uint64_t>& nid);
// The text below the options of --help.
void add_teaching(CLI::App& command, const std::string& examples);

// Whether standard output shall be coloured.
[[nodiscard]] bool use_color(const Common& common);

}  // namespace erofs::cli

#endif  // EROFS_CLI_COMMAND_H_
