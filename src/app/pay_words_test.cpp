#include "app/pay_words.h"

#include <gtest/gtest.h>

#include "app/throttle.h"
#include "core/compliance/rule_book.h"
#include "core/messaging/placeholder.h"

namespace puntual {
namespace {

std::vector<std::string_view> names_in(std::string_view text) {
  std::vector<std::string_view> names;
  for (const auto& piece : messaging::pieces_of(text)) {
    if (piece.is_variable) names.push_back(piece.text);
  }
  std::ranges::sort(names);
  return names;
}

TEST(PayWords, BothLanguagesSayTheSameThingsWithTheSameValues) {
  const auto& spanish = PayWords::of("es_CO");
  const auto& portuguese = PayWords::of("pt_BR");
  EXPECT_EQ(spanish.language(), "es");
  EXPECT_EQ(portuguese.language(), "pt");
  EXPECT_EQ(spanish.all().size(), portuguese.all().size());
  for (const auto& [key, text] : spanish.all()) {
    const auto other = member_text(portuguese.all(), key);
    ASSERT_TRUE(other) << key;
    EXPECT_EQ(names_in({text.get_string().data(), text.get_string().size()}), names_in(*other))
        << key;
  }
  EXPECT_EQ(spanish.say("agent", {{"agent", "Laura {{x}}"}}), "Le escribe Laura {{x}}");
  EXPECT_EQ(spanish.document_in("CL"), "RUT, sin el dígito verificador");
  EXPECT_EQ(spanish.document_in("ZZ"), "documento de identidad");
  for (const auto& land : compliance::RuleBook::built_in().all())
    EXPECT_NE(spanish.document_in(land.pack.country), "documento de identidad")
        << land.pack.country;
  EXPECT_EQ(spanish.account_in("MX"), "CLABE");
  EXPECT_EQ(spanish.account_in("CO"), "Cuenta");
  EXPECT_EQ(spanish.method("Efectivo en OXXO"), "Efectivo en OXXO");
  EXPECT_EQ(portuguese.method("Tarjeta de crédito o débito"), "Cartão de crédito ou débito");
  EXPECT_EQ(portuguese.method("Boleto"), "Boleto");
}

TEST(Throttle, LetsABurstThroughAndThenOneAtATime) {
  Throttle throttle(3, 1000);
  const Instant now{1'000'000};
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(throttle.admits("a", now)) << i;
  EXPECT_FALSE(throttle.admits("a", now));
  EXPECT_TRUE(throttle.admits("b", now));
  EXPECT_TRUE(throttle.admits("a", now + 1000));
  EXPECT_FALSE(throttle.admits("a", now + 1000));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(throttle.admits("a", now + 10'000)) << i;
  EXPECT_TRUE(throttle.admits("a", now)) << "a clock that was set back keeps nobody out";
}

}  // namespace
}  // namespace puntual
