#include "sim/office.h"

#include <fmt/format.h>

#include "base/json.h"
#include "engine/agreements.h"
#include "engine/import_portfolio.h"
#include "engine/obey_words.h"
#include "engine/pause.h"
#include "engine/person_commands.h"
#include "engine/person_reply.h"
#include "engine/take_over.h"
#include "engine/task_commands.h"

namespace puntual::sim {
namespace {

enum class Act : uint8_t {
  PayClaimed,
  Import,
  Pause,
  Resume,
  Stop,
  Allow,
  Revoke,
  Grant,
  Flag,
  Unflag,
  Link,
  Unlink,
  Contact,
  Hours,
  Number,
  Settle,
  Agree,
  Page,
  Quarantine
};
constexpr Act kActs[] = {
    Act::PayClaimed, Act::PayClaimed, Act::PayClaimed, Act::Import, Act::Pause,   Act::Resume,
    Act::Resume,     Act::Resume,     Act::Resume,     Act::Resume, Act::Resume,  Act::Resume,
    Act::Resume,     Act::Stop,       Act::Allow,      Act::Revoke, Act::Grant,   Act::Flag,
    Act::Flag,       Act::Unflag,     Act::Link,       Act::Unlink, Act::Contact, Act::Hours,
    Act::Number,     Act::Settle,     Act::Agree,      Act::Agree,  Act::Agree,   Act::Page,
    Act::Quarantine};

std::string_view text_of(Act act) {
  static constexpr std::string_view kTexts[] = {"pay what is claimed",
                                                "import",
                                                "pause",
                                                "resume",
                                                "stop",
                                                "allow",
                                                "revoke",
                                                "grant",
                                                "dispute",
                                                "settle dispute",
                                                "link",
                                                "unlink",
                                                "contact",
                                                "hours",
                                                "number",
                                                "settle number",
                                                "agree",
                                                "page",
                                                "quarantine"};
  return kTexts[static_cast<size_t>(act)];
}

constexpr std::string_view kStopped = "stop", kRevoked = "consent revoked";

}  // namespace

Result<void> Office::import() {
  ASSIGN_OR_RETURN(
      const ImportFile file,
      portfolio::open_import(portfolio_, {.country = "CO", .currency = {}, .columns = {}}));
  ASSIGN_OR_RETURN(const ImportReport report,
                   engine::import_file(world_.store(), world_.desk(), world_.creditor(), file, {},
                                       world_.now()));
  if (report.rejected > 0) return fail(ErrorCode::Invalid, "{}", report.rejects);
  return {};
}

// The ERP's next file: some due dates have moved.
Result<void> Office::import_changed() {
  for (size_t at = portfolio_.find(";2026-"); at != std::string::npos;
       at = portfolio_.find(";2026-", at + 1)) {
    if (random_.chance_ppm(30'000))
      portfolio_.replace(at + 9, 2, fmt::format("{:02}", 1 + random_.below(28)));
  }
  return import();
}

Result<void> Office::act() {
  const Act act = kActs[random_.below(std::size(kActs))];
  if (act == Act::Import) return import_changed();
  if (act == Act::PayClaimed) return pay_what_is_claimed();
  Store& store = world_.store();
  const Creditor& creditor = world_.creditor();
  const Instant now = world_.now();
  ASSIGN_OR_RETURN(const auto people,
                   store.read([&](Tx& tx) { return tx.debtors.all(creditor.id); }));
  if (people.empty()) return {};
  const DebtorId id = people[random_.below(people.size())],
                 other = people[random_.below(people.size())];
  if (act == Act::Number) return change_number(id);
  if (act == Act::Agree) return agree(id);
  if (act == Act::Page) return write_on_page(id);
  if (act == Act::Quarantine) return doubt_or_confirm();
  const auto done = store.write([&](Tx& tx) -> Result<void> {
    switch (act) {
      case Act::Pause:
        engine::pause_sending(tx, creditor.id, now, "a person", "operator");
        return {};
      case Act::Resume:
        return engine::resume_sending(tx, creditor, now);
      case Act::Stop:
        return engine::stop_person(tx, creditor, id, {.why = "by letter"}, now);
      case Act::Allow:
        return engine::allow_person(tx, creditor, id, {.requested_at = now, .instrument = "letter"},
                                    now);
      case Act::Revoke:
        return engine::revoke_consent(tx, creditor, id,
                                      {.channel = puntual::Channel::WhatsApp,
                                       .at = now,
                                       .kind = "letter",
                                       .instrument = "letter",
                                       .text_version = {},
                                       .by = "operator"},
                                      now);
      case Act::Grant:
        return engine::grant_consent(tx, creditor, id,
                                     {.channel = puntual::Channel::WhatsApp,
                                      .at = now,
                                      .is_dated = true,
                                      .kind = "form",
                                      .instrument = fmt::format("form {}", random_.below(1000)),
                                      .text_version = {},
                                      .by = "operator"},
                                     now);
      case Act::Flag:
        return engine::set_flag(
            tx, creditor, id,
            {.flag = CaseFlag::Disputed, .since = now, .through = "operator", .note = "letter"},
            now);
      case Act::Unflag:
        return engine::clear_flag(tx, creditor, id, {.flag = CaseFlag::Disputed, .set_through = {}},
                                  now);
      case Act::Link:
        return engine::link_people(tx, creditor, id, other, "operator", now);
      case Act::Unlink:
        return engine::unlink_person(tx, creditor, id, "operator", now);
      case Act::Contact:
        return engine::record_contact(tx, creditor, id, {.at = now}, now);
      case Act::Settle:
        return engine::settle_number(
            tx, creditor, id, {.is_theirs = random_.below(2) == 0, .evidence = "letter"}, now);
      case Act::Hours:
        return engine::wish_hours(tx, creditor, id,
                                  {.hours = {.intervals = {{.weekdays = 0x1F,
                                                            .from_ms = 9 * kHourMs,
                                                            .to_ms = 13 * kHourMs}},
                                             .asked_at = now,
                                             .separate_instrument = true,
                                             .after_contract = true},
                                   .instrument = "letter",
                                   .by = "operator"},
                                  now);
      default:
        return {};
    }
  });
  if (!done && done.error().code != ErrorCode::Conflict &&
      done.error().code != ErrorCode::Invalid && done.error().code != ErrorCode::NotFound)
    return done;
  if (!done) return {};
  world_.tell(fmt::format("office: {} {}{}", text_of(act), id.value,
                          act == Act::Link ? fmt::format(" with {}", other.value) : ""));
  if (act == Act::Stop) world_.see_forbidden(id, kStopped, true);
  if (act == Act::Allow) RETURN_IF_ERROR(note_allowed(id));
  if (act == Act::Revoke || act == Act::Grant)
    world_.see_forbidden(id, kRevoked, act == Act::Revoke);
  return {};
}

// On the telephone: one of what the mandate offers, or a plan beyond it.
Result<void> Office::agree(DebtorId id) {
  const Creditor& creditor = world_.creditor();
  const Instant now = world_.now();
  const auto made = world_.store().write([&](Tx& tx) -> Result<std::string> {
    const auto open = engine::negotiation_with(tx, world_.desk(), creditor,
                                               *tx.debtors.find(creditor.id, id), now);
    if (open.covered.empty()) return "nothing";
    AgreementOrder order{.debtor_id = id, .offer = {}, .words = "by telephone", .by = "office"};
    const auto offers = open.mandate == nullptr ? std::vector<Offer>()
                                                : agreements::offers(*open.mandate, open.debt, {});
    if (offers.empty()) {
      order.may_go_beyond = true;
      order.offer.instalments = {
          {open.debt.today + 1 + static_cast<int32_t>(random_.below(40)), open.debt.owed.minor}};
    } else {
      order.offer = offers[random_.below(offers.size())];
    }
    ASSIGN_OR_RETURN(const Agreement agreement,
                     engine::make_agreement(tx, world_.desk(), creditor, order, now));
    return fmt::format("{} with {}", agreement.id.value, id.value);
  });
  if (!made)
    return made.error().code == ErrorCode::NotFound ? Result<void>()
                                                    : std::unexpected(made.error());
  world_.tell("office: agrees on " + *made);
  return {};
}

// Whoever restored the database says so; the next time somebody looks, until when may have been
// sent. Few houses know of it: all rest for a week after.
Result<void> Office::doubt_or_confirm() {
  if (!has_quarantines_) return {};
  world_.tell(is_quarantined_ ? "office: the quarantine ends" : "office: quarantine");
  is_quarantined_ = !is_quarantined_;
  return is_quarantined_ ? world_.raise_quarantine() : world_.lift_quarantine();
}

// Something grave in a box of the payer's page that asks for something else: nothing may leave to
// them after it.
Result<void> Office::write_on_page(DebtorId id) {
  struct Grave {
    std::string_view words, what;
  };
  static constexpr Grave kGrave[] = {{"BAJA, no me escriban más", kStopped},
                                     {"la titular falleció en marzo", "death told"},
                                     {"estoy en insolvencia, ley 1564", "insolvency told"}};
  static constexpr Move kTapped[] = {Move::Claim, Move::Dispute, Move::Hardship, Move::CallPerson};
  const Grave& grave = kGrave[random_.below(std::size(kGrave))];
  const Move tapped = kTapped[random_.below(std::size(kTapped))];
  const CreditorId creditor = world_.creditor().id;
  RETURN_IF_ERROR(world_.store().write([&](Tx& tx) {
    tx.debtors.hold_with_kin(creditor, id);
    (void)engine::hear_on_page(tx, world_.desk(), world_.creditor(), *tx.debtors.find(creditor, id),
                               tapped, grave.words, world_.now());
  }));
  world_.tell(fmt::format("office: {} writes on the page: {}", id.value, grave.what));
  world_.see_forbidden(id, grave.what, true);
  return {};
}

// An operator works through the inbox: most entries get a word, all are closed, and the machine
// goes on.
Result<void> Office::answer_waiting() {
  static constexpr std::string_view kWordsOfOperator[] = {
      "Hola, soy Marta, del equipo. Con gusto le ayudo: cuénteme.",
      "Buenas, le escribe Marta. Ya revisé su caso y todo quedó en orden.",
      "Hola, le atiende Marta. ¿Le queda bien si lo dejamos para la próxima semana?"};
  const Creditor& creditor = world_.creditor();
  ASSIGN_OR_RETURN(const auto waiting,
                   world_.store().read([&](Tx& tx) { return tx.tasks.waiting(creditor.id); }));
  for (const auto& task : waiting) {
    if (random_.chance_ppm(200'000)) continue;  // Until tomorrow.
    const auto word = kWordsOfOperator[random_.below(std::size(kWordsOfOperator))];
    const bool is_settled = random_.chance_ppm(700'000);
    RETURN_IF_ERROR(world_.store().write([&](Tx& tx) -> Result<void> {
      const Instant now = world_.now();
      tx.debtors.hold(creditor.id, {task.debtor_id});
      const PersonWords words{.text = std::string(word),
                              .author = "marta",
                              .through = "operator",
                              .key = fmt::format("office:{}:{}", task.id, now.ms)};
      const auto said = engine::reply_by_person(tx, world_.desk(), creditor, task.debtor_id, words,
                                                now);  // A closed window is no failure.
      if (!said && said.error().code != ErrorCode::Conflict &&
          said.error().code != ErrorCode::Invalid)
        return std::unexpected(said.error());
      const auto closed = engine::close_task(
          tx, creditor, task.id, is_settled ? TaskOutcome::Settled : TaskOutcome::Rejected, "marta",
          now);
      if (!closed && closed.error().code != ErrorCode::Conflict) return closed;
      const auto released = engine::release(tx, creditor, task.debtor_id, "marta", now);
      return released || released.error().code == ErrorCode::Conflict ? Result<void>() : released;
    }));
    world_.tell(
        fmt::format("office: {} of {} is dealt with", text_of(task.kind), task.debtor_id.value));
  }
  return {};
}

// Who asks to be written to again asks it for all that are reached by them.
Result<void> Office::note_allowed(DebtorId id) {
  return world_.store().read([&](Tx& tx) {
    world_.see_forbidden(id, kStopped, false);
    for (const auto& other : tx.debtors.kin(*tx.debtors.find(world_.creditor().id, id)))
      world_.see_forbidden(other.id, kStopped, false);
  });
}

// Money arrives for what is planned next, or is on its way at this very moment.
Result<void> Office::pay_what_is_claimed() {
  ASSIGN_OR_RETURN(const auto invoice, world_.store().read([&](Tx& tx) -> std::optional<Invoice> {
    auto rows = tx.db.query(
        "SELECT lead_invoice_id FROM outbox WHERE creditor_id = $1 AND state IN ('planned', "
        "'in_flight') AND lead_invoice_id <> 0 "
        "ORDER BY state, not_before LIMIT 1",
        {world_.creditor().id});
    const InvoiceId id = rows.next() ? rows.id<InvoiceId>(0) : InvoiceId{};
    return id ? tx.invoices.find(world_.creditor().id, id) : std::nullopt;
  }));
  if (!invoice || invoice->balance_minor <= 0) return {};
  const Zone zone = Zone::of(world_.creditor().zone);
  const auto paid = world_.pay({.source = "office",
                                .source_id = std::to_string(random_.next()),
                                .reference = invoice->number,
                                .debtor_id = {},
                                .amount = invoice->balance(),
                                .method = "cash",
                                .paid_on = zone.local(world_.now()).date,
                                .paid_at = world_.now()});
  if (!paid) return std::unexpected(paid.error());
  return {};
}

// The person takes another number; the platform tells.
Result<void> Office::change_number(DebtorId id) {
  ASSIGN_OR_RETURN(const auto person, world_.store().read([&](Tx& tx) {
    return tx.debtors.find(world_.creditor().id, id);
  }));
  if (!person || person->phone.empty()) return {};
  const std::string body =
      to_json(json::object{{"phone", person->phone},
                           {"new_phone", fmt::format("+57300{:07}", random_.below(10'000'000))}});
  (void)world_.platform().handle({.method = "POST",
                                  .target = "/_sandbox/person",
                                  .authorization = {},
                                  .content_type = "application/json",
                                  .body = body},
                                 world_.now());
  return {};
}

}  // namespace puntual::sim
