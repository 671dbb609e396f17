// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "velocal/store/provenance.hpp"
#include "velocal/store/results_collection.hpp"

namespace velocal {

class FileTransaction;

/// Provenance::companions of a result whose other files have been added to the transaction; the names are as seen from
/// the folder of the result's own file. `row`: the result has it in the collection; may be null.
std::string companions_of(const std::filesystem::path& folder, const FileTransaction& files,
                          const CollectionRow* row = nullptr);

/// How one of these files stands that is not as it was written with the result: "not its part of summary.csv" where it
/// is missing, "summary.csv does not belong to it" where it is another one. Empty: all are, or the result is older than
/// the list. `collection` has the rows.
std::string stray_companion(const std::filesystem::path& folder, const Provenance& provenance,
                            const std::filesystem::path& collection);

/// Whether the result lists this file, or is older than the list.
bool lists_companion(const Provenance& provenance, const std::string& name);

}  // namespace velocal
