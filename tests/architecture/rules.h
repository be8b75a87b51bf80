// Who may include what, read from the documents that people read: docs/architecture.md and
// docs/decisions/0002-libraries.md cannot be wrong without a test that fails.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace puntual::architecture {

class Rules {
 public:
  // `layers`: rows "| `app` | engine, base |"; "all" and "-" are what they say, "; of x only `a.h`,
  // `b.h`" narrows a layer. `libraries`: rows whose last but one cell names headers (`curl/`) and
  // whose last one places (`http`, `cli/version.cpp`).
  Rules(std::string_view layers, std::string_view libraries);

  // What is wrong with the #include lines of a file; `path` is relative to the repository
  // ("src/core/compliance/gate.h"). Each names file, line and rule.
  [[nodiscard]] std::vector<std::string> violations_of(std::string_view path,
                                                       std::string_view text) const;
  [[nodiscard]] std::vector<std::string> layers() const;
  [[nodiscard]] std::vector<std::string> library_headers() const;

 private:
  struct Layer {
    std::string name;
    bool is_free = false;           // May include all.
    std::vector<std::string> uses;  // Besides itself.
    std::string narrowed;           // The layer of which only `only` is allowed.
    std::vector<std::string> only;
  };
  struct Library {
    std::vector<std::string> headers;  // The beginnings of what stands between the brackets.
    std::vector<std::string>
        places;  // Below src/, folders or beginnings of a file's path; none: anywhere.
  };
  [[nodiscard]] const Layer* find(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> trouble_with_layer(std::string_view below_src,
                                                              std::string_view header) const;
  [[nodiscard]] std::optional<std::string> trouble_with_library(std::string_view below_src,
                                                                std::string_view header) const;

  std::vector<Layer> layers_;
  std::vector<Library> libraries_;
};

}  // namespace puntual::architecture
