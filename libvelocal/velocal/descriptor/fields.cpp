// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "velocal/core/error.hpp"
#include "velocal/core/near_miss.hpp"
#include "velocal/descriptor/environment.hpp"

namespace velocal {
namespace {

std::string what_it_is(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::empty: return "nothing";
    case YamlNode::Kind::null: return "null";
    case YamlNode::Kind::list: return node.children.empty() ? "an empty list" : "a list";
    case YamlNode::Kind::map: return "a map";
    case YamlNode::Kind::scalar: break;
  }
  return fmt::format("{:?}", node.scalar);
}

template <class Number>
std::optional<Number> parse_number(const YamlNode& node) {
  Number number{};
  const char* end = node.scalar.data() + node.scalar.size();
  const auto [rest, error] = std::from_chars(node.scalar.data(), end, number);
  if (node.kind != YamlNode::Kind::scalar || error != std::errc{} || rest != end) return std::nullopt;
  return number;
}

/// A control character of ASCII, or U+0080 to U+009F.
bool has_control(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) return true;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

}  // namespace

void Field::fail(std::string_view problem, std::string_view suggestion) const {
  fail_at(node_->place, path_, fmt::format("{}, got {}", problem, what_it_is(*node_)), suggestion);
}

void Field::reject(std::string_view expected, std::string_view suggestion) const {
  fail(fmt::format("must be {}", expected), suggestion);
}

const std::string& Field::text() const {
  const std::string& text = node_->scalar;
  if (node_->kind != YamlNode::Kind::scalar || text.empty()) reject("a non-empty text");
  if (has_control(text)) reject("a text without control characters");
  return text;
}

std::string Field::folder_name() const {
  const std::string& name = text();
  if (name == "." || name == ".." || name.find_first_of("/,\"'") != name.npos) {
    reject("usable as the name of a folder and in CSV (no slash, comma or quote; not . or ..)");
  }
  return name;
}

std::string Field::folder_name_beside(std::span<const std::string_view> ours) const {
  std::string name = folder_name();
  if (name.front() == '.') reject("a name that does not begin with a dot", "Files that velocal hides begin so");
  if (std::find(ours.begin(), ours.end(), name) == ours.end()) return name;
  reject("another name", fmt::format("velocal itself writes files of the names {}", fmt::join(ours, ", ")));
}

std::string Field::file_path() const try {
  std::string path = expand_environment(text(), asic_);
  if (path.empty()) fail("is empty once the environment is filled in");
  return path;
} catch (const UsageError& error) {
  fail(error.what());
}

bool Field::flag() const {
  if (node_->scalar != "true" && node_->scalar != "false") reject("true or false");
  return node_->scalar == "true";
}

int Field::integer(int least, int most) const {
  const auto number = parse_number<int>(*node_);
  if (number && *number >= least && *number <= most) return *number;
  const std::string& text = node_->scalar;
  const bool whole = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
  if (whole && (!number || *number > most)) reject(fmt::format("an integer up to {}", most));
  reject(least == 1 ? "a positive integer" : least == 0 ? "an integer >= 0" : fmt::format("an integer from {}", least));
}

double Field::number(const NumberRule& rule) const {
  const auto number = parse_number<double>(*node_);
  if (!number || !std::isfinite(*number) || !rule.holds(*number)) reject(rule.words);
  return *number;
}

InclusiveRange Field::integer_or_range(int least, int most) const {
  if (node_->kind == YamlNode::Kind::scalar) {
    const int number = integer(least, most);
    return {number, number};
  }
  if (node_->kind != YamlNode::Kind::list || node_->children.size() != 2) reject("an integer or a pair [from, to]");
  const auto ends = items();
  const InclusiveRange range{ends[0].integer(least, most), ends[1].integer(least, most)};
  if (range.first > range.last) ends[1].reject(fmt::format("at least {}, where the range begins", range.first));
  return range;
}

std::size_t Field::one_of(std::span<const std::string_view> words) const {
  const auto found = std::find(words.begin(), words.end(), node_->scalar);
  if (found == words.end()) {
    reject(fmt::format("one of {}", fmt::join(words, ", ")), did_you_mean(node_->scalar, words));
  }
  return static_cast<std::size_t>(found - words.begin());
}

std::vector<Field> Field::items() const {
  if (node_->kind != YamlNode::Kind::list) reject("a list");
  return children();
}

std::vector<Field> Field::entries() const {
  if (node_->kind != YamlNode::Kind::map) reject("a map");
  return children();
}

std::vector<Field> Field::children() const {
  std::vector<Field> fields;
  for (std::size_t i = 0; i < node_->children.size(); ++i) {
    fields.emplace_back(node_->children[i], child_path(path_, *node_, i), asic_);
  }
  return fields;
}

Section::Section(Field field, const std::vector<std::string_view>& keys, std::string_view unknown)
    : field_(std::move(field)) {
  for (const Field& entry : field_.entries()) {
    const std::string& key = entry.node().key;
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    const std::string near = did_you_mean(key, keys);
    fail_at(entry.node().key_place, entry.path(), unknown,
            near.empty() ? fmt::format("keys here are {}", fmt::join(keys, ", ")) : near);
  }
}

std::optional<Field> Section::find(std::string_view key) const {
  const YamlNode* child = field_.node().find(key);
  if (child == nullptr) return std::nullopt;
  const auto index = static_cast<std::size_t>(child - field_.node().children.data());
  return Field(*child, child_path(field_.path(), field_.node(), index), field_.asic());
}

void Section::read(std::string_view key, int& value, int least, int most) const {
  if (const auto field = find(key)) value = field->integer(least, most);
}

Field Section::get(std::string_view key, std::string_view why) const {
  if (auto found = find(key)) return *found;
  const std::string& path = field_.path();
  fail_at(field_.node().place, fmt::format("{}{}{}", path, path.empty() ? "" : ".", key),
          why.empty() ? "is missing" : fmt::format("is missing ({})", why));
}

}  // namespace velocal
