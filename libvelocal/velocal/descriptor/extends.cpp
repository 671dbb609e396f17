// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/extends.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/descriptor/fields.hpp"
#include "velocal/descriptor/parse_yaml.hpp"

namespace velocal {
namespace {

/// Bytes. A data file that is named by mistake is not read to its end.
constexpr std::size_t largest_file = std::size_t{1} << 20;

/// `extends`: the entry that names the file, null for the first. Throws DescriptorError when it cannot be read.
std::string read_file(const std::filesystem::path& file, const Field* extends) try {
  FileReader reader({}, largest_file);
  const std::span<const char> text = reader.read(file);
  return {text.begin(), text.end()};
} catch (const InputError& error) {
  if (extends == nullptr) throw DescriptorError(error.what());
  fail_at(extends->node().place, extends->path(), error.what());
}

/// The first of the scans that has the entry's label; null: there is none.
const YamlNode* scan_of_label(const YamlNode& scans, const YamlNode& entry) {
  const YamlNode* label = entry.label();
  if (label == nullptr) return nullptr;
  for (const YamlNode& scan : scans.children) {
    if (scan.label() != nullptr && scan.label()->scalar == label->scalar) return &scan;
  }
  return nullptr;
}

YamlNode merge_scans(YamlNode base, YamlNode own) {
  for (YamlNode& entry : own.children) {
    if (const YamlNode* found = scan_of_label(base, entry)) {
      YamlNode& inherited = base.children[static_cast<std::size_t>(found - base.children.data())];
      inherited = merge(std::move(inherited), std::move(entry));
    } else {
      base.children.push_back(std::move(entry));
    }
  }
  own.children = std::move(base.children);
  own.flow = base.flow;
  return own;
}

/// Finds a missing version of the format and a label that stands twice: merging would hide both.
void check_file(const YamlNode& root) {
  const YamlNode* version = root.find("velocal");
  if (version == nullptr) fail_at(root.place, "velocal", "is missing (the version of the format, here 1)");
  if (version->scalar != "1") Field(*version, "velocal").reject("1, the only version of the format so far");
  const YamlNode* scans = root.find("scans");
  if (scans == nullptr) return;
  for (std::size_t i = 0; i < scans->children.size(); ++i) {
    const YamlNode* label = scans->children[i].label();
    if (label == nullptr) continue;
    const YamlNode* first = scan_of_label(*scans, scans->children[i])->label();
    if (first == label) continue;
    fail_at(label->place, child_path("scans", *scans, i) + ".label",
            fmt::format("the label stands already on line {}", first->place.line + 1));
  }
}

/// Takes the entry `extends` off the tree.
std::optional<YamlNode> take_extends(YamlNode& root) {
  const auto found = std::find_if(root.children.begin(), root.children.end(),
                                  [](const YamlNode& child) { return child.key == "extends"; });
  if (found == root.children.end()) return std::nullopt;
  YamlNode entry = std::move(*found);
  root.children.erase(found);
  return entry;
}

/// `chain`: the files that extend this one; `extends`: the entry that names it, null for the first.
YamlNode load(const std::filesystem::path& file, std::vector<std::filesystem::path> chain, const Field* extends) {
  const std::string text = read_file(file, extends);
  std::error_code error;
  std::filesystem::path canonical = std::filesystem::weakly_canonical(file, error);
  if (error) canonical = file;
  if (std::find(chain.begin(), chain.end(), canonical) != chain.end()) {
    extends->reject("a file that does not extend this one");
  }
  chain.push_back(canonical);

  YamlNode root = parse_yaml(file.string(), text);
  check_file(root);
  const auto entry = take_extends(root);
  if (!entry) return root;
  const Field parent(*entry, "extends");
  return merge(load((file.parent_path() / parent.file_path()).lexically_normal(), chain, &parent), std::move(root));
}

}  // namespace

YamlNode merge(YamlNode base, YamlNode own) {
  if (base.kind != YamlNode::Kind::map || own.kind != YamlNode::Kind::map) return own;
  for (YamlNode& entry : own.children) {
    const auto inherited = std::find_if(base.children.begin(), base.children.end(),
                                        [&](const YamlNode& child) { return child.key == entry.key; });
    if (inherited == base.children.end()) {
      base.children.push_back(std::move(entry));
    } else if (entry.kind == YamlNode::Kind::null) {
      base.children.erase(inherited);
    } else if (entry.key == "scans" && entry.kind == YamlNode::Kind::list && inherited->kind == entry.kind) {
      *inherited = merge_scans(std::move(*inherited), std::move(entry));
    } else {
      *inherited = merge(std::move(*inherited), std::move(entry));
    }
  }
  own.children = std::move(base.children);
  own.flow = base.flow;
  return own;
}

YamlNode read_with_extends(const std::filesystem::path& file) {
  return load(file, {}, nullptr);
}

}  // namespace velocal
