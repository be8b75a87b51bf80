#include "tests/faults/disk.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

namespace puntual::e2e {
namespace {

constexpr size_t kSector = 512;  // What a disk writes whole or not at all.

enum class Kind : int64_t { Write = 1, Truncate = 2, Sync = 3 };

// As the shim writes it.
struct Entry {
  int64_t kind, path_size, offset, size, size_before, bytes_before;
};
struct Change {
  Entry entry;
  std::string path, bytes, before;
};

std::vector<Change> changes_of(const std::string& journal) {
  const std::string text = file_text(journal);
  std::vector<Change> changes;
  for (size_t at = 0; at + sizeof(Entry) <= text.size();) {
    Change change;
    std::memcpy(&change.entry, text.data() + at, sizeof(Entry));
    at += sizeof(Entry);
    // The program died while it noted this one: it was not written then.
    if (at + static_cast<size_t>(change.entry.path_size + change.entry.size +
                                 change.entry.bytes_before) >
        text.size())
      break;
    const auto take = [&](int64_t size) {
      at += static_cast<size_t>(size);
      return text.substr(at - static_cast<size_t>(size), static_cast<size_t>(size));
    };
    change.path = take(change.entry.path_size);
    change.bytes = take(change.entry.size);
    change.before = take(change.entry.bytes_before);
    if (Kind{change.entry.kind} != Kind::Sync) {
      changes.push_back(std::move(change));
    } else {
      std::erase_if(changes, [&](const Change& one) { return one.path == change.path; });
    }
  }
  return changes;
}

void put(int file, std::string_view bytes, int64_t offset) {
  if (::pwrite(file, bytes.data(), bytes.size(), offset) != static_cast<ssize_t>(bytes.size()))
    ADD_FAILURE() << "cannot write";
}

void undo(const Change& change) {
  const int file = ::open(change.path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return;  // Removed since, and that is taken to last.
  put(file, change.before, change.entry.offset);
  if (::ftruncate(file, change.entry.size_before) != 0) ADD_FAILURE() << "cannot truncate";
  ::close(file);
}

void redo(const Change& change, SeededRandom& random) {
  const int file = ::open(change.path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  if (Kind{change.entry.kind} == Kind::Truncate) {
    if (::ftruncate(file, change.entry.offset) != 0) ADD_FAILURE() << "cannot truncate";
  }
  const uint64_t fate = random.below(3);  // There, not there, or torn.
  for (size_t at = 0; fate != 1 && at < change.bytes.size(); at += kSector) {
    if (fate == 2 && random.below(2) == 0) continue;
    put(file, std::string_view(change.bytes).substr(at, kSector),
        change.entry.offset + static_cast<int64_t>(at));
  }
  ::close(file);
}

}  // namespace

Disk::Disk(const House& house)
    : folder_(house.folder.path()),
      full_(house.folder / "full"),
      journal_(house.folder / "journal") {}

std::vector<std::string> Disk::environment(const std::string& fault) const {
  return {std::string("LD_PRELOAD=") + PUNTUAL_FAULT_SHIM, "FAULT_UNDER=" + folder_,
          "FAULT_FULL=" + full_, "FAULT_JOURNAL=" + journal_, "FAULT_NTH=" + fault};
}

void Disk::fill() const { write_file(full_, ""); }
void Disk::make_room() const { std::filesystem::remove(full_); }

void Disk::lose_unsynced(SeededRandom& random) const {
  const auto changes = changes_of(journal_);
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) undo(*change);
  for (const auto& change : changes) redo(change, random);
  std::filesystem::remove(journal_);
}

}  // namespace puntual::e2e
