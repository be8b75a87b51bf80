// Phone numbers as people and ERPs write them, read into one form (libphonenumber behind).
//
// A number is accepted when libphonenumber calls it valid, or when it is possible and has the
// mobile form of its country (CO 3xx and ten digits, PE and CL 9 and nine, …): the numbering data
// of a distribution is years old and new ranges appear each year. Accepting a dead number costs one
// undeliverable message; refusing a live one leaves a person uninformed. Lines that are nobody's
// own (toll-free, premium) are refused. What a spreadsheet has damaged is refused with its cause,
// never repaired by a guess. Pure and thread-safe; the first call loads the numbering data (5 ms).
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "base/result.h"

namespace puntual {

struct Phone {
  std::string e164;       // To write to: "+573001234567".
  std::string canonical;  // To look up by: one value for all variants of one line.
  std::string country;    // ISO 3166 alpha-2 of the number, not of the person.
  bool operator==(const Phone&) const = default;
};

enum class PhoneProblem : uint8_t {
  Empty,
  Scientific,      // "5,73001E+11": Excel has dropped digits.
  ExcelError,      // "#N/A", "#####".
  NotANumber,      // Letters or signs that are no part of a number.
  TwoNumbers,      // "3001234567 / 3109876543"
  Extension,       // A switchboard: WhatsApp cannot ring an extension.
  UnknownCountry,  // No country has this calling code, or the default country is none.
  NoAreaCode,      // Argentina: "15 2345-6789".
  TooShort,
  TooLong,
  Invalid,      // The country has no such numbers.
  NotPersonal,  // Toll-free, premium, shared cost.
};

// default_country: ISO 3166 alpha-2, for numbers without a calling code.
[[nodiscard]] std::expected<Phone, PhoneProblem> read_phone(std::string_view text,
                                                            std::string_view default_country);
// The same, with the problem's Spanish sentence as an Invalid error. The sentence never holds the
// number.
[[nodiscard]] Result<Phone> parse_phone(std::string_view text, std::string_view default_country);

[[nodiscard]] std::string_view code_of(PhoneProblem problem);     // "phone_scientific"
[[nodiscard]] std::string_view explain_es(PhoneProblem problem);  // Cause and remedy.

// The canonical form of a number that WhatsApp reports (wa_id: digits, with or without '+'); equals
// Phone::canonical of the same line. Mexico drops the old 1 after 52, Argentina the 9 after 54 (an
// area's blocks belong either to fixed or to mobile lines), Brazil gets the ninth digit. Empty when
// it is no number.
[[nodiscard]] std::string canonical_of_wa_id(std::string_view digits);

// ISO 3166 alpha-2 of a number in E.164; empty when no country has its calling code.
[[nodiscard]] std::string country_of_e164(std::string_view e164);

// For logs: "+57********67". Calling code and last two digits only; anything else is all stars.
[[nodiscard]] std::string mask_phone(std::string_view phone);

// read_phone without its shortcut for plain numbers: for the test that proves both equal.
[[nodiscard]] std::expected<Phone, PhoneProblem> read_phone_by_library(
    std::string_view text, std::string_view default_country);

}  // namespace puntual
