// What a column's title means: the titles that ERPs, accountants and owners really use, in Spanish,
// Portuguese and English. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/portfolio/import_mapping.h"

namespace puntual::portfolio {

struct HeaderMeaning {
  ImportField field = ImportField::Ignore;
  int rank = 0;  // The lower, the surer: "celular" before "teléfono".
};

// A title in its bare form: folded, articles and marks dropped, every way of "number" written
// "num". "Nº de Factura:" → "num factura".
[[nodiscard]] std::string bare_header(std::string_view header);

[[nodiscard]] std::optional<HeaderMeaning> meaning_of_header(std::string_view header);

// What a title nobody knows was perhaps meant to say ("Vencimineto", "Celuar"): to be asked, never
// taken.
[[nodiscard]] std::optional<ImportField> guess_of_header(std::string_view header);

// "Documento", "No. documento": the person's or the invoice's, which only the other columns tell.
[[nodiscard]] bool is_bare_document(std::string_view header);

}  // namespace puntual::portfolio
