#include "cli/kinds.h"

#include "content/vocabulary.h"
#include "fonts/vocabulary.h"
#include "layouts/vocabulary.h"
#include "postal/vocabulary.h"
#include "mailings/vocabulary.h"
#include "request/vocabulary.h"

namespace handout::cli {

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      {"layout", "layouts/layout.rng", [] { return layouts::layout_vocabulary(); }},
      {"article", "content/article.rng", [] { return content::article_vocabulary(); }},
      {"phrases", "content/phrases.rng", [] { return content::phrases_vocabulary(); }},
      {"notice", "content/notice.rng", [] { return content::notice_vocabulary(); }},
      {"clinic", "content/clinic.rng", [] { return request::clinic_vocabulary(); }},
      {"countries", "content/postal.rng", [] { return postal::countries_vocabulary(); }},
      {"envelopes", "content/envelopes.rng", [] { return postal::envelopes_vocabulary(); }},
      {"mailing", "content/mailing.rng", [] { return mailings::mailing_vocabulary(); }},
      {"fonts", "fonts/fonts.rng", [] { return fonts::fonts_vocabulary(); }},
  };
  return all;
}

}  // namespace handout::cli
