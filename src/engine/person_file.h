// Everything that is held about one person, in the order in which a person would ask for it. One
// description serves the JSON and the printed form.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/portfolio/portfolio.h"
#include "store/store.h"

namespace puntual {

struct FileField {
  std::string_view key;      // "due_on"
  std::string_view name_es;  // "Vence"
  std::string value;
};
struct FilePart {
  std::string_view key;       // "invoices"
  std::string_view title_es;  // "Sus deudas"
  std::vector<std::vector<FileField>> records;
};
struct PersonFile {
  std::string name;
  std::vector<FilePart> parts;
};

namespace engine {

[[nodiscard]] Result<PersonFile> person_file(Tx& tx, const Creditor& creditor, DebtorId debtor);

}  // namespace engine
}  // namespace puntual
