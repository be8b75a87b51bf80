// The traps of every country, and the proof that the shortcut answers what the library answers.
#include "base/phone.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace puntual {
namespace {

std::string e164(std::string_view text, std::string_view country = "CO") {
  const auto phone = read_phone(text, country);
  return phone ? phone->e164 : std::string(code_of(phone.error()));
}

TEST(Phone, FiveWaysOfOneColombianMobile) {
  std::set<std::string> canonical;
  for (const auto text :
       {"3000000004", "+57 300 000 0004", "573000000004", "(300) 0000004", "0057-3000000004",
        "57 (300) 000-0004", "Cel: 300 000 0004", "300.000.0004", "573000000004.0", "033000000004",
        "=\"3000000004\"", "'+573000000004", "\u202A+57 300 000 0004\u202C",
        "300\u00A0000\u00A00004"}) {
    const auto phone = read_phone(text, "CO");
    ASSERT_TRUE(phone.has_value()) << text;
    EXPECT_EQ(phone->e164, "+573000000004") << text;
    EXPECT_EQ(phone->country, "CO");
    canonical.insert(phone->canonical);
  }
  canonical.insert(canonical_of_wa_id("573000000004"));
  EXPECT_EQ(canonical.size(), 1U);
}

// Every variant of a line has one canonical form, which is that of the wa_id too.
void expect_one_line(std::string_view country, std::initializer_list<std::string_view> texts,
                     std::initializer_list<std::string_view> wa_ids, std::string_view canonical) {
  for (const auto text : texts) {
    const auto phone = read_phone(text, country);
    ASSERT_TRUE(phone.has_value()) << text << " " << code_of(phone.error());
    EXPECT_EQ(phone->canonical, canonical) << text;
    EXPECT_EQ(phone->country, country) << text;
  }
  for (const auto wa_id : wa_ids) EXPECT_EQ(canonical_of_wa_id(wa_id), canonical) << wa_id;
}

TEST(Phone, Mexico) {
  expect_one_line(
      "MX",
      {"55 1234 5678", "+525512345678", "+52 1 55 1234 5678", "5215512345678", "525512345678",
       "044 55 1234 5678", "045 55 1234 5678", "01 55 1234 5678", "0052 55 1234 5678"},
      {"525512345678", "5215512345678", "+5215512345678"}, "+525512345678");
}

TEST(Phone, Argentina) {
  expect_one_line(
      "AR",
      {"+54 9 11 2345-6789", "5491123456789", "91123456789", "011 15 2345-6789", "11 15 2345 6789",
       "+54 11 15 2345 6789", "+54 11 2345 6789", "11 2345-6789", "0054 9 11 2345 6789"},
      {"5491123456789", "541123456789"}, "+541123456789");
  EXPECT_EQ(e164("011 15 2345-6789", "AR"), "+5491123456789");
  EXPECT_EQ(e164("0351 15 123 4567", "AR"), "+5493511234567");
  EXPECT_EQ(e164("15 2345-6789", "AR"), "phone_no_area_code");
}

TEST(Phone, Brazil) {
  expect_one_line("BR",
                  {"(11) 98765-4321", "+55 11 98765-4321", "011 98765-4321", "0 15 11 98765-4321",
                   "(11) 8765-4321", "551187654321", "+55 11 8765 4321"},
                  {"5511987654321", "551187654321"}, "+5511987654321");
  // The area 55 must not be taken for the country.
  expect_one_line("BR", {"(55) 98765-4321", "5555987654321", "+55 55 98765 4321"},
                  {"5555987654321"}, "+5555987654321");
  // A fixed line keeps its eight digits.
  expect_one_line("BR", {"(11) 3265-4321"}, {"551132654321"}, "+551132654321");
}

TEST(Phone, ChileAndPeru) {
  expect_one_line("CL",
                  {"+56 9 1234 5678", "912345678", "9 1234 5678", "56912345678", "09 1234 5678",
                   "0056912345678", "+56 09 1234 5678"},
                  {"56912345678"}, "+56912345678");
  expect_one_line(
      "PE", {"987654321", "+51 987 654 321", "51987654321", "0051987654321", "(51) 987-654-321"},
      {"51987654321"}, "+51987654321");
}

TEST(Phone, DamagedBySpreadsheetsIsRefusedWithItsCause) {
  EXPECT_EQ(e164("5,73001E+11"), "phone_scientific");
  EXPECT_EQ(e164("3.00123E+09"), "phone_scientific");
  EXPECT_EQ(e164("#N/A"), "phone_excel_error");
  EXPECT_EQ(e164("#¡REF!"), "phone_excel_error");
  EXPECT_EQ(e164("##########"), "phone_excel_error");
  // Eight digits: some editions of the library call it short, others no number of the country.
  EXPECT_TRUE(e164("30012345") == "phone_too_short" || e164("30012345") == "phone_invalid");
  EXPECT_EQ(e164("6015550"), "phone_too_short");
  EXPECT_EQ(e164("12345678", "CL"), "phone_too_short");
  EXPECT_EQ(e164(""), "phone_empty");
  EXPECT_EQ(e164("  "), "phone_empty");
  EXPECT_EQ(e164("no tiene"), "phone_not_a_number");
  EXPECT_EQ(e164("300CASA123"), "phone_not_a_number");
  EXPECT_EQ(e164("3001234567 / 3109876543"), "phone_two_numbers");
  EXPECT_EQ(e164("3001234567 y 3109876543"), "phone_two_numbers");
  EXPECT_EQ(e164("6015550100 ext 204"), "phone_extension");
  EXPECT_EQ(e164("+999 123456789"), "phone_unknown_country");
  EXPECT_EQ(e164("018000123456"), "phone_not_personal");
  EXPECT_EQ(e164("3001234567", "XX"), "phone_unknown_country");
  EXPECT_EQ(e164("51987654321", "CO"),
            "phone_invalid");  // A foreign number without its '+' is not guessed.
  EXPECT_EQ(e164("30012345678901234567890"), "phone_two_numbers");
}

TEST(Phone, OtherCountriesByTheLibrary) {
  EXPECT_EQ(e164("099 123 4567", "EC"), "+593991234567");
  EXPECT_EQ(e164("099 123 456", "UY"), "+59899123456");
  EXPECT_EQ(read_phone("+1 809 555 0100", "CO")->country, "DO");
  EXPECT_EQ(read_phone("+34 612 345 678", "CO")->country, "ES");
  EXPECT_EQ(e164("601 555 0100"), "+576015550100");  // A fixed line may have WhatsApp.
  EXPECT_EQ(e164("3001234567", "co"), "+573001234567");
}

TEST(Phone, CountryAndMask) {
  EXPECT_EQ(country_of_e164("+573001234567"), "CO");
  EXPECT_EQ(country_of_e164("+18095550100"), "DO");
  EXPECT_EQ(country_of_e164("+34612345678"), "ES");
  EXPECT_EQ(country_of_e164("+999123456789"), "");
  EXPECT_EQ(country_of_e164("573001234567"), "");
  EXPECT_EQ(mask_phone("+573001234567"), "+57********67");
  EXPECT_EQ(mask_phone("300123"), "******");
  const auto failed = parse_phone("5,73001E+11", "CO");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message.find("5,73001"), std::string::npos);
}

TEST(Phone, CanonicalOfJunkIsEmpty) {
  EXPECT_EQ(canonical_of_wa_id(""), "");
  EXPECT_EQ(canonical_of_wa_id("12ab34567890"), "");
  EXPECT_EQ(canonical_of_wa_id("12345678901234567"), "");
}

// Over all leading digits and lengths, in each way of writing: where the shortcut answers, it
// answers what the library answers; so read_phone has one meaning.
TEST(Phone, ShortcutEqualsTheLibrary) {
  struct Plan {
    std::string_view country, code;
    int digits;
  };
  constexpr Plan kPlans[] = {
      {"CO", "57", 10}, {"PE", "51", 9},  {"MX", "52", 10}, {"CL", "56", 9},
      {"AR", "54", 11}, {"BR", "55", 11}, {"EC", "593", 9}, {"UY", "598", 8},
      {"PY", "595", 9}, {"BO", "591", 8}, {"CR", "506", 8}, {"PA", "507", 8},
      {"GT", "502", 8}, {"SV", "503", 8}, {"HN", "504", 8}, {"NI", "505", 8}};
  constexpr std::string_view kFill = "2703916458";
  int compared = 0;
  for (const auto& plan : kPlans) {
    for (int length = plan.digits - 1; length <= plan.digits + 1; ++length) {
      for (int prefix = 0; prefix < 1000; prefix += length == plan.digits ? 1 : 10) {
        const std::string national =
            fmt::format("{:03}", prefix) + std::string(kFill.substr(0, size_t(length) - 3));
        for (const auto& form : {national, fmt::format("+{}{}", plan.code, national),
                                 fmt::format("{}{}", plan.code, national),
                                 fmt::format("00{} {}", plan.code, national)}) {
          const auto quick = read_phone(form, plan.country);
          const auto slow = read_phone_by_library(form, plan.country);
          ASSERT_EQ(quick, slow) << form << " " << plan.country;
          ++compared;
        }
      }
    }
  }
  EXPECT_EQ(compared, 16 * 1200 * 4);
}

// The same over numbers drawn at random, of any length near the plan's and in any of the ways of
// writing.
TEST(Phone, ShortcutEqualsTheLibraryOnRandomNumbers) {
  constexpr std::pair<std::string_view, std::string_view> kCountries[] = {
      {"CO", "57"},  {"PE", "51"},  {"MX", "52"},  {"CL", "56"},  {"AR", "54"},  {"BR", "55"},
      {"EC", "593"}, {"UY", "598"}, {"PY", "595"}, {"BO", "591"}, {"CR", "506"}, {"PA", "507"},
      {"GT", "502"}, {"SV", "503"}, {"HN", "504"}, {"NI", "505"}};
  const uint64_t seed = std::random_device()();
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    const auto& [country, code] = kCountries[random() % std::size(kCountries)];
    std::string national;
    for (size_t length = 7 + random() % 5; national.size() < length;)
      national += static_cast<char>('0' + random() % 10);
    if (random() % 2 == 0) national[0] = '9' - static_cast<char>(random() % 4);
    const std::string_view prefixes[] = {"", "+", "00", ""};
    const size_t way = random() % std::size(prefixes);
    const std::string text = fmt::format("{}{}{}", prefixes[way], way == 0 ? "" : code, national);
    ASSERT_EQ(read_phone(text, country), read_phone_by_library(text, country))
        << text << " " << country << " seed " << seed;
  }
}

}  // namespace
}  // namespace puntual
