// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/calibration/calibration.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal {

/// The first line: the columns of the analysis that velocal replaces, so that old tables and new ones are read
/// together.
inline constexpr std::string_view collection_columns =
    "Results,label,ST,baseline,targetmean,utargetmean,targetASIC,utargetASIC,targetASICgood,utargetASICgood,"
    "Kmean,Kstd,uKmean,KASIC,uKASIC,KASICgood,uKASICgood";

/// One row of results_collection.csv; columns in this order. Targets in DAC, gains in e-/DAC; NaN where undefined.
struct CollectionRow {
  std::string results;                 ///< dataset, or dataset/group
  std::string label;                   ///< that of the scan
  std::string shutter;                 ///< as in file names
  bool baseline = false;               ///< taken off before the fit
  double target_mean = undefined;      ///< DAC; over the pixels
  double target_std = undefined;       ///< over the pixels; the column is called `utargetmean`
  Uncertain target_asic;               ///< DAC
  Uncertain target_asic_good;          ///< DAC
  double gain_mean = undefined;        ///< e-/DAC; over the pixels
  double gain_std = undefined;         ///< e-/DAC; over the pixels
  double gain_mean_error = undefined;  ///< e-/DAC; gain_std/sqrt(pixels)
  Uncertain gain_asic;                 ///< e-/DAC
  Uncertain gain_asic_good;            ///< e-/DAC
};

/// The row of a calibration. `shutter` as in file names, such as `2s621ms`.
CollectionRow collection_row(const Provenance& provenance, std::string_view shutter, BaselineMode mode,
                             const Calibration& calibration);

class FileTransaction;

/// The collection with the row in place of the one with its results and label; without `keep`, without it. The file is
/// added to the transaction; until that is committed, a FileGuard of the collection has to be held. Throws as below.
void add_collection(const std::filesystem::path& path, const CollectionRow& row, bool keep, FileTransaction& files);

/// The collection with these rows together and in this order, where the first of them stood, or at the end. Rows of the
/// `keys` (collection_key()) that are not among them go. The file is added to the transaction, unless it stays as it
/// is; a FileGuard has to be held as above. Throws as below.
void gather_collection(const std::filesystem::path& path, std::span<const CollectionRow> rows,
                       const std::vector<std::string>& keys, FileTransaction& files);

/// Puts the row in place of the one with its results and label, or at the end; makes the file where there is none. All
/// other lines stay byte for byte. Other programs and threads may do the same at the same time: a lock
/// `.<file name>.lock` beside the file keeps them apart.
/// Throws OutputError and leaves the file alone when it cannot be written, or when its first line is not the header of
/// a collection.
void update_results_collection(const std::filesystem::path& path, const CollectionRow& row);

/// Results and label of the rows of this result: "N037/even,warm,".
std::string collection_key(const Provenance& provenance);
/// The line as it stands in the collection, without its end.
std::string collection_line(const CollectionRow& row);
/// The line of the collection that begins so, without its end; empty: there is none, or no collection. Throws
/// InputError when the collection cannot be read.
std::string find_collection_line(const std::filesystem::path& path, std::string_view key);

}  // namespace velocal
