// puntual forecast: the days ahead, lived through on a virtual clock.
#include "sim/forecast.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "app/config.h"
#include "app/input_file.h"
#include "base/embedded.h"
#include "base/json.h"
#include "base/locale.h"
#include "cli/deployment.h"
#include "core/compliance/rule_book.h"
#include "core/portfolio/csv_reader.h"
#include "core/portfolio/import_cells.h"
#include "core/strategy/strategy.h"

namespace puntual::cli {
namespace {

// What the rows themselves say in a column, each value once; few are read, for they are alike.
std::set<std::string> said_in(const ImportFile& file, ImportField field) {
  constexpr int kRowsMax = 2000;
  std::set<std::string> values;
  const auto column = file.mapping.column_of(field);
  if (!column) return values;
  CsvReader reader(file.text(), file.mapping.delimiter);
  for (int row = 0; row < kRowsMax; ++row) {
    const auto more = reader.next();
    if (!more || !*more) break;
    if (reader.line() <= file.mapping.header_line || *column >= reader.fields().size()) continue;
    const std::string_view cell = reader.fields()[*column];
    if (field == ImportField::Country) {
      if (const auto* country = portfolio::find_country(cell)) values.emplace(country->code);
    } else if (const auto currency = Currency::parse(cell)) {
      values.emplace(currency->code());
    }
  }
  return values;
}

// Country as given, else as the rows' country or currency tells, else that of the settings. Invalid
// where nobody has said it: a currency of several countries, or of none, and no settings.
Result<ImportFile> open_portfolio(std::string_view bytes, const Arguments& arguments) {
  if (std::string country = arguments.text("--country"); !country.empty())
    return portfolio::open_import(bytes, {.country = std::move(country)});
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  const std::string& home = config.creditor.country;
  ASSIGN_OR_RETURN(ImportFile file, portfolio::open_import(bytes, {.country = home}));
  if (const auto said = said_in(file, ImportField::Country); said.size() == 1)
    return portfolio::open_import(bytes, {.country = *said.begin()});
  const auto currencies = said_in(file, ImportField::Currency);
  const std::string code =
      currencies.size() == 1 ? *currencies.begin() : std::string(file.mapping.currency.code());
  std::vector<std::string_view> lands;
  for (const auto& land : config.law.law.book().all()) {
    if (land.pack.currency == code) lands.push_back(land.pack.country);
  }
  if (lands.size() == 1 && lands.front() != home)
    return portfolio::open_import(bytes, {.country = std::string(lands.front())});
  if (lands.size() != 1 && config.file.empty()) {
    return fail(ErrorCode::Invalid,
                "nothing says where the people are: the file is in {}, the currency of {}; add "
                "--country CC, or --config FILE with [creditor] country",
                code,
                lands.empty() ? "no country with rules" : fmt::to_string(fmt::join(lands, ", ")));
  }
  return file;
}

json::object counts_json(const std::map<std::string, int64_t>& counts) {
  json::object object;
  for (const auto& [name, count] : counts) object[name] = count;
  return object;
}

json::object forecast_json(const sim::Forecast& f, const sim::ForecastOptions& options) {
  json::object collected;
  for (const auto& [currency, amount] : f.collected) {
    collected[currency] = json::object{{"amount_minor", amount.amount_minor},
                                       {"low_minor", amount.low_minor},
                                       {"high_minor", amount.high_minor},
                                       {"payments", amount.payments}};
  }
  int64_t payments = 0;
  for (const auto& [currency, amount] : f.collected) payments += amount.payments;
  json::array violations;
  for (const auto& violation : f.violations) violations.push_back(json::string(violation));
  return {{"from", format_date(options.from)},
          {"days", options.days},
          {"seed", static_cast<int64_t>(options.seed)},
          {"strategy", options.strategy.version},
          {"people", f.people},
          {"lived_people", f.lived_people},
          {"people_owing", f.people_owing},
          {"open_invoices", f.open_invoices},
          {"open_minor", counts_json(f.open_minor)},
          {"sends", f.sends},
          {"sends_by_day", counts_json(f.sends_by_day)},
          {"reminders_by_day", counts_json(f.reminders_by_day)},
          {"thanks_by_day", counts_json(f.thanks_by_day)},
          {"sends_by_step", counts_json(f.sends_by_step)},
          {"sends_by_template", counts_json(f.sends_by_template)},
          {"refusals_by_reason", counts_json(f.refusals)},
          {"silences_by_reason", counts_json(f.silences)},
          {"cost", {{"USD", {{"micros", f.cost_usd_micros}}}}},
          {"replies", f.replies},
          {"promises", f.promises},
          {"stops", f.stops},
          {"payments", payments},
          {"collected", collected},
          {"peak_sends_an_hour", f.peak_sends_an_hour},
          {"violations", violations},
          {"trace_hash", f.trace_hash}};
}

// What stands beside the gate's own reasons: why the house itself waited or took a message back.
struct HouseReason {
  std::string_view code, spanish;
};
constexpr HouseReason kHouseReasons[] = {
    {"PAID", "Ya pagó: el recordatorio planeado se canceló."},
    {"SUPERSEDED", "Un recordatorio más nuevo dice lo mismo."},
    {"DEBT_CHANGED", "La deuda cambió en el archivo."},
    {"STRATEGY_CAP", "La estrategia escribe menos seguido."},
    {"KINDER_HOUR", "Se esperó una hora más amable."},
    {"EXPIRED", "Se le pasó el momento: ya no habría sido cierto."},
    {"IDENTITY_UNCONFIRMED",
     "Falta saber si el número es de la persona: se le preguntó antes de hablarle de su deuda."},
    {"IDENTITY_CONFIRMED", "La persona ya estaba confirmada: no hizo falta preguntar."},
    {"WRONG_NUMBER", "El número resultó ser de otra persona."},
    {"NO_ADDRESS", "No hay a qué número escribir."},
    {"UNREACHABLE", "El número no tiene WhatsApp, o no recibe."},
    {"SERVICE_WINDOW_CLOSED", "Pasaron más de 24 horas desde que la persona escribió."},
    {"PAIR_PACE", "WhatsApp pide más tiempo entre dos mensajes a la misma persona."},
    {"IMPORT_GRACE", "El archivo se acababa de cargar."},
    {"SUSPENDED_CLAIM", "La persona dijo que ya pagó: se busca su pago."},
    {"SUSPENDED_AGREEMENT", "Hay un acuerdo en curso."},
    {"SUSPENDED_DISPUTE", "La persona no está de acuerdo con la deuda."},
    {"SUSPENDED_REVERSAL", "Un pago de la persona se devolvió."},
    {"SUSPENDED_HARDSHIP", "La persona dijo que no puede pagar."},
    {"SUSPENDED_PERSON", "Una persona del equipo hablaba con ella."},
    {"PAUSED", "Los envíos estaban en pausa."},
};

std::string_view house_reason_es(std::string_view code) {
  for (int i = 0; i <= static_cast<int>(Reason::ExemptOptOutAck); ++i) {
    if (code_of(static_cast<Reason>(i)) == code) return explain_es(static_cast<Reason>(i));
  }
  for (const auto& reason : kHouseReasons) {
    if (reason.code == code) return reason.spanish;
  }
  return code.starts_with("TEMPLATE_") ? "La plantilla no estaba aprobada." : "Otro motivo.";
}

int64_t sum_of(const std::map<std::string, int64_t>& counts) {
  int64_t sum = 0;
  for (const auto& [name, count] : counts) sum += count;
  return sum;
}

int64_t count_of(const std::map<std::string, int64_t>& counts, const std::string& name) {
  const auto found = counts.find(name);
  return found == counts.end() ? 0 : found->second;
}

void print_days(const sim::Forecast& f) {
  int64_t most = 1;
  for (const auto& [day, count] : f.sends_by_day) {
    most = std::max(most, count_of(f.reminders_by_day, day) + count_of(f.thanks_by_day, day));
  }
  const auto bar = [&](int64_t count, char mark) {
    return std::string(static_cast<size_t>(count * 40 / most), mark);
  };
  fmt::print("{:<10} {:>13} {:>8}\n", "día", "recordatorios", "gracias");
  for (const auto& [day, count] : f.sends_by_day) {
    const int64_t reminders = count_of(f.reminders_by_day, day),
                  thanks = count_of(f.thanks_by_day, day);
    fmt::print("{} {:>13} {:>8}  {}{}\n", day, reminders, thanks, bar(reminders, '#'),
               bar(thanks, '+'));
  }
}

void print_money(const sim::Forecast& f, const sim::ForecastOptions& options) {
  for (const auto& [currency, amount] : f.collected) {
    const Currency money = Currency::of(currency);
    // Cents of an estimate are noise.
    const auto text = [&](int64_t minor) {
      const int64_t unit = money.minor_per_major();
      return format_money({(minor + unit / 2) / unit * unit, money}, options.creditor.locale);
    };
    fmt::print("{} pagos por {}; 8 de cada 10 veces, entre {} y {}\n", amount.payments,
               text(amount.amount_minor), text(amount.low_minor), text(amount.high_minor));
  }
  fmt::print("Solo cuentan las facturas de este archivo: las que se emitan después no están.\n");
}

void print_for_people(const sim::Forecast& f, const sim::ForecastOptions& options) {
  fmt::print("{} días desde {} con la estrategia {}\n", options.days, format_date(options.from),
             options.strategy.name);
  fmt::print("{} personas ({} personas que deben), {} facturas abiertas", f.people, f.people_owing,
             f.open_invoices);
  for (const auto& [currency, minor] : f.open_minor) {
    fmt::print(", {}", format_money({minor, Currency::of(currency)}, options.creditor.locale));
  }
  fmt::print("\n");
  if (f.lived_people < f.people) {
    fmt::print(
        "Estimado: {} personas tomadas de todo el archivo vivieron estos días; las demás se "
        "cuentan "
        "como ellas (--people 0: todas).\n",
        f.lived_people);
  }
  fmt::print("\n");
  print_days(f);
  const int64_t reminders = sum_of(f.reminders_by_day), thanks = sum_of(f.thanks_by_day);
  fmt::print("\n{} mensajes: {} recordatorios, {} gracias, {} respuestas y confirmaciones\n",
             f.sends, reminders, thanks, f.sends - reminders - thanks);
  fmt::print("En la hora más cargada, {}; costo estimado de WhatsApp US$ {:.2f}\n",
             f.peak_sends_an_hour, static_cast<double>(f.cost_usd_micros) / 1e6);
  print_money(f, options);
  fmt::print("{} respuestas recibidas, {} promesas, {} bajas\n", f.replies, f.promises, f.stops);
  if (!f.refusals.empty()) fmt::print("\nPor qué se esperó o no se escribió, y cuántas veces\n");
  for (const auto& [reason, count] : f.refusals)
    fmt::print("{:>8}  {} [{}]\n", count, house_reason_es(reason), reason);
  for (const auto& violation : f.violations) fmt::print("VIOLACIÓN: {}\n", violation);
  fmt::print("\nhuella {}\n", f.trace_hash);
}

Result<sim::ForecastOptions> options_of(const Arguments& arguments, const ImportFile& file) {
  sim::ForecastOptions options;
  const std::string path = arguments.text("--strategy");
  const auto shipped = embedded_file(fmt::format("strategies/{}.toml", path));
  std::string text(shipped.value_or(""));
  if (!shipped) {
    ASSIGN_OR_RETURN(text, read_file(path));
  }
  ASSIGN_OR_RETURN(options.strategy, strategy::parse(text, path));
  ASSIGN_OR_RETURN(options.from, parse_date(arguments.text("--from")));
  ASSIGN_OR_RETURN(const int64_t days, arguments.number("--days"));
  if (days < 1 || days > 3660)
    return fail(ErrorCode::Invalid, "--days {} (expected 1 to 3660)", days);
  options.days = static_cast<int32_t>(days);
  ASSIGN_OR_RETURN(const int64_t seed, arguments.number("--seed"));
  options.seed = static_cast<uint64_t>(seed);
  if (arguments.has("--people")) {
    ASSIGN_OR_RETURN(const int64_t people, arguments.number("--people"));
    if (people < 0) return fail(ErrorCode::Invalid, "--people {} (expected 0 or more)", people);
    options.people_max = static_cast<size_t>(people);
  }
  options.numbers_confirmed_by = arguments.text("--confirmed-by");
  const auto& by = options.numbers_confirmed_by;
  if (!by.empty() && by != "otp" && by != "contract" && by != "conversation") {
    return fail(ErrorCode::Invalid, "--confirmed-by {} (expected otp, contract or conversation)",
                by);
  }
  const std::string& country = file.mapping.country;
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  options.rules = config.law.law.rules;
  const auto* land = config.law.law.book().find(country);
  if (land == nullptr)
    return fail(ErrorCode::Invalid, "country {}: there is no rule pack, so nothing could be sent",
                country);
  options.creditor = {
      .id = CreditorId{1},
      .name = "Mi empresa",
      .agent_name = "Laura",
      .country = country,
      .zone = std::string(land->pack.home_zone.value_or(land->pack.zones.front()).name()),
      .locale = "es_" + country,
      .currency = std::string(land->pack.currency),
      .help = "llame al 601 555 0100",
      .payment_link_base = "https://pagos.example.com/"};
  // What the law wants told of the real one is in their settings before anything leaves.
  options.creditor = sim::with_first_contact(std::move(options.creditor));
  ASSIGN_OR_RETURN(options.templates,
                   TemplateCatalog::built_in(options.creditor.payment_link_base));
  return options;
}

Result<int> run_forecast(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const std::string bytes, read_table(arguments.text("--portfolio")));
  ASSIGN_OR_RETURN(const ImportFile file, open_portfolio(bytes, arguments));
  ASSIGN_OR_RETURN(const sim::ForecastOptions options, options_of(arguments, file));
  std::string payment_bytes;
  std::optional<ImportFile> payments;
  if (arguments.has("--payments")) {
    ASSIGN_OR_RETURN(payment_bytes, read_table(arguments.text("--payments")));
    ASSIGN_OR_RETURN(payments,
                     portfolio::open_import(payment_bytes, {.kind = FileKind::Payments,
                                                            .country = options.creditor.country}));
  }
  ASSIGN_OR_RETURN(const sim::Forecast forecast,
                   sim::forecast(options, file, payments ? &*payments : nullptr));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(forecast_json(forecast, options)).c_str());
  } else {
    print_for_people(forecast, options);
  }
  return forecast.violations.empty() ? kOk : kFailure;
}

}  // namespace

Command forecast_command() {
  return {
      .name = "forecast",
      .summary =
          "The days ahead on a virtual clock: who would hear what, when, and what would come in",
      .options = with_deployment_options(
          {{"--portfolio", "FILE", "Invoices, as for import", true},
           {"--payments", "FILE", "History of payments: people then behave as they have so far"},
           {"--strategy", "FILE",
            "A strategy's file, or the name of a shipped one: estandar, suave, servicios", true},
           {"--from", "YYYY-MM-DD", "First day", true},
           {"--days", "N", "How many days", true},
           {"--seed", "S", "The same seed gives the same days", false, "1"},
           {"--people", "N",
            "About how many live through the days, taken from the whole file, 20000 when left out; "
            "the rest are counted like them. 0: everybody"},
           {"--country", "CC",
            "Where the people are; told by the file's currency when left out, or by the settings"},
           {"--confirmed-by", "HOW",
            "All numbers are proven: otp, contract or conversation; else where the file says so"},
           {"--json", "", "As one JSON object"}}),
      .examples =
          "  puntual forecast --portfolio cartera.csv --strategy estandar --from 2026-11-23 --days "
          "60\n",
      .run = run_forecast};
}

}  // namespace puntual::cli
