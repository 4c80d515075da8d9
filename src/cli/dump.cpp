#include "base/files.h"
#include "cli/requests.h"

namespace handout::cli {
namespace {

std::string station_text(const std::string& station, const Stations& stations, const fonts::Fonts& fonts) {
  if (station == "styled") return styled::dump(stations.styled);
  if (station == "display") return display::dump(stations.display, fonts);
  std::string text;
  if (station == "article") {
    for (const auto& article : stations.sources.articles) text += content::dump(*article);
    return text;
  }
  // The lines as they were placed, page by page.
  for (const display::Page& page : stations.display.pages) {
    for (const display::Placement& placement : page.placements) {
      if (placement.first_line == 0) text += typeset::dump(*placement.fragment, fonts);
    }
  }
  return text;
}

}  // namespace

int run_dump(const Options& options, Pipeline& pipeline) {
  Diagnostics diags;
  const Requests requests = make_requests(options.render, pipeline, diags);
  if (!diags.has_errors()) {
    for (const request::Request& request : requests.requests) {
      const auto stations = pipeline.prepare(request, diags);
      if (!stations) continue;
      const auto fonts = pipeline.fonts(stations->sources.clinic.get(), diags);
      if (fonts) static_cast<void>(write_standard_output(station_text(options.station, *stations, **fonts), diags));
    }
  }
  print(diags);
  return diags.exit_code();
}

}  // namespace handout::cli
