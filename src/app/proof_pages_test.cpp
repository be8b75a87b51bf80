// What a judge reads of a proof.
#include "app/proof_pages.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace puntual {
namespace {

// The consent's row of a message that was sent on these facts.
std::string consent_row(std::string_view consent) {
  audit::Proof proof{.made_at = *parse_rfc3339("2026-11-25T00:00:00Z")};
  proof.records.push_back(
      {.record = {.kind = "sending",
                  .facts = std::string(R"({"consent":)") + std::string(consent) + "}"}});
  for (const auto& block : proof_pages(proof, Zone::of("America/Bogota")).blocks) {
    for (const auto& [name, value] : block.rows) {
      if (name == "Autorización") return value;
    }
  }
  return {};
}

TEST(ProofPages, AConsentIsOfTheDayThatWasToldAndElseOfNone) {
  EXPECT_EQ(
      consent_row(
          R"({"kind":"file","text_version":"","granted_at":"2026-01-15T05:00:00.000Z","instrument_sha256":"0c6b03ea0c6b03ea99"})"),
      "archivo, del 2026-01-15; documento con huella 0c6b03ea0c6b03ea");
  EXPECT_EQ(
      consent_row(
          R"({"kind":"file","text_version":"","granted_at":"2026-11-24T14:14:29.402Z","dated":false,"instrument_sha256":"0c6b03ea0c6b03ea99"})"),
      "archivo, fecha no dicha, cargada el 2026-11-24 09:14:29 -05:00; documento con huella "
      "0c6b03ea0c6b03ea");
  EXPECT_EQ(consent_row("null"), "no consta");
}

}  // namespace
}  // namespace puntual
