// Which paper or which means of payment they name: what a machine cannot give is a person's, and
// what it can it gives as that. Spanish and Portuguese. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

namespace puntual::conversation {

enum class Paper : uint8_t {
  Other,
  TaxInvoice,  // With their tax number: "factura con mi rfc", "nota fiscal".
  Clearance,   // That nothing is owed: "paz y salvo", "libre deuda".
  PaySlip,     // Something to pay with: "me manda o boleto".
};
[[nodiscard]] Paper paper_asked(std::string_view words);
// A way to pay by its name: "¿en oxxo se puede?", "por nequi".
[[nodiscard]] bool names_a_means(std::string_view words);

}  // namespace puntual::conversation
