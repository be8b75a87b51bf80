#include "core/agreements/kind_unit.h"

#include <algorithm>

namespace puntual::agreements {
namespace {

struct KindUnit {
  std::string_view currency;
  int64_t minor;
};
// Where it is not one whole unit: the smallest sum that is still paid in coins or notes, or one
// that a tariff ends in.
constexpr KindUnit kKindUnits[] = {
    {"ARS", 1'000},   // 10 pesos: the smallest coin that is still taken.
    {"CLF", 1},       // A whole unit is some 40 dollars: nothing of it is rounded.
    {"CLP", 10},      // 10 pesos: the coins of 1 and 5 were withdrawn in 2017.
    {"COP", 10'000},  // 100 pesos: tariffs end in hundreds.
    {"CRC", 1'000},   // 10 colones.
    {"PYG", 100},     // 100 guaraníes.
};

}  // namespace

int64_t kind_unit_minor(Currency currency) {
  const auto found = std::ranges::find(kKindUnits, currency.code(), &KindUnit::currency);
  return found == std::end(kKindUnits) ? currency.minor_per_major() : found->minor;
}

}  // namespace puntual::agreements
