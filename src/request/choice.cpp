#include "request/request.h"

namespace handout::request {

Choice choice_of(const Request& request, const Edition& edition) {
  Choice choice{edition.include, edition.exclude, edition.marked};
  choice.include.insert(choice.include.end(), request.include.begin(), request.include.end());
  choice.exclude.insert(choice.exclude.end(), request.exclude.begin(), request.exclude.end());
  choice.marked.insert(choice.marked.end(), request.marked.begin(), request.marked.end());
  return choice;
}

}  // namespace handout::request
