// SPDX-License-Identifier: GPL-3.0-or-later
// Each file of tests/bad_descriptors holds a mistake and, in `# expect: ` lines, the whole message about it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "descriptor/environment_variable.hpp"
#include "descriptor/physics_models.hpp"
#include "support/files.hpp"
#include "support/source_tree.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;

namespace {

const std::filesystem::path bad_descriptors = test::source_tree() / "tests" / "bad_descriptors";

std::string expected_message(const std::filesystem::path& file) {
  const std::string mark = "# expect:";
  std::istringstream text(test::read_text(file));
  std::string message;
  for (std::string line; std::getline(text, line) && line.starts_with(mark);) {
    if (!message.empty()) message += '\n';
    message += line.substr(std::min(line.size(), mark.size() + 1));
  }
  return message;
}

/// What the reader says, files named from the folder on.
std::string message_about(const std::filesystem::path& file) {
  const std::string prefix = bad_descriptors.string() + "/";
  try {
    read_dataset(file, test::physics_models);
  } catch (const DescriptorError& error) {
    std::string message = error.what();
    for (auto at = message.find(prefix); at != message.npos; at = message.find(prefix))
      message.erase(at, prefix.size());
    return message;
  }
  return "no error";
}

}  // namespace

TEST_CASE("each bad descriptor gets exactly its message") {
  const test::EnvironmentVariable unset("VELOCAL_TEST_UNSET", nullptr);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(bad_descriptors)) {
    if (entry.path().extension() != ".yaml") continue;
    ++files;
    INFO(entry.path().filename().string());
    CHECK(message_about(entry.path()) == expected_message(entry.path()));
  }
  CHECK(files >= 30);
}

TEST_CASE("the descriptor that the bad ones extend is good") {
  CHECK_NOTHROW(read_dataset(bad_descriptors / "parents" / "good.yaml", test::physics_models));
}
