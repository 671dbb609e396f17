// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/progress.hpp"

namespace velocal {
namespace {

class NoProgress final : public Progress {
 public:
  void start(std::string_view, std::size_t, std::string_view) override {}
  void advance(std::size_t) override {}
  void finish() override {}
};

}  // namespace

Progress& no_progress() {
  static NoProgress silent;
  return silent;
}

}  // namespace velocal
