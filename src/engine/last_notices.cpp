#include "engine/last_notices.h"

#include <algorithm>

#include "base/phone.h"
#include "core/access/two_people.h"
#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/identify.h"
#include "engine/note.h"
#include "engine/two_people.h"
#include "store/sql/sql_last_notices.h"

namespace puntual::engine {

using store::NoticeState;

namespace {

constexpr std::string_view kCodeToCome = "…";  // A link is made for what leaves.

// Somebody as the planner would see them, with what was decided of their notices.
struct Waiting {
  Debtor debtor;
  std::vector<Invoice> invoices;
  const Cadence* cadence = nullptr;
  CivilDate today;
  PlanAnswer answer;
};

std::optional<Waiting> waiting_of(Tx& tx, const Strategy& strategy, const Creditor& creditor,
                                  DebtorId id, Instant now) {
  const auto row = tx.debtors.for_review(creditor.id, id);
  if (!row || row->debtor.erased_at) return std::nullopt;
  Waiting found{.debtor = row->debtor,
                .invoices = tx.invoices.open_of(creditor.id, id),
                .cadence = nullptr,
                .today = home_zone(row->debtor, creditor).local(now).date,
                .answer = {}};
  std::erase_if(found.invoices, [&](const Invoice& one) {
    return one.state != InvoiceState::Open || strategy::is_too_old(one, strategy, found.today);
  });
  PaymentBehaviour behaviour = row->behaviour;
  strategy::add_open_debts(behaviour, found.invoices, found.today);
  found.cadence = &strategy.cadence_of(strategy::classify(behaviour, strategy));
  store::LastNotices(tx.db).tell(creditor.id, found.invoices);
  found.answer = strategy::propose(found.invoices, *found.cadence, strategy, found.today);
  return found;
}

const Step& step_of(const Waiting& waiting, size_t place) {
  return waiting.cadence->steps[waiting.answer.awaiting[place].second];
}

WaitingNotice notice_of(Tx& tx, const Desk& desk, const Creditor& creditor,
                        const Strategy& strategy, Waiting waiting) {
  const Step& step = step_of(waiting, 0);
  WaitingNotice notice{.debtor = waiting.debtor.id,
                       .name = waiting.debtor.name,
                       .phone = mask_phone(waiting.debtor.phone),
                       .step = step.id};
  notice.asked_by = store::LastNotices(tx.db).asked_by(
      creditor.id, waiting.invoices[waiting.answer.awaiting[0].first], step.day);
  for (const auto& [index, place] : waiting.answer.awaiting)
    waiting.invoices[index].released_notice_day = waiting.cadence->steps[place].day;
  const PlanAnswer then =
      strategy::propose(waiting.invoices, *waiting.cadence, strategy, waiting.today);
  std::vector<Invoice> named;
  if (then.proposal) {
    for (const size_t i : then.proposal->covered) named.push_back(waiting.invoices[i]);
  } else {
    notice.silence = then.silence;
    for (const auto& [index, place] : waiting.answer.awaiting)
      named.push_back(waiting.invoices[index]);
  }
  notice.balance = {0, named.front().amount.currency};
  for (const auto& one : named) {
    notice.invoices.push_back(one.number);
    notice.balance.minor += one.balance_minor;
  }
  notice.days_past_due = waiting.today - *named.front().due_on;
  // What would not be said today is read all the same: it may be said tomorrow.
  const Step& said = then.proposal ? waiting.cadence->steps[then.proposal->step] : step;
  const bool several = named.size() > 1 && !said.template_many.empty();
  const std::string link = creditor.payment_link_base.empty()
                               ? std::string()
                               : fmt::format("{}{}", creditor.payment_link_base, kCodeToCome);
  const auto message = compose(tx, desk,
                               {.creditor = &creditor,
                                .debtor = &waiting.debtor,
                                .invoices = named,
                                .template_name = several ? said.template_many : said.template_name,
                                .fallback_template = said.template_name,
                                .today = waiting.today,
                                .payment_link = link});
  if (message)
    notice.text = message->text;
  else
    notice.silence = "text_failed";
  return notice;
}

}  // namespace

Result<WaitingNotices> waiting_notices(Tx& tx, const Desk& desk, const Creditor& creditor,
                                       DebtorId after, int limit, Instant now) {
  const Strategy& strategy = desk.strategy_of(creditor);
  store::LastNotices notices(tx.db);
  WaitingNotices page{.count = notices.count_waiting(creditor.id), .notices = {}, .next = {}};
  const auto ids = notices.waiting(creditor.id, after, limit);
  for (const auto id : ids) {
    auto waiting = waiting_of(tx, strategy, creditor, id, now);
    if (waiting && !waiting->answer.awaiting.empty())
      page.notices.push_back(notice_of(tx, desk, creditor, strategy, *std::move(waiting)));
  }
  if (std::ssize(ids) == limit) page.next = ids.back();
  return page;
}

Result<NoticeEnd> decide_notice(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId id,
                                const NoticeDecision& decision, Instant now) {
  if (decision.by.empty()) return fail(ErrorCode::Invalid, "who decides it is missing (by)");
  if (!decision.is_released && decision.why.empty())
    return fail(ErrorCode::Invalid, "why it is held back is missing (why)");
  tx.debtors.hold_with_kin(creditor.id, id);
  const auto waiting = waiting_of(tx, desk.strategy_of(creditor), creditor, id, now);
  if (!waiting || waiting->answer.awaiting.empty()) return NoticeEnd::Gone;
  const Strategy& strategy = desk.strategy_of(creditor);
  if (decision.is_released && notice_of(tx, desk, creditor, strategy, *waiting).text.empty())
    return fail(ErrorCode::Conflict,
                "el texto del último aviso no se pudo hacer, y nadie lo ha leído: revise la "
                "plantilla antes de dejarlo salir");
  store::LastNotices notices(tx.db);
  const auto is_asked_by_another = [&](size_t i) -> Result<bool> {
    const std::string asked =
        notices.asked_by(creditor.id, waiting->invoices[waiting->answer.awaiting[i].first],
                         step_of(*waiting, i).day);
    if (asked.empty() || access::is_same_name(asked, decision.by)) return false;
    RETURN_IF_ERROR(are_two_people(tx, creditor, asked, decision.by, now));
    return true;
  };
  bool is_asked = false;
  for (size_t i = 0; i < waiting->answer.awaiting.size(); ++i) {
    NoticeState state = decision.is_released ? NoticeState::Released : NoticeState::Held;
    if (decision.is_released && decision.needs_two) {
      ASSIGN_OR_RETURN(const bool is_approved, is_asked_by_another(i));
      if (!is_approved) state = NoticeState::Asked;
    }
    is_asked = is_asked || state == NoticeState::Asked;
    notices.decide(creditor.id, waiting->invoices[waiting->answer.awaiting[i].first],
                   step_of(*waiting, i).day,
                   {.state = state, .by = decision.by, .why = decision.why}, now);
  }
  const std::string_view kind = is_asked               ? "notice_asked"
                                : decision.is_released ? "notice_released"
                                                       : "notice_held";
  note(tx, creditor.id, id, now, kind,
       fmt::format("{} by {}", step_of(*waiting, 0).id, decision.by));
  if (is_asked) return NoticeEnd::Asked;
  tx.debtors.review_now(creditor.id, id, now);
  return NoticeEnd::Decided;
}

}  // namespace puntual::engine
