// SPDX-License-Identifier: Apache-2.0 OR MIT
// What the code made from the toy specification does. test_behaviour.py
// compiles and runs this; the exit code is the number of the first claim that
// does not hold, 0 if all do.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "format/checks.gen.h"
#include "format/fields.gen.h"
#include "format/limits.gen.h"
#include "format/rules.gen.h"
#include "format/toy.gen.h"

namespace {

using erofs::RuleId;
using erofs::format::Features;
using erofs::format::FieldBreach;
using erofs::format::ToyBuilder;
using erofs::format::ToyView;

int claims = 0;
int broken = 0;

void claim(bool holds) {
  ++claims;
  if (!holds && broken == 0) broken = claims;
}

// Bytes 0x00, 0x01 ... of which each field's value follows.
void views_load_little_endian() {
  std::array<std::byte, 24> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = std::byte(i + 1);
  bytes[19] = std::byte{0xFF};
  const ToyView view(bytes);
  claim(view.magic() == 0x0201);
  claim(view.flags() == 3);
  claim(view.shade() == 4);
  claim(view.value() == 0x08070605);
  claim(view.count() == view.value());
  claim(view.pair_left() == 0x0605);
  claim(view.pair_right() == 0x0807);
  claim(view.stamp() == -0x00ECEDEEEFF0F1F3);
  claim(view.rest()[0] == std::byte{21});
  claim(view.flags_low() == 3);
  claim(view.flags_high() == 0);
}

ToyBuilder good() {
  return ToyBuilder().magic(0x1234).flags_low(4).features(0x81);
}

void builders_store_what_views_load() {
  const ToyBuilder toy = good().flags_high(0x1F).stamp(-2).pair_right(0xABCD);
  claim(toy.view().flags() == 0xFC);
  claim(toy.view().flags_top() == 1);
  claim(toy.view().flags_middle() == 15);
  claim(toy.view().stamp() == -2);
  claim(toy.view().value() == 0xABCD0000);
  claim(toy.bytes()[0] == std::byte{0x34});
  claim(ToyBuilder(toy.view()).flags_middle(0).view().flags() == 0x84);
  claim(ToyBuilder().flags_low(0xFF).view().flags() == 7);
}

RuleId refused(const ToyBuilder& toy, Features features = {}) {
  const std::optional<FieldBreach> breach = refuse(toy.view(), features);
  return breach ? breach->rule : RuleId::none;
}

void refuse_tells_the_first_broken_rule() {
  claim(refused(good()) == RuleId::none);
  claim(refused(ToyBuilder()) == RuleId::toy_magic_equals);
  claim(refused(good().flags_low(3)) == RuleId::toy_low_one);
  claim(refused(good().flags_high(4)) == RuleId::none);
  claim(refused(good().flags_high(5)) == RuleId::toy_high_not);
  claim(refused(good().flags_high(6)) == RuleId::toy_high_not);
  const ToyBuilder top = good().flags_top(1);
  claim(refused(top) == RuleId::toy_shade_range);
  claim(refused(ToyBuilder(top).shade(9)) == RuleId::toy_shade_range);
  claim(refused(ToyBuilder(top).shade(10)) == RuleId::none);
  claim(refused(ToyBuilder(top).shade(20)) == RuleId::none);
  claim(refused(ToyBuilder(top).shade(21)) == RuleId::toy_shade_range);
  const auto breach = refuse(ToyBuilder(top).shade(21).view(), {});
  claim(breach && breach->at == 3 && breach->value == 21);
}

std::vector<FieldBreach> linted(const ToyBuilder& toy, Features features) {
  std::vector<FieldBreach> all;
  lint(toy.view(), features, [&](const FieldBreach& b) { all.push_back(b); });
  return all;
}

void lint_visits_every_broken_rule() {
  const Features none;
  const Features all{.compat = 1, .incompat = 0x81};
  claim(linted(good(), all).empty());
  constexpr std::array<std::byte, 4> kRest = {{{}, {}, std::byte{9}, {}}};
  const ToyBuilder bad =
      good().pair_right(7).features(0x83).stamp(-1).rest(kRest);
  const std::vector<FieldBreach> wide = linted(bad, all);
  claim(wide.size() == 3);
  claim(wide[0].rule == RuleId::toy_features_known && wide[0].at == 8);
  claim(wide[1].rule == RuleId::toy_stamp_range &&
        wide[1].value == ~std::uint64_t{0});
  claim(wide[2].rule == RuleId::toy_rest_zero && wide[2].value == 9);
  const std::vector<FieldBreach> narrow = linted(bad, none);
  claim(narrow.size() == 3);
  claim(narrow[0].rule == RuleId::toy_right_needs_wide && narrow[0].value == 7);
  claim(linted(good().stamp(1000), all).empty());
  claim(linted(good().stamp(1001), all).size() == 1);
}

void tables_are_complete() {
  namespace format = erofs::format;
  claim(format::rules().size() == erofs::kRuleCount);
  claim(format::rules().front().id == "toy.magic.equals");
  claim(format::rule(RuleId::none).id.empty());
  claim(format::rule(static_cast<RuleId>(60000)).id.empty());
  claim(format::find_rule("toy.whole.sound") == RuleId::toy_whole_sound);
  claim(!format::find_rule("toy.whole").has_value());
  claim(!format::find_rule("").has_value());
  claim(format::rule(RuleId::toy_shade_range).cls ==
        format::RuleClass::kUnsupported);
  claim(format::rule(RuleId::toy_whole_sound).source == "here; there");
  claim(format::class_name(format::RuleClass::kLimit) == "limit");
  const format::StructInfo* toy = format::find_structure("Toy");
  claim(toy != nullptr && toy->size == 24 && toy->fields.size() == 7);
  claim(toy->fields[1].bits.size() == 4 && toy->fields[1].bits[1].shift == 3);
  claim(toy->fields[6].reserved && toy->fields[6].kind == 'b');
  claim(format::find_structure("Tyo") == nullptr);
  claim(format::features().size() == 4);
  claim(format::name_of(format::Colour::kDarkBlue) == "dark_blue");
  claim(format::side_prefix(format::Side::kLeft) == "left.");
  claim(format::side_prefix(static_cast<format::Side>(9)).empty());
}

}  // namespace

int main() {
  views_load_little_endian();
  builders_store_what_views_load();
  refuse_tells_the_first_broken_rule();
  lint_visits_every_broken_rule();
  tables_are_complete();
  return broken == 0 && claims < 50 ? 255 : broken;
}
