// SPDX-License-Identifier: GPL-3.0-or-later
#include "fault_report.hpp"

#include <cerrno>
#include <sstream>

#include "support/files.hpp"

namespace velocal::test {
namespace {

/// Frames of the signal and of the C and C++ libraries tell nothing of a crash.
bool tells_nothing(const std::string& frame) {
  for (const char* part : {"failing_calls", "/libc.so", "/libstdc++", "/libgcc_s", "/libm.so", "/ld-linux"}) {
    if (frame.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

FaultReport parse_report(const std::string& text) {
  FaultReport report;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line == "failed") report.failed = true;
    if (line.starts_with("failures ")) report.failures = std::stoul(line.substr(9));
    if (line == "crashed") report.crashed = true;
    if (line.starts_with("calls ")) {
      const std::size_t blank = line.find(' ', 6);
      report.calls.of_kind[line.substr(6, blank - 6)] = std::stoul(line.substr(blank));
    }
    if (line.starts_with("place ")) report.calls.new_allocations.insert(std::stoul(line.substr(6)));
    if (!report.crashed && line.find("(H5FL_blk_malloc+") != std::string::npos) report.spoils_hdf5 = true;
    std::string& library = report.crashed ? report.crashed_in : report.failed_in;
    if (library.empty() && line.starts_with('/') && !tells_nothing(line)) {
      library = std::filesystem::path(line.substr(0, line.find('('))).filename();
    }
  }
  return report;
}

FaultReport read_report(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return {};
  const std::string text = read_text(file);
  std::filesystem::remove(file);
  return parse_report(text);
}

namespace {

bool is_ours(const std::string& library) {
  return library.empty() || library.find("velocal") != std::string::npos;
}

/// The C library says so where it finds its lists of memory spoilt, whoever asks for memory then.
bool is_heap_spoilt(const std::string& words) {
  return words.find("corrupted ") != std::string::npos || words.find("malloc(): ") != std::string::npos ||
         words.find("free(): ") != std::string::npos;
}

}  // namespace

std::string foreign_crash(int reason, const FaultReport& report, const Ended& ended) {
  const bool uncaught = ended.err.find("terminate called") != std::string::npos;  // wherever it was thrown
  if (reason != ENOMEM || !report.crashed || uncaught) return {};
  if (report.spoils_hdf5 && is_heap_spoilt(ended.err)) return report.failed_in + ", memory spoilt (H5FL_blk_malloc)";
  return is_ours(report.crashed_in) ? "" : report.crashed_in;
}

}  // namespace velocal::test
