// A conversation as a person of the creditor sees it: what both sides said and what became of it,
// notes, what waits, and how long free text may still be sent.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

enum class Voice : uint8_t { Debtor, Machine, Person, PhoneApp, Elsewhere, Note };
[[nodiscard]] std::string_view text_of(Voice voice);  // "phone_app"

struct TranscriptLine {
  int64_t id = 0;  // Of the message or note.
  Instant at;
  Voice voice = Voice::Debtor;
  std::string author;  // Of a person's words and of a note.
  std::string
      type;  // text, image, button …; of ours text, template …; of a contact elsewhere its channel
  std::string text;
  std::string state;       // What became of ours: "read"; empty: theirs.
  std::string reasons;     // Why it waits, or did not leave; codes.
  std::string understood;  // What the machine took theirs for; empty: nothing is noted.
};

struct Transcript {
  Debtor debtor;
  std::vector<TranscriptLine> lines;     // By time.
  std::vector<store::Task> tasks;        // Closed ones as well.
  std::vector<store::Suspension> rests;  // In force.
  std::optional<Instant> window_until;   // Of the platform's service window; none: closed.
  int64_t last_seen =
      0;  // The last message of theirs: who answers tells it (PersonWords::last_seen).
  std::string summary;  // summary_es()
};

// One entry of the inbox: a task that waits, or (every conversation) somebody who has ever written.
struct InboxEntry {
  Debtor debtor;
  std::optional<store::Task> task;
  std::optional<Instant> window_until;
  bool has_person = false;             // Somebody of the creditor has the conversation.
  std::optional<TranscriptLine> last;  // What was said last, by whomever; none: nothing yet.
};
struct InboxQuery {
  std::optional<store::TaskFilter> tasks;      // None: every conversation.
  std::string assignee;                        // For TaskFilter::Mine.
  std::string label;                           // Instead of both: whose conversation has it.
  std::optional<std::vector<DebtorId>> among;  // Instead of all: those of these people.
  int64_t after = 0;                           // The cursor of the page before.
  int limit = 50;
};
struct InboxPage {
  std::vector<InboxEntry> entries;
  int64_t next = 0;  // The cursor of the next page; 0: this was the last.
};

namespace engine {

[[nodiscard]] Result<Transcript> transcript(Tx& tx, const Creditor& creditor, DebtorId debtor,
                                            Instant now);
[[nodiscard]] InboxPage inbox_page(Tx& tx, CreditorId creditor, const InboxQuery& query,
                                   Instant now);

// For who takes over, in Spanish: what is owed, since when, what was said last, what is open. Facts
// of the books alone.
[[nodiscard]] std::string summary_es(Tx& tx, const Creditor& creditor, const Debtor& debtor,
                                     Instant now);

}  // namespace engine
}  // namespace puntual
