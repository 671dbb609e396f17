// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/files.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace velocal::test {

std::string read_text(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

void write_text(const std::filesystem::path& file, std::string_view text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream stream(file, std::ios::binary);
  stream.write(text.data(), static_cast<std::streamsize>(text.size()));
  stream.close();
  if (!stream) throw std::runtime_error("cannot write " + file.string());
}

void change_digit(const std::filesystem::path& file, std::string_view behind) {
  std::string text = read_text(file);
  const std::size_t begin = text.find(behind);
  const std::size_t place = begin == text.npos ? begin : text.find_first_of("123456789", begin + behind.size());
  if (place == text.npos) throw std::runtime_error("no digit to change in " + file.string());
  text[place] = text[place] == '1' ? '2' : '1';
  write_text(file, text);
}

std::filesystem::path file_that_begins(std::string_view begin, const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with(begin)) return entry.path();
  }
  return {};
}

}  // namespace velocal::test
