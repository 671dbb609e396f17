// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/small_counts.hpp"

#include <cassert>

#include "velocal/scan/small_counts_kernel.hpp"

namespace velocal {

#if defined(__x86_64__) && defined(__GLIBC__)
extern template struct SmallCountsKernel<SimdLevel::avx2>;
extern template struct SmallCountsKernel<SimdLevel::avx512>;
#endif

namespace {

struct Kernel {
  using Add = int (*)(const char* text, const char* end, int rows, std::uint8_t* sum, SmallCounts& counts,
                      const char*& stop);
  Add add;
  Add subtract;
  bool (*move)(std::uint8_t* sum, std::uint32_t* total);
};

template <SimdLevel level>
constexpr Kernel kernel_of{&SmallCountsKernel<level>::add, &SmallCountsKernel<level>::subtract,
                           &SmallCountsKernel<level>::move};

const Kernel& kernel_at([[maybe_unused]] SimdLevel level) {
#if defined(__x86_64__) && defined(__GLIBC__)
  if (level == SimdLevel::avx2) return kernel_of<SimdLevel::avx2>;
  if (level == SimdLevel::avx512) return kernel_of<SimdLevel::avx512>;
#endif
  return kernel_of<SimdLevel::scalar>;
}

}  // namespace

bool add_small_counts(std::span<const char> text, std::span<std::uint8_t> sum, SmallCounts& counts, SimdLevel level) {
  assert(sum.size() == pixel_count);
  if (text.empty() || text.back() != '\n') return false;
  const Kernel& kernel = kernel_at(level);
  const char* const end = text.data() + text.size();
  const char* stop = nullptr;
  const int rows = kernel.add(text.data(), end, pixel_rows, sum.data(), counts, stop);
  if (rows == pixel_rows && stop == end) return true;
  kernel.subtract(text.data(), end, rows, sum.data(), counts, stop);
  return false;
}

void subtract_small_counts(std::span<const char> text, std::span<std::uint8_t> sum, SimdLevel level) {
  assert(sum.size() == pixel_count);
  SmallCounts unused;
  const char* stop = nullptr;
  kernel_at(level).subtract(text.data(), text.data() + text.size(), pixel_rows, sum.data(), unused, stop);
}

bool move_small_counts(std::span<std::uint8_t> sum, std::span<std::uint32_t> total) {
  assert(sum.size() == pixel_count && total.size() == pixel_count);
  return kernel_at(simd_level()).move(sum.data(), total.data());
}

}  // namespace velocal
