#include "core/portfolio/person_words.h"

#include <gtest/gtest.h>

namespace puntual::portfolio {
namespace {

constexpr uint8_t bits(std::initializer_list<CaseFlag> flags) {
  uint8_t all = 0;
  for (const auto flag : flags) all |= static_cast<uint8_t>(1U << static_cast<int>(flag));
  return all;
}

TEST(PersonWords, KnowTheRolesOfTheRegion) {
  EXPECT_EQ(role_of_words("DEUDOR"), Role::Debtor);
  EXPECT_EQ(role_of_words("Titular"), Role::Debtor);
  EXPECT_EQ(role_of_words("Persona Jurídica"), Role::Debtor);
  EXPECT_EQ(role_of_words("Co-deudor"), Role::CoDebtor);
  EXPECT_EQ(role_of_words("CO_DEUDOR."), Role::CoDebtor);
  EXPECT_EQ(role_of_words("Fiador"), Role::Guarantor);
  EXPECT_EQ(role_of_words("avalista"), Role::Guarantor);
  EXPECT_EQ(role_of_words("Mamá"), Role::ThirdParty);
  EXPECT_EQ(role_of_words("Cónyuge"), Role::ThirdParty);
  EXPECT_EQ(role_of_words("Referencia Familiar"), Role::Reference);
  EXPECT_EQ(role_of_words("Beneficiaria"), Role::Beneficiary);
  EXPECT_EQ(role_of_words("Empleador"), Role::Employer);
  EXPECT_EQ(role_of_words("Menor de edad"), Role::Minor);
}

TEST(PersonWords, GuessNothing) {
  for (const auto* word : {"deudor?", "codeudor o fiador", "xyz", "1", "deu"})
    EXPECT_EQ(role_of_words(word), std::nullopt) << word;
  for (const auto* word : {"quizás", "judicial y algo", "fallecido, xyz", "1"})
    EXPECT_EQ(case_flags_of_words(word), std::nullopt) << word;
}

TEST(PersonWords, KnowTheStatesOfACase) {
  EXPECT_EQ(case_flags_of_words("Prejurídico"), bits({}));
  EXPECT_EQ(case_flags_of_words("N/A"), bits({}));
  EXPECT_EQ(case_flags_of_words("Cobro jurídico"), bits({CaseFlag::ServedInCourt}));
  EXPECT_EQ(case_flags_of_words("En reclamación"), bits({CaseFlag::Disputed}));
  EXPECT_EQ(case_flags_of_words("FALLECIDO"), bits({CaseFlag::Deceased}));
  EXPECT_EQ(case_flags_of_words("Insolvencia"), bits({CaseFlag::Insolvency}));
  EXPECT_EQ(case_flags_of_words("judicial / en reclamo"),
            bits({CaseFlag::ServedInCourt, CaseFlag::Disputed}));
  EXPECT_EQ(case_flags_of_words("Recurso de reposición"), bits({CaseFlag::UtilityClaimOpen}));
}

}  // namespace
}  // namespace puntual::portfolio
