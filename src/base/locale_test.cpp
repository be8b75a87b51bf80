// Exact strings of each country (payments contract 15.2, with plain blanks), and dates and lists.
#include "base/locale.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace puntual {
namespace {

std::string money(std::string_view locale, std::string_view currency, int64_t minor) {
  return format_money({minor, Currency::of(currency)}, locale);
}

TEST(Locale, MoneyAsEachCountryWritesIt) {
  EXPECT_EQ(money("es_CO", "COP", 125000000), "$ 1.250.000");
  EXPECT_EQ(money("es_CO", "COP", 125000), "$ 1.250");
  EXPECT_EQ(money("es_PE", "PEN", 123456789), "S/ 1,234,567.89");
  EXPECT_EQ(money("es_PE", "PEN", 125000000), "S/ 1,250,000.00");
  EXPECT_EQ(money("es_MX", "MXN", 123456789), "$1,234,567.89");
  EXPECT_EQ(money("es_CL", "CLP", 1234568), "$1.234.568");
  EXPECT_EQ(money("es_AR", "ARS", 123456789), "$ 1.234.567,89");
  EXPECT_EQ(money("pt_BR", "BRL", 123456789), "R$ 1.234.567,89");
  EXPECT_EQ(money("es_BR", "BRL", 150000), "R$ 1.500,00");
  EXPECT_EQ(money("es", "BRL", 75000), "R$ 750,00");
  EXPECT_EQ(money("es_UY", "UYU", 123456789), "$ 1.234.567,89");
  EXPECT_EQ(money("es_CR", "CRC", 123456789), "₡1 234 567,89");
  EXPECT_EQ(money("es_DO", "DOP", 123456789), "RD$1,234,567.89");
  EXPECT_EQ(money("es_GT", "GTQ", 123456789), "Q 1,234,567.89");
  EXPECT_EQ(money("es_PY", "PYG", 1234568), "Gs. 1.234.568");
  EXPECT_EQ(money("es_BO", "BOB", 123456789), "Bs 1.234.567,89");
  EXPECT_EQ(money("es_EC", "USD", 123456789), "$1.234.567,89");
  EXPECT_EQ(money("es_PA", "PAB", 123456789), "B/. 1,234,567.89");
  EXPECT_EQ(money("es-CO", "COP", 125000), "$ 1.250");
}

TEST(Locale, CentsAreNeverHidden) {
  EXPECT_EQ(money("es_CO", "COP", 123456789), "$ 1.234.567,89");
  EXPECT_EQ(money("es_CO", "COP", 1), "$ 0,01");
  EXPECT_EQ(money("es_CO", "COP", 0), "$ 0");
  EXPECT_EQ(money("es_PE", "COP", 125000), "COP 1,250");
}

TEST(Locale, NegativeMoney) {
  EXPECT_EQ(money("es_CO", "COP", -125000000), "-$ 1.250.000");
  EXPECT_EQ(money("es_CL", "CLP", -1250000), "$-1.250.000");
  EXPECT_EQ(money("es_PE", "PEN", -125000000), "-S/ 1,250,000.00");
}

TEST(Locale, ForeignMoneyNeverShowsABareDollar) {
  EXPECT_EQ(money("es_CO", "USD", 123456789), "US$ 1.234.567,89");
  EXPECT_EQ(money("es_CL", "USD", 123456789), "US$1.234.567,89");
  EXPECT_EQ(money("es_PE", "USD", 123456789), "USD 1,234,567.89");
  EXPECT_EQ(money("es_MX", "COP", 125000), "COP 1,250");
  for (const std::string_view locale :
       {"es_CO", "es_PE", "es_MX", "es_CL", "es_AR", "es_EC", "es_UY", "es_PY", "es_CR", "es_DO",
        "es_GT", "es_BO", "pt_BR", "es_419", "es", "es_US"}) {
    for (const std::string_view currency : {"COP", "MXN", "CLP", "ARS", "UYU", "USD"}) {
      const auto text = money(locale, currency, 100000);
      const std::string_view country = locale.size() == 5 ? locale.substr(3) : "";
      const bool is_own =
          country == "US" || country == "EC" ? currency == "USD" : currency.substr(0, 2) == country;
      if (is_own) continue;
      EXPECT_NE(text.front(), '$') << locale << " " << currency << " " << text;
    }
  }
}

TEST(Locale, Dates) {
  const auto date = date_of(2026, 11, 24);
  EXPECT_EQ(format_long_date(date, "es_CO"), "24 de noviembre de 2026");
  EXPECT_EQ(format_long_date(date, "pt_BR"), "24 de novembro de 2026");
  EXPECT_EQ(format_long_date(date_of(2026, 9, 1), "es_MX"), "1 de septiembre de 2026");
  EXPECT_EQ(format_long_date(date_of(2026, 9, 1), "es_PE"),
            "1 de setiembre de 2026");  // As Peru writes it.
  EXPECT_EQ(format_short_date(date, "es_CO"), "24/11/2026");
  EXPECT_EQ(format_short_date(date, "es_MX"), "24/11/2026");
  EXPECT_EQ(format_short_date(date, "es_CL"), "24-11-2026");
  EXPECT_EQ(format_short_date(date_of(2026, 3, 5), "pt_BR"), "05/03/2026");
  EXPECT_EQ(format_weekday_date(date, "es_CO"), "martes 24 de noviembre");
  EXPECT_EQ(format_weekday_date(date, "pt_BR"), "terça-feira, 24 de novembro");
  EXPECT_EQ(format_long_date(date_of(1969, 12, 31), "es_CO"), "31 de diciembre de 1969");
}

TEST(Locale, Lists) {
  const auto join = [](std::vector<std::string> items) { return join_list(items, "es_CO"); };
  EXPECT_EQ(join({}), "");
  EXPECT_EQ(join({"A"}), "A");
  EXPECT_EQ(join({"FV-1", "FV-2", "FV-3"}), "FV-1, FV-2 y FV-3");
  EXPECT_EQ(join({"José", "Inés"}), "José e Inés");
  EXPECT_EQ(join_list(std::vector<std::string>{"A", "B"}, "pt_BR"), "A e B");
}

TEST(Locale, ThreadsHaveTheirOwnFormatters) {
  std::vector<std::string> texts(4);
  {
    std::vector<std::jthread> threads;
    for (auto& text : texts) {
      threads.emplace_back([&text] {
        for (int i = 0; i < 200; ++i)
          text = money("es_CO", "COP", 125000) + format_long_date({20000 + i}, "es_CO");
      });
    }
  }
  for (const auto& text : texts) EXPECT_EQ(text, texts[0]);
}

}  // namespace
}  // namespace puntual
