#include "display/display.h"

namespace handout::display {

std::string_view name(Role role) {
  switch (role) {
    case Role::None: return "None";
    case Role::Document: return "Document";
    case Role::Part: return "Part";
    case Role::Sect: return "Sect";
    case Role::Div: return "Div";
    case Role::BlockQuote: return "BlockQuote";
    case Role::Caption: return "Caption";
    case Role::Toc: return "TOC";
    case Role::Toci: return "TOCI";
    case Role::H1: return "H1";
    case Role::H2: return "H2";
    case Role::H3: return "H3";
    case Role::H4: return "H4";
    case Role::H5: return "H5";
    case Role::H6: return "H6";
    case Role::P: return "P";
    case Role::List: return "L";
    case Role::ListItem: return "LI";
    case Role::Label: return "Lbl";
    case Role::ListBody: return "LBody";
    case Role::Table: return "Table";
    case Role::TableHead: return "THead";
    case Role::TableBody: return "TBody";
    case Role::TableRow: return "TR";
    case Role::TableHeader: return "TH";
    case Role::TableData: return "TD";
    case Role::Span: return "Span";
    case Role::Quote: return "Quote";
    case Role::Note: return "Note";
    case Role::Reference: return "Reference";
    case Role::Link: return "Link";
    case Role::Figure: return "Figure";
    case Role::Form: return "Form";
  }
  return "None";
}

}  // namespace handout::display
