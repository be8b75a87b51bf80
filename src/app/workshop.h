// A folder for ourselves alone in which something is made that others must not see half done; gone
// at the end. What a program that was killed left of one is removed when the next one is opened
// beside it, and whenever one is opened the folder for temporary files is looked through as well.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"

namespace puntual {

class Workshop {
 public:
  // In this folder, which is made when it is missing. Forbidden: it cannot be written.
  [[nodiscard]] static Result<std::unique_ptr<Workshop>> in(const std::filesystem::path& folder);
  Workshop(const Workshop&) = delete;
  ~Workshop();
  [[nodiscard]] std::string operator/(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  Workshop(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}
  std::string path_;
  int lock_;  // Of the folder itself, held as long as it is in use: who gets it from another's has
              // found a dead one's.
};

}  // namespace puntual
