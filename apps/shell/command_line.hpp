// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shell/program.hpp"
#include "shell/report.hpp"

namespace velocal {

/// What a command line says; nothing but its grammar has been checked.
struct CommandLine {
  bool help = false;
  bool version = false;
  std::string word;  ///< the word before the descriptors, of a program that takes one
  std::filesystem::path descriptor;
  std::vector<std::filesystem::path> others;  ///< further descriptors, with an option that asks for them
  std::vector<std::string> asics;             ///< patterns of the chips asked for; none: all
  std::vector<std::string> scans;             ///< labels asked for; none: all
  std::optional<std::filesystem::path> data;
  std::optional<std::filesystem::path> results;
  int threads = 0;  ///< 0: all
  bool force = false;
  bool dry_run = false;
  bool quiet = false;
  bool verbose = false;
  bool progress = true;
  bool json = false;
  std::map<std::string, std::vector<std::string>> own;  ///< values of the program's own options by name
};

/// Throws UsageError. With --help or --version the rest may be missing.
CommandLine parse_command_line(const Program& program, std::span<const char* const> arguments);

/// Text of --help: usage, one sentence, examples, options.
std::string help_text(const Program& program);

/// The same for programs, --help --json: man pages, completions and the site are made of it. An option has the entries
/// `name` and `short` (without dashes; "": none), `value` (what stands for it; "": takes none), `text`, `repeatable`.
Json help_json(const Program& program);

}  // namespace velocal
