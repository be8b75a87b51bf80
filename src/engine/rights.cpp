#include "engine/rights.h"

#include <algorithm>

#include "base/phone.h"
#include "engine/contact_facts.h"
#include "engine/note.h"
#include "engine/pay_links.h"
#include "engine/person_commands.h"

namespace puntual::engine {
namespace {

std::string codes_of_holds(std::span<const rights::ErasureHold> holds) {
  std::string codes;
  for (const auto& hold : holds) codes += (codes.empty() ? "kept: " : " ") + std::string(hold.code);
  return codes;
}

void add_facts(Tx& tx, const Debtor& debtor, std::span<const OutboxMessage> messages,
               rights::ErasureFacts& facts) {
  facts.owes |= !tx.invoices.open_of(debtor.creditor_id, debtor.id).empty();
  for (const auto& payment : tx.payments.of_debtor(debtor.creditor_id, debtor.id))
    facts.has_unapplied_money |= payment.unapplied_minor > 0;
  for (const auto& message : messages)
    facts.has_message_in_flight |= message.state == MessageState::InFlight;
}

// Who was linked by a human is one person: all their records are forgotten together.
std::vector<Debtor> records_of_person(Tx& tx, const Debtor& debtor) {
  std::vector<Debtor> records;
  for (const auto id : tx.debtors.records_of(debtor)) {
    auto one = tx.debtors.find(debtor.creditor_id, id);
    if (one && !one->erased_at) records.push_back(*std::move(one));
  }
  return records;
}

// What else they asked has nobody left to be answered to.
void close_requests(Tx& tx, const Debtor& debtor, Instant now) {
  for (const auto& request : tx.rights.of_debtor(debtor.creditor_id, debtor.id)) {
    if (request.state == RequestState::Open)
      (void)tx.rights.close(debtor.creditor_id, request.id, RequestState::Done, now, "erased");
  }
}

bool has_open_request(Tx& tx, CreditorId creditor, DebtorId debtor) {
  return std::ranges::any_of(tx.rights.of_debtor(creditor, debtor), [](const RightsRequest& one) {
    return one.state == RequestState::Open;
  });
}

// What was asked in a chat is a task until all of it is answered.
void close_task(Tx& tx, CreditorId creditor, DebtorId debtor, Instant now) {
  for (const auto& task : tx.tasks.of_debtor(creditor, debtor)) {
    if (task.kind != store::TaskKind::DataRight || task.closed_at ||
        !tx.tasks.close(task, "rights", "answered", now))
      continue;
    note(tx, creditor, debtor, now, "task_closed", fmt::format("{} answered", text_of(task.kind)));
  }
}

Result<Debtor> find_unerased(Tx& tx, const Creditor& creditor, DebtorId id) {
  auto debtor = tx.debtors.find(creditor.id, id);
  if (!debtor) return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
  if (debtor->erased_at)
    return fail(ErrorCode::Conflict, "debtor {}: sus datos ya se borraron ({})", id.value,
                format_utc(*debtor->erased_at));
  return *std::move(debtor);
}

}  // namespace

RightsRequest take_request(Tx& tx, const Law& law, const Creditor& creditor, const Debtor& debtor,
                           RightKind kind, std::string_view through, Instant now) {
  if (kind == RightKind::Opposition || kind == RightKind::Erasure) {
    (void)stop_person(tx, creditor, debtor.id, {.channel = {}, .by = "rights", .why = {}},
                      now);  // The person is there.
  }
  if (auto open = tx.rights.open_of(creditor.id, debtor.id, kind)) return *open;
  RightsRequest request{.id = tx.ids.next<Id<RightsRequest>>(now).value,
                        .creditor_id = creditor.id,
                        .debtor_id = debtor.id,
                        .kind = kind,
                        .received_at = now,
                        .through = std::string(through),
                        .due_on = {},
                        .closed_at = {},
                        .answer = {}};
  request.due_on =
      rights::due_on(debtor.country, kind, home_zone(debtor, creditor).local(now).date, law.book());
  tx.rights.insert(request);
  note(tx, creditor.id, debtor.id, now, "right_asked",
       fmt::format("{} {} {}", text_of(kind), through, format_date(request.due_on)));
  return request;
}

Result<void> answer_request(Tx& tx, const Creditor& creditor, int64_t id, RequestState state,
                            std::string_view answer, Instant now) {
  const auto request = tx.rights.find(creditor.id, id);
  if (!request)
    return fail(ErrorCode::NotFound, "request {} does not exist (see: puntual rights list)", id);
  if (!tx.rights.close(creditor.id, id, state, now, answer))
    return fail(ErrorCode::Conflict, "request {} has been answered: {}", id, request->answer);
  if (!has_open_request(tx, creditor.id, request->debtor_id))
    close_task(tx, creditor.id, request->debtor_id, now);
  note(tx, creditor.id, request->debtor_id, now, "right_answered",
       fmt::format("{} {}", text_of(request->kind), text_of(state)));
  return {};
}

Result<void> rectify(Tx& tx, const Creditor& creditor, DebtorId id, std::string_view field,
                     std::string_view value, Instant now) {
  tx.debtors.hold(creditor.id, {id});
  ASSIGN_OR_RETURN(Debtor debtor, find_unerased(tx, creditor, id));
  if (field == "name") {
    if (value.empty()) return fail(ErrorCode::Invalid, "name is empty");
    debtor.name = value;
  } else if (field == "email") {
    debtor.email = value;
  } else if (field == "zone") {
    if (auto zone = Zone::find(value); !zone) return std::unexpected(zone.error());
    debtor.zone = value;
  } else if (field == "phone") {
    ASSIGN_OR_RETURN(const Phone phone, parse_phone(value, debtor.country));
    debtor.phone = phone.e164;
    tx.debtors.add_identifier(creditor.id, id, IdentifierKind::Phone, phone.canonical);
  } else {
    return fail(ErrorCode::Invalid,
                "field '{}' cannot be put right here (expected name, email, zone or phone; amounts "
                "come from your system)",
                field);
  }
  tx.debtors.update(debtor);
  tx.debtors.review_now(creditor.id, id, now);
  note(tx, creditor.id, id, now, "rectified", field);
  return {};
}

Result<Erasure> erase_person(Tx& tx, const Law& law, const Creditor& creditor, DebtorId id,
                             bool apply, Instant now) {
  if (apply) tx.debtors.hold_with_kin(creditor.id, id);
  ASSIGN_OR_RETURN(const Debtor debtor, find_unerased(tx, creditor, id));
  const auto records = records_of_person(tx, debtor);
  Erasure erasure;
  rights::ErasureFacts facts;
  for (const auto& one : records) {
    const auto messages = tx.outbox.of_debtor(creditor.id, one.id);
    add_facts(tx, one, messages, facts);
    erasure.messages += static_cast<int64_t>(messages.size());
    erasure.conversation +=
        static_cast<int64_t>(tx.conversation.of_debtor(creditor.id, one.id).size());
  }
  erasure.holds = rights::holds_of(facts);
  if (!apply) return erasure;
  const auto request = take_request(tx, law, creditor, debtor, RightKind::Erasure, "operator", now);
  const bool is_held = !erasure.holds.empty();
  for (auto one : records) {
    tx.retention.forget_conversation_of(creditor.id, one.id);
    revoke_links(tx, creditor.id, one.id, "ERASED",
                 now);  // Also where the books keep the rest: nobody goes on asking.
    one.email.clear();
    if (is_held) tx.debtors.update(one);
  }
  RETURN_IF_ERROR(answer_request(tx, creditor, request.id,
                                 is_held ? RequestState::Partly : RequestState::Done,
                                 is_held ? codes_of_holds(erasure.holds) : "key destroyed", now));
  if (is_held) return erasure;
  for (const auto& one : records) {
    close_requests(tx, one, now);
    if (tx.erasure.erase(creditor.id, one.id, now)) note(tx, creditor.id, one.id, now, "erased");
  }
  erasure.done = true;
  return erasure;
}

}  // namespace puntual::engine
