#include "engine/agreements.h"

#include <algorithm>

#include "base/json.h"
#include "base/locale.h"
#include "core/strategy/caps.h"
#include "engine/agreement_paper.h"
#include "engine/agreement_record.h"
#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/decision_record.h"
#include "engine/identify.h"
#include "engine/note.h"
#include "engine/pay_links.h"
#include "engine/payment_requests.h"
#include "engine/people_at_hand.h"
#include "engine/refused_words.h"
#include "engine/suspend.h"

namespace puntual {

std::string_view text_of(NoMandate why) {
  switch (why) {
    case NoMandate::Disputed:
      return "disputed";
    case NoMandate::TooOld:
      return "too_old";
    case NoMandate::Unwritten:
      break;
  }
  return "no_mandate";
}

}  // namespace puntual

namespace puntual::engine {
namespace {

// The second, of several invoices, names none of them, nor its link.
constexpr std::string_view kReminderTemplate = "recordatorio_acuerdo_v1",
                           kReminderOfSeveral = "recordatorio_acuerdo_varias_v1";
// The reminder is for the day before; where that is closed, for the nearest open one of these
// before it; where none is, for the day itself.
constexpr int32_t kRemindDaysMax = 4;
constexpr std::string_view kDebtChanged = "debt_changed";
constexpr int64_t kFollowAgainMs = kHourMs;  // What could not be followed.

void note_agreement(Tx& tx, const Agreement& agreement, Instant now, std::string_view kind,
                    std::string detail, std::string facts = {}) {
  tx.timeline.append(
      {.creditor_id = agreement.creditor_id,
       .debtor_id = agreement.debtor_id,
       .at = now,
       .kind = std::string(kind),
       .detail = fmt::format("{} {} {}", text_of(agreement.kind), agreement.id.value, detail),
       .facts = std::move(facts)},
      tx.ids);
}

// Overdue, or due so soon that a reminder would name it; where there is none of those, what is due
// next. In the currency of the oldest.
std::vector<Invoice> coverable(Tx& tx, const Creditor& creditor, DebtorId debtor,
                               const PayAbout& about, CivilDate last_due) {
  auto invoices = payable_by(tx, creditor.id, debtor, about);
  std::erase_if(invoices, [](const Invoice& i) { return !i.due_on; });
  if (invoices.empty()) return invoices;
  const CivilDate until = std::max(last_due, *invoices.front().due_on);
  const Currency currency = invoices.front().amount.currency;
  std::erase_if(invoices, [&](const Invoice& i) {
    return *i.due_on > until || i.amount.currency != currency;
  });
  return invoices;
}

// Sundays and the holidays of the creditor's country, with the days that the deployment closes.
std::function<bool(CivilDate)> days_of_rest(const Desk& desk, const Creditor& creditor) {
  const auto* land = desk.law.book().find(creditor.country);
  return [land](CivilDate date) {
    return weekday_of(date) == Weekday::Sunday ||
           (land != nullptr &&
            (land->calendar.is_holiday(date) || land->closed.is_closed(date, {})));
  };
}

// When a person's day begins.
Instant midnight(const Debtor& debtor, const Creditor& creditor, CivilDate date) {
  return home_zone(debtor, creditor).instant(date, 0);
}

// All was paid: what is left is given up, invoice by invoice.
void forgive(Tx& tx, const Agreement& agreement, CivilDate today, Instant now) {
  int64_t left = agreement.discount_minor;
  for (const auto id : agreement.covered) {
    const InvoiceBalance before = tx.invoices.balance_of(agreement.creditor_id, id);
    const int64_t part = std::min(left, before.owed_minor());
    if (part <= 0) continue;
    InvoiceBalance after = before;
    after.forgiven_minor += part;
    left -= part;
    const LedgerEntry entry = ledger::entry_of_giving_up(Account::Discounts, part,
                                                         {.amount = {0, agreement.total.currency},
                                                          .debtor_id = agreement.debtor_id,
                                                          .invoice_id = id,
                                                          .payment_id = {}});
    tx.ledger.append(agreement.creditor_id, std::span(&entry, 1), now, tx.ids);
    tx.invoices.set_balance(agreement.creditor_id, id, after,
                            after.owed_minor() == 0 ? std::optional(today) : std::nullopt);
  }
}

// It was forgiven for all being paid, which it is not.
void forgive_no_longer(Tx& tx, const Agreement& agreement, Instant now) {
  for (const auto id : agreement.covered) {
    const int64_t forgiven = tx.ledger.balance_of(agreement.creditor_id, id, Account::Discounts);
    if (forgiven == 0) continue;
    InvoiceBalance balance = tx.invoices.balance_of(agreement.creditor_id, id);
    balance.forgiven_minor -= forgiven;
    const LedgerEntry entry = ledger::entry_of_giving_up(Account::Discounts, -forgiven,
                                                         {.amount = {0, agreement.total.currency},
                                                          .debtor_id = agreement.debtor_id,
                                                          .invoice_id = id,
                                                          .payment_id = {}});
    tx.ledger.append(agreement.creditor_id, std::span(&entry, 1), now, tx.ids);
    tx.invoices.set_balance(agreement.creditor_id, id, balance, std::nullopt);
  }
}

// Closed with this, and not by a person: what breaks opens it again.
constexpr std::string_view kClosedByAgreement = "agreement";

void close_hardship(Tx& tx, CreditorId creditor, DebtorId debtor, Instant now) {
  for (const auto& one : tx.tasks.of_debtor(creditor, debtor)) {
    if (one.closed_at || one.kind != store::TaskKind::Hardship) continue;
    PUNTUAL_CHECK(tx.tasks.close(one, kClosedByAgreement, "settled", now));
    note(tx, creditor, debtor, now, "task_closed",
         fmt::format("{} settled by {}", text_of(one.kind), kClosedByAgreement));
  }
}

// They said that they cannot pay, and no person has closed that: it waits, or only what was agreed
// on, and not kept since, has closed it.
bool is_unseen_hardship(Tx& tx, CreditorId creditor, DebtorId debtor) {
  const auto tasks = tx.tasks.of_debtor(creditor, debtor);
  const auto last = std::ranges::find(tasks.rbegin(), tasks.rend(), store::TaskKind::Hardship,
                                      &store::Task::kind);
  if (last == tasks.rend()) return false;
  if (!last->closed_at) return true;
  return last->closed_by == kClosedByAgreement &&
         std::ranges::none_of(tx.agreements.of_debtor(creditor, debtor), [&](const Agreement& one) {
           return one.state == AgreementState::Kept && one.ended_at > last->closed_at;
         });
}

void end_agreement(Tx& tx, const Creditor& creditor, const Agreement& agreement,
                   AgreementState state, std::string_view why, CivilDate today, Instant now) {
  if (!tx.agreements.end(agreement, state, now)) return;
  end_suspension(tx, creditor.id, agreement.debtor_id, store::SuspensionKind::Agreement, why, now);
  for (const auto id :
       tx.outbox.cancel_planned(creditor.id, agreement.debtor_id, true, now, "AGREEMENT_ENDED")) {
    note_cancelled(tx, creditor.id, agreement.debtor_id, id, now, "AGREEMENT_ENDED");
  }
  if (state == AgreementState::Kept && agreement.discount_minor > 0)
    forgive(tx, agreement, today, now);
  const bool is_missed = state == AgreementState::Broken || state == AgreementState::PartlyKept;
  // Who had said that they cannot pay, and whom nobody has spoken with yet, is asked for nothing
  // before somebody has.
  const bool is_in_hardship = is_missed && is_unseen_hardship(tx, creditor.id, agreement.debtor_id);
  if (is_in_hardship) {
    raise_task(tx, creditor.id, agreement.debtor_id, store::TaskKind::Hardship,
               "Había dicho que no puede pagar, y lo que se acordó no se cumplió: hable con la "
               "persona.",
               now);
    suspend(tx, creditor.id, agreement.debtor_id,
            {.kind = store::SuspensionKind::Hardship,
             .since = now,
             .until = {},
             .through = "agreement"},
            now);
  }
  if (is_missed && agreement.kind == AgreementKind::Plan) {
    const auto books = tx.agreements.books_of(agreement);
    const auto progress = agreements::progress_of(agreement, books, today);
    const std::string locale =
        locale_of(*tx.debtors.find(creditor.id, agreement.debtor_id), creditor);
    raise_task(tx, creditor.id, agreement.debtor_id, store::TaskKind::BrokenPlan,
               fmt::format("No llegó completo el pago acordado para el {}: faltan {}. {}",
                           format_long_date(agreement.instalments.at(progress.met).due_on, locale),
                           format_money({progress.missing_minor, agreement.total.currency}, locale),
                           is_in_hardship ? "Dijo que no puede pagar y nadie lo ha atendido: los "
                                            "recordatorios descansan hasta que se cierre esa tarea."
                                          : "Los recordatorios siguen según la estrategia."),
               now);
  }
  if (why == kDebtChanged) {
    raise_task(
        tx, creditor.id, agreement.debtor_id, store::TaskKind::PlanChanged,
        fmt::format(
            "Lo que debe cambió desde que se acordaron {}, y el acuerdo terminó: los recordatorios "
            "siguen según la estrategia. Si lo acordado vale todavía, haga otro acuerdo.",
            format_money(agreement.total,
                         locale_of(*tx.debtors.find(creditor.id, agreement.debtor_id), creditor))),
        now);
  }
  note_agreement(tx, agreement, now, fmt::format("agreement_{}", text_of(state)), std::string(why));
  tx.debtors.review_now(creditor.id, agreement.debtor_id, now);
}

struct Standing {
  agreements::Progress progress;
  int64_t owed_minor = 0;
  std::string_view why = "ledger";  // Of an end.
};

// A part was given up or credited. Small rests that nobody asks for, of who pays as agreed, change
// nothing.
bool asks_too_much(Tx& tx, const Agreement& agreement, const agreements::Books& books) {
  int64_t excess = agreement.total.minor - books.waived_minor - books.paid_minor - books.owed_minor;
  for (size_t i = 0; excess > 0 && i < agreement.covered.size(); ++i) {
    excess -=
        tx.ledger.balance_of(agreement.creditor_id, agreement.covered[i], Account::SmallDifference);
  }
  return excess > 0;
}

Standing standing_of(Tx& tx, const Agreement& agreement, CivilDate today) {
  const auto books = tx.agreements.books_of(agreement);
  Standing standing{.progress = agreements::progress_of(agreement, books, today),
                    .owed_minor = books.owed_minor};
  auto& state = standing.progress.state;
  if (state == AgreementState::Active &&
      (books.charged_minor + books.waived_minor > 0 || asks_too_much(tx, agreement, books))) {
    // What was agreed on is no longer what is owed.
    state = AgreementState::Cancelled;
    standing.why = kDebtChanged;
  }
  return standing;
}

// What is owed is a part of it: once that changes the text is no longer true, and another one may
// be said.
std::string reminder_key(const Agreement& agreement, size_t number, int64_t owed_minor) {
  return fmt::format("agreement:{}:{}:{}", agreement.id.value, number, owed_minor);
}

// When on this day the message may leave; none: not on this day.
std::optional<Instant> opening_on(const ContactRequest& request, const Strategy& strategy,
                                  Zone zone, CivilDate day, Instant now) {
  const Instant from = strategy::kinder_hour(strategy, zone, std::max(now, zone.instant(day, 0)));
  const Decision decision = compliance::decide(request, from);
  if (decision.allowed) return from;
  if (decision.next_allowed && zone.local(*decision.next_allowed).date == day)
    return decision.next_allowed;
  return std::nullopt;
}

// Of the oldest.
int32_t days_past_due(std::span<const Invoice> invoices, CivilDate today) {
  int32_t days = 0;
  for (const auto& one : invoices) days = one.due_on ? std::max(days, today - *one.due_on) : days;
  return days;
}

// Reminds of the next instalment when its day has come; when to look again.
Instant remind(Tx& tx, const Desk& desk, const Creditor& creditor, const PersonAtHand& person,
               const Agreement& agreement, const Standing& standing, Instant now,
               FollowReport& report) {
  const auto& progress = standing.progress;
  const Zone zone = home_zone(person.debtor, creditor);
  const CivilDate today = zone.local(now).date;
  Instalment next = agreement.instalments[progress.met];
  const Instant judged_at =
      midnight(person.debtor, creditor, next.due_on + agreement.grace_days + 1);
  // Who has just given their word is not reminded on the same day.
  const CivilDate first =
      std::max(next.due_on - kRemindDaysMax, zone.local(agreement.made_at).date + 1);
  if (first >= next.due_on || today > next.due_on) return judged_at;
  if (today < first) return midnight(person.debtor, creditor, first);
  std::vector<Invoice> covered;
  for (const auto& invoice : person.owed) {
    if (std::ranges::find(agreement.covered, invoice.id) != agreement.covered.end())
      covered.push_back(invoice);
  }
  next.amount_minor = progress.missing_minor;
  const std::string link = payment_link(tx, desk, creditor, agreement, covered, now);
  auto message =
      compose(tx, desk,
              {.creditor = &creditor,
               .debtor = &person.debtor,
               .invoices = covered,
               .template_name = covered.size() > 1 ? kReminderOfSeveral : kReminderTemplate,
               .fallback_template = kReminderTemplate,
               .today = today,
               .paid = {},
               .remaining = {},
               .instalment =
                   NextInstalment{
                       .due = next, .number = progress.met + 1, .of = agreement.instalments.size()},
               .payment_link = link});
  if (!message) {
    note_agreement(tx, agreement, now, "text_failed", std::string(kReminderTemplate));
    return judged_at;
  }
  message->purpose = days_past_due(covered, today) > 0 ? Purpose::Overdue : Purpose::PreDue;
  ContactRequest request =
      person.facts.request(person.debtor, creditor, message->purpose, desk.law);
  request.text = message->text;
  request.days_past_due = days_past_due(covered, today);
  request.ttl_seconds = ttl_with_margin(message->ttl_seconds, desk.settings);
  const Strategy& strategy = desk.strategy_of(creditor);
  std::optional<Instant> at;
  CivilDate day = next.due_on;
  while (!at && day > std::max(today, first)) {
    day = day - 1;
    at = opening_on(request, strategy, zone, day, now);
  }
  if (!at) {
    day = next.due_on;
    at = opening_on(request, strategy, zone, day, now);
  }
  if (!at) {
    ask_for_other_words(tx, *message, compliance::decide(request, now), now);
    return judged_at;
  }
  if (day > today) return midnight(person.debtor, creditor, day);
  message->id = tx.ids.next<MessageId>(now);
  message->step = kAgreementStep;
  message->strategy_version = strategy.version;
  message->dedupe_key = reminder_key(agreement, progress.met + 1, standing.owed_minor);
  message->planned_at = now;
  message->not_before = *at;
  message->expires_at = midnight(person.debtor, creditor, next.due_on + 1);
  if (tx.outbox.insert(*message)) {
    ++report.reminded;
    tx.timeline.append({.creditor_id = creditor.id,
                        .debtor_id = person.debtor.id,
                        .at = now,
                        .kind = "proposed",
                        .message_id = message->id,
                        .invoice_id = message->lead_invoice_id,
                        .detail = std::string(kAgreementStep)},
                       tx.ids);
  }
  return judged_at;
}

}  // namespace

std::string_view name_es(AgreementState state) {
  static constexpr std::string_view kTexts[] = {"en curso", "cumplido", "cumplido en parte",
                                                "incumplido", "sin efecto"};
  return kTexts[static_cast<size_t>(state)];
}

namespace {

// Told by them, or kept in the file: on what is disputed only a person agrees, and whoever agrees
// to pay it seems to own to it.
bool is_in_dispute(Tx& tx, const Creditor& creditor, DebtorId debtor, Instant now) {
  if ((tx.case_flags.active(creditor.id, debtor) >> static_cast<int>(CaseFlag::Disputed) & 1) != 0)
    return true;
  const auto resting = tx.suspensions.active(creditor.id, debtor, now);
  return std::ranges::find(resting, store::SuspensionKind::Dispute, &store::Suspension::kind) !=
         resting.end();
}

}  // namespace

Negotiation negotiation_with(Tx& tx, const Desk& desk, const Creditor& creditor,
                             const Debtor& debtor, Instant now, const PayAbout& about) {
  const Strategy& strategy = desk.strategy_of(creditor);
  const Zone zone = home_zone(debtor, creditor);
  Negotiation found;
  found.debt.today = zone.local(now).date;
  found.debt.is_closed = days_of_rest(desk, creditor);
  found.covered =
      coverable(tx, creditor, debtor.id, about, found.debt.today + strategy.horizon_days);
  if (found.covered.empty()) return found;
  const bool has_too_old = std::ranges::any_of(found.covered, [&](const Invoice& i) {
    return strategy::is_too_old(i, strategy, found.debt.today);
  });
  found.debt.owed.currency = found.covered.front().amount.currency;
  for (const auto& invoice : found.covered) {
    found.debt.owed.minor += invoice.balance_minor;
    found.debt.due.push_back({*invoice.due_on, invoice.balance_minor});
  }
  const bool is_disputed = is_in_dispute(tx, creditor, debtor.id, now);
  if (has_too_old || is_disputed) {
    found.why_none = is_disputed ? NoMandate::Disputed : NoMandate::TooOld;
    return found;  // A person agrees on it, or nobody.
  }
  const auto row = tx.debtors.for_review(creditor.id, debtor.id);
  PUNTUAL_CHECK(row.has_value());
  PaymentBehaviour behaviour = row->behaviour;
  strategy::add_open_debts(behaviour, found.covered, found.debt.today);
  found.mandate = strategy.mandate_of(strategy::classify(behaviour, strategy));
  if (found.mandate == nullptr) return found;
  found.mandate_version = strategy.version;
  const CivilDate since =
      agreements::months_later(found.debt.today, -found.mandate->agreements_months);
  const auto past = tx.agreements.past(creditor.id, debtor.id, zone.instant(since, 0));
  found.debt.made = past.made;
  found.debt.broken = past.broken;
  return found;
}

std::optional<CivilDate> first_reminder_day(Tx& tx, const Desk& desk, const Creditor& creditor,
                                            const PersonAtHand& person, Instant now) {
  const MessageTemplate* text = find_approved_text(tx, desk, creditor.id, kReminderTemplate,
                                                   locale_of(person.debtor, creditor));
  if (text == nullptr || tx.templates.status(creditor.id, text->name, text->language) != "APPROVED")
    return std::nullopt;
  const Zone zone = home_zone(person.debtor, creditor);
  const CivilDate tomorrow = zone.local(now).date + 1;
  const Decision decision =
      compliance::decide(person.facts.request(person.debtor, creditor, Purpose::Overdue, desk.law),
                         zone.instant(tomorrow, 0));
  if (decision.allowed) return tomorrow;
  return decision.next_allowed ? std::optional(zone.local(*decision.next_allowed).date)
                               : std::nullopt;
}

Result<Agreement> make_agreement(Tx& tx, const Desk& desk, const Creditor& creditor,
                                 const AgreementOrder& order, Instant now) {
  tx.debtors.hold_with_kin(creditor.id, order.debtor_id);
  const auto debtor = tx.debtors.find(creditor.id, order.debtor_id);
  if (!debtor || debtor->erased_at)
    return fail(ErrorCode::NotFound, "debtor {} does not exist", order.debtor_id.value);
  const Negotiation negotiation = negotiation_with(tx, desk, creditor, *debtor, now, order.about);
  if (negotiation.covered.empty()) {
    return fail(
        ErrorCode::NotFound,
        "debtor {} owes nothing that can be agreed on (invoices with a due date and a balance)",
        order.debtor_id.value);
  }
  RETURN_IF_ERROR(agreements::check_shape(negotiation.debt, order.offer));
  auto inside =
      negotiation.mandate != nullptr
          ? agreements::check_mandate(*negotiation.mandate, negotiation.debt, order.offer)
          : fail(ErrorCode::Forbidden,
                 "no [[mandate]] holds for this person (none is written for their segment, they "
                 "dispute the debt, or it is too old): a person of the creditor decides");
  if (!inside && !order.may_go_beyond) return std::unexpected(std::move(inside).error());
  if (!inside && order.by.empty())
    return fail(ErrorCode::Forbidden,
                "beyond the mandate a person of the creditor decides: by is missing (their login)");

  if (const auto before = tx.agreements.active_of(creditor.id, debtor->id)) {
    end_agreement(tx, creditor, *before, AgreementState::Cancelled, "replaced",
                  negotiation.debt.today, now);
  }
  Agreement agreement{.id = tx.ids.next<AgreementId>(now),
                      .creditor_id = creditor.id,
                      .debtor_id = debtor->id,
                      .kind = order.offer.kind(),
                      .made_at = now,
                      .through = order.through,
                      .mandate_version = inside ? negotiation.mandate_version : std::string(),
                      .covered = {},
                      .total = {order.offer.total_minor(), negotiation.debt.owed.currency},
                      .discount_minor = order.offer.discount_minor,
                      .instalments = order.offer.instalments,
                      .grace_days = negotiation.mandate != nullptr ? negotiation.mandate->grace_days
                                                                   : Mandate{}.grace_days,
                      .words = order.words,
                      .salt = desk.random.hex128(),
                      .ended_at = {}};
  for (const auto& invoice : negotiation.covered) agreement.covered.push_back(invoice.id);
  const auto books = tx.agreements.books_of(agreement);
  agreement.charged_before_minor = books.charged_minor;
  agreement.paid_before_minor = books.paid_minor;
  tx.agreements.insert(agreement, now);
  note_agreement(tx, agreement, now, kAgreementMade, order.through,
                 facts_of_agreement(agreement, order.by, address_in_use(tx, *debtor)));
  suspend(tx, creditor.id, debtor->id,
          {.kind = store::SuspensionKind::Agreement,
           .since = now,
           .until = {},
           .through = order.through},
          now);
  // What they can pay is found, and its own reminders go on: nobody has to decide what they are
  // offered.
  end_suspension(tx, creditor.id, debtor->id, store::SuspensionKind::Hardship, kAgreementMade, now);
  close_hardship(tx, creditor.id, debtor->id, now);
  return agreement;
}

Result<void> cancel_agreement(Tx& tx, const Creditor& creditor, AgreementId id,
                              std::string_view through, Instant now) {
  const auto known = tx.agreements.find(creditor.id, id);
  if (!known) return fail(ErrorCode::NotFound, "agreement {} does not exist", id.value);
  tx.debtors.hold_with_kin(creditor.id, known->debtor_id);
  const auto active = tx.agreements.active_of(creditor.id, known->debtor_id);
  if (!active || active->id != id)
    return fail(ErrorCode::Conflict, "agreement {} has ended already", id.value);
  end_agreement(tx, creditor, *active, AgreementState::Cancelled, through,
                Zone::of(creditor.zone).local(now).date, now);
  return {};
}

void note_money(Tx& tx, const Creditor& creditor, DebtorId debtor_id, Instant now) {
  const auto agreement = tx.agreements.active_of(creditor.id, debtor_id);
  if (!agreement) return;
  const auto debtor = tx.debtors.find(creditor.id, debtor_id);
  PUNTUAL_CHECK(debtor.has_value());
  const CivilDate today = home_zone(*debtor, creditor).local(now).date;
  const Standing standing = standing_of(tx, *agreement, today);
  if (standing.progress.state == AgreementState::Kept) {
    end_agreement(tx, creditor, *agreement, AgreementState::Kept, standing.why, today, now);
  } else {
    tx.agreements.set_review(*agreement, now);
  }
}

bool judge_again(Tx& tx, const Creditor& creditor, DebtorId id, std::span<const InvoiceId> moved,
                 std::span<const Reversal> reversals, Instant now) {
  const auto is_of_moved = [&](InvoiceId one) {
    return std::ranges::find(moved, one) != moved.end();
  };
  bool is_lost = false;
  for (const auto& agreement : tx.agreements.of_debtor(creditor.id, id)) {
    const bool was_kept = agreement.state == AgreementState::Kept;
    const bool was_lost =
        !was_kept && agreement.ended_at &&
        std::ranges::find(reversals, *agreement.ended_at, &Reversal::at) != reversals.end();
    if (!(was_kept || was_lost) || std::ranges::none_of(agreement.covered, is_of_moved)) continue;
    const CivilDate today = home_zone(*tx.debtors.find(creditor.id, id), creditor).local(now).date;
    AgreementState state = standing_of(tx, agreement, today).progress.state;
    if (state == AgreementState::Active && tx.agreements.active_of(creditor.id, id))
      state = AgreementState::Cancelled;  // Another one holds by now.
    if (state == agreement.state) continue;
    is_lost = is_lost || was_kept;
    tx.agreements.judge_again(agreement, state, now);
    if (was_kept) forgive_no_longer(tx, agreement, now);
    if (state == AgreementState::Kept && agreement.discount_minor > 0)
      forgive(tx, agreement, today, now);
    if (state == AgreementState::Active) {
      suspend(tx, creditor.id, id,
              {.kind = store::SuspensionKind::Agreement,
               .since = now,
               .until = {},
               .through = "ledger"},
              now);
    }
    note_agreement(tx, agreement, now, fmt::format("agreement_{}", text_of(state)),
                   was_kept ? "payment_reversed" : "payment_reinstated");
  }
  return is_lost;
}

bool reminder_stands(Tx& tx, const OutboxMessage& message) {
  const auto agreement = tx.agreements.active_of(message.creditor_id, message.debtor_id);
  if (!agreement) return false;
  // Only what is met is asked, not what is late: any day before the first date will do.
  const Standing standing = standing_of(tx, *agreement, agreement->instalments.front().due_on);
  return standing.progress.state == AgreementState::Active &&
         message.dedupe_key ==
             reminder_key(*agreement, standing.progress.met + 1, standing.owed_minor);
}

namespace {

void follow(Tx& tx, const Desk& desk, const Creditor& creditor, std::vector<DebtorId> due,
            Instant now, FollowReport& report) {
  PeopleAtHand people(tx, creditor.id, due, now, desk.law);
  for (const auto id : due) {
    if (!people.has(id)) continue;  // Another node is busy with them: in the next turn.
    const auto agreement = tx.agreements.active_of(creditor.id, id);
    if (!agreement) continue;
    const PersonAtHand& person = people.of(id);
    const CivilDate today = home_zone(person.debtor, creditor).local(now).date;
    const Standing standing = standing_of(tx, *agreement, today);
    ++report.reviewed;
    send_paper(tx, desk, creditor, person.debtor, *agreement, now);
    if (standing.progress.state == AgreementState::Active) {
      tx.agreements.set_review(
          *agreement, remind(tx, desk, creditor, person, *agreement, standing, now, report));
    } else {
      end_agreement(tx, creditor, *agreement, standing.progress.state, standing.why, today, now);
      ++report.ended;
    }
    people.changed(id);
  }
}

// The batch broke the transaction: each alone, and whose agreement breaks it is put off, so that
// the others are followed.
Result<void> follow_each(Store& store, const Desk& desk, const Creditor& creditor,
                         std::span<const DebtorId> due, Instant now, FollowReport& report) {
  for (const auto id : due) {
    const auto followed = store.write([&](Tx& tx) {
      FollowReport one;
      follow(tx, desk, creditor, {id}, now, one);
      return one;
    });
    if (followed) {
      report.add(*followed);
      continue;
    }
    if (followed.error().code == ErrorCode::Unavailable || store.has_lost_node())
      return std::unexpected(followed.error());
    ++report.failed;
    RETURN_IF_ERROR(store.write([&](Tx& tx) {
      if (!tx.debtors.hold(creditor.id, {id})) return;
      tx.agreements.review_now(creditor.id, id, now + kFollowAgainMs);
      note(tx, creditor.id, id, now, "follow_failed");
    }));
  }
  return {};
}

}  // namespace

Result<FollowReport> follow_agreements(Store& store, const Desk& desk, Instant now) {
  FollowReport report;
  ASSIGN_OR_RETURN(const auto waiting, store.read([&](Tx& tx) {
    std::vector<Creditor> some;
    for (const auto& creditor : tx.creditors.all()) {
      const auto next = tx.agreements.next_review(creditor.id);
      if (next && *next <= now) some.push_back(creditor);
    }
    return some;
  }));
  for (const auto& creditor : waiting) {
    std::vector<DebtorId> due;
    const auto followed = store.write([&](Tx& tx) {
      FollowReport batch;
      due = tx.agreements.due_for_review(creditor.id, now, desk.settings.plan_batch);
      follow(tx, desk, creditor, due, now, batch);
      return batch;
    });
    if (followed) {
      report.add(*followed);
    } else if (followed.error().code == ErrorCode::Unavailable || store.has_lost_node()) {
      return std::unexpected(followed.error());
    } else {
      RETURN_IF_ERROR(follow_each(store, desk, creditor, due, now, report));
    }
    report.more = report.more || static_cast<int>(due.size()) >= desk.settings.plan_batch;
  }
  return report;
}

}  // namespace puntual::engine
