#include "cli/demo/play.h"

#include "base/embedded.h"
#include "engine/contact_facts.h"

namespace puntual::cli::demo {
namespace {

constexpr int32_t kOpensAtMs = static_cast<int32_t>(5 * kHourMs + 30 * kMinuteMs);
constexpr int32_t kFileAtMs = static_cast<int32_t>(5 * kHourMs);
// What happens within one minute is handled in one turn: nobody sees the difference, and a day
// costs a tenth.
constexpr int64_t kQuantumMs = kMinuteMs;
// The platform's higher tier: a whole morning leaves within one minute of this clock, and none of
// it is turned away.
constexpr int kMessagesPerSecond = 1000;
constexpr std::string_view kStrategyFile = "strategies/estandar.toml";

}  // namespace

Creditor creditor_of_demo() {
  return {.id = CreditorId{1},
          .name = "Grupo Alameda",
          .agent_name = "Laura",
          .country = "CO",
          .zone = "America/Bogota",
          .locale = "es_CO",
          .currency = "COP",
          .help = "llame al 601 555 0100",
          .payment_link_base = "https://pagos.example.com/",
          .phone_number_id = {},
          .strategy = "estandar",
          .paused_at = {}};
}

Result<std::unique_ptr<Play>> Play::open(const PlayOptions& options) {
  std::unique_ptr<Play> play(new Play(options));
  Creditor creditor = creditor_of_demo();
  if (options.counter != nullptr) creditor.payment_link_base = options.counter->base_url() + "/p/";
  const Zone zone = Zone::of(creditor.zone);
  const auto toml = embedded_file(kStrategyFile);
  PUNTUAL_CHECK(toml.has_value());
  ASSIGN_OR_RETURN(Strategy strategy, strategy::parse(*toml, kStrategyFile));
  ASSIGN_OR_RETURN(TemplateCatalog templates,
                   TemplateCatalog::built_in(creditor.payment_link_base));
  const sim::WorldOptions world{.seed = options.seed,
                                .start = zone.instant(options.from, kOpensAtMs),
                                .database = "sqlite:" + options.database_path,
                                .quantum_ms = kQuantumMs,
                                .keeps_talk = true,
                                .messages_per_second = kMessagesPerSecond,
                                .listener = {}};
  ASSIGN_OR_RETURN(play->world_, sim::World::create(world, creditor, std::move(templates),
                                                    {{strategy.name, strategy}}));
  play->end_ = zone.instant(options.from + options.days, kOpensAtMs);
  if (options.counter != nullptr) {
    play->world_->desk().settings.pay_link_days = options.counter->settings().link_days;
    for (const auto& [name, provider] : options.counter->providers())
      play->world_->add_provider(provider);
    options.counter->set_clock(play->now());
  }
  RETURN_IF_ERROR(play->load());
  return play;
}

Result<ImportReport> Play::import_csv(const std::string& csv, FileKind kind) {
  ASSIGN_OR_RETURN(
      const ImportFile file,
      portfolio::open_import(csv, {.kind = kind, .country = world_->creditor().country}));
  return engine::import_file(world_->store(), world_->desk(), world_->creditor(), file, {},
                             world_->now());
}

Result<void> Play::load() {
  const CivilDate today = options_.from;
  sample_ = sim::sample_people(options_.seed, options_.people);
  ASSIGN_OR_RETURN(const ImportReport bills,
                   import_csv(sim::sample_invoices_csv(sample_, today), FileKind::Portfolio));
  ASSIGN_OR_RETURN(
      const ImportReport payments,
      import_csv(sim::sample_payments_csv(sample_, options_.seed, today), FileKind::Payments));
  billed_until_ = today + sim::kSampleDaysAhead;
  next_file_ = home_zone().instant(today + 7, kFileAtMs);
  RETURN_IF_ERROR(world_->populate([&](const store::DebtorForReview& row) {
    for (const auto& person : sample_) {
      if (person.phone != row.debtor.phone) continue;
      for (const auto& [temperament, share] : sim::known_temperaments()) {
        if (temperament.name == person.temperament) return temperament;
      }
    }
    return sim::Temperament{};
  }));
  RETURN_IF_ERROR(
      world_->store().read([&](Tx& tx) { feed_.skip_history(tx, world_->creditor()); }));
  feed_.add_note(
      now(), home_zone(),
      fmt::format("Entra el archivo del ERP: {} personas, {} facturas y {} pagos de su historia.",
                  bills.people_created, bills.created, payments.created));
  return {};
}

// Every Monday the ERP's file brings the bills of one more week.
Result<void> Play::import_week() {
  const std::string csv =
      sim::sample_new_invoices_csv(sample_, billed_until_ + 1, billed_until_ + 7);
  billed_until_ = billed_until_ + 7;
  next_file_ = next_file_ + 7 * kDayMs;
  ASSIGN_OR_RETURN(const ImportReport report, import_csv(csv, FileKind::Portfolio));
  RETURN_IF_ERROR(world_->store().read([&](Tx& tx) {
    std::vector<InvoiceId> fresh;
    {
      auto rows =
          tx.db.query("SELECT id FROM invoice WHERE creditor_id=$1 AND created_at=$2 ORDER BY id",
                      {world_->creditor().id, now()});
      while (rows.next()) fresh.push_back(rows.id<InvoiceId>(0));
    }
    for (const auto id : fresh) {
      const auto invoice = tx.invoices.find(world_->creditor().id, id);
      world_->population().expect_invoice(invoice->debtor_id, *invoice, home_zone(), now());
    }
  }));
  feed_.add_note(now(), home_zone(),
                 fmt::format("Entra el archivo de la semana: {} facturas nuevas.", report.created));
  return {};
}

Result<void> Play::advance(Instant until) {
  until = std::min(until, end_);
  while (next_file_ <= until) {
    RETURN_IF_ERROR(world_->run_until(next_file_));
    RETURN_IF_ERROR(import_week());
  }
  RETURN_IF_ERROR(world_->run_until(until));
  if (options_.counter != nullptr) options_.counter->clock_reaches(now());
  return read_feed();
}

// Seconds later the answer has gone out, been delivered and, with luck, been read.
Result<void> Play::follow() {
  RETURN_IF_ERROR(world_->turn());
  RETURN_IF_ERROR(world_->run_until(now() + kMinuteMs));
  if (options_.counter != nullptr) options_.counter->clock_reaches(now());
  return read_feed();
}

Result<std::string> Play::ask_platform(std::string_view method, const std::string& what,
                                       const std::string& body) {
  const std::string target = "/_sandbox/" + what;
  auto answer = world_->platform().handle({.method = method,
                                           .target = target,
                                           .authorization = {},
                                           .content_type = "application/json",
                                           .body = body},
                                          now());
  if (answer.status != 200)
    return fail(answer.status == 404 ? ErrorCode::NotFound : ErrorCode::Invalid, "{}", answer.body);
  if (method == "POST") RETURN_IF_ERROR(follow());
  return std::move(answer.body);
}

// The newest of theirs: the last reminder carries it.
std::string Play::pay_url(Tx& tx, DebtorId id) const {
  if (options_.counter == nullptr) return {};
  const auto links =
      std::move(tx.pay_links.live_of(world_->creditor().id, store::People({id}), now()).front());
  return links.empty() ? std::string() : world_->creditor().payment_link_base + links.back().token;
}

Result<void> Play::read_feed() {
  return world_->store().read([&](Tx& tx) { feed_.read(tx, world_->creditor()); });
}

Result<void> Play::pay(DebtorId id, bool half) {
  ASSIGN_OR_RETURN(const auto open, world_->store().read([&](Tx& tx) {
    return tx.invoices.open_of(world_->creditor().id, id);
  }));
  if (open.empty()) return fail(ErrorCode::Conflict, "no debe nada");
  Money owed{0, open.front().amount.currency};
  for (const auto& invoice : open) owed.minor += invoice.balance_minor;
  if (half) owed.minor = std::max<int64_t>(1, owed.minor / 2 / 100 * 100);
  ASSIGN_OR_RETURN(const SettledPayment paid,
                   world_->pay({.source = "demo",
                                .source_id = std::to_string(++payments_by_hand_),
                                .reference = open.front().number,
                                .debtor_id = id,
                                .amount = owed,
                                .method = "demo",
                                .paid_on = home_zone().local(now()).date,
                                .paid_at = now()}));
  (void)paid;
  return {};
}

Result<void> Play::act(const Deed& deed) {
  if (deed.kind == "pay" || deed.kind == "pay_half") {
    RETURN_IF_ERROR(pay(deed.person, deed.kind == "pay_half"));
  } else if (deed.kind == "stop") {
    RETURN_IF_ERROR(world_->say(deed.person, "No más mensajes", "BAJA"));
  } else if (deed.kind == "say") {
    if (deed.text.empty() || deed.text.size() > 1000)
      return fail(ErrorCode::Invalid, "escriba entre 1 y 1000 caracteres");
    RETURN_IF_ERROR(world_->say(deed.person, deed.text));
  } else {
    return fail(ErrorCode::Invalid, "no se puede '{}' (se espera pay, pay_half, say o stop)",
                deed.kind);
  }
  return follow();
}

}  // namespace puntual::cli::demo
