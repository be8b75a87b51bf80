#include "sim/world.h"

#include <algorithm>

#include "base/json.h"
#include "engine/contact_facts.h"
#include "whatsapp/outcome.h"
#include "whatsapp/webhook.h"

namespace puntual::sim {

// The network between the engine and the platform, without sockets: what goes in is answered at once.
class World::Channel final : public WhatsAppChannel {
 public:
  explicit Channel(World& world) : world_(world) {}

  void submit(std::vector<SendRequest> requests) override {
    for (auto& request : requests) {
      if (!world_.is_up_) return;
      SendResult result = hand_over(request);
      if (std::exchange(world_.dies_at_send_, false)) {
        world_.stop_house();
      } else {
        results_.push_back(std::move(result));
      }
    }
  }
  std::vector<SendResult> collect() override { return std::exchange(results_, {}); }
  int capacity(Instant) override { return 256; }
  void forget() { results_.clear(); }

 private:
  SendResult hand_over(const SendRequest& request) {
    watch(request);
    const std::string target = "/v26.0/" + request.phone_number_id + "/messages";
    const auto response = world_.platform_->handle({.method = "POST", .target = target,
                                                    .authorization = "Bearer sandbox-token",
                                                    .content_type = "application/json", .body = request.body},
                                                   world_.now_);
    const bool is_whole = response.wire == sandbox::Wire::Whole;
    SendResult result = whatsapp::outcome_of({.is_body_started = true, .http_status = is_whole ? response.status : 0,
                                              .body = is_whole ? std::string_view(response.body) : std::string_view(),
                                              .failure = is_whole ? std::string_view() : "the connection broke",
                                              .retry_after_ms = {}});
    result.creditor_id = request.creditor_id;
    result.message_id = request.message_id;
    result.attempt_id = request.attempt_id;
    if (result.outcome == SendOutcome::Rejected) see_refusal(request);
    world_.trace_.add(world_.now_, fmt::format("answer {} {} {}", request.message_id.value, response.status, result.error_code));
    return result;
  }

  void see_refusal(const SendRequest& request) {
    const auto seen = world_.store_->read([&](Tx& tx) {
      const auto message = tx.outbox.find(world_.creditor_.id, request.message_id);
      const auto debtor = tx.debtors.find(world_.creditor_.id, message->debtor_id);
      world_.oracle_.see_refusal(*message, engine::home_zone(*debtor, world_.creditor_), world_.now_);
    });
    PUNTUAL_CHECK(seen.has_value());
  }

  void watch(const SendRequest& request) {
    const auto seen = world_.store_->read([&](Tx& tx) {
      const auto message = tx.outbox.find(world_.creditor_.id, request.message_id);
      PUNTUAL_CHECK(message.has_value());
      const auto debtor = tx.debtors.find(world_.creditor_.id, message->debtor_id);
      PUNTUAL_CHECK(debtor.has_value());
      const Zone zone = engine::home_zone(*debtor, world_.creditor_);
      world_.oracle_.see_send(tx, *message, *debtor, zone, world_.now_);
      const auto invoice = message->lead_invoice_id ? tx.invoices.find(world_.creditor_.id, message->lead_invoice_id) : std::nullopt;
      world_.handed_.insert_or_assign(request.attempt_id, Handed{debtor->id, message->purpose, invoice ? invoice->number : ""});
      world_.trace_.add(world_.now_, fmt::format("send {} {} {} {}", message->debtor_id.value, message->step,
                                                 message->template_name, message->dedupe_key));
    });
    if (!seen) std::fprintf(stderr, "%s\n", seen.error().message.c_str());
    PUNTUAL_CHECK(seen.has_value());
  }

  World& world_;
  std::vector<SendResult> results_;
};

World::World(const WorldOptions& options)
    : options_(options), now_(options.start), random_(options.seed), population_(options.seed), trace_(options.listener) {}

World::~World() = default;

Result<std::unique_ptr<World>> World::create(const WorldOptions& options, const Creditor& creditor, TemplateCatalog templates,
                                             std::map<std::string, Strategy, std::less<>> strategies) {
  std::unique_ptr<World> world(new World(options));
  world->creditor_ = creditor;
  sandbox::PlatformOptions platform{.seed = options.seed};
  platform.app_secret.clear();
  platform.messages_per_second = options.messages_per_second;
  platform.unique_users_a_day = -1;
  platform.magic_numbers = false;
  platform.keep_contents = false;
  platform.messages_kept = 1000;
  platform.webhook_batch_max = 100;
  world->creditor_.phone_number_id = platform.phone_number_id;
  world->platform_ = std::make_unique<sandbox::Platform>(platform);
  ASSIGN_OR_RETURN(world->store_, Store::open(options.database, options.store));
  for (const auto& one : templates.all()) {
    RETURN_IF_ERROR(world->platform_->add_template(messaging::cloud_definition(one), options.start));
  }
  RETURN_IF_ERROR(world->store_->write([&](Tx& tx) {
    tx.creditors.save(world->creditor_);
    for (const auto& one : templates.all()) {
      tx.templates.save(creditor.id, {one.name, one.language, "APPROVED", one.category, "", options.start});
    }
  }));
  world->channel_ = std::make_unique<Channel>(*world);
  world->engine_ = std::make_unique<Engine>(*world->store_, *world->channel_,
                                            Desk{.templates = std::move(templates), .strategies = std::move(strategies),
                                                 .random = world->random_, .settings = {}});
  RETURN_IF_ERROR(world->engine_->start(options.start));
  return world;
}

Result<void> World::populate(const std::function<Temperament(const store::DebtorForReview&)>& choose) {
  return store_->read([&](Tx& tx) {
    for (const auto id : tx.debtors.all(creditor_.id)) {
      if (population_.temperament(id) != nullptr) continue;
      const auto row = tx.debtors.for_review(creditor_.id, id);
      population_.add(id, choose(*row));
      const Zone zone = engine::home_zone(row->debtor, creditor_);
      for (const auto& invoice : tx.invoices.open_of(creditor_.id, id)) population_.expect_invoice(id, invoice, zone, now_);
    }
  });
}

Result<std::optional<Instant>> World::next_event() {
  std::optional<Instant> next;
  if (is_up_) {
    ASSIGN_OR_RETURN(next, engine_->next_wake());
  }
  const auto sooner = [&](std::optional<Instant> other) {
    if (other && (!next || *other < *next)) next = other;
  };
  sooner(platform_->next_due());
  if (options_.people_act) sooner(population_.next_due());
  return next;
}

Result<void> World::run_until(Instant until) {
  for (;;) {
    ASSIGN_OR_RETURN(const auto next, next_event());
    if (!next || *next > until) break;
    const int64_t quantum = options_.quantum_ms;
    const Instant rounded{(next->ms + quantum - 1) / quantum * quantum};
    now_ = std::max(now_, std::min(rounded, until));
    RETURN_IF_ERROR(turn());
  }
  now_ = std::max(now_, until);
  return {};
}

Result<void> World::turn() {
  for (;;) {
    if (!is_up_) {
      refuse_webhooks();
      ASSIGN_OR_RETURN(const bool acted, let_people_act());
      if (!acted) return {};
      continue;
    }
    ASSIGN_OR_RETURN(const bool heard, deliver_webhooks());
    ASSIGN_OR_RETURN(const bool acted, let_people_act());
    ASSIGN_OR_RETURN(const TickReport report, engine_->tick(now_));
    // Sends are answered at once here: their results are taken in the next round of the same turn.
    if (!heard && !acted && !report.more && report.results == 0 && report.dispatch.claimed == 0) return {};
  }
}

Result<bool> World::deliver_webhooks() {
  const auto deliveries = platform_->advance(now_);
  if (deliveries.empty()) return false;
  RETURN_IF_ERROR(store_->write([&](Tx& tx) {
    for (const auto& delivery : deliveries) {
      // Unsigned here: the platform's own number of the delivery stands for the signature.
      tx.inbox.append({.creditor_id = creditor_.id, .id = tx.ids.next<InboxId>(now_), .source = "whatsapp", .event_key = std::to_string(delivery.id),
                       .received_at = now_, .body = delivery.body});
    }
  }));
  for (const auto& delivery : deliveries) {
    platform_->delivered(delivery.id, 200, now_);
    note_reached(delivery.body);
  }
  return true;
}

void World::refuse_webhooks() {
  for (const auto& delivery : platform_->advance(now_)) platform_->delivered(delivery.id, 0, now_);
}

Result<void> World::receive_webhook(std::string body) {
  return store_->write([&](Tx& tx) {
    tx.inbox.append({.creditor_id = creditor_.id, .id = tx.ids.next<InboxId>(now_), .source = "whatsapp", .event_key = fmt::format("made {}", ++webhooks_made_),
                     .received_at = now_, .body = std::move(body)});
  });
}

void World::stop_house() {
  trace_.add(now_, "house stops");
  is_up_ = false;
  channel_->forget();
}

Result<void> World::start_house() {
  trace_.add(now_, "house starts");
  is_up_ = true;
  Desk desk = engine_->desk();
  engine_ = std::make_unique<Engine>(*store_, *channel_, std::move(desk));
  return engine_->start(now_);
}

// A person acts on what has reached them, once, however often the platform says so.
void World::note_reached(std::string_view webhook_body) {
  const auto updates = whatsapp::parse_webhook(webhook_body);
  if (!updates) return;
  for (const auto& update : *updates) {
    if (update.kind != whatsapp::UpdateKind::Status || (update.type != "delivered" && update.type != "read")) continue;
    const auto handed = handed_.find(update.attempt_id);
    if (handed == handed_.end()) continue;
    population_.receive(handed->second.debtor, handed->second.purpose, handed->second.invoice, now_);
    handed_.erase(handed);
  }
}

Result<bool> World::let_people_act() {
  if (!options_.people_act) return false;
  const auto actions = population_.take_due(now_);
  for (const auto& action : actions) RETURN_IF_ERROR(act(action));
  return !actions.empty();
}

Result<void> World::act(const Action& action) {
  if (action.kind == Action::Kind::Say) return say(action.debtor_id, action.text, action.payload);
  ASSIGN_OR_RETURN(const auto invoice, store_->read([&](Tx& tx) { return tx.invoices.find_by_number(creditor_.id, action.invoice); }));
  if (!invoice || invoice->balance_minor <= 0) return {};
  Money amount = invoice->balance();
  if (action.part) amount.minor = std::max<int64_t>(1, amount.minor / 2 / amount.currency.minor_per_major() * amount.currency.minor_per_major());
  const Zone zone = Zone::of(creditor_.zone);
  const auto settled = pay({.source = "sim", .source_id = std::to_string(++payments_made_), .reference = invoice->number,
                            .debtor_id = {}, .amount = amount, .method = "PSE", .paid_on = zone.local(now_).date, .paid_at = now_});
  if (!settled) return std::unexpected(settled.error());
  return {};
}

Result<SettledPayment> World::pay(const PaymentInput& input) {
  trace_.add(now_, fmt::format("paid {} {}", input.reference, format_plain(input.amount)));
  return store_->write([&](Tx& tx) { return engine::record_payment(tx, desk(), creditor_, input, now_); });
}

Result<void> World::say(DebtorId debtor, const std::string& text, const std::string& payload) {
  ASSIGN_OR_RETURN(const auto person, store_->read([&](Tx& tx) { return tx.debtors.find(creditor_.id, debtor); }));
  if (!person) return fail(ErrorCode::NotFound, "debtor {} does not exist", debtor.value);
  trace_.add(now_, fmt::format("says {} {}", debtor.value, text));
  const std::string& address = person->phone.empty() ? person->user_id : person->phone;
  const auto said = platform_->act({.from = address, .type = payload.empty() ? "text" : "button", .text = text, .payload = payload}, now_);
  if (!said) return std::unexpected(said.error());
  return {};
}

Result<void> World::check() {
  RETURN_IF_ERROR(store_->read([&](Tx& tx) { oracle_.see_books(tx, creditor_.id); }));
  if (oracle_.violations().empty()) return {};
  return fail(ErrorCode::Internal, "{} violations, the first: {}", oracle_.violations().size(), oracle_.violations().front());
}

}  // namespace puntual::sim
