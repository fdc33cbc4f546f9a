// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/cluster_forms.h"

#include <algorithm>
#include <tuple>

#include "check/context.h"
#include "check/phases.h"
#include "check/sort_runs.h"
#include "check/storage.h"

namespace erofs::check {
namespace {

// The widest numbers of the fields; wider ones do not occur.
constexpr std::uint32_t kShort = (1U << 16) - 1;
constexpr std::uint32_t kStored = (1U << 24) - 1;
constexpr std::uint32_t kKind = (1U << 8) - 1;

std::uint32_t kind_of(const map::Pcluster& found) noexcept {
  if (found.kind == map::Pcluster::Kind::kEncoded) {
    return static_cast<std::uint32_t>(found.algorithm);
  }
  return found.interlaced ? ClusterForm::kInterlaced : ClusterForm::kShifted;
}

}  // namespace

ClusterForm::ClusterForm(const map::Pcluster& found, unsigned block_bits,
                         std::uint64_t by) noexcept
    : offset(found.location.place.offset),
      space(found.location.place.space & kShort),
      stored(found.stored & kStored),
      kind(kind_of(found) & kKind),
      nid(by),
      start(found.start) {
  const std::uint64_t within = (std::uint64_t{1} << block_bits) - 1;
  if (found.interlaced) turn = found.start & within & kShort;
}

bool ClusterForm::rest_before(const ClusterForm& other) const noexcept {
  const auto key = [](const ClusterForm& form) {
    return std::tuple(std::uint32_t{form.stored}, std::uint32_t{form.kind},
                      std::uint32_t{form.turn}, form.nid, form.start);
  };
  return key(*this) < key(other);
}

Status ClusterForms::add(const ClusterForm& form, Budget& budget) {
  if (!forms_.empty() && forms_.back().same(form)) {
    if (form.before(forms_.back())) forms_.back() = form;
    return {};
  }
  if (forms_.size() >= merge_at_) {
    seal();
    merge_at_ = std::max(kMergeFirst, 2 * forms_.size());
  }
  return push(forms_, form, budget, form.place());
}

void ClusterForms::seal() {
  sort_runs(forms_, [](const ClusterForm& a, const ClusterForm& b) {
    return a.before(b);
  });
  const auto end = std::unique(
      forms_.begin(), forms_.end(),
      [](const ClusterForm& a, const ClusterForm& b) { return a.same(b); });
  forms_.erase(end, forms_.end());
}

void cluster_forms(Context& ctx) {
  ctx.cluster_forms.seal();
  ctx.cluster_forms.each_conflict([&](const ClusterForm& form) {
    ctx.nid = form.nid;
    ctx.find(RuleId::cluster_pcluster_same, form.place(), form.start);
  });
  ctx.cluster_forms.each_overlap([&](const ClusterForm& form) {
    ctx.nid = form.nid;
    ctx.find(RuleId::cluster_pcluster_overlap, form.place(), form.start);
  });
  ctx.nid.reset();
}

}  // namespace erofs::check
