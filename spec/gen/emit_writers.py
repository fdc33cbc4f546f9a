# SPDX-License-Identifier: Apache-2.0 OR MIT
"""The table of writer bugs."""

import cpp
from names import quoted

HEADER = """\
// A fault of a released writer. Its trace breaks `rules`, as `when` says;
// or `unseen` says why there is none.
struct WriterBug {
  std::string_view id;
  std::string_view writer;
  std::string_view affected;  // versions
  std::string_view fixed;     // first good version; empty where there is none
  std::string_view says;
  std::string_view lost;
  std::span<const std::string_view> rules;  // ids
  std::string_view when;
  std::string_view unseen;
  bool telling;  // hardly anything else breaks the rules in this way
};

[[nodiscard]] std::span<const WriterBug> writer_bugs() noexcept;"""


def emit(spec):
    """{file name: content}"""
    return {
        "writers.gen.h": cpp.header(
            "writers", ("<span>", "<string_view>"), HEADER.split("\n")),
        "writers.gen.cpp": cpp.source("writers", ("<array>",), table(spec)),
    }


def table(spec):
    lines, rows = ["namespace {", ""], []
    for number, bug in enumerate(spec.bugs.values()):
        name = "{}"
        if bug.rules:
            name = f"kRules{number}"
            lines += [f"constexpr std::array<std::string_view,"
                      f" {len(bug.rules)}> {name} = {{",
                      *(f"    {quoted(rule)}," for rule in bug.rules), "};",
                      ""]
        rows += ["    {" + quoted(bug.id) + ",", *(
            f"     {text}," for text in (
                quoted(bug.writer), quoted(bug.affected), quoted(bug.fixed),
                quoted(bug.says), quoted(bug.lost), name, quoted(bug.when),
                quoted(bug.unseen))),
                 f"     {str(bug.telling).lower()}}},"]
    return lines + [
        f"constexpr std::array<WriterBug, {len(spec.bugs)}> kBugs = {{{{",
        *rows, "}};", "", "}  // namespace", "",
        "std::span<const WriterBug> writer_bugs() noexcept {"
        " return kBugs; }"]
