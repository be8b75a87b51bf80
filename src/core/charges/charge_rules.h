// What this deployment charges for paying late ([charges]): what was agreed, with whom, and what
// the law lets it.
#pragma once

#include <string>
#include <vector>

#include "core/charges/interest.h"
#include "core/portfolio/portfolio.h"

namespace puntual {

struct ChargeRules {
  InterestTerms terms;
  ChargeTable table;     // The deployment's own, else the one that ships, which is nobody's word.
  std::string evidence;  // "Contrato de servicio, cláusula 7": where it was agreed.
  std::vector<std::string> products;  // Only these, as the instrument says; empty: all.
  bool has_costs =
      false;  // Collection costs (in Brazil: the fine) were agreed as well, as far as the law goes,
  int64_t costs_micro_percent =
      0;  // or to this part of what is overdue, where that is less; 0: no such bound.

  // A debt that falls due on a day without banks may be paid on the next one that has them, as if
  // on its due date: as the country's table says, or [charges].
  bool due_moves = false;

  [[nodiscard]] bool apply_to(const Invoice& invoice) const;
};

// What an invoice's balance is made of.
struct OwedParts {
  int64_t capital_minor = 0, interest_minor = 0, costs_minor = 0;
  std::string tax = {};         // Interest holds this tax: "IVA".
  std::string costs_name = {};  // What costs are: "multa"; empty: gastos de cobranza.
  void add(const OwedParts& other) {
    if (tax.empty()) tax = other.tax;
    if (costs_name.empty()) costs_name = other.costs_name;
    capital_minor += other.capital_minor;
    interest_minor += other.interest_minor;
    costs_minor += other.costs_minor;
  }
};

namespace charges {

// "Capital $ 1.250.000; intereses de mora $ 22.405", in the language of the locale.
[[nodiscard]] std::string breakdown(const OwedParts& parts, Currency currency,
                                    const std::string& locale);

// "Intereses de mora con IVA" and "multa", as these parts are called, in small letters.
[[nodiscard]] std::string interest_name(const OwedParts& parts, const std::string& locale);
[[nodiscard]] std::string costs_name(const OwedParts& parts, const std::string& locale);

// "incluye $ 22.405 de intereses de mora y $ 9.000 de gastos de cobranza", to be said of a sum;
// empty: nothing of it is.
[[nodiscard]] std::string included(const OwedParts& parts, Currency currency,
                                   const std::string& locale);

}  // namespace charges
}  // namespace puntual
