#include "app/last_notice_job.h"

#include "app/list_page.h"
#include "app/order_fields.h"
#include "app/words.h"
#include "base/whole_number.h"
#include "core/access/two_people.h"
#include "engine/last_notices.h"
#include "store/sql/sql_last_notices.h"

namespace puntual {
namespace {

constexpr int kBlock = 200;  // People to a transaction: nobody else waits long.

json::object notice_object(const WaitingNotice& one) {
  json::array invoices;
  for (const auto& number : one.invoices) invoices.emplace_back(number);
  return {{"debtor", std::to_string(one.debtor.value)},
          {"name", one.name},
          {"phone", one.phone},
          {"step", one.step},
          {"invoices", std::move(invoices)},
          {"balance_minor", one.balance.minor},
          {"currency", one.balance.currency.code()},
          {"days_past_due", one.days_past_due},
          {"text", one.text},
          {"silence", one.silence},
          {"silence_es", one.silence.empty() ? std::string() : reason_es(one.silence)},
          {"asked_by", one.asked_by}};
}

Result<DebtorId> debtor_of(std::string_view text) {
  const auto id = whole_number(text);
  if (!id || *id < 0) return fail(ErrorCode::Invalid, "debtor '{}' is no number", text);
  return DebtorId{*id};
}

struct Decided {
  int64_t decided = 0, asked = 0, gone = 0;
};

Result<void> decide_block(Store& store, const Desk& desk, const Creditor& creditor,
                          std::span<const DebtorId> block, const NoticeDecision& decision,
                          Instant now, Decided& sum) {
  return store.write([&](Tx& tx) -> Result<void> {
    for (const auto id : block) {
      ASSIGN_OR_RETURN(const NoticeEnd end,
                       engine::decide_notice(tx, desk, creditor, id, decision, now));
      ++(end == NoticeEnd::Decided ? sum.decided : end == NoticeEnd::Asked ? sum.asked : sum.gone);
    }
    return {};
  });
}

// Everybody who waits, as long as they are as many as whoever decides has read.
Result<std::vector<DebtorId>> all_waiting(Store& store, const Creditor& creditor, int64_t count) {
  return store.read([&](Tx& tx) -> Result<std::vector<DebtorId>> {
    store::LastNotices notices(tx.db);
    if (const int64_t waiting = notices.count_waiting(creditor.id); waiting != count) {
      return fail(ErrorCode::Conflict,
                  "ahora esperan {} avisos y usted escribió {}: vea la lista de nuevo", waiting,
                  count);
    }
    return notices.waiting(creditor.id, {}, static_cast<int>(count));
  });
}

Result<std::vector<DebtorId>> asked_for(Store& store, const Creditor& creditor,
                                        OrderFields& fields) {
  ASSIGN_OR_RETURN(const auto named, fields.texts("debtors"));
  ASSIGN_OR_RETURN(const std::string count, fields.text("count"));
  if (named.empty() == count.empty())
    return fail(ErrorCode::Invalid,
                "one of debtors and count is expected: whose notices, or how many all of them are");
  if (!count.empty()) {
    const auto all = whole_number(count);
    if (!all || *all < 1 || *all > 1'000'000)
      return fail(ErrorCode::Invalid, "count '{}' (expected a number from 1 on)", count);
    return all_waiting(store, creditor, *all);
  }
  std::vector<DebtorId> ids;
  for (const auto& one : named) {
    ASSIGN_OR_RETURN(const DebtorId id, debtor_of(one));
    ids.push_back(id);
  }
  return ids;
}

}  // namespace

Result<std::string> list_last_notices_job(Store& store, const Desk& desk, const Creditor& creditor,
                                          std::string_view cursor, std::string_view limit,
                                          Instant now) {
  ASSIGN_OR_RETURN(const ListPage page, ListPage::of(cursor, limit, 50));
  return store.read([&](Tx& tx) -> Result<std::string> {
    ASSIGN_OR_RETURN(
        const WaitingNotices found,
        engine::waiting_notices(tx, desk, creditor, {page.after()}, page.to_read() - 1, now));
    json::array notices;
    for (const auto& one : found.notices) notices.push_back(notice_object(one));
    return to_json(json::object{{"count", found.count},
                                {"notices", std::move(notices)},
                                {"next", found.next ? json::value(std::to_string(found.next.value))
                                                    : json::value(nullptr)}});
  });
}

Result<std::string> decide_last_notices_job(Store& store, const Desk& desk,
                                            const Creditor& creditor, std::string_view verb,
                                            std::string_view body, const LastNoticeAsker& asker,
                                            Instant now) {
  if (verb == "release")
    RETURN_IF_ERROR(access::may_be_one_of_two(asker.by, asker.needs_four_eyes));
  ASSIGN_OR_RETURN(OrderFields fields, OrderFields::parse(body, Zone::of(creditor.zone), now));
  NoticeDecision decision{
      .is_released = verb == "release", .by = {}, .why = {}, .needs_two = asker.needs_four_eyes};
  ASSIGN_OR_RETURN(decision.by, fields.login());
  ASSIGN_OR_RETURN(decision.why, fields.text("why"));
  ASSIGN_OR_RETURN(const std::vector<DebtorId> ids, asked_for(store, creditor, fields));
  RETURN_IF_ERROR(fields.end());
  Decided sum;
  for (size_t at = 0; at < ids.size(); at += kBlock) {
    RETURN_IF_ERROR(decide_block(
        store, desk, creditor,
        std::span(ids).subspan(at, std::min<size_t>(kBlock, ids.size() - at)), decision, now, sum));
  }
  return to_json(json::object{{"decided", sum.decided}, {"asked", sum.asked}, {"gone", sum.gone}});
}

}  // namespace puntual
