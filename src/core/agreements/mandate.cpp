#include "core/agreements/mandate.h"

#include <array>

namespace puntual::agreements {
namespace {

constexpr std::array<std::string_view, 2> kSpacings = {"monthly", "fortnightly"};

int32_t small(TomlTable& table, std::string_view key, int32_t fallback, IntegerRange range) {
  return static_cast<int32_t>(table.integer(key, fallback, range));
}

}  // namespace

Mandate read_mandate(TomlTable& table) {
  Mandate m;
  m.promise_days_max = small(table, "promise_days_max", m.promise_days_max, {1, 60});
  m.promise_percent_min = small(table, "promise_percent_min", m.promise_percent_min, {1, 100});
  m.instalments_max = small(table, "instalments_max", m.instalments_max, {1, 24});
  m.plan_days_max = small(table, "plan_days_max", m.plan_days_max, {0, 730});
  m.down_payment_percent_min =
      small(table, "down_payment_percent_min", m.down_payment_percent_min, {0, 90});
  m.instalment_minor_min =
      table.integer("instalment_minor_min", m.instalment_minor_min, {0, INT64_MAX});
  m.spacing =
      table.choice("spacing", kSpacings) == "fortnightly" ? Spacing::Fortnightly : Spacing::Monthly;
  m.grace_days = small(table, "grace_days", m.grace_days, {0, 15});
  m.discount_percent = small(table, "discount_percent", m.discount_percent, {0, 90});
  m.agreements_max = small(table, "agreements_max", m.agreements_max, {1, 24});
  m.agreements_months = small(table, "agreements_months", m.agreements_months, {1, 36});
  m.broken_max = small(table, "broken_max", m.broken_max, {1, 24});
  const int32_t days_needed = m.spacing == Spacing::Monthly ? 31 : 14;
  if (m.instalments_max > 1 && m.plan_days_max < days_needed + kDownPaymentDays) {
    table.problem(
        "plan_days_max",
        fmt::format(
            "'plan_days_max' ({}) leaves no room for a second instalment (expected {} or more, or "
            "instalments_max = 1 for no plans)",
            m.plan_days_max, days_needed + kDownPaymentDays));
  }
  return m;
}

std::string describe_es(const Mandate& m) {
  const auto days = [](int32_t n) {
    return n == 1 ? std::string("1 día") : fmt::format("{} días", n);
  };
  std::string text = fmt::format("  promesa: hasta {}, por lo menos el {} % de lo que debe\n",
                                 days(m.promise_days_max), m.promise_percent_min);
  if (m.instalments_max > 1) {
    text += fmt::format("  plan: hasta {} pagos {} en {}{}\n", m.instalments_max,
                        m.spacing == Spacing::Monthly ? "mensuales" : "quincenales",
                        days(m.plan_days_max),
                        m.down_payment_percent_min > 0
                            ? fmt::format(", con un primer pago del {} % dentro de {}",
                                          m.down_payment_percent_min, days(kDownPaymentDays))
                            : std::string(", sin pago inicial"));
  } else {
    text += "  plan: no se ofrece; lo decide una persona\n";
  }
  if (m.discount_percent > 0)
    text += fmt::format("  descuento: el {} % si cumple todo\n", m.discount_percent);
  return text +
         fmt::format(
             "  como máximo {} en {}; después de {}, decide una persona; {} de gracia\n",
             m.agreements_max == 1 ? "1 acuerdo" : fmt::format("{} acuerdos", m.agreements_max),
             m.agreements_months == 1 ? "1 mes" : fmt::format("{} meses", m.agreements_months),
             m.broken_max == 1 ? "1 incumplido" : fmt::format("{} incumplidos", m.broken_max),
             days(m.grace_days));
}

}  // namespace puntual::agreements
