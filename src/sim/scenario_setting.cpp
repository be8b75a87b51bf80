// The setting of a scenario: the creditor, the people and what they owe, the strategy, before
// anything happens.
#include <algorithm>

#include "base/embedded.h"
#include "core/portfolio/import_cells.h"
#include "core/portfolio/import_detect.h"
#include "engine/identify.h"
#include "engine/import_portfolio.h"
#include "sim/scenario_stage.h"

namespace puntual::sim {

Result<void> ScenarioStage::set(Words& words) {
  if (words.take_if("country")) return set_creditor(words);
  if (words.take_if("cadence")) return set_cadence(words);
  if (words.take_if("caps")) return set_caps(words);
  if (words.take_if("mandate")) return set_mandate(words);
  if (words.take_if("charges")) return set_charges(words);
  if (words.take_if("debtor")) return set_person(words);
  if (words.take_if("history")) return set_history(words);
  if (words.take_if("numbers")) {
    if (!words.take_if("unconfirmed"))
      return fail(ErrorCode::Invalid, "expected: numbers unconfirmed");
    return setting_.numbers_confirmed = false, Result<void>();
  }
  if (words.take_if("on_ramps")) {
    while (!words.empty()) {
      ASSIGN_OR_RETURN(const std::string way, words.take("email or sms"));
      if (way != "email" && way != "sms")
        return fail(ErrorCode::Invalid, "'{}' (expected email or sms)", way);
      setting_.on_ramps.push_back(*channel_of(way));
    }
    return {};
  }
  if (words.take_if("paused")) return setting_.is_paused = true, Result<void>();
  if (words.take_if("familiar")) return setting_.is_familiar = true, Result<void>();
  if (words.take_if("import_grace")) {
    ASSIGN_OR_RETURN(const int64_t seconds, words.take_number("seconds"));
    return setting_.import_grace_ms = seconds * kSecondMs, Result<void>();
  }
  if (words.take_if("strategy")) {
    ASSIGN_OR_RETURN(setting_.strategy, words.take("the name of a shipped strategy"));
    return {};
  }
  if (words.take_if("hardship")) {
    ASSIGN_OR_RETURN(ScenarioPerson* const person, take_person(words));
    person->in_hardship = true;
    return {};
  }
  if (words.take_if("invoice")) {
    ASSIGN_OR_RETURN(auto invoice, read_invoice(words));
    invoices_.push_back(std::move(invoice));
    return {};
  }
  if (words.take_if("wording")) {
    ASSIGN_OR_RETURN(const std::string name, words.take("the name of a template"));
    ASSIGN_OR_RETURN(setting_.wordings[name], words.take("its body"));
    if (words.take_if("alone")) setting_.wordings_alone.insert(name);
    return {};
  }
  if (words.take_if("start")) {
    ASSIGN_OR_RETURN(const CivilDate date, words.take_date());
    ASSIGN_OR_RETURN(const int32_t time, words.take_time());
    setting_.start = {date, time};
    return {};
  }
  return fail(ErrorCode::NotFound, "'{}' is no line of a scenario (tests/scenarios/README.md)",
              words.peek());
}

// "mandate promise_days_max 10 instalments_max 3 spacing fortnightly"
Result<void> ScenarioStage::set_mandate(Words& words) {
  setting_.mandate =
      "[[mandate]]\nsegments = [\"new\", \"punctual\", \"forgetful\", \"late_payer\", "
      "\"recurrent_defaulter\", \"aged_debt\", \"hardship\"]\n";
  while (!words.empty()) {
    ASSIGN_OR_RETURN(const std::string key, words.take("a word of a mandate"));
    const bool is_number = words.next_is_number();
    ASSIGN_OR_RETURN(const std::string value, words.take("its value"));
    setting_.mandate +=
        is_number ? fmt::format("{} = {}\n", key, value) : fmt::format("{} = \"{}\"\n", key, value);
  }
  return {};
}

// "charges 24 since 2026-11-01 ceiling 25.02 confirmed 2026-12-31 [grace 3] [monthly]"; the ceiling
// holds for the whole year.
Result<void> ScenarioStage::set_charges(Words& words) {
  auto rules = std::make_shared<ChargeRules>();
  rules->evidence = "Contrato, cláusula 7";
  rules->terms.credit = "consumo_ordinario";
  const auto take_rate = [&](std::string_view what) -> Result<Rate> {
    ASSIGN_OR_RETURN(const std::string text, words.take(what));
    const auto micro = micro_of(text);
    if (!micro) return fail(ErrorCode::Invalid, "'{}' is no percentage", text);
    return Rate{.micro_percent = *micro};
  };
  ASSIGN_OR_RETURN(rules->terms.agreed, take_rate("the agreed rate"));
  ChargeTable& table = rules->table;
  const auto& shipped = charges::built_in_tables();
  const auto own = std::ranges::find(shipped, setting_.country, &ChargeTable::country);
  table = {.country = setting_.country,
           .version = "scenario",
           .currency = std::string(make_creditor().currency),
           .round_minor = own == shipped.end() ? 1 : own->round_minor,
           .order = {OwedPart::Interest, OwedPart::Costs, OwedPart::Capital},
           .order_law = "",
           .ceilings = {},
           .costs = {},
           .confirmed_by = "ana",
           .confirmed_on = date_of(2026, 1, 1),
           .confirmed_until = date_of(2027, 12, 31)};
  Ceiling ceiling{.credit = rules->terms.credit,
                  .from = date_of(2026, 1, 1),
                  .to = date_of(2027, 12, 31),
                  .rate = {},
                  .law = "certificación"};
  while (!words.empty()) {
    if (words.take_if("monthly")) {
      rules->terms.is_monthly = true;
    } else if (words.take_if("grace")) {
      ASSIGN_OR_RETURN(const int64_t days, words.take_number("days"));
      rules->terms.grace_days = static_cast<int32_t>(days);
    } else if (words.take_if("ceiling")) {
      ASSIGN_OR_RETURN(ceiling.rate, take_rate("the ceiling"));
    } else if (words.take_if("since")) {
      ASSIGN_OR_RETURN(rules->terms.since, words.take_date());
    } else if (words.take_if("confirmed")) {
      ASSIGN_OR_RETURN(table.confirmed_until, words.take_date());
    } else {
      return fail(ErrorCode::Invalid,
                  "'{}' (charges have since, ceiling, confirmed, grace and monthly)", words.peek());
    }
  }
  table.ceilings.push_back(std::move(ceiling));
  setting_.charges = std::move(rules);
  return {};
}

Result<void> ScenarioStage::set_creditor(Words& words) {
  ASSIGN_OR_RETURN(setting_.country, words.take("a country such as CO"));
  const auto zones = compliance::zones_of(setting_.country);
  setting_.tells_nothing = words.take_if("untold");
  if (!words.empty()) {
    ASSIGN_OR_RETURN(setting_.zone, words.take("a zone"));
  } else if (!zones.empty()) {
    setting_.zone = zones.front().name();
  }
  ASSIGN_OR_RETURN(zone_, Zone::find(setting_.zone));
  return {};
}

// "pre_3 -3, due_0 0, post_7 7, last_60 60 last reviewed"
Result<void> ScenarioStage::set_cadence(Words& words) {
  while (!words.empty()) {
    ScenarioStep step;
    ASSIGN_OR_RETURN(step.id, words.take("the id of a step"));
    ASSIGN_OR_RETURN(std::string day, words.take("its day"));
    const auto is_last_word = [](const std::string& word) { return word.ends_with(','); };
    bool ended = is_last_word(day);
    if (ended) day.pop_back();
    step.day = std::atoll(day.c_str());
    while (!ended && !words.empty()) {
      ASSIGN_OR_RETURN(std::string word, words.take("last, reviewed, invoice or statement"));
      ended = is_last_word(word);
      if (ended) word.pop_back();
      if (word == "last")
        step.is_last = true;
      else if (word == "reviewed")
        step.is_reviewed = true;
      else if (word == "invoice" || word == "statement")
        step.attach = word;
      else
        return fail(ErrorCode::Invalid, "'{}' (expected last, reviewed, invoice or statement)",
                    word);
    }
    setting_.cadence.push_back(step);
  }
  return {};
}

Result<void> ScenarioStage::set_caps(Words& words) {
  while (!words.empty()) {
    ASSIGN_OR_RETURN(const std::string what, words.take("week, gap, horizon or minimum"));
    ASSIGN_OR_RETURN(const int64_t value, words.take_number(what));
    if (what == "week")
      setting_.week_max = value;
    else if (what == "gap")
      setting_.gap_days = value;
    else if (what == "horizon")
      setting_.horizon_days = value;
    else if (what == "minimum")
      setting_.minimum_minor = value;
    else
      return fail(ErrorCode::Invalid, "'{}' (expected week, gap, horizon or minimum)", what);
  }
  return {};
}

Result<void> ScenarioStage::set_person_word(ScenarioPerson& person, Words& words) {
  if (words.take_if("no")) {
    if (!words.take_if("consent")) return fail(ErrorCode::Invalid, "expected: no consent");
    person.consent_on.clear();
    return {};
  }
  ASSIGN_OR_RETURN(const std::string key,
                   words.take("phone, other, email, evidence, verified, country, zone, consent, "
                              "by, user, named, document, code, role or case"));
  ASSIGN_OR_RETURN(const std::string value, words.take(key));
  if (key == "phone")
    person.phone = value;
  else if (key == "other")
    person.other_phone = value;
  else if (key == "email")
    person.email = value;
  else if (key == "evidence")
    person.evidence = value;
  else if (key == "verified")
    person.verified_on = value;
  else if (key == "country")
    person.country = value;
  else if (key == "zone")
    person.zone = value;
  else if (key == "consent")
    person.consent_on = value;
  else if (key == "user")
    person.user_id = value;
  else if (key == "named")
    person.name = value;
  else if (key == "document")
    person.document = value;
  else if (key == "code")
    person.external_id = value;
  else if (key == "by")
    person.instrument = value;
  else if (key == "role")
    person.role = value;
  else if (key == "case")
    person.case_state = value;
  else
    return fail(ErrorCode::Invalid, "'{}' is nothing that a person has", key);
  return {};
}

Result<void> ScenarioStage::set_person(Words& words) {
  ASSIGN_OR_RETURN(const std::string short_name, words.take("a short name"));
  ScenarioPerson& person = people_[short_name];
  person.name = fmt::format("{}{} Prueba", static_cast<char>(std::toupper(short_name[0])),
                            short_name.substr(1));
  person.country = setting_.country;
  person.document = std::to_string(10'000'000 + people_.size());
  person.consent_on = "2026-01-02";
  person.evidence = "default";
  while (!words.empty()) RETURN_IF_ERROR(set_person_word(person, words));
  return {};
}

Result<void> ScenarioStage::set_history(Words& words) {
  ASSIGN_OR_RETURN(ScenarioPerson* const person, take_person(words));
  while (!words.empty()) {
    ASSIGN_OR_RETURN(const int64_t days, words.take_number("days late"));
    person->settled_days_late.push_back(static_cast<int32_t>(days));
  }
  return {};
}

// "F-1 ana 120000 [COP] due 2026-11-20 [balance 50000] [product "…"]"; words of the person may
// follow.
Result<ScenarioInvoice> ScenarioStage::read_invoice(Words& words) {
  ScenarioInvoice invoice;
  ASSIGN_OR_RETURN(invoice.number, words.take("the number of an invoice"));
  ASSIGN_OR_RETURN(ScenarioPerson* const person, take_person(words));
  for (const auto& [name, known] : people_) {
    if (&known == person) invoice.person = name;
  }
  ASSIGN_OR_RETURN(invoice.amount, words.take("an amount"));
  if (Currency::parse(words.peek())) {
    ASSIGN_OR_RETURN(invoice.currency, words.take("a currency"));
  }
  invoice.product = "Plan mensual";
  while (!words.empty()) {
    if (words.take_if("due")) {
      ASSIGN_OR_RETURN(invoice.due_on, words.take("a date, or none"));
      if (invoice.due_on == "none") invoice.due_on.clear();
    } else if (words.take_if("balance")) {
      ASSIGN_OR_RETURN(invoice.balance, words.take("what is left"));
    } else if (words.take_if("product")) {
      ASSIGN_OR_RETURN(invoice.product, words.take("a product"));
    } else if (words.take_if("split")) {
      ASSIGN_OR_RETURN(invoice.split, words.take("how its balance is composed"));
    } else {
      RETURN_IF_ERROR(set_person_word(*person, words));
    }
  }
  return invoice;
}

Result<Strategy> ScenarioStage::make_strategy() const {
  if (setting_.cadence.empty()) {
    const std::string name = "strategies/" + setting_.strategy + ".toml";
    const auto file = embedded_file(name);
    if (!file)
      return fail(ErrorCode::NotFound, "no shipped strategy is called '{}'", setting_.strategy);
    return strategy::parse(*file, name);
  }
  std::string toml = fmt::format(
      "name = \"scenario\"\nstop_on = [\"paid\", \"dispute\", "
      "\"opt_out\"]\n[caps]\nmessages_per_week = {}\n"
      "gap_days = {}\nhorizon_days = {}\nminimum_balance_minor = {}\n[[cadence]]\nsegments = "
      "[\"new\"]\n",
      setting_.week_max, setting_.gap_days, setting_.horizon_days, setting_.minimum_minor);
  for (const auto& step : setting_.cadence) {
    const std::string_view name = step.is_last    ? "ultimo_aviso"
                                  : step.day < 0  ? "recordatorio_previo"
                                  : step.day == 0 ? "vence_hoy"
                                                  : "vencido_amable";
    const std::string_view many = step.day < 0 ? "previo" : name;
    toml += fmt::format(
        "[[cadence.step]]\nid = \"{}\"\nday = {}\nobjective = \"{}\"\ntone = \"warm\"\ntemplate = "
        "\"{}_v1\"\n"
        "template_many = \"{}_varias_v1\"\nattach = \"{}\"\n",
        step.id, step.day, step.is_last ? "last_notice" : "remind", name, many, step.attach);
    if (step.is_last) toml += fmt::format("reviewed = {}\n", step.is_reviewed);
  }
  return strategy::parse(toml + setting_.mandate, "the scenario's cadence");
}

Result<TemplateCatalog> ScenarioStage::make_templates() const {
  ASSIGN_OR_RETURN(TemplateCatalog catalog, TemplateCatalog::built_in());
  for (const auto& [name, body] : setting_.wordings) {
    const auto* known = catalog.find(name, "es_" + setting_.country);
    if (known == nullptr) return fail(ErrorCode::NotFound, "no template is called '{}'", name);
    MessageTemplate changed = *known;
    changed.body = body;
    if (setting_.wordings_alone.contains(name)) {
      changed.footer.clear();
      changed.buttons.clear();
    }
    catalog.add(std::move(changed));
  }
  return catalog;
}

Creditor ScenarioStage::make_creditor() const {
  const auto* country = portfolio::find_country(setting_.country);
  Creditor creditor{.id = CreditorId{1},
                    .name = "Colegio San Marcos",
                    .agent_name = "Laura",
                    .country = setting_.country,
                    .zone = setting_.zone,
                    .locale = "es_" + setting_.country,
                    .currency = country == nullptr ? "USD" : std::string(country->currency),
                    .help = "llame al 601 555 0100",
                    .payment_link_base = {},
                    .phone_number_id = {},
                    .strategy = {}};
  const auto* land = compliance::RuleBook::built_in().find(setting_.country);
  const bool must_tell = land != nullptr && land->pack.first_contact != 0;
  return must_tell && !setting_.tells_nothing ? with_first_contact(std::move(creditor)) : creditor;
}

Result<void> ScenarioStage::open(CivilDate first_day) {
  if (setting_.country.empty()) return fail(ErrorCode::Invalid, "the scenario names no country");
  const auto start = setting_.start.value_or(std::pair(first_day, 0));
  ASSIGN_OR_RETURN(const Strategy strategy, make_strategy());
  ASSIGN_OR_RETURN(TemplateCatalog templates, make_templates());
  Creditor creditor = make_creditor();
  creditor.strategy = strategy.name;
  WorldOptions options{.start = zone_.instant(start.first, start.second),
                       .database = database_.url,
                       .store = database_.options};
  options.people_act = false;
  options.charges = setting_.charges;
  options.is_familiar = setting_.is_familiar;
  options.import_grace_ms = setting_.import_grace_ms;
  options.on_ramp = {.whatsapp_number = "576015550100", .ways = setting_.on_ramps};
  ASSIGN_OR_RETURN(
      world_, World::create(options, creditor, std::move(templates), {{strategy.name, strategy}}));
  RETURN_IF_ERROR(control("faults", R"({"platform":{"read_ppm":0}})"));
  if (setting_.is_paused) {
    RETURN_IF_ERROR(world_->store().write(
        [&](Tx& tx) { tx.creditors.pause(creditor.id, world_->now(), "scenario"); }));
  }
  ASSIGN_OR_RETURN(const ImportReport report, import_rows(invoices_));
  if (report.rejected > 0)
    return fail(ErrorCode::Invalid, "the setting is not a portfolio:\n{}", report.rejects);
  return note_people();
}

// The portfolio goes in as the ERP's file would.
Result<ImportReport> ScenarioStage::import_rows(std::span<const ScenarioInvoice> invoices) {
  if (invoices.empty()) return ImportReport{};
  std::string file =
      "documento;nombre;celular;pais;zona horaria;factura;valor factura;saldo;moneda;fecha "
      "vencimiento;producto;"
      "autorizacion;fecha autorizacion;rol;estado juridico;codigo cliente;telefono 2;verificado "
      "por;fecha verificacion;correo;desglose\n";
  for (const auto& invoice : invoices) {
    const ScenarioPerson& person = people_.find(invoice.person)->second;
    const std::string evidence = person.evidence != "default" ? person.evidence
                                 : setting_.numbers_confirmed ? "contrato"
                                                              : "";
    file += fmt::format(
        "{};{};{};{};{};{};{};{};{};{};{};{};{};{};{};{};{};{};{};{};\"{}\"\n", person.document,
        person.name, person.phone, person.country, person.zone, invoice.number, invoice.amount,
        invoice.balance.empty() ? invoice.amount : invoice.balance, invoice.currency,
        invoice.due_on, invoice.product, person.consent_on.empty() ? "" : person.instrument,
        person.consent_on == "undated" ? "" : person.consent_on, person.role, person.case_state,
        person.external_id, person.other_phone, evidence, person.verified_on, person.email,
        invoice.split);
  }
  ImportOverrides overrides;
  overrides.country = setting_.country;
  overrides.delimiter = ';';
  overrides.decimal_mark = '.';
  ASSIGN_OR_RETURN(const ImportFile opened, portfolio::open_import(file, overrides));
  return engine::import_file(world_->store(), world_->desk(), world_->creditor(), opened, {},
                             world_->now());
}

Result<void> ScenarioStage::note_people() {
  return world_->store().write([&](Tx& tx) {
    const CreditorId creditor = world_->creditor().id;
    const Strategy& strategy = world_->desk().strategy_of(world_->creditor());
    for (auto& [name, person] : people_) {
      if (person.id) continue;  // Known since an earlier file.
      person.id = tx.debtors.find_by(creditor, IdentifierKind::Document, person.document)
                      .value_or(DebtorId{});
      if (!person.id) continue;
      for (const int32_t days : person.settled_days_late)
        tx.debtors.note_settled(creditor, person.id, {}, days, strategy);
      if (person.in_hardship) {
        tx.db.run("UPDATE debtor SET hardship_at=$3 WHERE creditor_id=$1 AND id=$2",
                  {creditor, person.id, world_->now()});
      }
      if (person.user_id.empty()) continue;
      tx.debtors.hold(creditor, {person.id});
      tx.debtors.add_identifier(creditor, person.id, IdentifierKind::Bsuid, person.user_id);
      tx.debtors.set_user_id(creditor, person.id, person.user_id);
      if (!setting_.numbers_confirmed) continue;
      (void)engine::confirm_address(
          tx, *tx.debtors.find(creditor, person.id),
          {.kind = "conversation", .reference = "scenario", .verified_on = {}}, world_->now());
    }
  });
}

}  // namespace puntual::sim
