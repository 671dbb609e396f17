// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/small_counts.hpp"

#include <cassert>

#include "velocal/scan/small_counts_detail.hpp"

namespace velocal {

#if defined(__x86_64__) && defined(__GLIBC__)
extern template struct SmallCountsKernel<SimdLevel::avx2>;
extern template struct SmallCountsKernel<SimdLevel::avx512>;
#endif

namespace {

struct Kernel {
  bool (*parse)(const char* text, std::size_t size, SmallCounts& counts);
  void (*add)(const std::uint8_t* counts, std::uint8_t* total);
};

template <SimdLevel level>
constexpr Kernel kernel_of{&SmallCountsKernel<level>::parse, &SmallCountsKernel<level>::add};

Kernel kernel() {
#if defined(__x86_64__) && defined(__GLIBC__)
  if (simd_level() == SimdLevel::avx2) return kernel_of<SimdLevel::avx2>;
  if (simd_level() == SimdLevel::avx512) return kernel_of<SimdLevel::avx512>;
#endif
  return kernel_of<SimdLevel::scalar>;
}

}  // namespace

bool parse_small_counts(std::span<const char> text, SmallCounts& counts) {
  return kernel().parse(text.data(), text.size(), counts);
}

void add_small_counts(const SmallCounts& counts, std::span<std::uint8_t> total) {
  assert(total.size() == pixel_count);
  kernel().add(counts.counts.data(), total.data());
}

}  // namespace velocal
