// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <limits>

#include "scene.hpp"

namespace velocal::test {

/// Does task 0, 1, ... `count` - 1, two at a time; each gets a folder that no other uses meanwhile. What a task throws
/// is thrown in the end. After `seconds` no task but the first four is begun; a
/// line says how many are left then.
void for_each_task(const Scene& scene, std::size_t count,
                   const std::function<void(std::size_t task, const std::filesystem::path& folder)>& work,
                   double seconds = std::numeric_limits<double>::infinity());

}  // namespace velocal::test
