// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/parse_yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

namespace velocal {
namespace {

/// No descriptor has as many values. Without this limit nested aliases, a few bytes each, could fill the memory.
constexpr std::size_t largest_tree = 10'000;

std::size_t node_count(const YamlNode& node) {
  std::size_t count = 1;
  for (const YamlNode& child : node.children) count += node_count(child);
  return count;
}

/// Builds the tree from the parser's events. yaml-cpp's own nodes would not do: they keep the first of duplicate keys
/// without a word, and know the places of values only.
class TreeBuilder final : public YAML::EventHandler {
 public:
  explicit TreeBuilder(std::shared_ptr<const SourceText> source) : source_(std::move(source)) { root_.place = place(); }

  YamlNode take_root() { return std::move(root_); }
  Place place(const YAML::Mark& mark = {}) const {
    if (mark.is_null()) return {source_, 0, 0};
    return {source_, static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column)};
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) fail_at(place(mark), "", "a second document begins here (a descriptor is a single one)");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    YamlNode node;
    node.place = place(mark);
    const bool written = names_null(node.place);
    node.kind = written ? YamlNode::Kind::null : YamlNode::Kind::empty;
    // An empty value has no place of its own: the parser gives the place of what follows.
    if (!written && !open_.empty()) node.place = open_.back().key ? open_.back().key_place : open_.back().node.place;
    add(std::move(node), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) fail_at(place(mark), "", "this alias stands inside of what it stands for");
    nodes_ += node_count(found->second);
    if (nodes_ > largest_tree) fail_at(place(mark), "", fmt::format("more than {} values", largest_tree));
    add(found->second, 0);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.place = place(mark);
    node.scalar = value;
    node.quoted = tag == "!";  // yaml-cpp's mark of a scalar in quotes
    add(std::move(node), anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(YamlNode::Kind::list, mark, anchor, style);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(YamlNode::Kind::map, mark, anchor, style);
  }
  void OnMapEnd() override { close(); }

 private:
  /// A list or map whose end has not come yet. In a map, a key waits here for its value.
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    bool key = false;
    std::string key_name;
    Place key_place;
  };

  /// Whether a null is written there. If not, the value is empty, and what follows it stands there.
  bool names_null(const Place& where) const {
    if (where.line >= source_->lines.size()) return false;
    const std::string_view line = source_->lines[where.line];
    const std::string_view rest = line.substr(std::min(where.byte, line.size()));
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t,]}"));
    return word == "~" || word == "null" || word == "Null" || word == "NULL";
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    Open started;
    started.node.kind = kind;
    started.node.place = place(mark);
    started.node.flow = style == YAML::EmitterStyle::Flow;
    started.anchor = anchor;
    open_.push_back(std::move(started));
  }

  void close() {
    Open ended = std::move(open_.back());
    open_.pop_back();
    add(std::move(ended.node), ended.anchor);
  }

  void add(YamlNode node, YAML::anchor_t anchor) {
    ++nodes_;
    if (anchor != 0) anchors_[anchor] = node;
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == YamlNode::Kind::map && !parent.key) {
      if (node.kind != YamlNode::Kind::scalar) fail_at(node.place, "", "a key must be a word");
      parent.key = true;
      parent.key_name = node.scalar;
      parent.key_place = node.place;
      return;
    }
    node.key = std::exchange(parent.key_name, {});
    node.key_place = parent.key_place;
    parent.key = false;
    parent.node.children.push_back(std::move(node));
  }

  std::shared_ptr<const SourceText> source_;
  YamlNode root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, YamlNode> anchors_;
  std::size_t nodes_ = 0;
  int documents_ = 0;
};

void check_duplicates(const YamlNode& node, const std::string& path) {
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const YamlNode& child = node.children[i];
    const std::string name = child_path(path, node, i);
    const YamlNode* first = node.kind == YamlNode::Kind::map ? node.find(child.key) : &child;
    if (first != &child) {
      fail_at(child.key_place, name, fmt::format("duplicate key (first on line {})", first->key_place.line + 1));
    }
    check_duplicates(child, name);
  }
}

}  // namespace

YamlNode parse_yaml(const std::string& name, std::string_view text) {
  TreeBuilder builder(read_source(name, text));
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    fail_at(builder.place(error.mark), "", fmt::format("not valid YAML ({})", error.msg));
  }
  YamlNode root = builder.take_root();
  if (root.kind != YamlNode::Kind::map) fail_at(root.place, "", "a descriptor must be a map of keys and values");
  check_duplicates(root, "");
  return root;
}

}  // namespace velocal
