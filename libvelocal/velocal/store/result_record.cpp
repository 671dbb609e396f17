// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/result_record.hpp"

#include "velocal/store/parts/input_list.hpp"
#include "velocal/store/result_file.hpp"

namespace velocal {
namespace {

const ResultKind& schema_of(ResultFileKind kind) {
  switch (kind) {
    case ResultFileKind::truth: return truth_kind;
    case ResultFileKind::baseline: return noise_kind;
    case ResultFileKind::flux: return flux_kind;
    case ResultFileKind::fit: return fit_kind;
    case ResultFileKind::matrices: break;
  }
  return matrices_kind;
}

}  // namespace

ResultRecord read_record(ResultFileKind kind, const std::filesystem::path& path, const Provenance& expected) {
  const bool of_group = kind == ResultFileKind::fit || kind == ResultFileKind::matrices;
  ResultRecord record;
  const auto stored = open_result(path, schema_of(kind), of_group ? expected : of_whole_scan(expected),
                                  [&](const H5::Group& root) { record.inputs = read_input_list(root); });
  record.provenance = stored.provenance;
  record.sha256 = stored.sha256;
  return record;
}

}  // namespace velocal
