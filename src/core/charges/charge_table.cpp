#include "core/charges/charge_table.h"

#include <algorithm>
#include <array>

#include "base/embedded.h"
#include "base/money.h"
#include "base/toml.h"

namespace puntual {
namespace {

constexpr std::array<std::string_view, 3> kOwedParts = {"interest", "costs", "capital"};
constexpr std::string_view kRateKindTexts[] = {"effective_annual", "nominal_annual", "monthly"};
constexpr std::string_view kConfirmedMark = "[confirmed]";

CivilDate charge_day(TomlTable& table, std::string_view key) {
  const auto date = parse_date(table.required_text(key));
  if (!date && table.has(key))
    table.problem(key, fmt::format("'{}': {}", key, date.error().message));
  return date.value_or(CivilDate{});
}

int64_t charge_number(TomlTable& table, std::string_view key, int64_t max) {
  const std::string text = table.required_text(key);
  const auto micro = micro_of(text);
  if (table.has(key) && (!micro || *micro > max)) {
    table.problem(
        key, fmt::format("{} = \"{}\" (expected a number in quotes such as \"24.36\", up to {})",
                         key, text, text_of_micro(max, '.')));
  }
  return micro && *micro <= max ? *micro : 0;
}

Ceiling read_ceiling(TomlTable table) {
  Ceiling ceiling{.credit = table.text("credit"),
                  .from = charge_day(table, "from"),
                  .to = charge_day(table, "to"),
                  .rate = {},
                  .law = table.required_text("law")};
  if (table.has("rate")) {
    const auto kind = rate_kind_of(table.choice("kind", kRateKindTexts));
    ceiling.rate =
        Rate{.micro_percent = charge_number(table, "rate", kMicroPercentMax),
             .kind = kind.value_or(RateKind::EffectiveAnnual),
             .day_basis = static_cast<int32_t>(table.integer("day_basis", 365, {360, 365}))};
  } else if (!table.flag("unlimited")) {
    table.problem("rate",
                  "a ceiling needs rate = \"24.36\", or unlimited = true where the law sets none");
  }
  if (ceiling.to < ceiling.from)
    table.problem("to", fmt::format("to = \"{}\" is before from", format_date(ceiling.to)));
  return ceiling;
}

void read_ceilings(TomlTable root, ChargeTable& table) {
  for (auto& row : root.tables("ceiling")) {
    Ceiling ceiling = read_ceiling(row);
    for (const auto& other : table.ceilings) {
      if (other.credit == ceiling.credit && other.from <= ceiling.to && ceiling.from <= other.to) {
        row.problem("from", fmt::format("two ceilings of credit \"{}\" speak of {}", ceiling.credit,
                                        format_date(std::max(other.from, ceiling.from))));
      }
    }
    table.ceilings.push_back(std::move(ceiling));
  }
  std::ranges::stable_sort(table.ceilings, {}, [](const Ceiling& one) {
    return std::pair(std::string_view(one.credit), one.from);
  });
}

CostLadder read_ladder(TomlTable table) {
  CostLadder ladder{
      .first_day = static_cast<int32_t>(table.integer("first_day", 0, {0, 3650})),
      .contact_days = static_cast<int32_t>(table.integer("contact_days", 0, {0, 3650})),
      .micro_units_less =
          table.has("units_less") ? charge_number(table, "units_less", 1'000'000'000'000) : 0,
      .steps = {},
      .units = {},
      .unit = table.text("unit"),
      .law = table.required_text("law"),
      .name = table.text("name")};
  for (auto& row : table.tables("step")) {
    CostStep step{.up_to_micro = {}, .micro_percent = charge_number(row, "percent", 100'000'000)};
    if (row.has("up_to")) step.up_to_micro = charge_number(row, "up_to", 1'000'000'000'000);
    if (!ladder.steps.empty() &&
        (!ladder.steps.back().up_to_micro ||
         (step.up_to_micro && *step.up_to_micro <= *ladder.steps.back().up_to_micro))) {
      row.problem("up_to", "steps go up, and only the last has no up_to");
    }
    ladder.steps.push_back(step);
  }
  for (auto& row : table.tables("value"))
    ladder.units.push_back({.on = charge_day(row, "on"),
                            .micro_value = charge_number(row, "value", 1'000'000'000'000'000)});
  std::ranges::sort(ladder.units, {}, &CostUnit::on);
  if (ladder.needs_units() && ladder.unit.empty())
    table.problem("unit", "unit: what the steps are counted in, as in unit = \"UF\"");
  return ladder;
}

}  // namespace

bool CostLadder::needs_units() const {
  return micro_units_less > 0 || std::ranges::any_of(steps, [](const CostStep& one) {
           return one.up_to_micro.has_value();
         });
}

std::string_view text_of(OwedPart part) { return kOwedParts[static_cast<size_t>(part)]; }

const Ceiling* ChargeTable::ceiling(std::string_view credit, CivilDate on) const {
  if (!is_confirmed() || on > confirmed_until) return nullptr;
  const auto found = std::ranges::find_if(ceilings, [&](const Ceiling& one) {
    return one.credit == credit && one.from <= on && on <= one.to;
  });
  return found == ceilings.end() ? nullptr : &*found;
}

std::optional<CivilDate> ChargeTable::known_until(std::string_view credit, CivilDate from) const {
  std::optional<CivilDate> until;
  for (const Ceiling* one = ceiling(credit, from); one != nullptr;
       one = ceiling(credit, *until + 1))
    until = std::min(one->to, confirmed_until);
  return until;
}

namespace charges {

Result<ChargeTable> read_table(std::string_view toml, std::string_view file_name) {
  ASSIGN_OR_RETURN(TomlFile file, TomlFile::parse(toml, file_name));
  TomlTable root = file.root();
  ChargeTable table{.country = root.required_text("country"),
                    .version = root.required_text("version"),
                    .currency = root.required_text("currency"),
                    .round_minor = root.integer("round_minor", 1, {1, 1'000'000}),
                    .order = {},
                    .order_law = root.text("order_law"),
                    .due_moves = root.flag("due_moves", false),
                    .due_moves_law = root.text("due_moves_law"),
                    .ceilings = {},
                    .costs = {},
                    .confirmed_by = {},
                    .confirmed_on = {},
                    .confirmed_until = {}};
  if (root.has("currency") && !Currency::parse(table.currency))
    root.problem("currency",
                 fmt::format("currency = \"{}\" is none that is known", table.currency));
  for (const auto& part : root.choices("order", kOwedParts))
    table.order.push_back(
        static_cast<OwedPart>(std::ranges::find(kOwedParts, part) - kOwedParts.begin()));
  auto all = table.order;
  std::ranges::sort(all);
  if (all != std::vector{OwedPart::Interest, OwedPart::Costs, OwedPart::Capital})
    root.problem("order", "order names interest, costs and capital, each once");
  if (table.due_moves && table.due_moves_law.empty())
    root.problem("due_moves_law",
                 "due_moves = true needs due_moves_law: the law that moves a due date to the next "
                 "business day");
  read_ceilings(root, table);
  if (root.has("collection_cost")) table.costs = read_ladder(root.table("collection_cost"));
  if (root.has("confirmed")) {
    TomlTable confirmed = root.table("confirmed");
    table.confirmed_by = confirmed.required_text("by");
    table.confirmed_on = charge_day(confirmed, "on");
    table.confirmed_until = charge_day(confirmed, "until");
  }
  RETURN_IF_ERROR(file.finish());
  return table;
}

const std::vector<ChargeTable>& built_in_tables() {
  static const std::vector<ChargeTable> tables = [] {
    std::vector<ChargeTable> all;
    for (const auto& file : embedded_files("data/charges/")) {
      auto table = read_table(file.bytes, file.name);
      PUNTUAL_CHECK(table.has_value() && !table->is_confirmed());
      all.push_back(*std::move(table));
    }
    return all;
  }();
  return tables;
}

std::string confirmed_text(std::string_view toml, const Confirmation& confirmation) {
  size_t end = toml.find(kConfirmedMark);
  while (end != std::string_view::npos && end != 0 && toml[end - 1] != '\n')
    end = toml.find(kConfirmedMark, end + 1);
  std::string text(toml.substr(0, end));
  // What was added below it stays.
  const size_t next = end == std::string_view::npos ? end : toml.find("\n[", end);
  if (next != std::string_view::npos) text += toml.substr(next);
  while (text.ends_with('\n')) text.pop_back();
  std::string by(confirmation.by);
  std::erase_if(by, [](char c) { return c == '"' || c == '\\' || (c >= 0 && c < ' '); });
  return text + fmt::format("\n\n{}\nby = \"{}\"\non = \"{}\"\nuntil = \"{}\"\n", kConfirmedMark,
                            by, format_date(confirmation.on), format_date(confirmation.until));
}

std::optional<int64_t> collection_cost_max(const ChargeTable& table, const CostCase& debt) {
  using Wide = __int128;
  if (!table.costs || !table.is_confirmed() || debt.on > table.confirmed_until) return std::nullopt;
  const auto& units = table.costs->units;
  const auto next = std::ranges::upper_bound(units, debt.on, {}, &CostUnit::on);
  if (next == units.begin() && table.costs->needs_units()) return std::nullopt;
  constexpr Wide kMicro = 1'000'000;
  const Wide unit = next == units.begin()
                        ? 0
                        : Wide{std::prev(next)->micro_value} *
                              debt.minor_per_major;  // In millionths of the minor unit.
  const Wide overdue = Wide{debt.overdue_minor} * kMicro;
  Wide cost = 0, below = 0;  // cost: in 10^-14 of the minor unit.
  for (const auto& step : table.costs->steps) {
    const Wide end =
        step.up_to_micro ? std::min(overdue, unit * *step.up_to_micro / kMicro) : overdue;
    if (end > below) cost += (end - below) * step.micro_percent;
    below = std::max(below, end);
  }
  constexpr Wide kWhole = kMicro * 100'000'000;
  if (!debt.was_contacted) cost -= unit * table.costs->micro_units_less / kMicro * 100'000'000;
  return cost <= 0 ? 0 : static_cast<int64_t>((cost + kWhole / 2) / kWhole);
}

}  // namespace charges
}  // namespace puntual
