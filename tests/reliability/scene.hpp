// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "calls.hpp"
#include "child.hpp"
#include "tree.hpp"

namespace velocal::test {

/// Who has to notice that old and new files of a program's result lie side by side.
enum class Witness {
  none,    ///< its files stand for themselves
  status,  ///< velocal-status
  sums,    ///< sha256sum, by the SHA256SUMS beside the files
  itself   ///< it does not call its result up to date
};

/// A program under test. Adding one is one line in scene.cpp.
struct Program {
  std::string name;                    ///< "fit"
  std::vector<std::string> arguments;  ///< after the descriptor
  std::string word{};                  ///< before it
  std::string descriptor = "small.yaml";
  std::vector<std::string> needs{};  ///< programs that have run before it on its descriptor
  Witness witness = Witness::none;
  double share = 1;                ///< of a drawn share: less for a program that takes long
  bool tells_all = false;          ///< tells of what cannot be read, and goes on
  bool places_one_by_one = false;  ///< puts files in place for itself, and leaves the rest for the next run to finish
};
extern const std::vector<Program> programs;

/// A program that is about to run, either for the first time, or again over what it has made of other settings.
struct Case {
  const Program* program = nullptr;
  std::string title;      ///< "fit, again"
  Tree before, after;     ///< all files, when it has not run, and when it has
  std::string out;        ///< what it prints
  std::string witnessed;  ///< what the program's witness says then
  double seconds = 0;     ///< how long it takes
  Calls calls;            ///< that can fail
};

/// Runs of all programs in a folder on a small scan of two sources. They run when something is first asked of them:
/// half a minute.
class Scene {
 public:
  Scene(std::filesystem::path program_folder, std::filesystem::path scratch);

  const std::vector<Case>& cases() const { return made().cases_; }
  const std::filesystem::path& scratch() const { return scratch_; }
  /// The tree when all programs have run.
  const Tree& complete() const { return made().complete_; }

  /// Asks the program's witness in this folder.
  Command witness(const Program& program, const std::filesystem::path& folder) const;
  /// The program in this folder, with --force.
  Command command(const Program& program, const std::filesystem::path& folder) const;

 private:
  const Scene& made() const;
  void make() const;
  Case case_of(const Program& program, const std::string& kind, Tree before, const std::filesystem::path& folder) const;

  std::filesystem::path program_folder_, scratch_;
  mutable std::once_flag made_;
  mutable std::vector<Case> cases_;
  mutable Tree complete_;
};

}  // namespace velocal::test
