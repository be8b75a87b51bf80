// The inbox of the creditor's people, as the command line and the API tell it: JSON in, JSON out,
// one code path whether the server runs or not. docs/operating/inbox.md has it in plain words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/config.h"
#include "engine/transcript.h"

namespace puntual {

// What is asked of the list, as texts: filter (waiting, mine, snoozed, all), assignee, label
// (instead of both), among (instead of all: the people that a search means), after (the cursor
// `next` of the page before), limit (1 to 200; 50 when empty).
struct ConversationQuery {
  std::string filter, assignee, label, after, limit;
  std::optional<std::vector<DebtorId>> among;
};
[[nodiscard]] Result<std::string> list_conversations_job(Store& store, const Creditor& creditor,
                                                         const ConversationQuery& query,
                                                         Instant now);
// Which lines of one conversation, as texts: those just before the line `before` (the cursor
// `earlier` of the page read last; empty: the newest), and at most `limit` (1 to 200; 50 when
// empty).
struct LinesQuery {
  std::string before, limit;
};
// `subject` is what explain accepts; without a query all the lines.
[[nodiscard]] Result<std::string> show_conversation_job(Store& store, const Creditor& creditor,
                                                        std::string_view subject,
                                                        const std::optional<LinesQuery>& lines,
                                                        Instant now);

// {"template","text","why_not","not_before"}: with what a conversation is opened again that
// WhatsApp has closed to free text (engine/person_reply.h, Opening).
[[nodiscard]] Result<std::string> opening_job(Store& store, const Desk& desk,
                                              const Creditor& creditor, std::string_view subject,
                                              Instant now);

// The same on paper, as a PDF, all its lines; `with_notes`: what colleagues wrote for each other as
// well.
[[nodiscard]] Result<std::string> transcript_pdf(Store& store, const Creditor& creditor,
                                                 std::string_view subject, bool with_notes,
                                                 Instant now);
// {"colleagues":[{"login","name"}]}: what those are called whose logins stand in tasks and lines.
[[nodiscard]] Result<std::string> list_colleagues_job(Store& store, const Creditor& creditor);

// Verbs and their fields; by (who does so, their login) stands with each, through (api or operator)
// may:
//   messages  text, canned, template or offers; last_seen?, anyway?, despite? (why, by a
//   supervisor) `key`: the same again is the same message, said once release notes   text labels
//   labels: those that it has from now on tasks     kind, summary: asks a person
// NotFound for an unknown verb or person, Invalid for a field that is none, Forbidden with the
// reasons in Spanish when the gate refuses a message; Unsafe when a supervisor may send it
// all the same, with `despite`.
inline constexpr std::string_view kConversationVerbs[] = {"messages", "release", "notes", "labels",
                                                          "tasks"};
[[nodiscard]] Result<std::string> run_conversation_job(Store& store, const Desk& desk,
                                                       const Creditor& creditor,
                                                       std::string_view subject,
                                                       std::string_view verb, std::string_view body,
                                                       std::string_view key, Instant now);

// assign assignee (empty: nobody's) · snooze until (empty: no longer) · close outcome; by with
// each. The task as it is then.
inline constexpr std::string_view kTaskVerbs[] = {"assign", "snooze", "close"};
[[nodiscard]] Result<std::string> run_task_job(Store& store, const Creditor& creditor,
                                               std::string_view task, std::string_view verb,
                                               std::string_view body, Instant now);

// {"labels":[{"label","count"}]}: those in use.
[[nodiscard]] Result<std::string> list_labels_job(Store& store, const Creditor& creditor);

[[nodiscard]] Result<std::string> list_canned_job(Store& store, const Creditor& creditor);
// The same, each with `filled`: as this person would read it; null where it cannot be said to them
// now.
[[nodiscard]] Result<std::string> list_canned_job(Store& store, const Desk& desk,
                                                  const Creditor& creditor,
                                                  std::string_view subject, Instant now);
// set text · remove. All of them as they are then.
inline constexpr std::string_view kCannedVerbs[] = {"set", "remove"};
[[nodiscard]] Result<std::string> run_canned_job(Store& store, const Creditor& creditor,
                                                 std::string_view name, std::string_view verb,
                                                 std::string_view body, Instant now);

}  // namespace puntual
