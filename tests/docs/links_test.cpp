// SPDX-License-Identifier: GPL-3.0-or-later
// Links between pages, and what sources cite of them, lead somewhere.
#include <catch2/catch.hpp>

#include "docs/checkout.hpp"
#include "docs/markdown.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"

using namespace velocal::test;
using Strings = std::vector<std::string>;

namespace fs = std::filesystem;

namespace {

bool has_anchor(const std::string& page, const std::string& wanted) {
  return std::ranges::any_of(headings(page), [&](const std::string& heading) { return anchor(heading) == wanted; });
}

/// The links of a page that stands in `folder` which lead nowhere; those to other sites are not followed.
Strings broken_links(const std::string& page, const fs::path& folder) {
  static const std::regex other_site("[a-z]+:.*");
  Strings broken;
  for (const std::string& link : links(page)) {
    if (std::regex_match(link, other_site)) continue;
    const std::size_t hash = std::min(link.find('#'), link.size());
    const fs::path file = folder / link.substr(0, hash);
    const std::string wanted = link.substr(std::min(hash + 1, link.size()));
    const bool found = fs::exists(file);
    if (!found || (!wanted.empty() && !has_anchor(hash == 0 ? page : read_text(file), wanted))) broken.push_back(link);
  }
  return broken;
}

bool decision_exists(const fs::path& docs, const std::string& number) {
  const std::string begin = std::string(4 - std::min<std::size_t>(4, number.size()), '0') + number + "-";
  return std::ranges::any_of(fs::directory_iterator(docs / "decisions"), [&](const fs::directory_entry& entry) {
    return entry.path().filename().string().starts_with(begin);
  });
}

/// What a source cites that does not exist: `docs/<page>.md`, a heading behind it in quotes, `decision <number>`.
Strings broken_citations(std::string source, const fs::path& root) {
  static const std::regex next_line(R"(\n\s*(///?<?|#)?\s*)"), decision(R"([Dd]ecisions? (\d+))");
  static const std::regex citation(R"re(docs/([\w/-]+\.md)(, "([^"]+)")?)re");
  source = std::regex_replace(source, next_line, " ");
  Strings broken;
  const std::sregex_iterator end;
  for (std::sregex_iterator match(source.begin(), source.end(), citation); match != end; ++match) {
    const fs::path page = root / "docs" / (*match)[1].str();
    const bool found = fs::exists(page);
    const std::string heading = (*match)[3];
    const Strings known = found ? headings(read_text(page)) : Strings{};
    if (!found || (!heading.empty() && std::ranges::count(known, heading) == 0)) broken.push_back(match->str());
  }
  for (std::sregex_iterator match(source.begin(), source.end(), decision); match != end; ++match) {
    if (!decision_exists(root / "docs", (*match)[1])) broken.push_back(match->str());
  }
  return broken;
}

}  // namespace

TEST_CASE("every relative link of every page leads to a file or a heading") {
  const fs::path made_into_a_page = checkout / "tests/validation/validation.md";  // of docs/, where its links start
  const auto pages = files_with({".md"});
  CHECK(pages.size() > 10);
  for (const fs::path& page : pages) {
    INFO(page);
    const fs::path folder = page == made_into_a_page ? checkout / "docs" : page.parent_path();
    CHECK(broken_links(read_text(page), folder) == Strings{});
  }
}

TEST_CASE("sources cite pages, headings and decisions that exist") {
  const auto sources = files_with({".hpp", ".cpp", ".py", ".yaml", ".cmake", ".txt", ""});
  CHECK(sources.size() > 100);
  for (const fs::path& source : sources) {
    if (source.parent_path() == checkout / "tests/docs") continue;  // the examples below
    INFO(source);
    CHECK(broken_citations(read_text(source), checkout) == Strings{});
  }
}

// The rules must be able to fail.

TEST_CASE("links to what does not exist are found") {
  const TemporaryFolder folder;
  write_text(folder.path() / "other.md", "# First `heading`, and more\n");
  const std::string page =
      "# Here\n[a](other.md) [b](other.md#first-heading-and-more) [c](#here) [d](https://example.org/none)\n"
      "`[code](none.md)`\n```\n[code](none.md)\n```\n"
      "[e](none.md) [f](other.md#here) [g](#there) ![h](none.png)\n";
  CHECK(broken_links(page, folder.path()) == Strings{"none.md", "other.md#here", "#there", "none.png"});
}

TEST_CASE("citations of what does not exist are found") {
  const TemporaryFolder folder;
  write_text(folder.path() / "docs/page.md", "# Page\n## The flux\n");
  write_text(folder.path() / "docs/decisions/0012-why.md", "");
  const std::string source =
      "/// As in docs/page.md, \"The\n  /// flux\", and docs/page.md (decision 12).\n"
      "// docs/page.md, \"Flux\"; docs/none.md; decision 3\n# docs/page.md,\n#  \"Page 2\"\n";
  CHECK(broken_citations(source, folder.path()) ==
        Strings{"docs/page.md, \"Flux\"", "docs/none.md", "docs/page.md, \"Page 2\"", "decision 3"});
}
