// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing of ours goes through a shell: it would take names of files and folders for commands.
#include <catch2/catch.hpp>
#include <regex>
#include <sstream>

#include "architecture/name_rules.hpp"
#include "architecture/source_files.hpp"

using namespace velocal::test;
using Catch::Matchers::UnorderedEquals;

namespace {

/// All that the expression's first group finds in a line.
std::vector<std::string> found_in(const std::string& line, const std::regex& expression) {
  std::vector<std::string> found;
  const std::sregex_iterator begin(line.begin(), line.end(), expression);
  for (auto match = begin; match != std::sregex_iterator(); ++match) found.push_back((*match)[1]);
  return found;
}

/// A line for each call that a shell answers, and for each text that is the name of a shell. execvpe() gives a shell no
/// more than the file of a script that names no interpreter.
std::vector<std::string> shell_calls(const Sources& sources) {
  static const std::regex call(R"(\b(system|popen|wordexp|execlp|execvp)\s*\()");
  static const std::regex shell(R"re("((?:[a-z/]*/)?(?:ba|c|da|k|z)?sh)")re");
  std::vector<std::string> calls;
  for (const auto& [file, text] : sources) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      for (const std::string& name : found_in(code_of(line), call)) calls.push_back(file + " calls " + name);
      for (const std::string& name : found_in(line, shell)) calls.push_back(file + " names " + name);
    }
  }
  return calls;
}

}  // namespace

TEST_CASE("library and programs call no shell") {
  CHECK_THAT(shell_calls(all_sources()), UnorderedEquals(std::vector<std::string>{}));
}

TEST_CASE("a call of a shell is found, and what only looks like one is not") {
  const Sources sources{
      {"velocal/core/a.cpp", "void a() {\n  std::system(\"rm x\");\n  if (FILE* f = popen (command, \"r\")) b();\n}\n"},
      {"velocal/core/b.cpp", "int b = ::wordexp(text, &words, 0) + execlp(\"gnuplot\", \"-\", nullptr);\n"},
      {"stages/c.cpp", "execvpe(\"/bin/sh\", words, environment);\nconst char* d[] = {\"sh\", \"/usr/bin/bash\"};\n"},
      {"stages/d.cpp", "execvp(words.front(), words.data());\n"},
      {"stages/e.cpp",
       "// not system(), popen() or wordexp()\nfail(std::make_error_code(system_error(1)), \"no system(x)\");\n"
       "execvpe(words.front(), words.data(), environment);\nfile_system(\"push\", \"mesh.sh\");\n"}};
  CHECK_THAT(shell_calls(sources),
             UnorderedEquals(std::vector<std::string>{
                 "velocal/core/a.cpp calls system", "velocal/core/a.cpp calls popen",
                 "velocal/core/b.cpp calls wordexp", "velocal/core/b.cpp calls execlp", "stages/c.cpp names /bin/sh",
                 "stages/c.cpp names sh", "stages/c.cpp names /usr/bin/bash", "stages/d.cpp calls execvp"}));
}
