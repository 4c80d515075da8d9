#include "batch/nameless_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace handout::batch {

NamelessFile nameless_file() {
  const char* folder = std::getenv("TMPDIR");
  std::string name = std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/handout-XXXXXX";
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) return nullptr;
  ::unlink(name.c_str());
  NamelessFile file(::fdopen(descriptor, "w+b"));
  if (file == nullptr) ::close(descriptor);
  return file;
}

}  // namespace handout::batch
