#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "compose/pictures.h"
#include "compose/scale.h"
#include "compose/usage.h"
#include "content/article.h"
#include "layouts/layout.h"
#include "request/request.h"
#include "styled/styled.h"

// Request + articles + layout -> StyledDocument: slots, fields, cascade, mirroring.
namespace handout::compose {

// Everything that was read for one request.
struct Sources {
  std::vector<std::shared_ptr<const content::Article>> articles;  // one per edition of the request
  std::shared_ptr<const layouts::LayoutDefinition> layout;
  std::vector<std::vector<std::shared_ptr<const content::Phrases>>> phrases;  // one chain per edition: its language's first, then what that falls back to
  std::map<std::string, std::shared_ptr<const content::Notice>> notices;
  std::shared_ptr<const request::Clinic> clinic;                  // may be null
};

struct Dependence;  // dependence.h

struct Resources {
  Pictures& pictures;
  Usage* usage = nullptr;            // filled when it is there
  Dependence* dependence = nullptr;  // and so is this
};

// Faults: unknown fields, phrases, notices, sections; a field without its required value or of the wrong type; pictures and labels that don't fit. Warnings: content that no
// slot took. A recipient's values appear in no message.
// `scale`: what of the layout's lengths is left, for a handout that must fit.
Result<styled::StyledDocument> compose(const request::Request& request, const Sources& sources, const Resources& resources, Diagnostics& diags, const Scale& scale = {});

// Whether the layout sets the languages of a handout beside one another.
bool sets_beside(const layouts::LayoutDefinition& layout);

// "knee-stem-cell-treatment 1.0 es standard 1a2b3c4d" (of several languages "es+en"): which words in which dress these are. The hash covers article, layout, phrases, notices and clinic, no recipient.
std::string edition_id(const request::Request& request, const Sources& sources);

// The ids of notices that the layout's body and page bands use.
std::vector<std::string> notices_of(const layouts::LayoutDefinition& layout);

}  // namespace handout::compose
