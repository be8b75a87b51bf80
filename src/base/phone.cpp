#include "base/phone.h"

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>

#include <optional>

#include "base/phone_digits.h"

namespace puntual {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

// Countries whose plain mobile numbers are read without the library, with their calling codes.
struct MobileCountry {
  std::string_view country;
  std::string_view code;
  bool (*is_mobile)(std::string_view national);
};

// First digits and lengths of mobile numbers by the national plans, as libphonenumber 8.12.57 has
// them too, but whole leading digits instead of assigned blocks (checked 2026-11-21).
constexpr MobileCountry kMobileCountries[] = {
    {"CO", "57", [](std::string_view n) { return n.size() == 10 && n[0] == '3'; }},
    {"PE", "51", [](std::string_view n) { return n.size() == 9 && n[0] == '9'; }},
    {"MX", "52",
     [](std::string_view n) {
       // No plan of its own for mobiles since 2019; x00 are service numbers.
       return n.size() == 10 && n[0] >= '2' && (n[1] != '0' || n[2] != '0');
     }},
    {"CL", "56", [](std::string_view n) { return n.size() == 9 && n[0] == '9'; }},
    {"AR", "54",
     [](std::string_view n) {
       return n.size() == 11 && n[0] == '9' &&
              ((n[1] == '1' && n[2] == '1') || n[1] == '2' || n[1] == '3');
     }},
    {"BR", "55",
     [](std::string_view n) {
       return n.size() == 11 && n[0] != '0' && n[1] != '0' && n[2] == '9';
     }},
    {"EC", "593", [](std::string_view n) { return n.size() == 9 && n[0] == '9'; }},
    {"UY", "598", [](std::string_view n) { return n.size() == 8 && n[0] == '9'; }},
    {"PY", "595", [](std::string_view n) { return n.size() == 9 && n[0] == '9'; }},
    {"BO", "591", [](std::string_view n) { return n.size() == 8 && (n[0] == '6' || n[0] == '7'); }},
    {"CR", "506", [](std::string_view n) { return n.size() == 8 && n[0] >= '5' && n[0] <= '8'; }},
    {"PA", "507", [](std::string_view n) { return n.size() == 8 && n[0] == '6'; }},
    {"GT", "502", [](std::string_view n) { return n.size() == 8 && n[0] >= '3' && n[0] <= '5'; }},
    {"SV", "503", [](std::string_view n) { return n.size() == 8 && (n[0] == '6' || n[0] == '7'); }},
    {"HN", "504", [](std::string_view n) { return n.size() == 8 && (n[0] == '3' || n[0] >= '7'); }},
    {"NI", "505", [](std::string_view n) { return n.size() == 8 && n[0] >= '5' && n[0] <= '8'; }},
};

const MobileCountry* country_of_digits(std::string_view digits) {
  for (const auto& entry : kMobileCountries) {
    if (digits.starts_with(entry.code)) return &entry;
  }
  return nullptr;
}

Phone phone_of(std::string_view code, std::string_view national, std::string_view country) {
  Phone phone;
  phone.e164.reserve(15);
  phone.e164 += '+';
  phone.e164 += code;
  phone.e164 += national;
  phone.canonical = canonical_of_wa_id(phone.e164);
  phone.country = country;
  return phone;
}

// The shortcut: numbers that already are a plain mobile number of a country of the table.
std::optional<Phone> read_plain(const PhoneDigits& digits, std::string_view default_country) {
  const std::string_view all = digits.view();
  if (digits.international) {
    const auto* entry = country_of_digits(all);
    if (entry == nullptr) return std::nullopt;
    const std::string_view national = all.substr(entry->code.size());
    if (!entry->is_mobile(national)) return std::nullopt;
    return phone_of(entry->code, national, entry->country);
  }
  for (const auto& entry : kMobileCountries) {
    if (entry.country != default_country) continue;
    if (entry.is_mobile(all)) return phone_of(entry.code, all, entry.country);
    if (!all.starts_with(entry.code)) return std::nullopt;
    const std::string_view national = all.substr(entry.code.size());
    if (!entry.is_mobile(national)) return std::nullopt;
    return phone_of(entry.code, national, entry.country);
  }
  return std::nullopt;
}

const PhoneNumberUtil& library() {
  static const PhoneNumberUtil* const instance = [] {
    auto* made = PhoneNumberUtil::GetInstance();
    made->SetLogger(
        new i18n::phonenumbers::NullLogger());  // Else it writes numbers to stdout. It owns it.
    return made;
  }();
  return *instance;
}

// Habits of writing that the library does not know.
std::string mend_national(std::string_view digits, std::string_view country) {
  // Chile until 2018: 09 before the eight digits of a mobile; today the 9 is part of the number.
  if (country == "CL" && digits.size() == 10 && digits.starts_with("09")) digits.remove_prefix(1);
  // Colombia until 2021: 03 before a mobile when dialled from a fixed line.
  if (country == "CO" && digits.size() == 12 && digits.starts_with("033")) digits.remove_prefix(2);
  return std::string(digits);
}

std::optional<PhoneProblem> problem_of(PhoneNumberUtil::ErrorType error) {
  switch (error) {
    case PhoneNumberUtil::NO_PARSING_ERROR:
      return std::nullopt;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
      return PhoneProblem::UnknownCountry;
    case PhoneNumberUtil::NOT_A_NUMBER:
      return PhoneProblem::TooShort;
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN:
      return PhoneProblem::TooShort;
    case PhoneNumberUtil::TOO_LONG_NSN:
      return PhoneProblem::TooLong;
  }
  return PhoneProblem::Invalid;
}

// Why a number without the mobile form of its country is refused, if it is.
std::optional<PhoneProblem> judge_by_library(const PhoneNumber& number, std::string_view national) {
  if (number.country_code() == 54 && national.size() == 10) {
    if (national.starts_with("15")) return PhoneProblem::NoAreaCode;
    // A line of Argentina whose block is newer than the library's data.
    if (national.starts_with("11") || national[0] == '2' || national[0] == '3') return std::nullopt;
  }
  switch (library().IsPossibleNumberWithReason(number)) {
    case PhoneNumberUtil::IS_POSSIBLE:
      break;
    case PhoneNumberUtil::TOO_LONG:
      return PhoneProblem::TooLong;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE:
      return PhoneProblem::UnknownCountry;
    case PhoneNumberUtil::INVALID_LENGTH:
      return PhoneProblem::Invalid;
    default:
      return PhoneProblem::TooShort;
  }
  if (!library().IsValidNumber(number)) return PhoneProblem::Invalid;
  switch (library().GetNumberType(number)) {
    case PhoneNumberUtil::TOLL_FREE:
    case PhoneNumberUtil::PREMIUM_RATE:
    case PhoneNumberUtil::SHARED_COST:
    case PhoneNumberUtil::UAN:
    case PhoneNumberUtil::VOICEMAIL:
      return PhoneProblem::NotPersonal;
    default:
      return std::nullopt;
  }
}

std::expected<Phone, PhoneProblem> read_digits_by_library(const PhoneDigits& digits,
                                                          std::string_view country) {
  if (!digits.international && library().GetCountryCodeForRegion(std::string(country)) == 0) {
    return std::unexpected(PhoneProblem::UnknownCountry);
  }
  PhoneNumber number;
  std::string text = digits.international ? "+" + std::string(digits.view())
                                          : mend_national(digits.view(), country);
  if (text.starts_with("+5609") && text.size() == 13) text.erase(3, 1);
  // Mexico dropped the mobile's 1 and the prefixes 01, 044 and 045 in August 2019 (IFT); people and
  // files still write them, and libphonenumber 8.13 no longer knows them.
  if (text.starts_with("+521") && text.size() == 14) text.erase(3, 1);
  if (country == "MX" && text.starts_with("521") && text.size() == 13)
    text = "+52" + text.substr(3);
  const bool old_prefix = (text.starts_with("044") || text.starts_with("045")) && text.size() == 13;
  if (country == "MX" && (old_prefix || (text.starts_with("01") && text.size() == 12)))
    text = text.substr(text.size() - 10);
  if (const auto problem = problem_of(library().Parse(text, std::string(country), &number))) {
    return std::unexpected(*problem);
  }
  std::string national;
  library().GetNationalSignificantNumber(number, &national);
  // Brazil: mobiles of eight digits have had a 9 before them since 2016 (Anatel, Resolução
  // 553/2010).
  if (number.country_code() == 55 && national.size() == 10 && national[2] >= '6')
    national.insert(2, 1, '9');

  const std::string code = std::to_string(number.country_code());
  const auto* entry = country_of_digits(code);
  if (entry != nullptr && entry->code == code && entry->is_mobile(national)) {
    return phone_of(code, national, entry->country);
  }
  if (const auto problem = judge_by_library(number, national)) return std::unexpected(*problem);
  std::string region;
  library().GetRegionCodeForNumber(number, &region);
  if (region.size() != 2) library().GetRegionCodeForCountryCode(number.country_code(), &region);
  if (region.size() != 2 || region == "ZZ") return std::unexpected(PhoneProblem::NotPersonal);
  return phone_of(code, national, region);
}

std::string upper_country(std::string_view country) {
  std::string upper(country);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return upper;
}

}  // namespace

std::expected<Phone, PhoneProblem> read_phone(std::string_view text,
                                              std::string_view default_country) {
  const auto digits = phone_digits_of(text);
  if (!digits) return std::unexpected(digits.error());
  if (auto plain = read_plain(*digits, default_country)) return *std::move(plain);
  return read_digits_by_library(*digits, upper_country(default_country));
}

std::expected<Phone, PhoneProblem> read_phone_by_library(std::string_view text,
                                                         std::string_view default_country) {
  const auto digits = phone_digits_of(text);
  if (!digits) return std::unexpected(digits.error());
  return read_digits_by_library(*digits, upper_country(default_country));
}

Result<Phone> parse_phone(std::string_view text, std::string_view default_country) {
  auto phone = read_phone(text, default_country);
  if (phone) return *std::move(phone);
  return fail(ErrorCode::Invalid, "{}", explain_es(phone.error()));
}

std::string_view code_of(PhoneProblem problem) {
  switch (problem) {
    case PhoneProblem::Empty:
      return "phone_empty";
    case PhoneProblem::Scientific:
      return "phone_scientific";
    case PhoneProblem::ExcelError:
      return "phone_excel_error";
    case PhoneProblem::NotANumber:
      return "phone_not_a_number";
    case PhoneProblem::TwoNumbers:
      return "phone_two_numbers";
    case PhoneProblem::Extension:
      return "phone_extension";
    case PhoneProblem::UnknownCountry:
      return "phone_unknown_country";
    case PhoneProblem::NoAreaCode:
      return "phone_no_area_code";
    case PhoneProblem::TooShort:
      return "phone_too_short";
    case PhoneProblem::TooLong:
      return "phone_too_long";
    case PhoneProblem::Invalid:
      return "phone_invalid";
    case PhoneProblem::NotPersonal:
      return "phone_not_personal";
  }
  return "phone_invalid";
}

std::string_view explain_es(PhoneProblem problem) {
  switch (problem) {
    case PhoneProblem::Empty:
      return "el teléfono está vacío";
    case PhoneProblem::Scientific:
      return "Excel cambió el teléfono a notación científica y perdió dígitos: dé formato de texto "
             "a la columna y "
             "vuelva a escribir el número completo";
    case PhoneProblem::ExcelError:
      return "la celda trae un error de Excel en lugar de un teléfono: corrija la fórmula o "
             "escriba el número";
    case PhoneProblem::NotANumber:
      return "no es un teléfono: deje solo el número, sin letras ni otros signos";
    case PhoneProblem::TwoNumbers:
      return "hay más de un teléfono en la celda: deje solo uno";
    case PhoneProblem::Extension:
      return "el teléfono tiene extensión y WhatsApp no llega a extensiones: escriba una línea "
             "directa";
    case PhoneProblem::UnknownCountry:
      return "no se reconoce el país del teléfono: escríbalo con + y el indicativo del país, por "
             "ejemplo +57";
    case PhoneProblem::NoAreaCode:
      return "al teléfono le falta el código de área: escríbalo completo, por ejemplo +54 9 11 y "
             "el número";
    case PhoneProblem::TooShort:
      return "al teléfono le faltan dígitos: escriba el número completo";
    case PhoneProblem::TooLong:
      return "al teléfono le sobran dígitos: revise si hay dos números juntos";
    case PhoneProblem::Invalid:
      return "ese número no existe en el país: revíselo, o escríbalo con + y el indicativo si es "
             "de otro país";
    case PhoneProblem::NotPersonal:
      return "es una línea de servicio (gratuita o de tarifa especial), no la de una persona: "
             "escriba su celular";
  }
  return "el teléfono no es válido";
}

std::string canonical_of_wa_id(std::string_view digits) {
  if (digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.size() < 7 || digits.size() > 15) return {};
  for (const char c : digits) {
    if (c < '0' || c > '9') return {};
  }
  std::string canonical;
  canonical.reserve(15);
  canonical += '+';
  if (digits.size() == 13 && (digits.starts_with("521") || digits.starts_with("549"))) {
    canonical += digits.substr(0, 2);
    canonical += digits.substr(3);
  } else if (digits.size() == 12 && digits.starts_with("55") && digits[4] >= '6') {
    canonical += digits.substr(0, 4);
    canonical += '9';
    canonical += digits.substr(4);
  } else {
    canonical += digits;
  }
  return canonical;
}

std::string country_of_e164(std::string_view e164) {
  if (!e164.starts_with('+')) return {};
  if (const auto* entry = country_of_digits(e164.substr(1))) return std::string(entry->country);
  PhoneNumber number;
  if (library().Parse(std::string(e164), "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR)
    return {};
  std::string region;
  library().GetRegionCodeForNumber(number, &region);
  if (region.size() != 2 || region == "ZZ")
    library().GetRegionCodeForCountryCode(number.country_code(), &region);
  return region.size() == 2 && region != "ZZ" ? region : std::string();
}

std::string mask_phone(std::string_view phone) {
  std::string masked(phone.size(), '*');
  if (!phone.starts_with('+') || phone.size() < 9) return masked;
  const auto* entry = country_of_digits(phone.substr(1));
  const size_t shown = entry == nullptr ? 1 : 1 + entry->code.size();
  masked.replace(0, shown, phone.substr(0, shown));
  masked.replace(phone.size() - 2, 2, phone.substr(phone.size() - 2));
  return masked;
}

}  // namespace puntual
