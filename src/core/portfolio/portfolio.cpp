#include "core/portfolio/portfolio.h"

#include <array>

namespace puntual {

std::string_view text_of(IdentifierKind kind) {
  static constexpr std::array<std::string_view, 6> kTexts = {
      "phone", "wa_id", "bsuid", "parent_bsuid", "document", "external"};
  return kTexts[static_cast<size_t>(kind)];
}

std::string_view text_of(InvoiceState state) {
  static constexpr std::array<std::string_view, 4> kTexts = {"open", "paid", "disputed",
                                                             "written_off"};
  return kTexts[static_cast<size_t>(state)];
}

}  // namespace puntual
