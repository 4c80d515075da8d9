#pragma once

#include <cstdio>
#include <memory>

namespace handout::batch {

// A file to read and write that is gone when it is closed: it has no name as soon as it is there, and is its owner's only. It stands in the folder for temporary files, TMPDIR, at which std::tmpfile() does not look.
struct CloseFile { void operator()(std::FILE* file) const { std::fclose(file); } };
using NamelessFile = std::unique_ptr<std::FILE, CloseFile>;
// Null, and errno says why: it could not be made.
[[nodiscard]] NamelessFile nameless_file();

}  // namespace handout::batch
