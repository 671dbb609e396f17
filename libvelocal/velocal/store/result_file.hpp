// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <filesystem>
#include <functional>
#include <string_view>
#include <variant>

#include "velocal/core/error.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal {

/// What a result file is.
struct ResultKind {
  std::string_view schema;
  std::string_view noun;
  Remedy remedy;           ///< where it cannot be used
  std::string_view shown;  ///< what a NeXus viewer shows on opening (write_nexus_entry())
};

inline constexpr ResultKind flux_kind{"velocal/flux/1", "flux", Remedy::make_flux, "total_flux"};
inline constexpr ResultKind fit_kind{"velocal/fit/1", "fit", Remedy::make_fit, "E0"};
inline constexpr ResultKind matrices_kind{"velocal/matrices/1", "matrices", Remedy::make_matrices, "K"};
inline constexpr ResultKind noise_kind{"velocal/baseline/1", "noise baseline", Remedy::make_baseline, "predicted"};
inline constexpr ResultKind gain_kind{"velocal/gain/1", "gain", Remedy::none, "K"};
inline constexpr ResultKind truth_kind{"velocal/truth/1", "truth", Remedy::make_truth, "target"};

/// Writes the root attributes, the pixel axes, and what `fill` adds, and replaces the file; with `files`, at their
/// commit. Throws OutputError.
void write_result(const std::filesystem::path& path, const ResultKind& kind, const Provenance& provenance,
                  const std::function<void(const H5::Group& root)>& fill, FileTransaction* files = nullptr);

/// Reads the file and checks seal, schema, dataset, scan and group before `parse` sees it; what is empty in `expected`
/// may be anything. Returns provenance and hash, without a value. Throws InputError that names the path, and what is
/// wrong with which object; its remedy is the kind's.
Stored<std::monostate> open_result(const std::filesystem::path& path, const ResultKind& kind,
                                   const Provenance& expected, const std::function<void(const H5::Group& root)>& parse);

/// The same with what `parse` makes of the file as value.
template <class T>
Stored<T> read_result(const std::filesystem::path& path, const ResultKind& kind, const Provenance& expected,
                      T (*parse)(const H5::Group& root)) {
  Stored<T> stored;
  const auto opened = open_result(path, kind, expected, [&](const H5::Group& root) { stored.value = parse(root); });
  stored.provenance = opened.provenance;
  stored.sha256 = opened.sha256;
  return stored;
}

/// The same with the group "all", for files that hold all groups.
Provenance of_whole_scan(Provenance provenance);

}  // namespace velocal
