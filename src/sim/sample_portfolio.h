// A made-up portfolio: people of Colombia and Peru with their bills, as an ERP would export them.
// Nobody in it exists: names are drawn from lists, numbers lie in a block of zeros.
//
// Pure; the same seed gives the same bytes.
#pragma once

#include <string>
#include <vector>

#include "base/money.h"
#include "base/time.h"

namespace puntual::sim {

struct SamplePerson {
  std::string code;  // The ERP's.
  std::string name;
  std::string document;
  std::string country;                 // "CO" or "PE"
  std::string phone;                   // E.164
  std::string product;                 // What is billed each month: "Internet hogar".
  Money amount;                        // Each month.
  int32_t due_day = 1;                 // Of the month, 1…28.
  int32_t months_open = 0;             // Past bills not paid yet when the story begins.
  int32_t months_before = 0;           // Bills before those, all settled.
  int32_t late_min = 0, late_max = 0;  // Days from due date to payment, as it was until now.
  bool has_consent = true;
  bool is_number_proven = true;  // By the contract; the others are asked first.
  std::string temperament;       // Of known_temperaments().
};

// Two thirds live in Colombia, one third in Peru.
[[nodiscard]] std::vector<SamplePerson> sample_people(uint64_t seed, int32_t count);

// What will be asked of one bill within these days of the due date.
inline constexpr int32_t kSampleDaysAhead = 25;

// The portfolio as it stands on the first morning: past bills, open and settled, and those due
// within kSampleDaysAhead days. A file of an ERP of the region: semicolons, decimal comma,
// capitals.
[[nodiscard]] std::string sample_invoices_csv(const std::vector<SamplePerson>& people,
                                              CivilDate today);
// How the settled ones were paid.
[[nodiscard]] std::string sample_payments_csv(const std::vector<SamplePerson>& people,
                                              uint64_t seed, CivilDate today);
// A later file: the bills that fall due in [first, last].
[[nodiscard]] std::string sample_new_invoices_csv(const std::vector<SamplePerson>& people,
                                                  CivilDate first, CivilDate last);

}  // namespace puntual::sim
