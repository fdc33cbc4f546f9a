// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/session.h"

#include <limits>
#include <utility>

#include "base/checked.h"
#include "base/escape.h"
#include "cli/fault_text.h"
#include "cli/limits.h"
#include "cli/sandbox.h"
#include "format/budget_rules.h"

namespace erofs::cli {
namespace {

// Holes let a small image hold large files honestly; beyond this somebody
// should say so with --limit.
constexpr std::uint64_t kOutputBase = std::uint64_t{16} << 30;
constexpr std::uint64_t kOutputPerByte = 64;

Limits limits_for(const OpenImage& image, const Common& common,
                  const Session::Plan& plan) {
  Limits limits = check::default_limits(image.input());
  const auto content = checked::mul(image.size(), kOutputPerByte);
  const auto sum = content ? checked::add(*content, kOutputBase) : std::nullopt;
  limits.output = sum.value_or(std::numeric_limits<std::uint64_t>::max());
  if (plan.cap) plan.cap(limits);
  return with_limits(limits, common.limits);
}

const char* why(read::PathError error) {
  switch (error) {
    case read::PathError::kNotFound:
      return "there is no such path in the image: list it with 'erofs-ref ls'";
    case read::PathError::kNotADirectory:
      return "a part of this path is not a directory";
    case read::PathError::kLoop:
      break;
  }
  return "too many symbolic links on the way";
}

}  // namespace

Session::Session(const Common& common, OpenImage image)
    : common_(common), image_(std::move(image)) {}

bool Session::begin(const Plan& plan) {
  if (plan.open && !plan.open(*this)) return false;
  if (!enter_sandbox(common_, plan.needs)) {
    code_ = kUsage;
    return false;
  }
  // A thread: it is shut off with the rest.
  timer_.emplace(time_limit(common_.limits));
  Limits limits = limits_for(image_, common_, plan);
  limits.deadline = timer_->deadline();
  budget_.emplace(limits, format::budget_rules());
  return open_volume();
}

bool Session::open_volume() {
  const auto input = image_.input();
  auto volume = read::Volume::open(input.primary, input.blobs, *budget_);
  if (!volume) {
    fail(volume.error(), {});
    return false;
  }
  volume_ = std::move(*volume);
  return true;
}

void Session::fail(const Fault& fault, std::string_view about) {
  std::string text;
  if (!about.empty()) text = std::string(about) + ": ";
  fail(exit_code(fault.kind), text + fault_text(fault));
}

void Session::fail(int code, std::string_view text) {
  if (code_ == kDone) code_ = code;
  complain(common_.image + ": " + std::string(text));
}

void Session::warn_of_mount_faults() {
  for (const auto& [fault, nid] : volume_->mount_faults()) {
    fail(fault, "Linux does not mount this image");
  }
}

std::optional<read::Node> Session::find(const std::string& path,
                                        read::LastLink last) {
  auto result = read::resolve(*volume_, path, last, *budget_);
  if (!result) {
    fail(result.error(), escape(path));
    return std::nullopt;
  }
  if (!result->node) {
    fail(kUsage, escape(path) + ": " + why(result->error));
    return std::nullopt;
  }
  return result->node;
}

int Session::finish() {
  int code = cli::finish(out_, code_);
  const std::string changed = image_.changed();
  if (changed.empty()) return code;
  complain_changed(changed);
  return kIo;
}

int with_session(const Common& common, const std::function<void(Session&)>& act,
                 const Session::Plan& plan) {
  auto image = open_image(common);
  if (!image) return kIo;
  Session session(common, std::move(*image));
  if (session.begin(plan)) act(session);
  return session.finish();
}

}  // namespace erofs::cli
