// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "shell/session.hpp"
#include "stages/last_table.hpp"
#include "velocal/calibration/detector.hpp"
#include "velocal/store/results_collection.hpp"

namespace velocal {

/// How the matrices of all chips and scans of the descriptor stand, without numbers: states, reasons and hashes. Chips
/// that are not among the chosen are not looked at where the last table has them: their rows stay.
DetectorTable look_at_chips(const Session& session, const LastTable& last);

/// Keys of the rows of the results collection, in the table's order.
std::vector<std::string> collection_keys(const Session& session);

/// The rows of a chip's scans filled with their numbers, the later scans compared with the first, where they are done.
/// Returns the chip's rows of the results collection.
std::vector<CollectionRow> read_chip(const Dataset& dataset, PixelGroup group, ChipRow* rows, std::size_t scans);

/// Statuses of the pixels of a scan. Throws InputError, also where the results are not those that the row tells of.
PixelMatrix<std::int8_t> read_statuses(const Dataset& dataset, const ChipRow& row, PixelGroup group);

}  // namespace velocal
