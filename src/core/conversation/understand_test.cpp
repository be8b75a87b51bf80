#include "core/conversation/understand.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/locale.h"
#include "core/compliance/rule_book.h"

namespace puntual {
namespace {

// Said on Tuesday, 24 November 2026, by somebody who owes 240,000 pesos.
Reading read_as(std::string_view text, Asked asked = Asked::Nothing,
                std::string_view locale = "es_CO") {
  return conversation::understand({.text = text,
                                   .today = date_of(2026, 11, 24),
                                   .locale = locale,
                                   .currency = "COP",
                                   .asked = asked,
                                   .balance_minor = 24'000'000});
}

TEST(Understand, WhatMustNeverBeMissedIsFirstOrAmongTheRest) {
  for (const std::string_view text : {"no me escriban más", "ya pagué, y no me escriban más",
                                      "STOP", "parem de me mandar mensagem"})
    EXPECT_TRUE(read_as(text).says(Intent::Stop)) << text;
  for (const std::string_view text : {"mi papá falleció en marzo", "o titular morreu"}) {
    EXPECT_TRUE(read_as(text).says(Intent::Deceased)) << text;
    EXPECT_EQ(read_as(text).decision, ReadingDecision::Person) << text;
  }
  EXPECT_TRUE(read_as("número equivocado").says(Intent::WrongNumber));
  const Reading paid = read_as("ya pagué, y no me escriban más");
  EXPECT_EQ(text_of(paid.intent), "paid");
  EXPECT_EQ(paid.also, std::vector{Intent::Stop});
}

// Nobody collects what is disputed, whatever else is said beside it.
TEST(Understand, AWrongSumIsADisputeBeforeAQuestionOrAPromise) {
  for (const std::string_view text : {"no estoy de acuerdo con los intereses",
                                      "por qué me cobran más", "la factura viene mal, mándeme otra",
                                      "me están cobrando de más, pago lo que es el viernes"}) {
    EXPECT_EQ(text_of(read_as(text).intent), "dispute") << text;
    EXPECT_EQ(read_as(text).decision, ReadingDecision::Act) << text;
  }
  EXPECT_EQ(text_of(read_as("não concordo com os juros", Asked::Nothing, "pt_BR").intent),
            "dispute");
  const Reading stop = read_as("yo no debo tanto, no me escriban más");
  EXPECT_EQ(text_of(stop.intent), "dispute");
  EXPECT_TRUE(stop.says(Intent::Stop));
  EXPECT_NE(text_of(read_as("estoy de acuerdo con el cobro, pago el viernes").intent), "dispute");
  for (const std::string_view text :
       {"no debo nada, cuánto dice que debo y cuáles son los últimos 4 del documento?",
        "a ver, no debo nada, mándeme la factura"}) {
    EXPECT_EQ(text_of(read_as(text).intent), "dispute") << text;
    EXPECT_EQ(read_as(text).decision, ReadingDecision::Act) << text;
  }
  EXPECT_EQ(text_of(read_as("ya no debo nada, pagué ayer").intent), "paid");
}

TEST(Understand, WhoCannotPayAndAsksForPartsWantsAPlan) {
  for (const std::string_view text :
       {"no tengo plata, puedo pagar en dos partes?", "no tengo como pagar, hagamos un acuerdo",
        "tô sem grana, dá pra parcelar?"}) {
    const Reading reading = read_as(text);
    EXPECT_EQ(text_of(reading.intent), "wants_plan") << text;
    EXPECT_TRUE(reading.says(Intent::CannotPay)) << text;
    EXPECT_EQ(reading.decision, ReadingDecision::Act) << text;
  }
  EXPECT_EQ(text_of(read_as("no tengo con qué pagar este mes").intent), "cannot_pay");
}

TEST(Understand, AnswersAreReadAgainstWhatWasAsked) {
  const Reading date = read_as("el viernes", Asked::Date);
  EXPECT_EQ(text_of(date.intent), "promise");
  EXPECT_EQ(date.date, date_of(2026, 11, 27));
  EXPECT_EQ(read_as("15", Asked::Date).date, date_of(2026, 12, 15));
  EXPECT_FALSE(read_as("15").date);
  EXPECT_EQ(read_as("pago un peso el viernes").amount_minor, 100);
  EXPECT_FALSE(read_as("pago un poco el viernes").amount_minor);
  const Reading amount = read_as("200 mil", Asked::Amount);
  EXPECT_EQ(text_of(amount.intent), "promise");
  EXPECT_EQ(amount.amount_minor, 20'000'000);
  EXPECT_EQ(text_of(read_as("sí, soy yo", Asked::Identity).intent), "yes");
  EXPECT_EQ(text_of(read_as("no, soy la esposa", Asked::Identity).intent), "third_party");
}

TEST(Understand, ASignAloneIsAYesOrThanks) {
  for (const std::string_view text : {"👍", "👍🏻", "👍🏽👍🏽", "👌"})
    EXPECT_EQ(text_of(read_as(text).intent), "yes") << text;
  for (const std::string_view text : {"🙏", "👍🙏🏼", "❤️", "😊👏"})
    EXPECT_EQ(text_of(read_as(text).intent), "thanks") << text;
  EXPECT_EQ(read_as("👍").decision, ReadingDecision::Act);
  EXPECT_NE(text_of(read_as("👎").intent), "yes");
}

TEST(Understand, ADayInAnswerToOffersOrAskedForAsTimeIsAPromise) {
  for (const auto& [text, asked] : {std::pair<std::string_view, Asked>("mejor el 15", Asked::Offer),
                                    {"deme hasta el viernes", Asked::Nothing}}) {
    const Reading reading = read_as(text, asked);
    EXPECT_EQ(text_of(reading.intent), "promise") << text;
    EXPECT_TRUE(reading.date) << text;
    EXPECT_EQ(reading.decision, ReadingDecision::Act) << text;
  }
}

TEST(Understand, OffersAreChosenByTheirNumber) {
  for (const std::string_view text :
       {"la segunda", "el 2", "opción 2", "2", "quiero la 2 por favor"}) {
    const Reading reading = read_as(text, Asked::Offer);
    EXPECT_EQ(reading.choice, 2) << text;
    EXPECT_EQ(text_of(reading.intent), "yes") << text;
    EXPECT_EQ(reading.decision, ReadingDecision::Act) << text;
  }
  EXPECT_EQ(read_as("la última", Asked::Offer).choice, kLastChoice);
  EXPECT_FALSE(read_as("la 1 o la 2", Asked::Offer).choice);
  EXPECT_FALSE(read_as("el 2 le pago", Asked::Offer).choice);
  EXPECT_FALSE(read_as("la segunda").choice);
}

// One of them alone is not what they promise.
TEST(Understand, SeveralDaysWithTheirSumsAreAPlan) {
  for (const std::string_view text :
       {"le pago la mitad el 5 y la mitad el 20", "te pago 100 el viernes y 100 el lunes"}) {
    const Reading reading = read_as(text);
    EXPECT_EQ(text_of(reading.intent), "wants_plan") << text;
    EXPECT_EQ(reading.instalments, 2) << text;
    EXPECT_TRUE(reading.amount_minor && reading.amount_minor == reading.parts.front().amount_minor)
        << text;  // Of the first.
    EXPECT_TRUE(reading.date) << text;
  }
  for (const std::string_view text :
       {"le pago el viernes o el sábado", "cobro el 15 y le pago el 20",
        "le pago todo el viernes y listo"}) {
    EXPECT_NE(text_of(read_as(text).intent), "wants_plan") << text;
  }
}

const CivilDate kTuesday = date_of(2026, 11, 24);

Reading read_of_debt(std::string_view text, std::string_view locale = "es_CO",
                     std::string_view currency = "COP") {
  return conversation::understand({.text = text,
                                   .today = kTuesday,
                                   .locale = locale,
                                   .currency = currency,
                                   .balance_minor = 15'000'000});
}

TEST(Understand, EachCountryWritesItsMoneyBeforeTheNumber) {
  struct Row {
    std::string_view text, locale, currency;
    int64_t minor;
  };
  const Row kRows[] = {{"pago Lps. 1,200 mañana", "es_HN", "HNL", 120'000},
                       {"pago L 1,200 mañana", "es_HN", "HNL", 120'000},
                       {"pago Q. 1,200 mañana", "es_GT", "GTQ", 120'000},
                       {"pago Q1,200.50 mañana", "es_GT", "GTQ", 120'050},
                       {"pago Bs. 1.200 mañana", "es_BO", "BOB", 120'000},
                       {"pago Gs. 12.000 mañana", "es_PY", "PYG", 12'000},
                       {"pago B/. 120 mañana", "es_PA", "USD", 12'000},
                       {"pago S/. 1,200 mañana", "es_PE", "PEN", 120'000},
                       {"pago ₡12 000 mañana", "es_CR", "CRC", 1'200'000},
                       {"pago C$ 1,200 mañana", "es_NI", "NIO", 120'000},
                       {"pago $ 1 200 000 mañana", "es_CO", "COP", 120'000'000}};
  for (const auto& row : kRows) {
    const Reading reading = read_of_debt(row.text, row.locale, row.currency);
    EXPECT_EQ(reading.amount_minor, row.minor) << row.text;
    EXPECT_EQ(reading.date, date_of(2026, 11, 25)) << row.text;
  }
  EXPECT_FALSE(read_of_debt("pago Lps. 1,200 mañana", "es_GT", "GTQ")
                   .amount_minor);  // Another country's money.
}

TEST(Understand, WhatWeWriteWeReadInEveryCountry) {
  for (const auto& land : compliance::RuleBook::built_in().all()) {
    const Currency currency = Currency::of(land.pack.currency);
    const std::string locale =
        fmt::format("{}_{}", land.pack.country == "BR" ? "pt" : "es", land.pack.country);
    for (const int64_t major : {120, 12'500, 1'250'000}) {
      const Money sum{major * currency.minor_per_major(), currency};
      for (const std::string_view frame : {"pago {} mañana", "mañana les pago los {}"}) {
        const std::string text = fmt::format(fmt::runtime(frame), format_money(sum, locale));
        EXPECT_EQ(read_of_debt(text, locale, currency.code()).amount_minor, sum.minor)
            << locale << ": " << text;
      }
    }
  }
}

TEST(Understand, APlanInTheirOwnWordsHasEachDayAndSum) {
  struct Row {
    std::string_view text, locale, currency;
    CivilDate first, second;
    int64_t first_minor;
  };
  const Row kRows[] = {
      {"te pago 100 hoy y lo demás el 15", "es_CO", "COP", kTuesday, date_of(2026, 12, 15),
       10'000'000},
      {"te pago 100 hoy y lo demás el 15", "es_MX", "MXN", kTuesday, date_of(2026, 12, 15), 10'000},
      {"la mitad mañana y la otra mitad en quincena", "es_CO", "COP", date_of(2026, 11, 25),
       date_of(2026, 11, 30), 7'500'000},
      {"eu pago a metade amanhã e a outra metade dia 15", "pt_BR", "BRL", date_of(2026, 11, 25),
       date_of(2026, 12, 15), 7'500'000}};
  for (const auto& row : kRows) {
    const Reading reading = read_of_debt(row.text, row.locale, row.currency);
    ASSERT_EQ(reading.parts.size(), 2u) << row.text;
    EXPECT_EQ(text_of(reading.intent), "wants_plan") << row.text;
    EXPECT_EQ(reading.decision, ReadingDecision::Act) << row.text;
    EXPECT_EQ(reading.parts[0].due_on, row.first) << row.text;
    EXPECT_EQ(reading.parts[0].amount_minor, row.first_minor) << row.text;
    EXPECT_EQ(reading.parts[1].due_on, row.second) << row.text;
    EXPECT_TRUE(reading.parts[1].is_rest) << row.text;
  }
  for (const std::string_view text :
       {"le pago el viernes 27", "le pago todo el viernes", "le pago 50 mil el viernes"})
    EXPECT_TRUE(read_of_debt(text).parts.empty()) << text;
}

TEST(Understand, WhatIsLeftAfterAPartThatWasPaidIsAPromise) {
  for (const auto& [text, locale] : {std::pair<std::string_view, std::string_view>(
                                         "ya pagué 50 mil y el resto el viernes", "es_CO"),
                                     {"paguei 50 e o resto na sexta", "pt_BR"}}) {
    const Reading reading = read_of_debt(text, locale);
    EXPECT_EQ(text_of(reading.intent), "paid") << text;
    EXPECT_TRUE(reading.says(Intent::Promise)) << text;
    EXPECT_EQ(reading.rest_on, date_of(2026, 11, 27)) << text;
    EXPECT_EQ(reading.date, date_of(2026, 11, 27)) << text;
  }
  EXPECT_FALSE(read_of_debt("ya pagué el viernes").rest_on);
  EXPECT_FALSE(read_of_debt("ya pagué todo, el resto es de otro mes").rest_on);
}

TEST(Understand, CancelledIsPaidOrEndedByWhatWasCancelled) {
  for (const std::string_view text : {"cancelé el contrato", "ya cancelé la matrícula",
                                      "ya cancelé el plan", "di de baja el servicio en junio"})
    EXPECT_EQ(text_of(read_of_debt(text).intent), "dispute") << text;
  EXPECT_EQ(text_of(read_of_debt("já cancelei o serviço", "pt_BR", "BRL").intent), "dispute");
  for (const std::string_view text :
       {"ya cancelé", "cancelé el recibo ayer", "ya cancelé el servicio de este mes",
        "ya cancelé el plan de pagos"}) {
    EXPECT_EQ(text_of(read_of_debt(text).intent), "paid") << text;
    EXPECT_EQ(read_of_debt(text).decision, ReadingDecision::Act) << text;
  }
  EXPECT_EQ(read_of_debt("ya cancelé el servicio").decision, ReadingDecision::Ask);
}

TEST(Understand, AServiceForSaleOrToMendIsForAPerson) {
  for (const std::string_view text :
       {"cuánto cuesta el plan de 200 megas", "qué planes de internet manejan",
        "quanto custa o plano de 300 mega?"})
    EXPECT_EQ(read_of_debt(text).decision, ReadingDecision::Person) << text;
  EXPECT_EQ(read_of_debt("cuánto debo del plan").decision, ReadingDecision::Act);
  EXPECT_NE(text_of(read_of_debt("vengan a arreglar el internet").intent), "wants_plan");
  EXPECT_EQ(text_of(read_of_debt("quiero un arreglo de pago").intent), "wants_plan");
}

TEST(Understand, SomebodyInHospitalIsNoThirdParty) {
  for (const std::string_view text :
       {"mi mamá está en el hospital", "tengo a mi papá en la clínica",
        "minha mãe está no hospital"}) {
    EXPECT_EQ(text_of(read_of_debt(text).intent), "cannot_pay") << text;
    EXPECT_FALSE(read_of_debt(text).says(Intent::ThirdParty)) << text;
  }
  EXPECT_TRUE(read_of_debt("soy la hija, ella está en el hospital").says(Intent::ThirdParty));
}

TEST(Understand, HolidaysAndCountedWeekdaysAreOfTheCalendar) {
  struct Row {
    std::string_view text, locale;
    CivilDate day;
  };
  const Row kRows[] = {{"le pago el primer lunes de diciembre", "es_CO", date_of(2026, 12, 7)},
                       {"le pago el primer lunes", "es_CO", date_of(2026, 12, 7)},
                       {"le pago el último viernes del mes", "es_CO", date_of(2026, 11, 27)},
                       {"le pago después del puente", "es_CO", date_of(2026, 12, 9)},
                       {"le pago después del festivo", "es_CO", date_of(2026, 12, 9)},
                       {"le pago el lunes festivo", "es_CO", date_of(2027, 1, 11)},
                       {"te pago después del feriado", "es_AR", date_of(2026, 12, 9)},
                       {"le pago el lunes", "es_CO", date_of(2026, 11, 30)}};
  for (const auto& row : kRows)
    EXPECT_EQ(read_of_debt(row.text, row.locale).date, row.day) << row.text;
  EXPECT_FALSE(read_of_debt("le pago después del 15").date);
  EXPECT_FALSE(read_of_debt("le pago el lunes festivo", "es").date);  // Of no country.
}

TEST(Understand, YesItIsMeIsNobodyElse) {
  EXPECT_EQ(text_of(read_as("sí, soy yo").intent), "yes");
  EXPECT_FALSE(read_as("sí, soy yo").says(Intent::ThirdParty));
}

TEST(Understand, WhatOnlyAPersonShouldAnswerGoesToOne) {
  for (const std::string_view text :
       {"quiero hablar con un asesor", "son unos ladrones hijueputas"})
    EXPECT_EQ(read_as(text).decision, ReadingDecision::Person) << text;
}

TEST(Understand, WhatSaysNothingIsAskedBack) {
  for (const std::string_view text : {"", "   ", "asdfgh zzz"})
    EXPECT_NE(read_as(text).decision, ReadingDecision::Person) << text;
  EXPECT_EQ(read_as("").decision, ReadingDecision::Ask);
}

TEST(Understand, NamesAreTakenBack) {
  for (const auto asked :
       {Asked::Nothing, Asked::Identity, Asked::Date, Asked::Amount, Asked::Offer})
    EXPECT_EQ(asked_of(text_of(asked)), asked);
  EXPECT_FALSE(asked_of("age"));
}

// A list of words alone cannot tell; a plain stop needs no model.
TEST(WishForSilence, IsNoneWhereTheyPlainlySpeakOfMoney) {
  using conversation::wish_for_silence;
  for (const std::string_view words :
       {"me comprometo a cancelar el 6 de diciembre", "saldo total del credito para cancelarlo",
        "Perdone la molestia, ¿me podría decir cuántas cuotas me faltan?",
        "¿hasta cuándo tengo plazo?", "qué pena con usted, se me olvidó"}) {
    EXPECT_EQ(wish_for_silence(words, {}), OptOutVerdict::None) << words;
  }
  EXPECT_EQ(wish_for_silence("yo ya cancelé el contrato", {}), OptOutVerdict::None);
  EXPECT_EQ(wish_for_silence("cancelé el contrato, no me escriban más", {}), OptOutVerdict::Stop);
  for (const std::string_view words : {"me tienen cansado", "estoy harta de tantos mensajes",
                                       "otra vez ustedes ladrones", "¿hasta cuándo?"}) {
    EXPECT_EQ(wish_for_silence(words, {}), OptOutVerdict::Doubt) << words;
  }
  EXPECT_EQ(wish_for_silence("ya pagué, no me escriban más", {}), OptOutVerdict::Stop);
  EXPECT_EQ(wish_for_silence("", "BAJA"), OptOutVerdict::Stop);
}

}  // namespace
}  // namespace puntual
