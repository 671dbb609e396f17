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
};

/// W doubles that one vector instruction takes. For sources that the build compiles with the instructions of one
/// SIMD level (8: AVX-512, 4: AVX2, 2: SSE2), which call it through templates on W only: a function shared between
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

  friend Pack smaller(Pack a, Pack b) { return a.lanes < b.lanes ? a.lanes : b.lanes; }
  friend Pack larger(Pack a, Pack b) { return a.lanes > b.lanes ? a.lanes : b.lanes; }
  friend bool all_below(Pack a, double bound) { return largest(a) < bound; }

  friend double sum(Pack a) {
    double total = 0.0;
    for (std::size_t i = 0; i < W; ++i) total += a.lanes[i];
    return total;
  }
  friend double largest(Pack a) {
    double value = a.lanes[0];
    for (std::size_t i = 1; i < W; ++i) value = a.lanes[i] > value ? a.lanes[i] : value;
    return value;
  }
};

}  // namespace velocal

// glibc's vector mathematics (libmvec), within 4 units in the last place. Arguments are kept where the result is a
// normal number: others take a slow way, and the results there are 0 or 2 to rounding.
#if defined(__x86_64__) && defined(__GLIBC__)
#define VELOCAL_VECTOR_MATH(W, prefix)                                                  \
  extern "C" velocal::Pack<W>::Vector prefix##_exp(velocal::Pack<W>::Vector) noexcept;  \
  extern "C" velocal::Pack<W>::Vector prefix##_erfc(velocal::Pack<W>::Vector) noexcept; \
  extern "C" velocal::Pack<W>::Vector prefix##_log(velocal::Pack<W>::Vector) noexcept;  \
  namespace velocal {                                                                   \
  inline Pack<W> exp(Pack<W> x) {                                                       \
    return prefix##_exp(larger(x, Pack<W>(-700.0)).lanes);                              \
  }                                                                                     \
  inline Pack<W> erfc(Pack<W> x) {                                                      \
    return prefix##_erfc(smaller(x, Pack<W>(26.0)).lanes);                              \
  }                                                                                     \
  inline Pack<W> log(Pack<W> x) {                                                       \
    return prefix##_log(x.lanes);                                                       \
  }                                                                                     \
  }
#if defined(__AVX512F__)
VELOCAL_VECTOR_MATH(8, _ZGVeN8v)
#elif defined(__AVX2__)
VELOCAL_VECTOR_MATH(4, _ZGVdN4v)
#elif defined(__SSE2__)
VELOCAL_VECTOR_MATH(2, _ZGVbN2v)
#endif
#undef VELOCAL_VECTOR_MATH
#endif
