#pragma once

namespace handout {

// Ends the program with a message: a contract of our own was broken. Never used for what a person wrote.
[[noreturn]] void contract_broken(const char* kind, const char* condition, const char* file, int line);

}  // namespace handout

#define EXPECTS(condition) \
  ((condition) ? void() : ::handout::contract_broken("precondition", #condition, __FILE__, __LINE__))
#define ENSURES(condition) \
  ((condition) ? void() : ::handout::contract_broken("postcondition", #condition, __FILE__, __LINE__))
