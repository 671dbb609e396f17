// SPDX-License-Identifier: GPL-3.0-or-later
#include "branches.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/wait.h>

#include <sstream>
#include <stdexcept>

#include "support/files.hpp"

namespace velocal::test {
namespace {

constexpr double longest_s = 3600.0;  ///< for all copies of a program

std::string text_of(std::istream& stream, std::size_t size) {
  std::string text(size, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(size));
  return text;
}

/// The next one that is told of; false: there is none.
bool read_branch(std::istream& stream, Branch& branch) {
  std::string word;
  int status = 0;
  std::size_t out = 0, err = 0, report = 0;
  branch = {};
  if (!(stream >> word >> branch.number >> status >> branch.ended.timed_out >> branch.ended.left_child >>
        branch.changed_files >> out >> err >> report)) {
    return false;
  }
  stream.ignore();  // the end of the line
  branch.ended.ended_by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  branch.ended.status = branch.ended.ended_by != 0 ? 128 + branch.ended.ended_by : WEXITSTATUS(status);
  branch.ended.out = text_of(stream, out);
  branch.ended.err = text_of(stream, err);
  branch.report = text_of(stream, report);
  if (word != "branch" || !stream) throw std::runtime_error("what is told of branches is cut off");
  return true;
}

}  // namespace

std::vector<Branch> run_branches(Command command, const std::vector<std::size_t>& numbers,
                                 const std::filesystem::path& scratch) {
  const std::filesystem::path input = scratch / "numbers", output = scratch / "branches";
  write_text(input, fmt::format("{}\n", fmt::join(numbers, "\n")));
  command.environment["VELOCAL_BRANCHES"] = fmt::format("{} {}", input.string(), output.string());
  command.environment["VELOCAL_FAULT_REPORT"] = "/dev/null";  // each copy has its own
  command.environment["LD_BIND_NOW"] = "1";                   // else each copy looks up the functions of libraries anew
  command.timeout_s = longest_s;
  const Ended ended = run_well(command);
  std::istringstream stream(read_text(output));
  std::vector<Branch> branches;
  for (Branch branch; read_branch(stream, branch);) branches.push_back(branch);
  return branches;
}

}  // namespace velocal::test
