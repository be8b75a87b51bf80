// What a person's word begins: how the reminders rest, and what somebody of the creditor has to do.
// The same whether they wrote it in the chat (converse.h) or tapped it on the payer's page.
#pragma once

#include <string_view>

#include "core/conversation/respond.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

// Until when money that somebody says to have paid is looked for: the last of some business days.
[[nodiscard]] CivilDate claim_until(const Desk& desk, const Debtor& debtor,
                                    const Creditor& creditor, Instant now);

// Moves that begin nothing (an opener, an agreement) do nothing. `words`: theirs, for who takes the
// task; `through`: chat, page; `answered_es`: what we have answered that they may take. With the
// person held.
void take_effect(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor,
                 Move move, std::string_view words, std::string_view through, Instant now,
                 std::string_view answered_es = {});

// For a task: "Dice que ya pagó: «lo consigné ayer»".
[[nodiscard]] std::string task_summary(store::TaskKind kind, std::string_view words);

// What they want, for a task's words: "pide un plan"; empty: nothing that was understood.
[[nodiscard]] std::string_view wish_es(Intent intent);

}  // namespace puntual::engine
