// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <sstream>

#include "shell/numbers.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/near_miss.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/core/version.hpp"

namespace po = boost::program_options;

namespace velocal {
namespace {

po::options_description common_options() {
  po::options_description options("Common options", 100);
  const auto text = [](const char* placeholder) { return po::value<std::string>()->value_name(placeholder); };
  const auto texts = [](const char* placeholder) {
    return po::value<std::vector<std::string>>()->value_name(placeholder);
  };
  options.add_options()                                                                                   //
      ("asic", texts("NAME"), "this chip only; * and {0..3} stand for several of them; may be repeated")  //
      ("scan", texts("LABEL"), "this scan only; may be repeated")                                         //
      ("data", text("DIR"), "folder of the scans' folders, in place of the descriptor's data")            //
      ("results", text("DIR"), "folder of the results, in place of the descriptor's results")             //
      ("threads,j", text("N"), "threads to use (default: all processors)")                                //
      ("force,f", "make results anew that are up to date, or stale")                                      //
      ("dry-run,n", "say what would be read, computed and written; touch nothing")                        //
      ("quiet,q", "warnings and errors only")                                                             //
      ("verbose,v", "say more")                                                                           //
      ("no-progress", "show no progress")                                                                 //
      ("json", "summary on standard output as JSON (undefined numbers: null)")                            //
      ("help,h", "this text")                                                                             //
      ("version", "versions of the program and of its libraries");
  return options;
}

po::options_description own_options(const Program& program) {
  po::options_description options("Options", 100);
  for (const ProgramOption& option : program.options) {
    if (option.placeholder.empty()) {
      options.add_options()(option.name.c_str(), option.description.c_str());
    } else if (option.repeatable) {
      auto* values = po::value<std::vector<std::string>>()->value_name(option.placeholder);
      options.add_options()(option.name.c_str(), values, option.description.c_str());
    } else {
      auto* value = po::value<std::string>()->value_name(option.placeholder);
      options.add_options()(option.name.c_str(), value, option.description.c_str());
    }
  }
  return options;
}

/// The options for help_json().
Json table_of(const po::options_description& options) {
  using List = po::typed_value<std::vector<std::string>>;
  Json table = Json::array();
  for (const auto& option : options.options()) {
    const std::string with_dash = option->canonical_display_name(po::command_line_style::allow_dash_for_short);
    const bool takes_value = option->semantic()->max_tokens() > 0;
    table.push_back({{"name", option->long_name()},
                     {"short", with_dash.size() == 2 ? with_dash.substr(1) : ""},
                     {"value", takes_value ? option->semantic()->name() : ""},
                     {"text", option->description()},
                     {"repeatable", dynamic_cast<const List*>(option->semantic().get()) != nullptr}});
  }
  return table;
}

/// Tells what Boost's parser found wrong in our words, with a suggestion.
[[noreturn]] void throw_usage_error(const po::options_description& known, const po::error& error) {
  if (const auto* unknown = dynamic_cast<const po::unknown_option*>(&error)) {
    std::vector<std::string> names;
    for (const auto& option : known.options()) names.push_back("--" + option->long_name());
    const std::string given = unknown->get_option_name();
    const std::vector<std::string_view> words(names.begin(), names.end());
    throw UsageError(fmt::format("unknown option \"{}\"", given), {}, did_you_mean(given, words));
  }
  throw UsageError(error.what());
}

po::variables_map parse(const po::options_description& visible, std::span<const char* const> arguments) {
  po::options_description all;
  all.add(visible).add_options()("descriptor", po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add("descriptor", -1);
  // no guessing: an abbreviation that a script uses today could mean two options tomorrow
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  po::variables_map values;
  try {
    const std::vector<std::string> words(arguments.begin(), arguments.end());
    po::store(po::command_line_parser(words).options(all).positional(positional).style(style).run(), values);
  } catch (const po::error& error) {
    throw_usage_error(visible, error);
  }
  return values;
}

std::optional<std::filesystem::path> path_of(const po::variables_map& values, const char* name) {
  if (values.count(name) == 0) return {};
  const auto& path = values[name].as<std::string>();
  if (path.empty()) throw UsageError(fmt::format("--{}: must be a folder, got nothing", name));
  return path;
}

int parse_threads(const std::string& text) {
  const std::string meaning = fmt::format("a whole number from 1 to {}", most_threads);
  const int threads = parse_number<int>("--threads", text, meaning);
  if (threads >= 1 && threads <= most_threads) return threads;
  throw UsageError(fmt::format("--threads: must be {}, got \"{}\"", meaning, text));
}

/// Takes the word in front of the descriptors out of the list.
std::string take_word(const Program& program, std::vector<std::string>& files) {
  if (program.word.placeholder.empty()) return {};
  if (files.empty()) throw UsageError(fmt::format("no {} given", program.word.placeholder), {}, "See --help");
  std::string word = files.front();
  files.erase(files.begin());
  return word;
}

void take_descriptors(const Program& program, const po::variables_map& values, CommandLine& line) {
  std::vector<std::string> files;
  if (values.count("descriptor") > 0) files = values["descriptor"].as<std::vector<std::string>>();
  line.word = take_word(program, files);
  const bool word_takes_several = !line.word.empty() && program.word.several_datasets(line.word);
  if (files.empty()) throw UsageError("no dataset descriptor given", "DATASET.yaml");
  const bool several = std::ranges::any_of(program.options, [&](const ProgramOption& option) {
    return option.several_datasets && values.count(option.name) > 0;
  });
  if (several && files.size() < 2) {
    throw UsageError("two descriptors or more are needed", fmt::format("there is only {}", files.front()));
  }
  if (!several && !word_takes_several && files.size() > 1) {
    throw UsageError(fmt::format("{} descriptors given", files.size()), fmt::format("{}", fmt::join(files, ", ")),
                     "Give one at a time");
  }
  line.descriptor = files.front();
  line.others.assign(files.begin() + 1, files.end());
}

}  // namespace

CommandLine parse_command_line(const Program& program, std::span<const char* const> arguments) {
  po::options_description visible;
  visible.add(own_options(program)).add(common_options());
  const po::variables_map values = parse(visible, arguments);

  CommandLine line;
  line.help = values.count("help") > 0;
  line.version = values.count("version") > 0;
  line.json = values.count("json") > 0;
  if (line.help || line.version) return line;
  take_descriptors(program, values, line);
  if (values.count("asic") > 0) line.asics = values["asic"].as<std::vector<std::string>>();
  if (values.count("scan") > 0) line.scans = values["scan"].as<std::vector<std::string>>();
  line.data = path_of(values, "data");
  line.results = path_of(values, "results");
  if (values.count("threads") > 0) line.threads = parse_threads(values["threads"].as<std::string>());
  line.force = values.count("force") > 0;
  line.dry_run = values.count("dry-run") > 0;
  line.quiet = values.count("quiet") > 0;
  line.verbose = values.count("verbose") > 0;
  if (line.quiet && line.verbose) throw UsageError("--quiet and --verbose exclude each other");
  line.progress = values.count("no-progress") == 0;
  for (const ProgramOption& option : program.options) {
    if (values.count(option.name) == 0) continue;
    if (option.repeatable) {
      line.own[option.name] = values[option.name].as<std::vector<std::string>>();
    } else {
      line.own[option.name] = {option.placeholder.empty() ? "" : values[option.name].as<std::string>()};
    }
  }
  return line;
}

std::string help_text(const Program& program) {
  const std::string word = program.word.placeholder.empty() ? "" : program.word.placeholder + " ";
  std::string text =
      fmt::format("Usage: {} {}DATASET.yaml [options]\n\n{}\n\nExamples:\n", program.name, word, program.sentence);
  for (const std::string& example : program.examples) text += fmt::format("  {}\n", example);
  if (!word.empty()) text += fmt::format("\n{}:\n{}", program.word.placeholder, program.word.list);
  std::ostringstream options;
  if (!program.options.empty()) options << '\n' << own_options(program);
  options << '\n' << common_options();
  return text + options.str();
}

Json help_json(const Program& program) {
  return {{"program", program.name},
          {"version", version()},
          {"sentence", program.sentence},
          {"examples", program.examples},
          {"word", {{"name", program.word.placeholder}, {"list", program.word.list}}},
          {"options", table_of(own_options(program))},
          {"common_options", table_of(common_options())}};
}

}  // namespace velocal
