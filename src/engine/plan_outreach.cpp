#include "engine/plan_outreach.h"

#include <algorithm>
#include <map>

#include "base/failpoint.h"
#include "core/compliance/decide_read.h"
#include "core/strategy/caps.h"
#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/decision_record.h"
#include "engine/identify.h"
#include "engine/import_grace.h"
#include "engine/note.h"
#include "engine/on_ramp.h"
#include "engine/pay_links.h"
#include "engine/people_at_hand.h"
#include "engine/read_once.h"
#include "engine/refused_words.h"
#include "engine/suspend.h"
#include "store/sql/sql_last_notices.h"

namespace puntual::engine {
namespace {

// One person's case while it is decided.
struct Review {
  PeopleAtHand& people;
  DebtorId id;
  PaymentBehaviour behaviour;
  std::vector<Invoice> invoices;  // Open ones, but for those that are too old to be spoken of.
  bool has_too_old = false;
  std::span<const OutboxMessage> waiting;  // What is planned for them already.
  Zone zone;
  CivilDate today;
  Segment segment = Segment::New;

  [[nodiscard]] const PersonAtHand& person() const { return people.of(id); }
  [[nodiscard]] const Debtor& debtor() const { return person().debtor; }
};

struct Outcome {
  bool proposed = false;
  std::string silence;  // Codes; empty when proposed.
  std::optional<Instant> silent_until;
  std::optional<Instant> review_at;
  std::string facts;  // What the gate's no rested on.
};

Review review_of(PeopleAtHand& people, DebtorId id, std::span<const OutboxMessage> waiting,
                 const Creditor& creditor, const Strategy& strategy, Instant now) {
  const PersonAtHand& person = people.of(id);
  const Zone zone = home_zone(person.debtor, creditor);
  Review review{.people = people,
                .id = id,
                .behaviour = person.behaviour,
                .invoices = person.owed,
                .waiting = waiting,
                .zone = zone,
                .today = zone.local(now).date};
  std::erase_if(review.invoices,
                [](const Invoice& invoice) { return invoice.state != InvoiceState::Open; });
  review.has_too_old = std::erase_if(review.invoices, [&](const Invoice& invoice) {
                         return strategy::is_too_old(invoice, strategy, review.today);
                       }) > 0;
  strategy::add_open_debts(review.behaviour, review.invoices, review.today);
  review.segment = strategy::classify(review.behaviour, strategy);
  return review;
}

std::optional<Instant> start_of(const Review& review, std::optional<CivilDate> date) {
  if (!date) return std::nullopt;
  return review.zone.instant(*date, 0);
}

// The next date on which time alone puts the person into another segment, and so into another
// cadence: the oldest debt has become late, or old.
std::optional<CivilDate> next_segment_on(const Review& review, const Strategy& strategy) {
  std::optional<CivilDate> next;
  for (const auto& invoice : review.invoices) {
    if (!invoice.due_on) continue;
    for (const int32_t days : {strategy.late_days_max + 1, strategy.aged_days_min}) {
      const CivilDate on = *invoice.due_on + days;
      if (on > review.today && (!next || on < *next)) next = on;
    }
  }
  return next;
}

std::optional<CivilDate> earlier_date(std::optional<CivilDate> a, std::optional<CivilDate> b) {
  return !a ? b : !b ? a : std::min(*a, *b);
}

// The latest moment at which the step's text is still worth reading.
Instant expiry_of(const Review& review, const Step& step, const Invoice& lead) {
  // A text that stays true for ever is still dropped after a week in the outbox: the plan has gone
  // on.
  constexpr int32_t kInOutboxDaysMax = 7;
  const CivilDate last = *lead.due_on + step.day + step.valid_days;
  return review.zone.instant(std::clamp(last, review.today, review.today + kInOutboxDaysMax) + 1,
                             0);
}

Result<OutboxMessage> message_of_step(Tx& tx, const Desk& desk, const Creditor& creditor,
                                      const Strategy& strategy, const Cadence& cadence,
                                      const Review& review, const Proposal& proposal, Instant now) {
  const Step& step = cadence.steps[proposal.step];
  std::vector<Invoice> mentioned;
  for (const size_t i : proposal.covered) mentioned.push_back(review.invoices[i]);
  const bool several = mentioned.size() > 1 && !step.template_many.empty();
  const std::string link =
      payment_link(tx, desk, creditor, review.id, mentioned, review.person().links, now);
  ASSIGN_OR_RETURN(OutboxMessage message,
                   compose(tx, desk,
                           {.creditor = &creditor,
                            .debtor = &review.debtor(),
                            .invoices = mentioned,
                            .template_name = several ? step.template_many : step.template_name,
                            .fallback_template = step.template_name,
                            .attach = step.attach,
                            .today = review.today,
                            .payment_link = link}));
  message.purpose = proposal.covers_overdue ? Purpose::Overdue : Purpose::PreDue;
  message.step = step.id;
  message.strategy_version = strategy.version;
  // Without the strategy's version: an edited strategy must not say the same step again.
  message.dedupe_key = fmt::format("step:{}:{}:{}", mentioned.front().id.value,
                                   mentioned.front().due_on->days, step.day);
  message.expires_at = expiry_of(review, step, mentioned.front());
  return message;
}

// When the message may leave by the law and by the strategy's own caps; none: not while the
// situation lasts.
struct Opening {
  std::optional<Instant> at;
  std::string codes;
  Decision first;  // What the gate says of this moment.
};

Opening opening_of(const ContactRequest& request, const Strategy& strategy, Zone zone, Instant now,
                   bool is_to_be_thanked) {
  const auto decide = [&, text = request.text ? std::optional(read_once(*request.text))
                                              : std::nullopt](Instant at) {
    return text ? compliance::decide(request, *text, at) : compliance::decide(request, at);
  };
  Opening opening{.at = {}, .codes = {}, .first = decide(now)};
  opening.at = opening.first.allowed ? now : opening.first.next_allowed;
  opening.codes = codes_of(opening.first);
  // An authorisation that begins later holds from then on: the clock of the machine that took it
  // may be a little ahead of ours.
  const ChannelConsent& consent = request.consent[static_cast<size_t>(request.channel)];
  if (!opening.at && consent.granted && consent.granted_at > now) {
    const Decision then = decide(consent.granted_at);
    opening.at = then.allowed ? consent.granted_at : then.next_allowed;
  }
  if (!opening.at) return opening;
  const Instant by_caps =
      strategy::earliest_by_caps(request.history, strategy, zone, now, is_to_be_thanked);
  if (by_caps > *opening.at) {
    opening.codes += opening.codes.empty() ? "STRATEGY_CAP" : " STRATEGY_CAP";
    const Decision then = decide(by_caps);
    opening.at = then.allowed ? by_caps : then.next_allowed;
  }
  if (!opening.at) return opening;
  // The law's first minute is not a kind one, but a lawful hour comes before a kind one.
  const Instant kinder = strategy::kinder_hour(strategy, zone, *opening.at);
  if (kinder > *opening.at && decide(kinder).allowed) opening.at = kinder;
  return opening;
}

// Until the next step: what the gate says of its day as things stand. A stop, a case or a missing
// authorisation is the reason why nothing comes, and a feast or the strategy's own hours make it
// later than the step's first minute. The step itself asks again.
void look_ahead(const Desk& desk, const Creditor& creditor, const Strategy& strategy,
                const Review& review, Outcome& outcome) {
  if (outcome.silence != "step_pending" || !outcome.silent_until) return;
  const PersonAtHand& person = review.person();
  const Instant then = *outcome.silent_until;
  const CivilDate on = review.zone.local(then).date;
  const auto is_late_then = [&](const Invoice& one) { return one.due_on && *one.due_on < on; };
  const bool is_overdue = std::ranges::any_of(review.invoices, is_late_then);
  const ContactRequest request = person.facts.request(
      person.debtor, creditor, is_overdue ? Purpose::Overdue : Purpose::PreDue, desk.law);
  const Opening opening = opening_of(request, strategy, review.zone, then, false);
  outcome.silent_until = opening.at;
  if (opening.at) return;
  // The hour of that midnight, or a feast, is beside the point.
  Decision lasting = opening.first;
  std::erase_if(lasting.reasons, [](Reason reason) {
    return reason >= Reason::WindowHours && reason <= Reason::HouseWeeklyCap;
  });
  const std::string codes = codes_of(lasting.reasons.empty() ? opening.first : lasting);
  outcome.silence = codes;
  outcome.facts = facts_of_no({.request = request,
                               .facts = person.facts,
                               .decision = &opening.first,
                               .zone = review.zone,
                               .address = person.address,
                               .reasons = codes},
                              std::nullopt, then);
}

// Asks the gate and writes the message, or says why not.
Outcome place(Tx& tx, const Desk& desk, const Creditor& creditor, const Strategy& strategy,
              const Review& review, OutboxMessage& message, Instant now) {
  const PersonAtHand& person = review.person();
  ContactRequest request = person.facts.request(person.debtor, creditor, message.purpose, desk.law);
  request.channel = message.channel;
  request.text = message.text;
  const auto lead = std::ranges::find(review.invoices, message.lead_invoice_id, &Invoice::id);
  if (lead != review.invoices.end() && lead->due_on)
    request.days_past_due = review.today - *lead->due_on;
  if (message.ttl_seconds > 0)
    request.ttl_seconds = ttl_with_margin(message.ttl_seconds, desk.settings);
  const bool is_to_be_thanked = std::ranges::any_of(review.waiting, [](const OutboxMessage& one) {
    return one.purpose == Purpose::PaymentConfirmation;
  });
  const Opening opening = opening_of(request, strategy, review.zone, now, is_to_be_thanked);
  message.pack_version = opening.first.pack_version;
  message.reasons = opening.codes;
  std::string why;
  if (!opening.at || *opening.at > now) {
    why = facts_of_no({.request = request,
                       .facts = person.facts,
                       .decision = &opening.first,
                       .message = &message,
                       .zone = review.zone,
                       .address = person.address,
                       .reasons = opening.codes},
                      opening.at, now);
  }
  if (!opening.at) {
    ask_for_other_words(tx, message, opening.first, now);
    return {.silence = opening.codes, .facts = std::move(why)};
  }
  message.planned_at = now;
  message.not_before = *opening.at;
  // One asking, or invitation, a day; of what is said at the next opening, that day's.
  if (message.purpose == Purpose::IdentityCheck) {
    message.dedupe_key = fmt::format("{}:{}:{}", message.step, review.id.value,
                                     review.zone.local(message.not_before).date.days);
  }
  if (message.not_before >= message.expires_at)
    return {.silence = opening.codes, .silent_until = opening.at, .facts = std::move(why)};
  message.id = tx.ids.next<MessageId>(now);
  if (!tx.outbox.insert(message)) return {.silence = "already_said"};
  failpoint("plan.proposed");
  return {.proposed = true, .silent_until = message.not_before, .facts = std::move(why)};
}

// A reminder that could not leave yet (a pause, a paused template, a cap) and speaks of nothing but
// what the new one speaks of is dropped: after missed time a person hears once.
void drop_older(Tx& tx, std::span<const OutboxMessage> waiting, const OutboxMessage& message,
                Instant now) {
  for (const auto& older : waiting) {
    if (!is_collection(older.purpose)) continue;
    const auto is_named = [&](InvoiceId id) {
      return std::ranges::find(message.covered, id) != message.covered.end();
    };
    if (!std::ranges::all_of(older.covered, is_named)) continue;
    if (!tx.outbox.to_cancelled(message.creditor_id, older.id, now, "SUPERSEDED")) continue;
    note_cancelled(tx, message.creditor_id, message.debtor_id, older.id, now, "SUPERSEDED");
  }
}

// `on`: the local date on which the message is to be read; gaps are counted from there.
void mark_steps(Tx& tx, const Creditor& creditor, Review& review, const Proposal& proposal,
                CivilDate on) {
  for (size_t i = 0; i < proposal.covered.size(); ++i) {
    Invoice& invoice = review.invoices[proposal.covered[i]];
    invoice.last_step_day = proposal.marks[i];
    invoice.last_step_on = on;
    tx.invoices.set_step(creditor.id, invoice.id, invoice.last_step_day, on);
  }
}

// In place of a step that is due: asks who has this number, without a word about a debt. At most
// ask_max times, with days between; then a person must find another way. The step stays due, and is
// said when the answer is yes.
Outcome ask_who_it_is(Tx& tx, const Desk& desk, const Creditor& creditor, const Strategy& strategy,
                      const Review& review, Instant now) {
  const Address& address = review.person().address;
  Outcome outcome{.silence = std::string(unfit_for(address, Purpose::Overdue)),
                  .silent_until = {},
                  .review_at = {}};
  if (address.is_retired() || address.needs_reading()) return outcome;
  for (const auto& waiting : review.waiting) {
    if (waiting.step != kOpenerStep) continue;
    outcome.silent_until = waiting.not_before;
    outcome.review_at = std::max(waiting.not_before, review.zone.instant(review.today + 1, 0));
    return outcome;
  }
  if (address.asked_at) {
    const Instant again_at = *address.asked_at + strategy.ask_again_days * kDayMs;
    if (now < again_at) {
      outcome.silent_until = outcome.review_at = again_at;
      return outcome;
    }
    if (address.times_asked >= strategy.ask_max) {
      note_silence_of_address(tx, review.debtor(), now);
      review.people.changed(review.id);
      return outcome;
    }
  }
  auto message = compose(tx, desk,
                         {.creditor = &creditor,
                          .debtor = &review.debtor(),
                          .invoices = {},
                          .template_name = kOpenerTemplate,
                          .fallback_template = {},
                          .today = review.today,
                          .paid = {},
                          .remaining = {}});
  outcome.review_at = review.zone.instant(review.today + 1, 0);
  if (!message) {
    outcome.silence = "text_failed: " + message.error().message;
    return outcome;
  }
  message->step = kOpenerStep;
  message->strategy_version = strategy.version;
  message->expires_at = now + 14 * kDayMs;
  Outcome placed = place(tx, desk, creditor, strategy, review, *message, now);
  placed.review_at = outcome.review_at;
  if (!placed.proposed) return placed;
  tx.timeline.append(
      {.creditor_id = creditor.id,
       .debtor_id = review.id,
       .at = now,
       .kind = "proposed",
       .message_id = message->id,
       .detail = fmt::format("{} {} {}", kOpenerStep, text_of(review.segment), message->reasons),
       .facts = std::move(placed.facts)},
      tx.ids);
  outcome.proposed = true;
  outcome.silent_until = outcome.review_at = message->not_before + strategy.ask_again_days * kDayMs;
  return outcome;
}

// In place of WhatsApp, which does not reach them: one invitation by the first way that the gate
// leaves open. None when there is nothing to wait for; then a person is told, unless an invitation
// is out.
std::optional<Outcome> invite(Tx& tx, const Desk& desk, const Creditor& creditor,
                              const Strategy& strategy, const Review& review, Instant now) {
  const Instant tomorrow = review.zone.instant(review.today + 1, 0);
  for (const auto& waiting : review.waiting) {
    if (waiting.step != kOnRampStep) continue;
    return Outcome{.silence = "UNREACHABLE",
                   .silent_until = waiting.not_before,
                   .review_at = std::max(waiting.not_before, tomorrow)};
  }
  const OnRamps open = on_ramps_for(tx, desk, strategy, review.person(), now);
  for (const Channel way : open.ways) {
    auto message = compose_invitation(tx, desk, creditor, review.debtor(), way, review.today);
    if (!message)
      return Outcome{.silence = "text_failed: " + message.error().message,
                     .silent_until = {},
                     .review_at = tomorrow};
    message->strategy_version = strategy.version;
    message->expires_at = now + 14 * kDayMs;
    Outcome placed = place(tx, desk, creditor, strategy, review, *message, now);
    if (!placed.proposed) continue;
    tx.timeline.append(
        {.creditor_id = creditor.id,
         .debtor_id = review.id,
         .at = now,
         .kind = "proposed",
         .message_id = message->id,
         .detail = fmt::format("{} {} {}", kOnRampStep, text_of(way), message->reasons),
         .facts = std::move(placed.facts)},
        tx.ids);
    return Outcome{.proposed = true,
                   .silence = "UNREACHABLE",
                   .silent_until = message->not_before,
                   .review_at = std::max(message->not_before, tomorrow)};
  }
  if (!open.is_invited) ask_to_be_reached(tx, review.debtor(), now);
  return std::nullopt;
}

// Is there something to say to them that WhatsApp does not bring: a step that is due, or one that
// it could not deliver? Whom a stop or their case protects is not looked for by other ways either.
bool waits_unheard(const Review& review, const PlanAnswer& answer) {
  if (!is_cut_off(review.debtor()) || wants_no_whatsapp(review.person()) ||
      review.person().facts.case_flags != 0)
    return false;
  return answer.proposal ||
         (review.debtor().unreachable_at &&
          (answer.silence == "step_pending" || answer.silence == "cadence_finished"));
}

// The number in use may have turned out to be somebody else's: the apology goes out to it first,
// then the person's next number takes its place. False while that waits.
bool settle_address(Tx& tx, Review& review, Outcome& outcome, Instant now) {
  if (!review.person().address.is_retired()) return true;
  for (const auto& waiting : review.waiting) {
    if (waiting.purpose != Purpose::Reply) continue;
    outcome = {.silence = "WRONG_NUMBER",
               .silent_until = {},
               .review_at = std::max(waiting.expires_at, now + kMinuteMs)};
    return false;
  }
  Debtor debtor = review.debtor();
  if (use_next_address(tx, debtor, now)) review.people.changed(review.id);
  return true;
}

// Once: paying or agreeing may bind somebody to a debt that the law no longer lets be claimed.
void ask_about_old_debt(Tx& tx, const Debtor& debtor, const Strategy& strategy, Instant now) {
  for (const auto& task : tx.tasks.of_debtor(debtor.creditor_id, debtor.id)) {
    if (task.kind == store::TaskKind::OldDebt) return;
  }
  raise_task(tx, debtor.creditor_id, debtor.id, store::TaskKind::OldDebt,
             fmt::format("Debe algo que venció hace más de {} días: puede haber prescrito, y de "
                         "eso no se le escribe ni se le ofrece un plan.",
                         strategy.oldest_days),
             now);
}

Outcome decide_person(Tx& tx, const Desk& desk, const Creditor& creditor, const Strategy& strategy,
                      Review& review, Instant now) {
  // Looked at again when its time is over; ended before that, it says so itself.
  if (const auto rest = rest_of(review.person().facts.suspensions)) {
    return {
        .silence = std::string(rest->code), .silent_until = rest->until, .review_at = rest->until};
  }
  if (review.has_too_old) ask_about_old_debt(tx, review.debtor(), strategy, now);
  if (review.has_too_old && review.invoices.empty())
    return {.silence = "too_old", .silent_until = {}, .review_at = {}};
  const Cadence& cadence = strategy.cadence_of(review.segment);
  PlanAnswer answer = strategy::propose(review.invoices, cadence, strategy, review.today);
  // What somebody has read is decided an invoice at a time: few are so far, so that it is asked
  // only here.
  if (!answer.awaiting.empty() ||
      (answer.proposal && cadence.steps[answer.proposal->step].is_last_notice())) {
    store::LastNotices(tx.db).tell(creditor.id, review.invoices);
    answer = strategy::propose(review.invoices, cadence, strategy, review.today);
  }
  if (waits_unheard(review, answer)) {
    if (auto invited = invite(tx, desk, creditor, strategy, review, now))
      return *std::move(invited);
  }
  if (!answer.proposal) {
    const auto next = start_of(review, answer.next_review_on);
    const auto look =
        start_of(review, earlier_date(answer.next_review_on, next_segment_on(review, strategy)));
    Outcome rest{.silence = std::string(answer.silence), .silent_until = next, .review_at = look};
    look_ahead(desk, creditor, strategy, review, rest);
    return rest;
  }
  Outcome outcome;
  if (!settle_address(tx, review, outcome, now)) return outcome;
  const bool has_address = !address_value(review.debtor()).empty();
  if (has_address && !unfit_for(review.person().address, Purpose::Overdue).empty()) {
    return ask_who_it_is(tx, desk, creditor, strategy, review, now);
  }
  auto message =
      message_of_step(tx, desk, creditor, strategy, cadence, review, *answer.proposal, now);
  if (!message) {
    // A text that cannot be made is shown and asked again tomorrow; the others go on.
    outcome = {.silence = "text_failed: " + message.error().message};
    outcome.review_at = review.zone.instant(review.today + 1, 0);
    return outcome;
  }
  outcome = place(tx, desk, creditor, strategy, review, *message, now);
  if (outcome.proposed || outcome.silence == "already_said" || outcome.silent_until) {
    mark_steps(tx, creditor, review, *answer.proposal,
               outcome.proposed ? review.zone.local(message->not_before).date : review.today);
  }
  if (outcome.proposed) {
    drop_older(tx, review.waiting, *message, now);
    tx.timeline.append({.creditor_id = creditor.id,
                        .debtor_id = review.id,
                        .at = now,
                        .kind = "proposed",
                        .message_id = message->id,
                        .invoice_id = message->lead_invoice_id,
                        .detail = fmt::format("{} {} {}", message->step, text_of(review.segment),
                                              message->reasons),
                        .facts = std::move(outcome.facts)},
                       tx.ids);
  }
  const PlanAnswer after = strategy::propose(review.invoices, cadence, strategy, review.today);
  const auto next = after.proposal
                        ? review.today + 1
                        : earlier_date(after.next_review_on, next_segment_on(review, strategy));
  outcome.review_at = start_of(review, next);
  if (outcome.proposed) {
    // What explains the silence once this message has gone.
    outcome.silence = after.silence;
    outcome.silent_until = start_of(review, after.next_review_on);
    look_ahead(desk, creditor, strategy, review, outcome);
  }
  return outcome;
}

// A number that is not proven to be theirs is a reason before any text is made or the gate is
// asked.
std::string facts_of_unfit(const Desk& desk, const Creditor& creditor, const Review& review,
                           const Outcome& outcome, Instant now) {
  const PersonAtHand& person = review.person();
  const ContactRequest request =
      person.facts.request(person.debtor, creditor, Purpose::Overdue, desk.law);
  return facts_of_no({.request = request,
                      .facts = person.facts,
                      .zone = review.zone,
                      .address = person.address,
                      .reasons = outcome.silence},
                     outcome.silent_until, now);
}

void note_silence(Tx& tx, const Desk& desk, const Creditor& creditor, const Review& review,
                  std::string_view before, Outcome& outcome, Instant now) {
  // A silence is an event only when its reason changes: one row a reason, not one a day.
  if (outcome.proposed || outcome.silence.empty() || outcome.silence == before) return;
  if (outcome.silence.starts_with("IDENTITY_") || outcome.silence == "WRONG_NUMBER") {
    if (outcome.facts.empty()) outcome.facts = facts_of_unfit(desk, creditor, review, outcome, now);
  }
  tx.timeline.append(
      {.creditor_id = creditor.id,
       .debtor_id = review.id,
       .at = now,
       .kind = "silent",
       // Why a text could not be made may quote the person's data: that stands on the person alone.
       .detail = outcome.silence.substr(0, outcome.silence.find(':')),
       .facts = outcome.facts},
      tx.ids);
}

// Whose file has just been loaded is looked at when it cannot be taken back without a word any
// more: a statement for all of them, for they may be everybody. How many.
int let_rest(Tx& tx, const EngineSettings& settings, CreditorId creditor,
             std::vector<DebtorId>& due, Instant now) {
  const auto resting = resting_after_import(tx, settings, creditor, store::People(due), now);
  std::map<Instant, std::vector<DebtorId>> by_moment;
  for (const auto& [id, until] : resting) by_moment[until].push_back(id);
  for (auto& [until, ids] : by_moment)
    tx.debtors.put_off_review(creditor, store::People(std::move(ids)), until);
  std::erase_if(due, [&](DebtorId id) { return resting.contains(id); });
  return static_cast<int>(resting.size());
}

}  // namespace

PlanReport plan_outreach(Tx& tx, const Desk& desk, const Creditor& creditor, Instant now) {
  PlanReport report;
  const Strategy& strategy = desk.strategy_of(creditor);
  auto due = tx.debtors.due_for_review(creditor.id, now, desk.settings.plan_batch);
  if (due.empty()) return report;
  report.silent = report.reviewed = let_rest(tx, desk.settings, creditor.id, due, now);
  PeopleAtHand people(tx, creditor.id, due, now, desk.law);
  const store::People these(due);
  const auto waiting = tx.outbox.planned_of(creditor.id, these);
  for (const auto id : due) {
    if (!people.has(id)) continue;  // Another node is busy with their kin: in the next turn.
    if (people.of(id).debtor.erased_at) {
      tx.debtors.set_review(creditor.id, id, std::nullopt, "erased", std::nullopt);
      continue;
    }
    const std::string before = people.of(id).silence;
    Review review = review_of(people, id, waiting[these.place_of(id)], creditor, strategy, now);
    Outcome outcome = decide_person(tx, desk, creditor, strategy, review, now);
    note_silence(tx, desk, creditor, review, before, outcome, now);
    tx.debtors.set_review(creditor.id, id, outcome.review_at, outcome.silence,
                          outcome.silent_until);
    ++report.reviewed;
    ++(outcome.proposed ? report.proposed : report.silent);
  }
  return report;
}

}  // namespace puntual::engine
