# SPDX-License-Identifier: Apache-2.0 OR MIT
"""RuleId, the table of rules, and the checks of fields against them."""

import cpp
from names import camel, enumerator, literal, quoted

REFUSED = ("malformed", "unsupported")

RULES_HEADER = """\
// What breaking a rule means for the image, or for the look at it.
enum class RuleClass : std::uint8_t {
  kMalformed,    // a reader must refuse the image or return an error
  kInvalid,      // the image breaks a MUST that a reader may cope with
  kAdvisory,     // the image breaks a SHOULD
  kUnsupported,  // the image needs something that is not covered
  kLimit,        // a bound on work was reached before the end
  kIo,           // bytes could not be had
};

struct RuleInfo {
  std::string_view id;
  RuleClass cls;
  std::string_view says;        // what must hold, one sentence
  std::string_view why;
  std::string_view linux_does;  // where the rule is broken
  std::string_view fsck_does;   // the same for fsck.erofs
  std::string_view source;      // separated by "; "
  std::string_view section;     // anchor in spec/FORMAT.md
  std::string_view since;       // first Linux that knows what it is about
};

// The row of a rule; the first row, with an empty id, for RuleId::none and
// for values that are no RuleId.
[[nodiscard]] const RuleInfo& rule(RuleId id) noexcept;

[[nodiscard]] std::optional<RuleId> find_rule(std::string_view id) noexcept;

// All rules in the order of RuleId, without RuleId::none.
[[nodiscard]] std::span<const RuleInfo> rules() noexcept;

[[nodiscard]] std::string_view class_name(RuleClass cls) noexcept;"""

RULES_END = """\
}  // namespace

const RuleInfo& rule(RuleId id) noexcept {
  const auto index = static_cast<std::size_t>(id);
  return kRules[index < kRules.size() ? index : 0];
}

std::optional<RuleId> find_rule(std::string_view id) noexcept {
  for (std::size_t index = 1; index < kRules.size(); ++index) {
    if (kRules[index].id == id) return static_cast<RuleId>(index);
  }
  return std::nullopt;
}

std::span<const RuleInfo> rules() noexcept {
  return std::span<const RuleInfo>(kRules).subspan(1);
}

std::string_view class_name(RuleClass cls) noexcept {
  switch (cls) {
    case RuleClass::kMalformed: return "malformed";
    case RuleClass::kInvalid: return "invalid";
    case RuleClass::kAdvisory: return "advisory";
    case RuleClass::kUnsupported: return "unsupported";
    case RuleClass::kLimit: return "limit";
    case RuleClass::kIo: return "io";
  }
  return "";
}"""

BREACH = """\
// A field that breaks a rule: where it lies in its structure and what it, or
// the group of bits in question, holds. Of bytes that have to be zero, value
// is the first that is not.
struct FieldBreach {
  RuleId rule;
  std::uint32_t at;
  std::uint64_t value;
};"""


def emit(spec):
    """{file name: content}"""
    areas = dict.fromkeys(s.area for s, _, _ in spec.constraints())
    return {
        "rule_ids.gen.h": cpp.header(
            "rule_ids", ("<cstddef>", "<cstdint>"), rule_ids(spec), "erofs"),
        "rules.gen.h": cpp.header(
            "rules", ("<cstdint>", "<optional>", "<span>", "<string_view>",
                      '"format/rule_ids.gen.h"'), RULES_HEADER.split("\n")),
        "rules.gen.cpp": cpp.source(
            "rules", ("<array>", "<cstddef>"), rules(spec)),
        "checks.gen.h": cpp.header(
            "checks", ("<cstdint>", "<optional>", '"format/features.gen.h"',
                       '"format/rule_ids.gen.h"', '"format/view.gen.h"',
                       *(f'"format/{area}.gen.h"' for area in areas)),
            checks(spec)),
    }


def rule_ids(spec):
    return ["enum class RuleId : std::uint16_t {", "  none = 0,",
            *(f"  {enumerator(each)}," for each in spec.rules), "};", "",
            "// Rules there are; RuleId::none is not counted.",
            f"inline constexpr std::size_t kRuleCount = {len(spec.rules)};"]


def rules(spec):
    rows = ["    {{}, RuleClass::kIo, {}, {}, {}, {}, {}, {}, {}},"]
    for rule in spec.rules.values():
        texts = (rule.says, rule.why, rule.linux, rule.fsck,
                 "; ".join(rule.source), rule.id, rule.since)
        rows += [f"    {{{quoted(rule.id)}, RuleClass::k{camel(rule.cls)},",
                 *(f"     {quoted(text)}," for text in texts[:-1]),
                 f"     {quoted(texts[-1])}}},"]
    return ["namespace {", "",
            "constexpr std::array<RuleInfo, kRuleCount + 1> kRules = {{",
            *rows, "}};", "", *RULES_END.split("\n")]


def checks(spec):
    lines = BREACH.split("\n")
    for struct in spec.structs.values():
        mine = [(f, c) for f in struct.fields for c in f.must]
        if not mine:
            continue
        refused = [(f, c) for f, c in mine
                   if spec.rules[c.rule].cls in REFUSED]
        linted = [pair for pair in mine if pair not in refused]
        lines += ["", "// The first broken rule of class malformed or"
                  " unsupported, in field order.",
                  "[[nodiscard]] constexpr std::optional<FieldBreach> refuse(",
                  *parameters(struct)]
        for field, constraint in refused:
            lines += check(spec, field, constraint, "return FieldBreach")
        lines += ["  return std::nullopt;", "}", "",
                  "// Calls visit(FieldBreach) for each broken rule of class"
                  " invalid or advisory.", "template <class Visit>",
                  "constexpr void lint(",
                  *parameters(struct, ", [[maybe_unused]] Visit&& visit")]
        for field, constraint in linted:
            lines += check(spec, field, constraint, "visit(FieldBreach", ")")
        lines += ["}"]
    return lines


def parameters(struct, more=""):
    # An exception of the visitor is its own business, so only refuse() is
    # noexcept.
    end = f"{more}) {{" if more else ") noexcept {"
    return [f"    [[maybe_unused]] const {struct.name}View& view,",
            f"    [[maybe_unused]] const Features& features{end}"]


def check(spec, field, constraint, begin, end=""):
    value = f"view.{field.name}()"
    if constraint.bits is not None:
        owner, _, name = constraint.bits.rpartition(".")
        value = f"view.{owner or field.name}_{name}()"
    elif field.kind == "b":
        value = f"detail::first_nonzero({value})"
    elif field.kind == "s":
        value = f"static_cast<std::uint64_t>({value})"
    tests = [f"!{held(c)}" if not positive else held(c)
             for c, positive in ((constraint.when, True),
                                 (constraint.unless, False)) if c]
    tests.append(broken(spec, field, constraint))
    return [f"  if (const std::uint64_t value = {value};",
            "      " + " &&\n      ".join(tests) + ") {",
            f"    {begin}{{RuleId::{enumerator(constraint.rule)}, {field.at},"
            f" value}}{end};", "  }"]


def held(condition):
    if condition.family == "bits":
        name = condition.name.replace(".", "_")
        return f"(view.{name}() == {condition.equals}U)"
    return (f"features.{condition.family}_has({condition.family}::"
            f"k{camel(condition.name)})")


def broken(spec, field, constraint):
    """The C++ condition under which `value` breaks the constraint."""
    operand = constraint.value
    if constraint.predicate == "zero":
        return "value != 0"
    if constraint.predicate == "equals":
        return f"value != {literal(operand)}"
    if constraint.predicate == "mask":
        if isinstance(operand, str):
            return f"(value & ~std::uint64_t{{{operand}::kKnown}}) != 0"
        return f"(value & ~std::uint64_t{{{literal(operand)}}}) != 0"
    if constraint.predicate == "range":
        return out_of_range(*operand)
    test, join = (("!=", " && ") if constraint.predicate == "one_of"
                  else ("==", " || "))
    all_tests = join.join(f"value {test} {literal(each)}" for each in operand)
    return all_tests if len(operand) == 1 else f"({all_tests})"


def out_of_range(lowest, highest):
    above = f"value > {literal(highest)}"
    return f"(value < {literal(lowest)} || {above})" if lowest else above
