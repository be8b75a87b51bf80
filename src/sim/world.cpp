#include "sim/world.h"

#include <algorithm>

#include "document/agreement_page.h"
#include "document/receipt_page.h"
#include "document/statement.h"
#include "engine/contact_facts.h"
#include "engine/payment_requests.h"
#include "engine/quarantine.h"
#include "sim/house.h"
#include "whatsapp/template_sync.h"
#include "whatsapp/webhook.h"

namespace puntual::sim {
namespace {

constexpr int kTurnsAtOnceMax = 1000;
constexpr int64_t kPatienceMs = 2 * kMinuteMs, kPatienceInBadWeatherMs = 24 * kHourMs;

Result<void> settle(Store& store, const Creditor& creditor, const TemplateCatalog& templates,
                    Instant now) {
  return store.write([&](Tx& tx) {
    tx.creditors.save(creditor);
    for (const auto& one : templates.all())
      tx.templates.save(creditor.id, {one.name, one.language, "APPROVED", one.category, "", now});
  });
}

}  // namespace

World::World(const WorldOptions& options)
    : options_(options),
      now_(options.start),
      random_(options.seed),
      weather_(options.weather),
      population_(options.seed),
      trace_(options.listener) {}

World::~World() = default;

Result<std::unique_ptr<World>> World::create(
    const WorldOptions& options, const Creditor& creditor, TemplateCatalog templates,
    std::map<std::string, Strategy, std::less<>> strategies) {
  std::unique_ptr<World> world(new World(options));
  world->creditor_ = creditor;
  sandbox::PlatformOptions platform{.seed = options.seed};
  platform.app_secret.clear();
  platform.messages_per_second = options.messages_per_second;
  platform.unique_users_a_day = -1;
  platform.magic_numbers = false;
  platform.keep_contents = options.keeps_talk;
  platform.messages_kept = options.keeps_talk ? 100'000 : 1000;
  platform.webhook_batch_max = 100;
  world->creditor_.phone_number_id = platform.phone_number_id;
  world->platform_ = std::make_unique<sandbox::Platform>(platform);
  ASSIGN_OR_RETURN(world->store_, Store::open(options.database, options.store));
  for (const auto& [name, strategy] : strategies) templates.add_documents_of(strategy);
  for (const auto& one : templates.all()) {
    if (one.is_answer) continue;
    const std::string definition =
        whatsapp::with_sample(messaging::cloud_definition(one), "4::sample");
    RETURN_IF_ERROR(world->platform_->add_template(definition, options.start));
  }
  RETURN_IF_ERROR(settle(*world->store_, world->creditor_, templates, options.start));
  std::vector<Mandate> mandates;
  for (const auto& [name, strategy] : strategies) {
    for (const auto& one : strategy.mandates) mandates.push_back(one.mandate);
  }
  world->oracle_.begin(world->creditor_, std::move(mandates),
                       options.weather.is_calm() ? kPatienceMs : kPatienceInBadWeatherMs,
                       {.rules = options.rules, .profile = {}});
  world->oracle_.expect_import_grace(options.import_grace_ms);
  if (options.charges) world->oracle_.expect_charges(*options.charges);
  if (options.houses == 1 && options.quantum_ms <= kSecondMs)
    world->oracle_.expect_pace(options.messages_per_second);
  for (int i = 0; i < options.houses; ++i) {
    EngineSettings settings;
    settings.on_ramp = options.on_ramp;
    settings.is_familiar = options.is_familiar;
    settings.import_grace_ms = options.import_grace_ms;
    auto& house = world->houses_.emplace_back(std::make_unique<House>(*world, i));
    RETURN_IF_ERROR(house->start(
        {.templates = templates,
         .strategies = strategies,
         .random = world->random_,
         .settings = std::move(settings),
         .law = {.rules = options.rules, .profile = {}},
         .providers = {{std::string(Till::kName), world->till_}},
         .charges = options.charges,
         .print = [](const Statement& statement) { return document::print_statement(statement); },
         .print_agreement =
             [](const AgreementPaper& paper) { return document::print_agreement(paper); },
         .print_receipt =
             [](const Receipt& receipt) { return document::print_receipt(receipt); }}));
  }
  return world;
}

Result<void> World::take_in_neighbour(const Creditor& neighbour) {
  return settle(*store_, neighbour, desk().templates, now_);
}

Result<void> World::populate(
    const std::function<Temperament(const store::DebtorForReview&)>& choose) {
  return store_->read([&](Tx& tx) {
    for (const auto id : tx.debtors.all(creditor_.id)) {
      if (population_.temperament(id) != nullptr) continue;
      const auto row = tx.debtors.for_review(creditor_.id, id);
      population_.add(id, choose(*row));
      const Zone zone = engine::home_zone(row->debtor, creditor_);
      for (const auto& invoice : tx.invoices.open_of(creditor_.id, id))
        population_.expect_invoice(id, invoice, zone, now_);
    }
  });
}

Result<void> World::populate_talkers(const std::function<size_t()>& choose) {
  return store_->read([&](Tx& tx) {
    for (const auto id : tx.debtors.all(creditor_.id)) {
      const auto debtor = tx.debtors.find(creditor_.id, id);
      population_.add_talker(id, choose(), engine::home_zone(*debtor, creditor_));
    }
  });
}

Creditor with_first_contact(Creditor creditor) {
  creditor.person_in_charge = "Lic. Marta Ruiz";
  creditor.address = "Calle 10 # 4-20";
  creditor.phone = "601 555 0100";
  creditor.complaints_unit = "quejas@example.com";
  if (creditor.charges.empty()) creditor.charges = "No se cobran intereses ni gastos de cobranza.";
  return creditor;
}

Desk& World::desk() { return houses_.front()->engine().desk(); }

Result<std::optional<Instant>> World::next_event() {
  std::optional<Instant> next;
  const auto sooner = [&](std::optional<Instant> other) {
    if (other && (!next || *other < *next)) next = other;
  };
  for (const auto& house : houses_) {
    ASSIGN_OR_RETURN(const auto of_house, house->next_event());
    sooner(of_house);
  }
  sooner(platform_->next_due());
  if (options_.people_act) sooner(population_.next_due());
  for (const auto& [at, payment] : untold_) sooner(at);
  return next;
}

Result<void> World::run_until(Instant until) {
  for (int turns_here = 0;;) {
    ASSIGN_OR_RETURN(const auto next, next_event());
    if (!next || *next > until) break;
    const int64_t quantum = options_.quantum_ms;
    const Instant rounded{(next->ms + quantum - 1) / quantum * quantum};
    const Instant before = std::exchange(now_, std::max(now_, std::min(rounded, until)));
    turns_here = now_ == before ? turns_here + 1 : 0;
    if (turns_here > kTurnsAtOnceMax)
      return fail(ErrorCode::Internal,
                  "time stands still: somebody wakes again and again and finds nothing to do");
    RETURN_IF_ERROR(turn());
  }
  now_ = std::max(now_, until);
  return {};
}

Result<void> World::turn() {
  for (;;) {
    ++turns_;
    ASSIGN_OR_RETURN(bool goes_on, start_who_comes_back());
    ASSIGN_OR_RETURN(const bool heard, deliver_webhooks());
    ASSIGN_OR_RETURN(const bool noticed, deliver_notices());
    ASSIGN_OR_RETURN(const bool acted, let_people_act());
    goes_on |= heard || noticed || acted;
    for (const auto& house : houses_) {
      ASSIGN_OR_RETURN(const bool was_busy, house->tick());
      goes_on |= was_busy;
    }
    if (noted_) return std::unexpected(*std::exchange(noted_, std::nullopt));
    if (!goes_on) return {};
  }
}

Result<bool> World::start_who_comes_back() {
  bool any = false;
  for (const auto& house : houses_) {
    if (house->is_up() || !house->comes_back_at || *house->comes_back_at > now_) continue;
    any = true;
    trace_.add(now_, "a house comes back");
    Desk desk = house->engine().desk();
    desk.pair_pace =
        std::make_shared<whatsapp::PairPace>();  // What a process remembers goes with it.
    RETURN_IF_ERROR(house->start(std::move(desk)));
  }
  return any;
}

Result<bool> World::deliver(const std::string& key, std::string_view body) {
  std::vector<House*> awake;
  for (const auto& house : houses_) {
    if (house->is_awake()) awake.push_back(house.get());
  }
  if (awake.empty()) return false;
  if (options_.is_watched) oracle_.see_posted(body);
  House& house = *awake[awake.size() == 1 ? 0 : weather_.random().below(awake.size())];
  bool is_durable = true;
  if (house.is_free()) {
    ASSIGN_OR_RETURN(is_durable, house.take_in(key, body));
  } else {
    // Its loop is in the middle of a turn: intake has a thread and a connection of its own.
    RETURN_IF_ERROR(store_->write([&](Tx& tx) {
      tx.inbox.append({.creditor_id = creditor_.id,
                       .id = tx.ids.next<InboxId>(now_),
                       .source = "whatsapp",
                       .event_key = key,
                       .received_at = now_,
                       .body = std::string(body)});
    }));
  }
  if (is_durable && options_.is_watched) oracle_.see_acknowledged(key, body, now_);
  trace_.add(now_, fmt::format("webhook {} {}", key, is_durable ? "taken" : "refused"));
  return is_durable;
}

// For three hours, as the platform does it the first time.
void World::pause_some_template() {
  const auto& all = desk().templates.all();
  const auto& one = all[weather_.random().below(all.size())];
  const auto answer =
      platform_->handle({.method = "POST",
                         .target = "/_sandbox/template",
                         .authorization = {},
                         .content_type = "application/json",
                         .body = fmt::format(R"({{"name":"{}","language":"{}","event":"PAUSED"}})",
                                             one.name, one.language)},
                        now_);
  trace_.add(now_, fmt::format("template {} {} paused: {}", one.name, one.language, answer.status));
}

Result<bool> World::deliver_webhooks() {
  RETURN_IF_ERROR(deliver_made_up());
  if (weather_.strikes(Fault::TemplatePaused)) pause_some_template();
  const auto deliveries = platform_->advance(now_);
  bool any = false;
  for (const auto& delivery : deliveries) {
    // Unsigned here: the platform's own number of the delivery stands for the signature.
    ASSIGN_OR_RETURN(const bool is_taken, deliver(std::to_string(delivery.id), delivery.body));
    platform_->delivered(delivery.id, is_taken ? 200 : 503, now_);
    if (!is_taken) continue;
    any = true;
    note_reached(delivery.body);
  }
  return any;
}

// What comes from nobody we know, or means nothing (quality-bar F08, F09).
Result<void> World::deliver_made_up() {
  static const std::string kDeep(5000, '[');
  static const std::array<std::string, 9> kPoison = {
      "",
      "{",
      kDeep,
      std::string("{\"object\":\"\0\"}", 14),
      "{\"object\":\"\xff\xfe\"}",
      "{\"entry\":1e999999}",
      R"({"object":"whatsapp_business_account","object":1,"entry":{"changes":"no"}})",
      R"({"object":"whatsapp_business_account","entry":[{"id":99999999999999999999999,"changes":[{"field":"from_tomorrow","value":{"x":[]}}]}]})",
      R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"messages":[{"id":"wamid.nobody","type":"text"}]}}]}]})"};
  if (weather_.strikes(Fault::PoisonWebhook))
    made_up_.emplace_back(fmt::format("poison {}", ++webhooks_made_),
                          kPoison[weather_.random().below(kPoison.size())]);
  if (weather_.strikes(Fault::UnknownWebhook)) {
    const auto number =
        weather_.random().below(2) == 0 ? std::string_view(creditor_.phone_number_id) : "999";
    ++webhooks_made_;
    made_up_.emplace_back(
        fmt::format("unknown {}", webhooks_made_),
        fmt::format(
            R"({{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"field":"messages","value":{{)"
            R"("metadata":{{"phone_number_id":"{}"}},"statuses":[{{"id":"wamid.x{}","status":"delivered",)"
            R"("timestamp":"{}","recipient_id":"570000000000","biz_opaque_callback_data":"{:032x}"}}]}}}}]}}]}})",
            number, webhooks_made_, now_.ms / 1000, webhooks_made_));
  }
  const auto waiting = std::exchange(made_up_, {});
  for (const auto& [key, body] : waiting) {
    ASSIGN_OR_RETURN(const bool is_taken, deliver(key, body));
    if (!is_taken) made_up_.emplace_back(key, body);
  }
  return {};
}

// Of the till: its door verifies before anything is kept, and answers 401 to what is forged.
Result<bool> World::deliver_notices() {
  bool any = false;
  for (auto& notice : till_->take_notices()) {
    const auto awake =
        std::ranges::find_if(houses_, [](const auto& house) { return house->is_free(); });
    const HeardNotice heard = till_->hear(notice);
    trace_.add(now_, fmt::format("notice {} {}", notice.body, text_of(heard.signature)));
    if (heard.signature == NoticeSignature::Invalid) continue;
    if (awake == houses_.end()) {
      till_->put_back(std::move(notice));
      continue;
    }
    notice.received_at = now_;
    ASSIGN_OR_RETURN(
        const bool is_taken,
        (*awake)->take_in(fmt::format("notice {}", ++notices_made_), envelope_of(notice),
                          std::string(kProviderSource) + std::string(Till::kName)));
    if (!is_taken) till_->put_back(std::move(notice));
    any |= is_taken;
  }
  return any;
}

void World::add_provider(std::shared_ptr<PaymentProvider> provider) {
  has_asked_ = true;
  desk().providers[std::string(provider->traits().name)] = std::move(provider);
}

Result<PaymentRequest> World::ask_till(const PayLink& link, Money amount) {
  has_asked_ = true;
  const RequestOrder order{.link = link,
                           .provider = std::string(Till::kName),
                           .amount = amount,
                           .expires_at = now_ + 3 * kDayMs};
  ASSIGN_OR_RETURN(const auto opened, store_->write([&](Tx& tx) {
    return engine::open_request(tx, creditor_, order, now_);
  }));
  if (!opened.is_new) return opened.request;
  const auto place = till_->ask({.reference = opened.request.reference,
                                 .amount = amount,
                                 .now = now_,
                                 .expires_at = order.expires_at});
  return store_->write(
      [&](Tx& tx) { return engine::request_made(tx, opened.request, place, now_); });
}

void World::pay_at_till(ProviderPayment payment, Till::Tells tells) {
  has_asked_ = true;
  trace_.add(now_, fmt::format("till {} {} {}", payment.id, text_of(payment.status),
                               format_plain(payment.amount)));
  till_->happens(std::move(payment), tells, now_);
}

Result<void> World::receive_webhook(std::string body) {
  const std::string key = fmt::format("made {}", ++webhooks_made_);
  oracle_.see_posted(body);
  RETURN_IF_ERROR(store_->write([&](Tx& tx) {
    tx.inbox.append({.creditor_id = creditor_.id,
                     .id = tx.ids.next<InboxId>(now_),
                     .source = "whatsapp",
                     .event_key = key,
                     .received_at = now_,
                     .body = body});
  }));
  oracle_.see_acknowledged(key, body, now_);
  return {};
}

void World::stop_house() {
  if (houses_.front()->is_up()) houses_.front()->stop();
}

Result<void> World::start_house() {
  trace_.add(now_, "house starts");
  return houses_.front()->start(houses_.front()->engine().desk());
}

void World::see_commit() {
  if (!options_.is_watched) return;
  note(store_->read([&](Tx& tx) { oracle_.see_commit(tx, now_); }));
}

void World::see_body(const SendRequest& request, int64_t clock_ahead_ms) {
  note(store_->read([&](Tx& tx) {
    if (options_.is_watched) oracle_.see_body(tx, request, clock_ahead_ms, now_);
    const auto message = tx.outbox.find(creditor_.id, request.message_id);
    PUNTUAL_CHECK(message.has_value());
    const auto invoice = message->lead_invoice_id
                             ? tx.invoices.find(creditor_.id, message->lead_invoice_id)
                             : std::nullopt;
    Arrival arrival = arrival_of(*message, desk().templates);
    if (invoice) arrival.invoice = invoice->number;
    handed_.insert_or_assign(request.attempt_id, std::move(arrival));
    trace_.add(now_, fmt::format("send {} {} {} {}", message->debtor_id.value, message->step,
                                 message->template_name, message->dedupe_key));
  }));
}

void World::see_answer(const SendRequest& request, const SendResult& result) {
  oracle_.see_answer(request, result, now_);
}

void World::see_asleep() {
  if (!asleep_since_ &&
      std::ranges::none_of(houses_, [](const auto& house) { return house->is_awake(); }))
    asleep_since_ = now_;
}

void World::see_awake() {
  if (const auto since = std::exchange(asleep_since_, std::nullopt))
    oracle_.see_return(*since, now_);
}

void World::let_others_go_on() {
  for (const auto& house : houses_) {
    const auto done = house->tick();
    if (!done) note(std::unexpected(done.error()));
  }
}

void World::let_somebody_interfere() {
  if (interference_) note(interference_());
}

void World::note(Result<void> done) {
  if (!done && !noted_) noted_ = done.error();
}

// A person acts on what has reached them, once, however often the platform says so.
void World::note_reached(std::string_view webhook_body) {
  const auto updates = whatsapp::parse_webhook(webhook_body);
  if (!updates) return;
  for (const auto& update : *updates) {
    if (update.kind != whatsapp::UpdateKind::Status ||
        (update.type != "delivered" && update.type != "read"))
      continue;
    const auto handed = handed_.find(update.attempt_id);
    if (handed == handed_.end()) continue;
    population_.receive(handed->second, now_);
    handed_.erase(handed);
  }
}

Result<bool> World::let_people_act() {
  if (!options_.people_act) return false;
  RETURN_IF_ERROR(tell_payments());
  const auto actions = population_.take_due(now_);
  for (const auto& action : actions) RETURN_IF_ERROR(act(action));
  return !actions.empty();
}

Result<void> World::act(const Action& action) {
  if (action.kind == Action::Kind::Say)
    return say(action.debtor_id, action.text, action.payload, action.type);
  ASSIGN_OR_RETURN(const auto invoice, store_->read([&](Tx& tx) {
    return tx.invoices.find_by_number(creditor_.id, action.invoice);
  }));
  if (!invoice || (invoice->balance_minor <= 0 && action.amount_minor == 0)) return {};
  Money amount = invoice->balance();
  if (action.amount_minor > 0)
    amount.minor = action.amount_minor;
  else if (action.part)
    amount.minor = std::max<int64_t>(1, amount.minor / 2 / amount.currency.minor_per_major() *
                                            amount.currency.minor_per_major());
  if (!weather_.is_calm() && weather_.random().below(3) == 0) return act_at_till(*invoice, amount);
  const Zone zone = Zone::of(creditor_.zone);
  untold_.emplace_back(now_, PaymentInput{.source = "sim",
                                          .source_id = std::to_string(++payments_made_),
                                          .reference = invoice->number,
                                          .debtor_id = {},
                                          .amount = amount,
                                          .method = "PSE",
                                          .paid_on = zone.local(now_).date,
                                          .paid_at = now_});
  return tell_payments();
}

// By a place that is made for it; the till tells of it as it pleases, and now and then gives a part
// back.
Result<void> World::act_at_till(const Invoice& invoice, Money amount) {
  using enum Till::Tells;
  static constexpr Till::Tells kTells[] = {Once, Once, Twice, Never, Forged, BeforeItCanBeRead};
  const PayLink link{.id = {invoice.id.value},
                     .creditor_id = creditor_.id,
                     .debtor_id = invoice.debtor_id,
                     .about = {PayAboutKind::Invoice, invoice.id.value},
                     .bank_reference = {},
                     .created_at = now_,
                     .expires_at = now_ + kDayMs,
                     .revoked_at = {}};
  const auto request = ask_till(link, amount);
  if (!request)
    return request.error().code == ErrorCode::Conflict ? Result<void>()
                                                       : std::unexpected(request.error());
  ProviderPayment payment{.id = fmt::format("till-{}", ++payments_made_),
                          .provider_link_id = request->provider_link_id,
                          .status = ProviderStatus::Paid,
                          .amount = amount,
                          .method = "PSE",
                          .paid_at = now_};
  pay_at_till(payment, kTells[weather_.random().below(std::size(kTells))]);
  if (weather_.random().below(6) != 0 || amount.minor < 2) return {};
  payment.status = ProviderStatus::PartiallyRefunded;
  payment.refunded_minor = amount.minor / 2;
  pay_at_till(payment, kTells[weather_.random().below(std::size(kTells))]);
  return {};
}

// The bank tells of money until it is told that it is known; by its id it is one payment, however
// often.
Result<void> World::tell_payments() {
  constexpr int64_t kAgainMs = kMinuteMs;
  auto waiting = std::exchange(untold_, {});
  for (auto& [at, input] : waiting) {
    bool is_known = false;
    const auto free =
        std::ranges::find_if(houses_, [](const auto& house) { return house->is_free(); });
    if (at <= now_ && free != houses_.end()) {
      ASSIGN_OR_RETURN(is_known, (*free)->run([&](Store& store) -> Result<void> {
        const auto settled = store.write(
            [&](Tx& tx) { return engine::record_payment(tx, desk(), creditor_, input, now_); });
        if (!settled) return std::unexpected(settled.error());
        return {};
      }));
    }
    if (is_known) {
      trace_.add(now_, fmt::format("paid {} {}", input.reference, format_plain(input.amount)));
      oracle_.see_payment(input);
    } else {
      untold_.emplace_back(at <= now_ ? now_ + kAgainMs : at, std::move(input));
    }
  }
  return {};
}

Result<SettledPayment> World::pay(const PaymentInput& input) {
  trace_.add(now_, fmt::format("paid {} {}", input.reference, format_plain(input.amount)));
  return store_->write(
      [&](Tx& tx) { return engine::record_payment(tx, desk(), creditor_, input, now_); });
}

Result<void> World::say(DebtorId debtor, const std::string& text, const std::string& payload,
                        std::string type) {
  ASSIGN_OR_RETURN(const auto person,
                   store_->read([&](Tx& tx) { return tx.debtors.find(creditor_.id, debtor); }));
  if (!person) return fail(ErrorCode::NotFound, "debtor {} does not exist", debtor.value);
  trace_.add(now_, fmt::format("says {} {}", debtor.value, text));
  const std::string& address = person->phone.empty() ? person->user_id : person->phone;
  if (type.empty()) type = payload.empty() ? "text" : "button";
  const auto said = platform_->act(
      {.from = address, .type = std::move(type), .text = text, .payload = payload}, now_);
  if (!said) return std::unexpected(said.error());
  return {};
}

Result<void> World::raise_quarantine() {
  oracle_.see_quarantine();
  return store_->write([&](Tx& tx) { engine::raise_quarantine(tx, "restored", now_); });
}

Result<void> World::lift_quarantine() {
  ASSIGN_OR_RETURN(
      [[maybe_unused]] const GapReport gap,
      engine::lift_quarantine(*store_, desk(), {.sent_until = now_, .by = "office"}, now_));
  return store_->read([&](Tx& tx) { oracle_.see_cut_off(tx, now_, now_); });
}

Result<void> World::check() {
  RETURN_IF_ERROR(store_->read([&](Tx& tx) {
    oracle_.see_everything(tx, now_);
    oracle_.see_till(tx, till_->truths(), now_);
  }));
  if (oracle_.violations().empty()) return {};
  return fail(ErrorCode::Internal, "{} violations, the first: {}", oracle_.violations().size(),
              oracle_.violations().front());
}

}  // namespace puntual::sim
