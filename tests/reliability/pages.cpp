// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "velocal/store/page/report_page.hpp"

namespace velocal::test {
namespace {

using Json = nlohmann::json;

/// By place, such as "/scans/0/stages/*/state".
using Leaves = std::map<std::string, std::set<Json>>;

/// The attributes and the bytes of what a number "array" in the data counts.
std::string array_text(std::string_view page, const Json& number) {
  const std::string id = "id=\"array" + number.dump() + "\"";
  const std::size_t begin = page.find(id);
  if (begin == std::string_view::npos) return "no array";
  const std::string_view rest = page.substr(begin + id.size());
  return std::string(rest.substr(0, rest.find("</script>")));
}

void add_leaves(std::string_view page, const Json& node, const std::string& place, Leaves& leaves) {
  if (!node.is_structured()) {
    leaves[place].insert(place.ends_with("/array") ? Json(array_text(page, node)) : node);
    return;
  }
  for (const auto& [name, child] : node.items()) {
    const bool is_numbered = node.is_object() || place == "/scans";
    if (place.ends_with("/groups") && child.value("name", "") == "all") continue;  // only without a fit: unknown
    add_leaves(page, child, place + "/" + (is_numbered ? name : "*"), leaves);
  }
}

Leaves leaves_of(const std::string& page) {
  Leaves leaves;
  add_leaves(page, Json::parse(report_head(page)), "", leaves);
  return leaves;
}

}  // namespace

bool has_true_leaves(const Contents& page, const Contents* undisturbed,
                     const std::function<bool(const std::string& text)>& is_explained) {
  if (!page.bytes().ends_with("</html>\n")) return false;
  const Leaves known = undisturbed == nullptr ? Leaves{} : leaves_of(undisturbed->bytes());
  return std::ranges::all_of(leaves_of(page.bytes()), [&](const auto& leaf) {
    const auto& [place, values] = leaf;
    const auto there = known.find(place);
    return std::ranges::all_of(values, [&](const Json& value) {
      const bool is_known = there != known.end() && there->second.contains(value);
      return is_known || value.is_null() || (value.is_string() && is_explained(value.template get<std::string>()));
    });
  });
}

}  // namespace velocal::test
