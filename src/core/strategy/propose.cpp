// What to say to a person today, if anything: one message for all their debts, or silence and when
// to ask again.
#include <algorithm>

#include "core/strategy/strategy.h"

namespace puntual {
namespace {

constexpr size_t kNone = SIZE_MAX;

// How one invoice stands today.
struct InvoiceStanding {
  size_t index = 0;
  int32_t dpd = 0;                  // Days past due; negative before.
  size_t step = kNone;              // The step that applies to it, written or not.
  int32_t mark = Invoice::kNoStep;  // The last collecting step that a message about it passes over.
  bool is_pending = false;          // Its step has not been written and its text is still true.
  bool awaits_review = false;       // Its last notice could go but for the review.
  std::optional<CivilDate> next_step_on;
  std::optional<CivilDate> awaits_until;  // From then on that notice is no longer true.
};

// A pre-due text never goes out on or after the due date, and "due today" on that day only.
bool is_true_today(const Step& step, int32_t dpd) {
  if (step.day < 0 && dpd >= 0) return false;
  if (step.day == 0 && dpd != 0) return false;
  return dpd - step.day <= step.valid_days;
}

// The last notice is due only when the collecting step before it was written: after a long silence,
// or for a debt that has just come in, the collecting step speaks first.
InvoiceStanding standing_of(const Invoice& invoice, size_t index, const Cadence& cadence,
                            CivilDate today) {
  InvoiceStanding standing{
      .index = index, .dpd = today - *invoice.due_on, .mark = invoice.last_step_day};
  size_t last_notice = kNone;
  for (size_t i = 0; i < cadence.steps.size(); ++i) {
    const Step& step = cadence.steps[i];
    if (step.day > standing.dpd) {
      standing.next_step_on = *invoice.due_on + step.day;
      break;
    }
    (step.is_last_notice() ? last_notice : standing.step) = i;
  }
  if (standing.step != kNone) {
    const Step& step = cadence.steps[standing.step];
    standing.is_pending = step.day > invoice.last_step_day && is_true_today(step, standing.dpd);
    standing.mark = std::max(standing.mark, step.day);
  }
  if (last_notice == kNone || standing.is_pending) return standing;
  const Step& notice = cadence.steps[last_notice];
  const bool follows =
      standing.step != kNone && invoice.last_step_day >= cadence.steps[standing.step].day;
  // Read and held back for this invoice, it is not said although it is said to others.
  const bool is_held = invoice.held_notice_day == notice.day;
  if (follows && !is_held && notice.day > invoice.last_step_day &&
      is_true_today(notice, standing.dpd)) {
    standing.step = last_notice;
    standing.is_pending = notice.reviewed || invoice.released_notice_day == notice.day;
    standing.awaits_review = !standing.is_pending;
    if (standing.awaits_review && notice.valid_days < Step::kAlways)
      standing.awaits_until = *invoice.due_on + notice.day + notice.valid_days + 1;
  }
  return standing;
}

// Everything that propose() weighs; standings of the open, dated invoices only.
struct PersonStanding {
  std::vector<InvoiceStanding> invoices;
  bool owes = false;
  bool awaits_review = false;
  std::optional<CivilDate> last_message_on;
  std::optional<CivilDate> next_step_on, awaits_until;
};

void keep_earlier(std::optional<CivilDate>& date, std::optional<CivilDate> other) {
  if (other && (!date || *other < *date)) date = other;
}

PersonStanding person_standing(std::span<const Invoice> invoices, const Cadence& cadence,
                               CivilDate today) {
  PersonStanding person;
  person.invoices.reserve(invoices.size());
  for (size_t i = 0; i < invoices.size(); ++i) {
    const Invoice& invoice = invoices[i];
    // A message about an invoice that is settled since then was a message to the person all the
    // same.
    if (invoice.last_step_on &&
        (!person.last_message_on || *person.last_message_on < *invoice.last_step_on)) {
      person.last_message_on = invoice.last_step_on;
    }
    if (invoice.state != InvoiceState::Open || invoice.balance_minor <= 0) continue;
    person.owes = true;
    if (!invoice.due_on) continue;
    person.invoices.push_back(standing_of(invoice, i, cadence, today));
    person.awaits_review |= person.invoices.back().awaits_review;
    keep_earlier(person.next_step_on, person.invoices.back().next_step_on);
    keep_earlier(person.awaits_until, person.invoices.back().awaits_until);
  }
  return person;
}

// True when a leads before b. The last two comparisons make the order of the input irrelevant.
bool leads(const InvoiceStanding& a, const InvoiceStanding& b, std::span<const Invoice> invoices,
           const Strategy& strategy) {
  const Invoice& left = invoices[a.index];
  const Invoice& right = invoices[b.index];
  for (const auto& priority : strategy.priority) {
    if (priority == "largest_balance") {
      if (left.balance_minor != right.balance_minor)
        return left.balance_minor > right.balance_minor;
    } else if (a.dpd != b.dpd) {  // most_overdue and oldest_due are the same order.
      return a.dpd > b.dpd;
    }
  }
  if (left.id != right.id) return left.id < right.id;
  return left.number < right.number;
}

// All that a message led by this invoice mentions: same currency, and the same side of the due
// date, so that every word of it is true of every one: what is overdue, or what is due soon.
std::vector<const InvoiceStanding*> mentioned(const InvoiceStanding& lead,
                                              const PersonStanding& person,
                                              std::span<const Invoice> invoices,
                                              const Strategy& strategy) {
  std::vector<const InvoiceStanding*> others;
  for (const auto& one : person.invoices) {
    const bool same_side = (one.dpd > 0) == (lead.dpd > 0);
    const bool is_named =
        same_side && (one.dpd > 0 || one.is_pending || -one.dpd <= strategy.horizon_days);
    const bool same_currency =
        invoices[one.index].amount.currency == invoices[lead.index].amount.currency;
    if (one.index != lead.index && is_named && same_currency) others.push_back(&one);
  }
  std::ranges::sort(others, [&](const InvoiceStanding* a, const InvoiceStanding* b) {
    return leads(*a, *b, invoices, strategy);
  });
  others.insert(others.begin(), &lead);
  return others;
}

Proposal proposal_of(const InvoiceStanding& lead, std::span<const InvoiceStanding* const> covered,
                     const Cadence& cadence) {
  Proposal proposal{.step = lead.step, .lead = lead.index};
  const Step& step = cadence.steps[lead.step];
  for (const InvoiceStanding* one : covered) {
    proposal.covered.push_back(one->index);
    const bool gets_last_notice =
        step.is_last_notice() && one->step == lead.step && one->is_pending;
    proposal.marks.push_back(gets_last_notice ? step.day : one->mark);
    proposal.covers_overdue |= one->dpd > 0;
  }
  return proposal;
}

// Stops counting when it is enough, so that no sum can overflow.
bool reaches_minimum(std::span<const InvoiceStanding* const> covered,
                     std::span<const Invoice> invoices, int64_t minimum) {
  for (const InvoiceStanding* one : covered) {
    if (invoices[one->index].balance_minor >= minimum) return true;
    minimum -= invoices[one->index].balance_minor;
  }
  return false;
}

std::string_view silence_of(const PersonStanding& person) {
  if (!person.owes) return "nothing_owed";
  if (person.invoices.empty()) return "no_due_date";
  if (person.awaits_review) return "needs_review";
  return person.next_step_on ? "step_pending" : "cadence_finished";
}

// The pending invoices, the one to speak of first at the front.
std::vector<const InvoiceStanding*> pending_of(const PersonStanding& person,
                                               std::span<const Invoice> invoices,
                                               const Strategy& strategy) {
  std::vector<const InvoiceStanding*> pending;
  for (const auto& one : person.invoices) {
    if (one.is_pending) pending.push_back(&one);
  }
  std::ranges::sort(pending, [&](const InvoiceStanding* a, const InvoiceStanding* b) {
    return leads(*a, *b, invoices, strategy);
  });
  return pending;
}

}  // namespace

namespace strategy {

PlanAnswer propose(std::span<const Invoice> invoices, const Cadence& cadence,
                   const Strategy& strategy, CivilDate today) {
  PersonStanding person = person_standing(invoices, cadence, today);
  PlanAnswer answer{.next_review_on = person.next_step_on, .silence = silence_of(person)};
  keep_earlier(answer.next_review_on, person.awaits_until);
  for (const auto& one : person.invoices) {
    if (one.awaits_review) answer.awaiting.emplace_back(one.index, one.step);
  }
  for (const InvoiceStanding* lead : pending_of(person, invoices, strategy)) {
    if (answer.proposal) {
      const auto& covered = answer.proposal->covered;
      if (std::ranges::find(covered, lead->index) != covered.end()) continue;
      keep_earlier(answer.next_review_on,
                   today + 1);  // Another currency: its own message, another day.
      break;
    }
    const int32_t gap = std::max(cadence.steps[lead->step].gap_days, 1);
    if (person.last_message_on && today - *person.last_message_on < gap) {
      keep_earlier(answer.next_review_on, std::max(*person.last_message_on + gap, today + 1));
      answer.silence = "step_pending";
      continue;
    }
    const auto covered = mentioned(*lead, person, invoices, strategy);
    if (!reaches_minimum(covered, invoices, strategy.minimum_balance_minor)) {
      answer.silence = "below_minimum";
      continue;
    }
    answer.proposal = proposal_of(*lead, covered, cadence);
    answer.silence = {};
  }
  return answer;
}

}  // namespace strategy
}  // namespace puntual
