// A disk that fails under the program, by tests/faults/fault_shim.cpp.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "tests/support/house.h"

namespace puntual::e2e {

class Disk {
 public:
  explicit Disk(const House& house);
  // For House::start(): `fault` is "write:N:ERRNO" or "fsync:N:ERRNO", which fails once; empty:
  // none.
  [[nodiscard]] std::vector<std::string> environment(const std::string& fault = {}) const;
  void fill() const;
  void make_room() const;
  // The power goes out: of what was written since its file was last synced, each piece is there, is
  // not, or is there in part, as chance has it. After the program has died.
  void lose_unsynced(SeededRandom& random) const;

 private:
  std::string folder_, full_, journal_;
};

}  // namespace puntual::e2e
