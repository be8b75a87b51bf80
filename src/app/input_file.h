// A file's bytes, mapped where possible: a file of a million rows is not copied into memory.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace puntual {

class InputFile {
 public:
  // "-" is stdin. NotFound or Forbidden name the path.
  [[nodiscard]] static Result<std::unique_ptr<InputFile>> open(const std::string& path);
  InputFile(const InputFile&) = delete;
  ~InputFile();
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  InputFile() = default;
  void* mapped_ = nullptr;
  std::string copied_;
  std::string_view bytes_;
};

// The whole of a file as text, "-" for stdin.
[[nodiscard]] Result<std::string> read_whole_file(const std::string& path);
// The same of a table: a workbook (XLSX) as the CSV that it is.
[[nodiscard]] Result<std::string> read_table(const std::string& path);

}  // namespace puntual
