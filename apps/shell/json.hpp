// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace velocal {

/// Ends the program where no memory is left (memory.hpp). An allocation that throws half-way would leave a value whose
/// destructor reads through null: operator[] of nlohmann's values changes their type before it allocates.
template <class T>
struct EndingAllocator : std::allocator<T> {
  EndingAllocator() = default;
  template <class U>
  EndingAllocator(const EndingAllocator<U>&) noexcept {}
  T* allocate(std::size_t count) noexcept { return std::allocator<T>::allocate(count); }
};

/// Keys of our JSON stand in the order in which they were written.
using Json = nlohmann::basic_json<nlohmann::ordered_map, std::vector, std::string, bool, std::int64_t, std::uint64_t,
                                  double, EndingAllocator>;

}  // namespace velocal
