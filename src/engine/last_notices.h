// The last word before a debt goes elsewhere is said to nobody until a person has read it: message
// by message, here, or for everybody by launching its step as reviewed (docs/strategies.md).
//
// A released notice is planned with the next turn like any other and passes the same gate, twice; a
// held one is not said, also when its step is launched as reviewed later.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct WaitingNotice {
  DebtorId debtor;
  std::string name, phone, step;
  std::vector<std::string> invoices;  // That it is about, the lead first.
  Money balance;
  int32_t days_past_due = 0;
  std::string text;  // As they would read it, its link made when it leaves. Empty: it could not be
                     // made (`silence`), and is not let leave.
  std::string silence;  // Why today it would not be said even so.
  std::string asked_by;  // Who has said that it may leave, where two people must.
};

struct WaitingNotices {
  int64_t count = 0;  // Of people, in all.
  std::vector<WaitingNotice> notices;
  DebtorId next;  // None: these were the last.
};

struct NoticeDecision {
  bool is_released = false;  // Else held back.
  std::string by, why;
  bool needs_two =
      false;  // The house wants four eyes: the first who lets it leave asks, another one decides.
};
enum class NoticeEnd : uint8_t { Gone, Asked, Decided };  // Gone: nothing of theirs waits any more.

namespace engine {

[[nodiscard]] Result<WaitingNotices> waiting_notices(Tx& tx, const Desk& desk,
                                                     const Creditor& creditor, DebtorId after,
                                                     int limit, Instant now);
// Of all that waits for them. Invalid: nobody decides it, or it is held back without a
// reason. Call within a write.
[[nodiscard]] Result<NoticeEnd> decide_notice(Tx& tx, const Desk& desk, const Creditor& creditor,
                                              DebtorId debtor, const NoticeDecision& decision,
                                              Instant now);

}  // namespace engine
}  // namespace puntual
