// What a country's law lets somebody charge for paying late, as data (data/charges/xx.toml):
// ceilings of interest with the days on which they hold, the steps of collection costs, and in
// which order a payment goes to what is owed.
//
// What ships is a beginning and not in force: a person of the creditor's confirms a table, in a
// file of their own, for the days that they have looked up (puntual charges confirm). Where no
// confirmed row speaks of a day, nothing is charged for it. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "core/charges/rate.h"

namespace puntual {

// The highest rate of a kind of credit on some days; both days are of them.
struct Ceiling {
  std::string credit;  // "consumo_ordinario"
  CivilDate from, to;
  std::optional<Rate> rate;  // None: the law sets none, and what was agreed holds.
  std::string
      law;  // Where it is from, for people: "Superfinanciera, certificación de enero de 2026".
};

// A share of the part of a debt up to so many units (UF); the last step has no end.
struct CostStep {
  std::optional<int64_t> up_to_micro;
  int64_t micro_percent = 0;
};
struct CostUnit {
  CivilDate on;             // Its value holds from this day until the next one's.
  int64_t micro_value = 0;  // In the currency's major unit.
};
struct CostLadder {
  int32_t first_day = 0;  // The first day past due on which such costs may be charged,
  int32_t contact_days =
      0;  // if the creditor has reached the person within so many days; else the most is lowered by
  int64_t micro_units_less = 0;  // so many units.
  std::vector<CostStep> steps;
  std::vector<CostUnit> units;  // By day. None are needed where no step is of units.
  std::string unit, law;
  std::string name;  // As it is told to people: "multa"; empty: gastos de cobranza.

  [[nodiscard]] bool needs_units() const;
};

enum class OwedPart : uint8_t { Interest, Costs, Capital };
[[nodiscard]] std::string_view text_of(OwedPart part);  // "interest"

struct ChargeTable {
  std::string country, version, currency;
  int64_t round_minor = 1;  // Interest is asked in whole units of so many minor ones: whole pesos.
  std::vector<OwedPart>
      order;              // In which a payment goes to an invoice when nothing else is agreed,
  std::string order_law;  // and where that is from.
  bool due_moves =
      false;  // What falls due on a day without banks may be paid on the next that has them,
  std::string due_moves_law;      // and where that is from.
  std::vector<Ceiling> ceilings;  // By credit and day; no two of a credit speak of one day.
  std::optional<CostLadder> costs;
  // Who has looked these figures up, and until which day they vouch for them. Empty: nobody, and
  // the table is not in force.
  std::string confirmed_by;
  CivilDate confirmed_on, confirmed_until;

  [[nodiscard]] bool is_confirmed() const { return !confirmed_by.empty(); }
  // Confirmed, and of this day; null: nobody may compute for it.
  [[nodiscard]] const Ceiling* ceiling(std::string_view credit, CivilDate on) const;
  // The last day that a confirmed ceiling speaks of without a gap since `from`; none: not even of
  // that day.
  [[nodiscard]] std::optional<CivilDate> known_until(std::string_view credit, CivilDate from) const;
};

namespace charges {

// Invalid with every mistake, one a line.
[[nodiscard]] Result<ChargeTable> read_table(std::string_view toml, std::string_view file_name);
// The tables that ship; never in force as they are.
[[nodiscard]] const std::vector<ChargeTable>& built_in_tables();

// The same text, confirmed: what stood below [confirmed] is replaced.
struct Confirmation {
  std::string_view by;
  CivilDate on, until;
};
[[nodiscard]] std::string confirmed_text(std::string_view toml, const Confirmation& confirmation);

// The most that collection may cost on this overdue sum, once. None: no confirmed value of the unit
// speaks of the day.
struct CostCase {
  int64_t overdue_minor = 0;
  int64_t minor_per_major = 1;
  CivilDate on;
  bool was_contacted = false;  // In time, without cost for the person.
};
[[nodiscard]] std::optional<int64_t> collection_cost_max(const ChargeTable& table,
                                                         const CostCase& debt);

}  // namespace charges
}  // namespace puntual
