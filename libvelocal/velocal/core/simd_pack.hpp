// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace velocal {

/// GCC's vector types; their size cannot depend on a template parameter.
template <std::size_t W>
struct VectorOf;
template <>
struct VectorOf<2> {
  using Type __attribute__((vector_size(16))) = double;
};
template <>
struct VectorOf<4> {
  using Type __attribute__((vector_size(32))) = double;
};
template <>
struct VectorOf<8> {
  using Type __attribute__((vector_size(64))) = double;
  using Mask __attribute__((vector_size(64))) = long long;
};

/// W doubles that one vector instruction takes. It is for sources that the build compiles with the instructions of one
/// SIMD level (8: AVX-512, 4: AVX2, 2: SSE2). They call it through templates on W only: a function shared between
/// levels would bring the highest level's instructions to processors that lack them.
template <std::size_t W>
struct Pack {
  using Vector = typename VectorOf<W>::Type;
  Vector lanes;

  Pack() = default;
  Pack(Vector vector) : lanes(vector) {}           // NOLINT: the two are one thing
  Pack(double value) : lanes(value - Vector{}) {}  // NOLINT: arithmetic with constants

  static Pack load(const double* from) {
    Pack pack;
    __builtin_memcpy(&pack.lanes, from, sizeof pack.lanes);
    return pack;
  }
  void store(double* to) const { __builtin_memcpy(to, &lanes, sizeof lanes); }

  friend Pack operator+(Pack a, Pack b) { return a.lanes + b.lanes; }
  friend Pack operator-(Pack a, Pack b) { return a.lanes - b.lanes; }
  friend Pack operator*(Pack a, Pack b) { return a.lanes * b.lanes; }
  friend Pack operator/(Pack a, Pack b) { return a.lanes / b.lanes; }
  friend Pack operator-(Pack a) { return -a.lanes; }
  Pack& operator+=(Pack b) { return *this = *this + b; }

  /// A NaN in `a` stays.
  friend Pack smaller(Pack a, Pack b) { return b.lanes < a.lanes ? b.lanes : a.lanes; }
  friend Pack larger(Pack a, Pack b) { return b.lanes > a.lanes ? b.lanes : a.lanes; }

  /// Adds half to half. It works on the compiler's own vectors: functions of another W would belong to another level.
  friend double sum(Pack a) {
    if constexpr (W == 8) {
      const auto half =
          __builtin_shufflevector(a.lanes, a.lanes, 0, 1, 2, 3) + __builtin_shufflevector(a.lanes, a.lanes, 4, 5, 6, 7);
      const auto quarter = __builtin_shufflevector(half, half, 0, 1) + __builtin_shufflevector(half, half, 2, 3);
      return quarter[0] + quarter[1];
    } else if constexpr (W == 4) {
      const auto half =
          __builtin_shufflevector(a.lanes, a.lanes, 0, 1) + __builtin_shufflevector(a.lanes, a.lanes, 2, 3);
      return half[0] + half[1];
    } else {
      return a.lanes[0] + a.lanes[1];
    }
  }
  friend double largest(Pack a) {
    double value = a.lanes[0];
    for (std::size_t i = 1; i < W; ++i) value = a.lanes[i] > value ? a.lanes[i] : value;
    return value;
  }
};

}  // namespace velocal

// glibc's vector mathematics (libmvec), within 4 units in the last place. Arguments are kept where the result is a
// normal number: others take a slow way, and the results there are 0 to rounding. all_below() is false for NaN.
#if defined(__x86_64__) && defined(__GLIBC__)
#define VELOCAL_VECTOR_MATH(W, prefix, every_lane)                                                     \
  extern "C" [[gnu::const]] velocal::Pack<W>::Vector prefix##_exp(velocal::Pack<W>::Vector) noexcept;  \
  extern "C" [[gnu::const]] velocal::Pack<W>::Vector prefix##_erfc(velocal::Pack<W>::Vector) noexcept; \
  extern "C" [[gnu::const]] velocal::Pack<W>::Vector prefix##_log(velocal::Pack<W>::Vector) noexcept;  \
  namespace velocal {                                                                                  \
  inline Pack<W> exp(Pack<W> x) {                                                                      \
    return prefix##_exp(larger(x, Pack<W>(-700.0)).lanes);                                             \
  }                                                                                                    \
  inline Pack<W> erfc(Pack<W> x) {                                                                     \
    const Pack<W> end(26.0);                                                                           \
    return x.lanes > end.lanes ? Pack<W>(0.0).lanes : prefix##_erfc(smaller(x, end).lanes);            \
  }                                                                                                    \
  inline Pack<W> log(Pack<W> x) {                                                                      \
    return prefix##_log(x.lanes);                                                                      \
  }                                                                                                    \
  inline bool all_below(Pack<W> x, double bound) {                                                     \
    const auto below = x.lanes < Pack<W>(bound).lanes;                                                 \
    return every_lane;                                                                                 \
  }                                                                                                    \
  }
#if defined(__AVX512F__)
VELOCAL_VECTOR_MATH(8, _ZGVeN8v, __builtin_ia32_cvtq2mask512(reinterpret_cast<VectorOf<8>::Mask>(below)) == 0xff)
#elif defined(__AVX2__)
VELOCAL_VECTOR_MATH(4, _ZGVdN4v, __builtin_ia32_movmskpd256(reinterpret_cast<Pack<4>::Vector>(below)) == 0xf)
#elif defined(__SSE2__)
VELOCAL_VECTOR_MATH(2, _ZGVbN2v, __builtin_ia32_movmskpd(reinterpret_cast<Pack<2>::Vector>(below)) == 0x3)
#endif
#undef VELOCAL_VECTOR_MATH
#endif
