// What the answers of one turn are made from, and those that are about an agreement
// (answer_agreement.cpp). Of respond.cpp alone. Pure; thread-safe.
#pragma once

#include "core/conversation/respond.h"

namespace puntual::talk {

struct Talk {
  const Heard& heard;
  const Reading& reading;
  const Dialogue& before;
  const Situation& now;
  Intent intent = Intent::Other;

  [[nodiscard]] bool owes() const { return now.owed.minor > 0; }
  [[nodiscard]] Wish wish() const {
    return {.date = reading.date ? reading.date : before.date,
            .amount_minor = reading.amount_minor ? reading.amount_minor : before.amount_minor,
            .instalments = reading.instalments};
  }
};

[[nodiscard]] Turn say(std::string_view template_name, std::optional<Move> move = {});
[[nodiscard]] Turn call(Move move);
[[nodiscard]] Turn answer_balance(const Talk& talk);

// "No, mejor el 30", "perdón, el lunes": another day or sum for the promise that they have made a
// moment ago.
[[nodiscard]] bool corrects_promise(const Heard& heard, const Reading& reading,
                                    const Situation& now);

// The same offers are told again once, with how to take one; then a person takes over.
[[nodiscard]] Turn put_on_table(const Talk& talk, std::vector<Offer> offers,
                                bool is_outdated = false);
// It is noted, and told with its days and sums.
[[nodiscard]] Turn agree(const Talk& talk, const Offer& offer);
// What was offered days ago may be so no longer.
[[nodiscard]] Turn accept(const Talk& talk, const Offer& offer);
// Do they answer to a list that is no longer on the table? They hear so, with what is.
[[nodiscard]] bool is_outdated(const Talk& talk);
[[nodiscard]] Turn tell_outdated(const Talk& talk);
[[nodiscard]] Turn tell_agreed(const Talk& talk);
// "Ya pagué 50 mil y el resto el viernes": all that is owed on that day, to which the money that is
// looked for counts when it is found. None: the mandate does not allow it.
[[nodiscard]] std::optional<Offer> promise_of_the_rest(const Talk& talk);

// They named a day, and have not said that they pay on it: whether it is to be noted.
[[nodiscard]] std::optional<Turn> ask_to_note(const Talk& talk);

[[nodiscard]] Turn answer_promise(const Talk& talk);
[[nodiscard]] Turn answer_plan(const Talk& talk);
[[nodiscard]] Turn answer_cannot_pay(const Talk& talk);
[[nodiscard]] Turn answer_agreement(const Talk& talk);

}  // namespace puntual::talk
