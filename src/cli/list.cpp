#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "cli/requests.h"

namespace handout::cli {
namespace {

const char* name(content::Status status) { return status == content::Status::Draft ? "draft" : "reviewed"; }

std::string review_text(const content::Article& article) {
  std::string text = name(article.status);
  if (article.reviewed) text += fmt::format(" {} by {}", unicode::to_text(*article.reviewed), article.reviewer);
  if (article.review_by) text += fmt::format(", review due {}", unicode::to_text(*article.review_by));
  return text;
}

}  // namespace

int run_list(const Options& options, Pipeline& pipeline) {
  Diagnostics diags;
  nlohmann::ordered_json json = {{"articles", nlohmann::ordered_json::array()}, {"layouts", nlohmann::ordered_json::array()}, {"profiles", layouts::list_profiles(pipeline.installation().layouts)}};
  std::string text = "articles\n";
  for (const content::ArticleEntry& entry : content::list_articles(pipeline.installation().content, diags)) {
    nlohmann::ordered_json locales = nlohmann::ordered_json::array(), editions = nlohmann::ordered_json::array();
    text += fmt::format("  {}\n", entry.id);
    for (const content::ArticleFile& file : entry.files) {
      const auto article = pipeline.article(file.path, diags);
      if (!article) continue;
      const std::string title = content::plain_text((*article)->title.content);
      locales.push_back(file.locale.tag());
      nlohmann::ordered_json edition = {{"locale", file.locale.tag()}, {"title", title}, {"version", (*article)->version}, {"status", name((*article)->status)}};
      if ((*article)->reviewed) edition["reviewed"] = unicode::to_text(*(*article)->reviewed);
      if ((*article)->review_by) edition["review-by"] = unicode::to_text(*(*article)->review_by);
      editions.push_back(std::move(edition));
      text += fmt::format("    {:<8} {}  ({}; {})\n", file.locale.tag(), title, (*article)->version, review_text(**article));
    }
    json["articles"].push_back({{"id", entry.id}, {"locales", locales}, {"editions", editions}});
  }
  text += "layouts\n";
  for (const layouts::LayoutEntry& layout : layouts::list_layouts(pipeline.installation().layouts, diags)) {
    json["layouts"].push_back({{"id", layout.id}, {"title", layout.title}});
    text += fmt::format("  {:<12} {}\n", layout.id, layout.title);
  }
  text += "profiles\n";
  for (const std::string& profile : layouts::list_profiles(pipeline.installation().layouts)) text += fmt::format("  {}\n", profile);
  static_cast<void>(write_standard_output(options.json ? json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n' : text, diags));
  print(diags);
  return diags.exit_code();
}

}  // namespace handout::cli
