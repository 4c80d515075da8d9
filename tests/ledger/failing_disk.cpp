#include "ledger/failing_disk.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>

namespace handout::test {
namespace {

// One disk for the program: SQLite calls back without a place for us.
struct Disk {
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;
  Failing how = Failing::Nothing;
  std::uint64_t at = 0, count = 0;
  bool failed = false;
};
Disk disk;

struct OpenFile {
  sqlite3_file base;
  sqlite3_io_methods methods;  // the real file's, but for ours
  const sqlite3_io_methods* real_methods;
  alignas(8) unsigned char real[8];
};
sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(reinterpret_cast<OpenFile*>(file)->real); }

bool fails_now(bool syncing) {
  const bool now = ++disk.count == disk.at || (disk.how == Failing::Full && disk.count > disk.at);
  if (disk.how == Failing::Nothing || disk.at == 0 || !now || (syncing && disk.how == Failing::Full)) return false;
  disk.failed = true;
  return true;
}

int close_file(sqlite3_file* file) { return real_of(file)->pMethods->xClose(real_of(file)); }
int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) { return real_of(file)->pMethods->xRead(real_of(file), to, size, offset); }
int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  sqlite3_file* const real = real_of(file);
  if (!fails_now(false)) return real->pMethods->xWrite(real, from, size, offset);
  if (disk.how == Failing::Full) return SQLITE_FULL;
  if (disk.how == Failing::Crash) {
    real->pMethods->xWrite(real, from, size / 2, offset);
    ::_exit(9);
  }
  return SQLITE_IOERR_WRITE;
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  if (fails_now(false)) {
    if (disk.how == Failing::Crash) ::_exit(9);
    if (disk.how != Failing::Full) return SQLITE_IOERR_TRUNCATE;
  }
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}
int sync_file(sqlite3_file*, int) {
  if (fails_now(true)) {
    if (disk.how == Failing::Crash) ::_exit(9);
    return SQLITE_IOERR_FSYNC;
  }
  return SQLITE_OK;  // a process that ends loses nothing that was not synced
}
int file_size(sqlite3_file* file, sqlite3_int64* size) { return real_of(file)->pMethods->xFileSize(real_of(file), size); }
int lock_file(sqlite3_file* file, int lock) { return real_of(file)->pMethods->xLock(real_of(file), lock); }
int unlock_file(sqlite3_file* file, int lock) { return real_of(file)->pMethods->xUnlock(real_of(file), lock); }
int check_lock(sqlite3_file* file, int* reserved) { return real_of(file)->pMethods->xCheckReservedLock(real_of(file), reserved); }
int control(sqlite3_file* file, int what, void* argument) { return real_of(file)->pMethods->xFileControl(real_of(file), what, argument); }
int sector_size(sqlite3_file* file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }
int characteristics(sqlite3_file* file) { return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file)); }
int map_memory(sqlite3_file* file, int page, int size, int extend, void volatile** memory) { return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, memory); }
int lock_memory(sqlite3_file* file, int offset, int count, int flags) { return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags); }
void memory_barrier(sqlite3_file* file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }
int unmap_memory(sqlite3_file* file, int remove) { return real_of(file)->pMethods->xShmUnmap(real_of(file), remove); }

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  auto* const open = reinterpret_cast<OpenFile*>(file);
  open->base.pMethods = nullptr;
  const int code = disk.real->xOpen(disk.real, name, real_of(file), flags, flags_out);
  if (code != SQLITE_OK) return code;
  open->methods = {2, close_file, read_file, write_file, truncate_file, sync_file, file_size, lock_file, unlock_file, check_lock, control, sector_size, characteristics, map_memory, lock_memory, memory_barrier, unmap_memory, nullptr, nullptr};
  open->base.pMethods = &open->methods;
  return code;
}

}  // namespace

FailingDisk::FailingDisk() {
  disk = {};
  disk.real = sqlite3_vfs_find(nullptr);
  disk.vfs = *disk.real;
  disk.vfs.pNext = nullptr;
  disk.vfs.zName = "failing";
  disk.vfs.szOsFile = static_cast<int>(sizeof(OpenFile)) + disk.real->szOsFile;
  disk.vfs.xOpen = open_file;
  if (sqlite3_vfs_register(&disk.vfs, 1) != SQLITE_OK) std::abort();
}

FailingDisk::~FailingDisk() {
  sqlite3_vfs_unregister(&disk.vfs);
  sqlite3_vfs_register(disk.real, 1);
}

void FailingDisk::fail(Failing how, std::uint64_t at) {
  disk.how = how;
  disk.at = at;
  disk.count = 0;
  disk.failed = false;
}

std::uint64_t FailingDisk::operations() const { return disk.count; }
bool FailingDisk::has_failed() const { return disk.failed; }

}  // namespace handout::test
