// Text in columns.
#include "paginate/part.h"

namespace handout::paginate {

Length column_width(const Node& child, const styled::Columns& columns, Length width) {
  if (child.block->box.column_span == styled::ColumnSpan::All) return width;
  return (width - columns.gap * (columns.count - 1)) / columns.count;
}

Part layout_columns(const Node& node, const styled::Columns&, const Space& space, const Token* token, Context& context) { return layout_flow(node, space, token, context); }

Part layout_parallel(const Node& node, const styled::Parallel&, const Space& space, const Token* token, Context& context) { return layout_flow(node, space, token, context); }

}  // namespace handout::paginate
