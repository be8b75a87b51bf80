// The reminding as data: which segments there are, and for each the cadence of steps around the due
// date.
//
// A strategy is a TOML file under version control (strategies/*.toml); its version is a digest of
// its bytes, and is stored with every message that it causes. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/agreements/mandate.h"
#include "core/documents/statement.h"
#include "core/portfolio/portfolio.h"

namespace puntual {

// How a person pays, computed from history. The order is that of the file's [[cadence]] look-up
// only.
enum class Segment : uint8_t {
  New,                 // No settled invoice yet.
  Punctual,            // Pays on or before the due date.
  Forgetful,           // Pays late, within days of a nudge.
  LatePayer,           // Pays, later than that.
  RecurrentDefaulter,  // Several invoices long overdue or never paid in time.
  AgedDebt,            // The oldest open invoice is very old.
  Hardship,            // Said that they cannot pay; offered a flexible payment.
};
[[nodiscard]] std::string_view text_of(Segment segment);  // "punctual", "late_payer", …
[[nodiscard]] std::optional<Segment> segment_of(std::string_view text);

struct Step {
  std::string id;   // "pre_7"; unique in the cadence.
  int32_t day = 0;  // Relative to the due date.
  // For how many days after its day the text is still worth sending. Left out in the file: until
  // the next step; for the last collecting step and the last notice, kAlways. That is how an aged
  // debt enters: at the last collecting step, once.
  int32_t valid_days = 0;
  int32_t gap_days =
      1;  // Days since the last message to the person, at least (1: not the same day).
  std::string objective;      // inform | remind | collect | negotiate | last_notice
  std::string tone;           // warm | neutral | direct
  std::string template_name;  // For one invoice.
  std::string template_many;  // For several; empty: the same.
  // The PDF that goes above the words: of the invoice, or of all that is owed.
  std::optional<DocumentKind> attach;
  bool reviewed =
      false;  // The last step before legal action is sent only when a person reviewed it.

  static constexpr int32_t kAlways = 100000;
  [[nodiscard]] bool is_last_notice() const { return objective == "last_notice"; }
};

struct Cadence {
  std::vector<Segment> segments;
  std::vector<Step> steps;  // By day, ascending.
};

// What may be agreed with people of these segments.
struct SegmentMandate {
  std::vector<Segment> segments;
  Mandate mandate;
};

struct Strategy {
  std::string name;
  std::string version;  // "estandar@1f3a9c02": name and digest of the file.
  std::string text;     // What it was read from.
  int32_t messages_per_day_max = 1;
  int32_t messages_per_week_max = 3;
  int32_t gap_days_min = 2;  // Between two messages to a person; steps may ask for more.
  int32_t first_minute =
      0;  // Of the local day: no reminder before it, though the law would allow one.
  int32_t horizon_days = 7;  // A message also names invoices that fall due within so many days.
  std::vector<std::string> stop_on;  // paid, promise, dispute, opt_out, hand_off, …
  std::vector<std::string>
      priority;  // Which debt leads the message: most_overdue, largest_balance, oldest_due.
  int64_t minimum_balance_minor = 0;  // Under it nobody is bothered.
  int32_t oldest_days = 1826;  // A debt due longer ago may be prescribed: only a person speaks of
                               // it, or agrees on anything.
  int32_t punctual_grace_days = 0;
  int32_t forgetful_days_max = 7;
  int32_t late_days_max = 30;
  int32_t aged_days_min = 90;
  int32_t ask_again_days =
      3;  // A number that is not proven is asked whose it is, and again after so many days;
  int32_t ask_max = 2;  // so often at most.
  int32_t on_ramp_days =
      14;  // Whom WhatsApp cannot reach is invited by another way once in so many days.
  std::vector<Cadence> cadences;
  std::vector<SegmentMandate> mandates;

  // The cadence of a segment; the first one listed for New when the segment has none of its own.
  [[nodiscard]] const Cadence& cadence_of(Segment segment) const;
  // Null: the creditor has written down none for them, and a person decides.
  [[nodiscard]] const Mandate* mandate_of(Segment segment) const;
};

// What is known of how the person has paid.
struct PaymentBehaviour {
  int32_t settled_count = 0;             // Invoices settled in the past.
  int32_t settled_on_time = 0;           // Of those: on or before the due date (plus grace).
  int32_t settled_within_forgetful = 0;  // Late by no more than forgetful_days_max.
  int32_t settled_late = 0;              // Later than that.
  int64_t days_late_total = 0;           // Over late ones.
  int32_t open_overdue_count = 0;
  int32_t oldest_days_past_due = 0;  // Of open invoices; 0 or negative: none overdue.
  bool has_hardship = false;
};

// What the strategy wants to say to one person today.
struct Proposal {
  size_t step = 0;              // Index into the cadence's steps.
  size_t lead = 0;              // Index into the invoices: the one the message is about.
  std::vector<size_t> covered;  // All invoices the message mentions (lead first).
  std::vector<int32_t>
      marks;  // Of each covered one: its last_step_day once the message is written.
  bool covers_overdue = false;  // Then the message is collection, whatever step it came from.
};

struct PlanAnswer {
  std::optional<Proposal> proposal;
  // The next local date on which the answer can differ if nothing else happens; none: never.
  std::optional<CivilDate> next_review_on;
  // Why nothing is proposed, for the timeline: "step_pending", "no_due_date", "cadence_finished",
  // "below_minimum", "needs_review", "nothing_owed"; empty when there is a proposal.
  std::string_view silence;
  // The invoices whose last notice waits to be read, and its step in the cadence.
  std::vector<std::pair<size_t, size_t>> awaiting = {};
};

namespace strategy {

[[nodiscard]] inline bool is_too_old(const Invoice& invoice, const Strategy& strategy,
                                     CivilDate today) {
  return invoice.due_on && today - *invoice.due_on > strategy.oldest_days;
}

// Reads a strategy file. Invalid names file, line, key and remedy (a misspelt key gets a
// suggestion), all mistakes at once.
[[nodiscard]] Result<Strategy> parse(std::string_view toml, std::string_view file_name);

// What is open and overdue counts with the habits.
void add_open_debts(PaymentBehaviour& behaviour, std::span<const Invoice> invoices,
                    CivilDate today);
[[nodiscard]] Segment classify(const PaymentBehaviour& behaviour, const Strategy& strategy);

// One answer for a person with these open invoices, at local date `today`. An aged portfolio enters
// at the step of its age; earlier steps are passed over. A missed day leads to at most one message.
// The last notice follows the last collecting step only, never a long silence. The order of the
// invoices does not matter. The caller keeps Invoice::last_step_day (from marks) and last_step_on.
[[nodiscard]] PlanAnswer propose(std::span<const Invoice> invoices, const Cadence& cadence,
                                 const Strategy& strategy, CivilDate today);

}  // namespace strategy
}  // namespace puntual
