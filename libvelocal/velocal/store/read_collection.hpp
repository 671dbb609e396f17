// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "velocal/store/results_collection.hpp"

namespace velocal {

/// The rows of a results_collection.csv, by whichever analysis they were written, in their order. Lines may end in
/// CRLF; empty ones are passed over, and an empty number is undefined. Throws InputError (file and line) when the first
/// line is not `collection_columns`, or a row has another number of fields or no numbers.
std::vector<CollectionRow> read_results_collection(const std::filesystem::path& path);

}  // namespace velocal
