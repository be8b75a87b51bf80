// What a provider gave us to keep: its keys, read from a file of their own, never from the settings
// or the database.
//
// TOML: names as the provider's documents have them, in snake_case, at the top or in a table
// [wompi]; a list instead of one text is several that are valid at once, while one takes the
// other's place. Case, '-', '_' and blanks of names do not count.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace puntual::providers {

// As names are compared: without case, '-', '_' and blanks.
[[nodiscard]] std::string bare_name(std::string_view name);

class ProviderSecrets {
 public:
  ProviderSecrets() = default;
  // Invalid when the text is not TOML. What no provider asks for is passed over.
  [[nodiscard]] static Result<ProviderSecrets> read(std::string_view toml,
                                                    std::string_view provider,
                                                    std::string_view file_name);

  // Those of the first of these names that is there, the file's order; an empty text counts as one.
  [[nodiscard]] std::vector<std::string> all(std::initializer_list<std::string_view> names) const;
  [[nodiscard]] std::string first(
      std::initializer_list<std::string_view> names) const;  // Empty when there is none.
  [[nodiscard]] std::vector<std::string> values() const;     // To keep them out of errors.

 private:
  std::map<std::string, std::vector<std::string>> values_;  // By the bare name.
};

}  // namespace puntual::providers
