// People of the creditor and the machine share one conversation: who takes it over, and who gives
// it back.
//
//   asked for by the person or the bot ── hand_off ──┐
//   somebody writes (web, API, command)  ── person_spoke ─┼─► suspension Person: bot and strategy
//   are silent somebody writes from the phone app  ── person_spoke ─┘        │ release, or time
//   (EngineSettings::person_ms)
//                                                                 ▼
//                                                      the machine goes on
//
// While it lasts, what the debtor writes becomes a task: nobody writes to a house where nobody
// listens. Call within a write, with the person held.
#pragma once

#include <string>
#include <string_view>

#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

// A person is needed: their task, and silence until they have dealt with it (who asked for a
// person, for other terms, or complained, waits for one without end; the others as after a word).
// `summary`: Spanish, for who takes it. The task's id.
int64_t hand_off(Tx& tx, const EngineSettings& settings, CreditorId creditor, DebtorId debtor,
                 store::TaskKind kind, std::string summary, std::string_view through, Instant now);

// Somebody of the creditor has written to them. `through`: operator, api, phone_app.
void person_spoke(Tx& tx, const EngineSettings& settings, CreditorId creditor, DebtorId debtor,
                  std::string_view through, Instant now);

// The debtor has written: if a person has the conversation, it is theirs to answer. True when it
// is.
bool leave_to_person(Tx& tx, CreditorId creditor, DebtorId debtor, Instant now);

// Bot and strategy go on. Conflict when no person has the conversation.
Result<void> release(Tx& tx, const Creditor& creditor, DebtorId debtor, std::string_view by,
                     Instant now);

}  // namespace puntual::engine
