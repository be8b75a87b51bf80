// Phone numbers: what is accepted has one form, which reads as itself. First line: the country.
#include "base/phone.h"

#include "tests/fuzz/fuzz.h"

namespace puntual {

FUZZ(phone, "") {
  const auto [country, text] = fuzz::first_line(bytes);
  const auto phone = read_phone(text, country);
  if (!phone) {
    HOLDS(!explain_es(phone.error()).empty());
    return;
  }
  HOLDS(phone->e164.starts_with('+') && phone->e164.size() >= 8 && phone->e164.size() <= 16);
  HOLDS(phone->e164.find_first_not_of("0123456789", 1) == std::string::npos);
  const auto again = read_phone(phone->e164, "");
  HOLDS(again && again->canonical == phone->canonical && again->country == phone->country);
  HOLDS(canonical_of_wa_id(phone->e164) == phone->canonical);
}

}  // namespace puntual
