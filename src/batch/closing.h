#pragma once

#include <cstddef>

#include "batch/batch.h"
#include "batch/outputs.h"
#include "batch/people.h"
#include "batch/snapshot.h"
#include "batch/speed_recorder.h"
#include "batch/works.h"

// How a run ends: what is whole is noted, refused rows are written, and of a job that is done the reports.
namespace handout::batch {

struct ToClose {
  const Order& order;
  const mailings::Mailing& mailing;
  const SpeedRecorder& speed;
  std::size_t threads;
  const Snapshot& snapshot;
  const People& people;
  ledger::Ledger& ledger;
  Outputs& outputs;
  Works& works;
};

// Counts in `outcome` what the ledger has. Faults: a finished file that is not there any more; counts that differ; the machine's.
Result<std::monostate> close_job(const ToClose& all, Ended ended, Outcome& outcome, Diagnostics& diags);
// The list can't be read any further: the rows before it are printed as they would have been, but for the files' ends. The job has no end, which is told.
Result<std::monostate> close_at_break(const ToClose& all, Outcome& outcome, Diagnostics& diags);

}  // namespace handout::batch
