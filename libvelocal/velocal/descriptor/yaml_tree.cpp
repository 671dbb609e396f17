// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/yaml_tree.hpp"

#include <fmt/format.h>
#include <yaml-cpp/emitter.h>

#include <algorithm>

namespace velocal {
namespace {

void emit(YAML::Emitter& out, const YamlNode& node) {
  if (node.flow) out << YAML::Flow;
  switch (node.kind) {
    case YamlNode::Kind::empty:
    case YamlNode::Kind::null: out << YAML::Null; break;
    case YamlNode::Kind::scalar:
      if (node.quoted) out << YAML::DoubleQuoted;
      out << node.scalar;
      break;
    case YamlNode::Kind::list:
      out << YAML::BeginSeq;
      for (const YamlNode& child : node.children) emit(out, child);
      out << YAML::EndSeq;
      break;
    case YamlNode::Kind::map:
      out << YAML::BeginMap;
      for (const YamlNode& child : node.children) {
        out << YAML::Key << child.key << YAML::Value;
        emit(out, child);
      }
      out << YAML::EndMap;
      break;
  }
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view child_key) const {
  const auto found = std::find_if(children.begin(), children.end(), [&](const auto& c) { return c.key == child_key; });
  return found == children.end() ? nullptr : &*found;
}

const YamlNode* YamlNode::label() const {
  const YamlNode* found = find("label");
  return found != nullptr && found->kind == Kind::scalar ? found : nullptr;
}

std::string child_path(const std::string& parent_path, const YamlNode& parent, std::size_t index) {
  const YamlNode& child = parent.children[index];
  if (parent.kind == YamlNode::Kind::map) return parent_path.empty() ? child.key : parent_path + "." + child.key;
  const YamlNode* label = child.label();
  return fmt::format("{}[{}]", parent_path, label != nullptr ? label->scalar : std::to_string(index));
}

std::string emit_yaml(const YamlNode& root) {
  YAML::Emitter out;
  emit(out, root);
  return std::string(out.c_str(), out.size()) + "\n";
}

}  // namespace velocal
