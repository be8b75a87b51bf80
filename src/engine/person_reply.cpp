#include "engine/person_reply.h"

#include <algorithm>

#include "core/compliance/hours_text.h"
#include "core/messaging/money_words.h"
#include "core/messaging/placeholder.h"
#include "core/strategy/caps.h"
#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/decision_record.h"
#include "engine/identify.h"
#include "engine/note.h"
#include "engine/pay_links.h"
#include "engine/person_offers.h"
#include "engine/read_once.h"
#include "engine/suspend.h"
#include "engine/take_over.h"
#include "engine/task_commands.h"
#include "whatsapp/payload.h"

namespace puntual::engine {
namespace {

constexpr size_t kTextCharactersMax =
    4096;  // Of the platform (contract section 2, checked 2026-11-21).

// Who is written to, and by what.
struct Talk {
  const Desk& desk;
  const Creditor& creditor;
  const Debtor& debtor;
  std::vector<Invoice> open;  // The oldest first.
  Zone zone;
  Instant now;
  [[nodiscard]] CivilDate today() const { return zone.local(now).date; }
};

constexpr int kNamedPaymentDays = 60;

// What a reply calls their payment: the last one that the books know, if it is not long past.
std::optional<Money> last_payment(Tx& tx, const Talk& talk) {
  const auto all = tx.payments.of_debtor(talk.creditor.id, talk.debtor.id);
  const auto last = std::ranges::max_element(
      all, {}, [](const Payment& one) { return std::pair(one.paid_on, one.recorded_at); });
  if (last == all.end() || last->paid_on + kNamedPaymentDays < talk.today() ||
      last->returned_minor == last->amount.minor)
    return {};
  return last->amount;
}

bool names_payment(const CannedReply& reply) {
  return std::ranges::any_of(messaging::pieces_of(reply.text), [](const auto& piece) {
    return piece.is_variable && piece.text == "pagado";
  });
}

Result<std::string> fill_for(const Talk& talk, const CannedReply& reply, std::optional<Money> paid,
                             std::string_view link) {
  const auto locale = locale_of(talk.debtor, talk.creditor);
  const std::string hours =
      compliance::contact_hours_in(locale, talk.debtor.country, talk.desk.law.book(), talk.today());
  return messaging::fill_reply(reply, messaging::variables_of({.creditor = &talk.creditor,
                                                               .debtor_name = talk.debtor.name,
                                                               .invoices = talk.open,
                                                               .today = talk.today(),
                                                               .locale = locale,
                                                               .payment_link = link,
                                                               .paid = paid,
                                                               .remaining = {},
                                                               .hours = hours}));
}

Result<std::string> canned_text(Tx& tx, const Talk& talk, std::string_view name) {
  const auto all = canned_replies(tx, talk.creditor.id);
  const auto found = std::ranges::find(all, name, &CannedReply::name);
  if (found == all.end())
    return fail(ErrorCode::NotFound,
                "no canned reply is called '{}' (puntual canned list shows them)", name);
  const auto paid = last_payment(tx, talk);
  if (!paid && names_payment(*found)) {
    return fail(ErrorCode::Conflict,
                "la respuesta «{}» dice que encontramos su pago, y no hay ninguno de los últimos "
                "{} días en los libros: registre primero el pago",
                name, kNamedPaymentDays);
  }
  return fill_for(talk, *found, paid,
                  payment_link(tx, talk.desk, talk.creditor, talk.debtor.id, talk.open, talk.now));
}

// Whom one writes to, and of which debts.
Talk talk_with(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor,
               Instant now) {
  Talk talk{.desk = desk,
            .creditor = creditor,
            .debtor = debtor,
            .open = tx.invoices.open_of(creditor.id, debtor.id),
            .zone = home_zone(debtor, creditor),
            .now = now};
  std::erase_if(talk.open,
                [](const Invoice& invoice) { return invoice.state != InvoiceState::Open; });
  return talk;
}

Result<OutboxMessage> free_text(Tx& tx, const Talk& talk, const PersonWords& words) {
  OutboxMessage message;
  message.text = words.text;
  if (!words.canned.empty()) {
    ASSIGN_OR_RETURN(message.text, canned_text(tx, talk, words.canned));
  }
  if (messaging::count_characters(message.text) > kTextCharactersMax) {
    return fail(ErrorCode::Invalid,
                "el mensaje tiene más de {} caracteres: WhatsApp no los admite; divídalo en dos",
                kTextCharactersMax);
  }
  message.purpose = Purpose::Reply;
  message.kind = "text";
  message.body = whatsapp::text_object(message.text);
  return message;
}

// Of the debt in the lead; Conflict while WhatsApp has not approved it.
Result<OutboxMessage> template_of(Tx& tx, const Talk& talk, std::span<const Invoice> lead,
                                  const std::string& name, const std::string& link) {
  ASSIGN_OR_RETURN(OutboxMessage message, compose(tx, talk.desk,
                                                  {.creditor = &talk.creditor,
                                                   .debtor = &talk.debtor,
                                                   .invoices = lead,
                                                   .template_name = name,
                                                   .fallback_template = {},
                                                   .today = talk.today(),
                                                   .paid = {},
                                                   .remaining = {},
                                                   .payment_link = link}));
  if (tx.templates.status(talk.creditor.id, message.template_name, message.language) !=
      "APPROVED") {
    return fail(ErrorCode::Conflict, "WhatsApp no tiene aprobada la plantilla {} ({})",
                message.template_name, message.language);
  }
  message.strategy_version = talk.desk.strategy_of(talk.creditor).version;  // Whose caps it keeps.
  // It waits for a kind hour if need be, but not overnight.
  message.expires_at = talk.zone.instant(talk.today() + 1, 0);
  return message;
}

Result<OutboxMessage> template_message(Tx& tx, const Talk& talk, const std::string& name) {
  const std::span<const Invoice> lead(talk.open.data(), std::min<size_t>(talk.open.size(), 1));
  return template_of(tx, talk, lead, name,
                     payment_link(tx, talk.desk, talk.creditor, talk.debtor.id, lead, talk.now));
}

Result<OutboxMessage> message_of_words(Tx& tx, const Talk& talk, const PersonWords& words,
                                       const ContactFacts& facts) {
  if (static_cast<int>(!words.text.empty()) + !words.canned.empty() + !words.template_name.empty() +
          !words.offers.empty() !=
      1) {
    return fail(ErrorCode::Invalid,
                "one of text, canned, template and offers is expected: what is to be said");
  }
  ASSIGN_OR_RETURN(OutboxMessage message,
                   !words.offers.empty() ? offers_message(tx, talk.desk, talk.creditor, talk.debtor,
                                                          facts, words.offers, words.key, talk.now)
                   : words.template_name.empty() ? free_text(tx, talk, words)
                                                 : template_message(tx, talk, words.template_name));
  message.creditor_id = talk.creditor.id;
  message.debtor_id = talk.debtor.id;
  message.step = kPersonStep;
  if (words.offers.empty())
    message.dedupe_key = fmt::format("person:{}:{}", talk.debtor.id.value, words.key);
  message.planned_at = message.not_before = talk.now;
  return message;
}

// The template that fits where free text may no longer be sent; empty: there is none.
std::string_view opening_template(Tx& tx, const Talk& talk) {
  std::string_view name = kOpenerTemplate;
  if (unfit_for(tx, talk.debtor, Purpose::Overdue).empty()) {
    if (talk.open.empty() || !talk.open.front().due_on) return {};
    name =
        *talk.open.front().due_on < talk.today() ? "vencido_amable_v1" : "recordatorio_previo_v1";
  }
  const auto* found = talk.desk.templates.find(name, locale_of(talk.debtor, talk.creditor));
  return found == nullptr ? std::string_view() : name;
}

Result<void> has_open_window(Tx& tx, const Talk& talk, std::optional<Instant> last_inbound_at) {
  if (service_window(last_inbound_at, talk.now)) return {};
  const std::string_view name = opening_template(tx, talk);
  return fail(ErrorCode::Conflict, "{}: WhatsApp ya no admite un texto libre. {}",
              last_inbound_at ? "pasaron más de 24 horas desde su último mensaje"
                              : "esta persona no ha escrito en los últimos días",
              name.empty() ? "Espere a que escriba, o búsquela por otro canal."
                           : fmt::format("Para abrir de nuevo la conversación envíele la plantilla "
                                         "{} (--template {}); cuando conteste, podrá escribirle.",
                                         name, name));
}

Result<void> has_seen_all(Tx& tx, const Talk& talk, const PersonWords& words) {
  if (words.anyway || !words.last_seen) return {};
  if (tx.conversation.last_inbound(talk.creditor.id, talk.debtor.id) <= *words.last_seen) return {};
  return fail(ErrorCode::Conflict,
              "la persona escribió algo más mientras usted contestaba: léalo primero, o envíe su "
              "mensaje de todos modos");
}

// What may be named in a text of money's.
MoneyKnown money_known(Tx& tx, const Talk& talk) {
  MoneyKnown known{.numbers = {},
                   .sums_minor = {},
                   .currency = talk.open.empty() ? Currency::of(talk.creditor.currency)
                                                 : talk.open.front().amount.currency};
  const auto& [bank, kind, account, holder, document, currency] = talk.desk.settings.transfer;
  for (const auto& one : {account, document, talk.creditor.help, talk.creditor.tax_id,
                          talk.creditor.phone, talk.creditor.complaints_unit, talk.debtor.phone})
    known.numbers += one + "\n";
  for (const auto& one : canned_replies(tx, talk.creditor.id)) known.numbers += one.text + "\n";
  int64_t total = 0;
  for (const auto& invoice : talk.open) {
    known.numbers += invoice.number + "\n";
    total += invoice.balance_minor;
    known.sums_minor.insert(known.sums_minor.end(), {invoice.balance_minor, invoice.amount.minor});
  }
  known.sums_minor.push_back(total);
  for (const auto& payment : tx.payments.of_debtor(talk.creditor.id, talk.debtor.id))
    known.sums_minor.push_back(payment.amount.minor);
  if (const auto agreement = tx.agreements.active_of(talk.creditor.id, talk.debtor.id)) {
    known.sums_minor.push_back(agreement->total.minor);
    for (const auto& one : agreement->instalments) known.sums_minor.push_back(one.amount_minor);
  }
  for (const auto& offer : on_table(tx, talk.creditor.id, talk.debtor.id)) {
    known.sums_minor.push_back(offer.total_minor());
    for (const auto& one : offer.instalments) known.sums_minor.push_back(one.amount_minor);
  }
  return known;
}

struct Judged {
  Address address;
  ContactRequest request;
  Decision decision;
  std::string codes;  // Empty: it may leave.
};

// Asked now, so that who writes hears a no at once; asked again when it leaves.
Judged judged(Tx& tx, const Talk& talk, const OutboxMessage& message, const ContactFacts& facts,
              std::string_view despite) {
  Judged found{.address = address_in_use(tx, talk.debtor),
               .request = facts.request(talk.debtor, talk.creditor, message.purpose, talk.desk.law),
               .decision = {},
               .codes = {}};
  auto& [address, request, decision, codes] = found;
  request.text = message.text;
  if (message.ttl_seconds > 0)
    request.ttl_seconds = ttl_with_margin(message.ttl_seconds, talk.desk.settings);
  if (!talk.open.empty() && talk.open.front().due_on)
    request.days_past_due = talk.today() - *talk.open.front().due_on;
  decision = compliance::decide(request, talk.now);
  codes = decision.allowed ? std::string() : codes_of(decision);
  // Whoever has the number may be a stranger: of a debt nobody hears before they have said who they
  // are.
  const bool tells_stranger =
      address.state != AddressState::Confirmed &&
      (message.kind == "interactive" || compliance::tells_of_debt(message.text));
  const std::string_view unfit =
      tells_stranger ? unfit_for(address, Purpose::Overdue) : unfit_for(address, message.purpose);
  if (!unfit.empty())
    codes = codes.empty() ? std::string(unfit) : fmt::format("{} {}", unfit, codes);
  if (message.kind == "text" && despite.empty()) {
    const std::string wrong = messaging::money_refusals(message.text, money_known(tx, talk));
    if (!wrong.empty()) codes = codes.empty() ? wrong : fmt::format("{} {}", codes, wrong);
  }
  return found;
}

std::string refusals_of(Tx& tx, const Talk& talk, OutboxMessage& message, const ContactFacts& facts,
                        std::string_view despite) {
  const auto [address, request, decision, codes] = judged(tx, talk, message, facts, despite);
  message.pack_version = decision.pack_version;
  if (codes.empty()) return codes;
  std::string why = facts_of_no({.request = request,
                                 .facts = facts,
                                 .decision = &decision,
                                 .message = &message,
                                 .zone = talk.zone,
                                 .address = address,
                                 .reasons = codes},
                                decision.next_allowed, talk.now);
  tx.timeline.append({.creditor_id = talk.creditor.id,
                      .debtor_id = talk.debtor.id,
                      .at = talk.now,
                      .kind = "reply_refused",
                      .detail = codes,
                      .facts = std::move(why)},
                     tx.ids);
  return codes;
}

}  // namespace

std::optional<Instant> service_window(std::optional<Instant> last_inbound_at, Instant now) {
  if (!last_inbound_at || now - *last_inbound_at >= compliance::kServiceWindowMs)
    return std::nullopt;
  return *last_inbound_at + compliance::kServiceWindowMs;
}

std::vector<CannedReply> canned_replies(Tx& tx, CreditorId creditor) {
  auto all = tx.canned_replies.all(creditor);
  for (const auto& one : messaging::built_in_replies()) {
    if (std::ranges::find(all, one.name, &CannedReply::name) == all.end()) all.push_back(one);
  }
  std::ranges::sort(all, {}, &CannedReply::name);
  return all;
}

Result<std::vector<FilledReply>> filled_replies(Tx& tx, const Desk& desk, const Creditor& creditor,
                                                DebtorId id, Instant now) {
  const auto debtor = tx.debtors.find(creditor.id, id);
  if (!debtor || debtor->erased_at)
    return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
  const Talk talk = talk_with(tx, desk, creditor, *debtor, now);
  const auto paid = last_payment(tx, talk);
  std::vector<FilledReply> all;
  for (auto& reply : canned_replies(tx, creditor.id)) {
    auto text = !paid && names_payment(reply)
                    ? std::string()
                    : fill_for(talk, reply, paid, "{{enlace}}").value_or("");
    all.push_back({.reply = std::move(reply), .text = std::move(text)});
  }
  return all;
}

Result<Opening> opening_for(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId id,
                            Instant now) {
  const auto debtor = tx.debtors.find(creditor.id, id);
  if (!debtor || debtor->erased_at)
    return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
  const Talk talk = talk_with(tx, desk, creditor, *debtor, now);
  Opening opening;
  const std::string name(opening_template(tx, talk));
  if (name.empty()) return opening;
  const std::span<const Invoice> lead(talk.open.data(), std::min<size_t>(talk.open.size(), 1));
  // No link is made for who only looks.
  const std::string link =
      creditor.payment_link_base.empty() ? std::string() : creditor.payment_link_base + "enlace";
  auto message = template_of(tx, talk, lead, name, link);
  if (!message) {
    opening.why_not = message.error().message;
    return opening;
  }
  opening.template_name = name;
  opening.text = message->text;
  if (const size_t at = opening.text.find(link); !link.empty() && at != std::string::npos)
    opening.text.replace(at, link.size(), "{{enlace}}");
  const ContactFacts facts = contact_facts(tx, *debtor, now, desk.law);
  const Judged found = judged(tx, talk, *message, facts, {});
  opening.refusals = found.codes;
  const Instant kinder = strategy::kinder_hour(desk.strategy_of(creditor), talk.zone, now);
  if (!found.codes.empty())
    opening.not_before = found.decision.next_allowed;
  else if (is_collection(message->purpose) && kinder > now)
    opening.not_before = kinder;
  return opening;
}

Result<PersonReply> reply_by_person(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId id,
                                    const PersonWords& words, Instant now) {
  tx.debtors.hold_with_kin(creditor.id, id);
  const auto debtor = tx.debtors.find(creditor.id, id);
  if (!debtor) return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
  if (debtor->erased_at)
    return fail(ErrorCode::Conflict,
                "los datos de esta persona se borraron a pedido suyo: no se le escribe más");
  if (words.author.empty()) return fail(ErrorCode::Invalid, "author is missing: who writes");
  if (words.key.empty() || words.key.size() > 255)
    return fail(ErrorCode::Invalid,
                "a key of 1 to 255 characters is needed, so that nothing is said twice");
  const Talk talk = talk_with(tx, desk, creditor, *debtor, now);
  const ContactFacts facts = contact_facts(tx, *debtor, now, desk.law);
  ASSIGN_OR_RETURN(OutboxMessage message, message_of_words(tx, talk, words, facts));
  if (const auto said = tx.outbox.find_by_key(creditor.id, message.dedupe_key)) {
    if (said->text == message.text)
      return PersonReply{.id = said->id, .is_new = false, .text = said->text, .refusals = {}};
    return fail(ErrorCode::Invalid,
                "this key was used for other words: a new message needs a new key");
  }
  RETURN_IF_ERROR(has_seen_all(tx, talk, words));
  if (message.kind != "template") {
    RETURN_IF_ERROR(has_open_window(tx, talk, facts.last_inbound_at));
    message.expires_at = *service_window(facts.last_inbound_at,
                                         now);  // A pause is no reason to lose what somebody wrote.
  }
  PersonReply reply{.id = {},
                    .is_new = true,
                    .text = message.text,
                    .refusals = refusals_of(tx, talk, message, facts, words.despite)};
  if (!reply.refusals.empty()) return reply;
  person_spoke(tx, desk.settings, creditor.id, id, words.through, now);
  reply.id = message.id = tx.ids.next<MessageId>(now);
  PUNTUAL_CHECK(tx.outbox.insert(message));
  if (!words.offers.empty()) {
    put_on_table(tx, creditor.id, id, words.offers);
    RETURN_IF_ERROR(release(tx, creditor, id, words.through, now));
  }
  if (!words.despite.empty())
    RETURN_IF_ERROR(add_note(
        tx, creditor, id,
        fmt::format("Enviado aunque el programa no conoce la cuenta o la suma: {}", words.despite),
        words.author, now));
  const auto tell = [&](std::string_view kind, std::string_view detail) {
    tx.timeline.append({.creditor_id = creditor.id,
                        .debtor_id = id,
                        .at = now,
                        .kind = std::string(kind),
                        .message_id = message.id,
                        .detail = std::string(detail)},
                       tx.ids);
  };
  tell("proposed", message.step);
  tell("replied", words.author);
  reply.is_paused = !tx.creditors.paused_why(creditor.id).empty();
  const Instant kinder = strategy::kinder_hour(desk.strategy_of(creditor), talk.zone, now);
  if (is_collection(message.purpose) && kinder > now) reply.waits_until = kinder;
  return reply;
}

}  // namespace puntual::engine
