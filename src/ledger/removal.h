#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/state.h"

// What purging and shredding share.
namespace handout::ledger {

// Inside `folder`, with no link on the way that leads out of it; else told.
bool is_within(const LedgerState& state, const std::string& name, Diagnostics& diags);

enum class Removed : std::uint8_t { Yes, WasGone, Failed };
// One that is gone already was removed by a command that did not end.
Removed remove_file(const LedgerState& state, const std::string& name, Diagnostics& diags);
// Its bytes are overwritten and synced before it is removed. What else holds them (the journal of a file system, flash storage) is out of reach.
Removed shred_file(const LedgerState& state, const std::string& name, Diagnostics& diags);

// False and told when entries are not those that were written: such a ledger is not sealed anew.
bool check_unaltered(const LedgerState& state, Diagnostics& diags);

// Shards of a joined job whose ledgers are not there, each a fault; all others are done. `what`: what that leaves undone.
void tell_missing(const LedgerState& state, const std::vector<std::string>& missing, std::string_view what, Diagnostics& diags);

// Ends the group that is open: all of the ledger is sealed anew, written anew from what is left, and its log emptied, so that no page keeps what was removed. Another process that reads it is a fault.
bool commit_removal(Ledger& ledger, LedgerState& state, Diagnostics& diags);

}  // namespace handout::ledger
