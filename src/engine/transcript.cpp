#include "engine/transcript.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/locale.h"
#include "engine/contact_facts.h"
#include "engine/person_reply.h"
#include "engine/suspend.h"
#include "store/sql/sql_labels.h"

namespace puntual {

std::string_view text_of(Voice voice) {
  static constexpr std::array<std::string_view, 6> kVoices = {"debtor",    "machine",   "person",
                                                              "phone_app", "elsewhere", "note"};
  return kVoices[static_cast<size_t>(voice)];
}

namespace engine {
namespace {

// What the timeline knows of messages: who wrote ours, and when theirs were taken for what.
struct Remarks {
  std::map<int64_t, std::string> authors;
  std::vector<std::pair<Instant, std::string>> understood;
};

Remarks remarks_on(Tx& tx, CreditorId creditor, DebtorId debtor) {
  Remarks remarks;
  for (auto& event : tx.timeline.of_debtor(creditor, debtor)) {
    if (event.kind == "replied")
      remarks.authors[event.message_id.value] = std::move(event.detail);
    else if (event.kind == "understood")
      remarks.understood.emplace_back(event.at, std::move(event.detail));
  }
  return remarks;
}

TranscriptLine line_of_ours(const OutboxMessage& message, Remarks& remarks) {
  const bool is_persons = message.step == kPersonStep;
  return {.id = message.id.value,
          .at = message.in_flight_at.value_or(message.planned_at),
          .voice = is_persons ? Voice::Person : Voice::Machine,
          .author = is_persons ? remarks.authors[message.id.value] : std::string(),
          .type = message.kind,
          .text = message.text,
          .state = std::string(text_of(message.state)),
          .reasons = message.reasons,
          .understood = {}};
}

TranscriptLine line_heard(const store::ConversationMessage& message) {
  const bool is_told = message.type == "told";
  const Voice voice = is_told                              ? Voice::Elsewhere
                      : message.direction == Direction::In ? Voice::Debtor
                                                           : Voice::PhoneApp;
  return {.id = message.id,
          .at = message.at,
          .voice = voice,
          .author = {},
          .type = is_told ? std::string(text_of(message.channel)) : message.type,
          .text = message.text,
          .state = {},
          .reasons = {},
          .understood = {}};
}

std::optional<TranscriptLine> last_line(const std::optional<store::ConversationMessage>& theirs,
                                        const std::optional<OutboxMessage>& ours) {
  Remarks nobodys;  // Who of the creditor wrote it stands in the conversation itself.
  std::optional<TranscriptLine> last;
  if (theirs) last = line_heard(*theirs);
  if (ours) {
    TranscriptLine line = line_of_ours(*ours, nobodys);
    if (!last || line.at >= last->at) last = std::move(line);
  }
  return last;
}

// A turn reads all that has come in by then: what it took that for stands with the last of it.
void set_understood(std::vector<TranscriptLine>& lines, const Remarks& remarks) {
  for (const auto& [at, what] : remarks.understood) {
    const auto read = std::find_if(lines.rbegin(), lines.rend(), [&](const TranscriptLine& line) {
      return line.voice == Voice::Debtor && line.at <= at;
    });
    if (read != lines.rend()) read->understood = what;
  }
}

// What never left is no part of the talk, but for what still waits and what a person meant to say.
bool is_shown(const OutboxMessage& message) {
  return may_have_left(message.state) || message.state == MessageState::Planned ||
         message.step == kPersonStep;
}

std::string debts_es(Tx& tx, const Creditor& creditor, const Debtor& debtor, CivilDate today) {
  const auto owed = tx.invoices.open_of(creditor.id, debtor.id);
  if (owed.empty()) return "No debe nada.";
  const std::string locale = locale_of(debtor, creditor);
  std::map<std::string, Money, std::less<>> sums;
  std::optional<CivilDate> oldest;
  for (const auto& invoice : owed) {
    auto& sum = sums.try_emplace(std::string(invoice.amount.currency.code()),
                                 Money{0, invoice.amount.currency})
                    .first->second;
    sum.minor += invoice.balance_minor;
    if (invoice.due_on && (!oldest || *invoice.due_on < *oldest)) oldest = invoice.due_on;
  }
  std::vector<std::string> amounts;
  for (const auto& [code, sum] : sums) amounts.push_back(format_money(sum, locale));
  std::string text =
      fmt::format("Debe {} en {}", join_list(amounts, locale),
                  owed.size() == 1 ? "una factura" : fmt::format("{} facturas", owed.size()));
  if (!oldest) return text + ".";
  const int64_t days = today - *oldest;
  const std::string_view which = owed.size() == 1 ? "" : "la más antigua ";
  if (days > 0)
    return fmt::format("{}; {}venció el {} (hace {} {}).", text, which,
                       format_long_date(*oldest, locale), days, days == 1 ? "día" : "días");
  return fmt::format("{}; {}vence {}.", text, which,
                     days == 0 ? "hoy" : "el " + format_long_date(*oldest, locale));
}

}  // namespace

Result<Transcript> transcript(Tx& tx, const Creditor& creditor, DebtorId id, Instant now) {
  auto debtor = tx.debtors.find(creditor.id, id);
  if (!debtor) return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
  Transcript talk{.debtor = *std::move(debtor),
                  .lines = {},
                  .tasks = tx.tasks.of_debtor(creditor.id, id),
                  .rests = tx.suspensions.active(creditor.id, id, now),
                  .window_until = {},
                  .last_seen = tx.conversation.last_inbound(creditor.id, id),
                  .summary = {}};
  Remarks remarks = remarks_on(tx, creditor.id, id);
  std::optional<Instant> last_inbound_at;
  for (const auto& message : tx.conversation.of_debtor(creditor.id, id)) {
    talk.lines.push_back(line_heard(message));
    if (message.direction == Direction::In && message.channel == Channel::WhatsApp)
      last_inbound_at = message.at;
  }
  for (const auto& message : tx.outbox.of_debtor(creditor.id, id)) {
    if (is_shown(message)) talk.lines.push_back(line_of_ours(message, remarks));
  }
  for (const auto& note : tx.notes.of_debtor(creditor.id, id)) {
    talk.lines.push_back({.id = note.id,
                          .at = note.at,
                          .voice = Voice::Note,
                          .author = note.author,
                          .type = "note",
                          .text = note.text,
                          .state = {},
                          .reasons = {},
                          .understood = {}});
  }
  std::ranges::stable_sort(talk.lines, {}, &TranscriptLine::at);
  set_understood(talk.lines, remarks);
  talk.window_until = service_window(last_inbound_at, now);
  talk.summary = summary_es(tx, creditor, talk.debtor, now);
  return talk;
}

InboxPage inbox_page(Tx& tx, CreditorId creditor, const InboxQuery& query, Instant now) {
  InboxPage page;
  std::vector<std::pair<DebtorId, std::optional<store::Task>>> found;
  if (query.among) {
    for (const auto id : tx.debtors.who_talks(creditor, store::People(*query.among),
                                              DebtorId{query.after}, query.limit)) {
      page.next = id.value;
      found.emplace_back(id, std::nullopt);
    }
  } else if (!query.label.empty()) {
    for (const auto id :
         store::Labels(tx.db).who_has(creditor, query.label, DebtorId{query.after}, query.limit)) {
      page.next = id.value;
      found.emplace_back(id, std::nullopt);
    }
  } else if (query.tasks) {
    for (auto& task :
         tx.tasks.page(creditor, *query.tasks, query.assignee, now, query.after, query.limit)) {
      page.next = task.id;
      const DebtorId whose = task.debtor_id;
      found.emplace_back(whose, std::move(task));
    }
  } else {
    for (const auto id : tx.debtors.who_wrote(creditor, DebtorId{query.after}, query.limit)) {
      page.next = id.value;
      found.emplace_back(id, std::nullopt);
    }
  }
  if (std::ssize(found) < query.limit) page.next = 0;
  if (found.empty()) return page;
  std::vector<DebtorId> ids;
  for (const auto& [id, task] : found) ids.push_back(id);
  const store::People people(std::move(ids));
  const auto heard = tx.conversation.history(creditor, people, now - kDayMs);
  const auto rests = tx.suspensions.active(creditor, people, now);
  const auto theirs = tx.conversation.newest(creditor, people);
  const auto ours = tx.outbox.newest_left(creditor, people);
  for (auto& [id, task] : found) {
    auto debtor = tx.debtors.find(creditor, id);
    PUNTUAL_CHECK(debtor.has_value() || !id);  // Of the house itself.
    InboxEntry entry{.debtor = std::move(debtor).value_or(Debtor{}),
                     .task = std::move(task),
                     .window_until = {},
                     .has_person = false,
                     .last = {}};
    const size_t place = people.place_of(id);
    for (const auto& contact : heard[place]) {
      const bool opens = contact.direction == Direction::In && contact.channel == Channel::WhatsApp;
      if (opens) entry.window_until = service_window(contact.at, now);
    }
    entry.has_person = std::ranges::find(rests[place], store::SuspensionKind::Person,
                                         &store::Suspension::kind) != rests[place].end();
    entry.last = last_line(theirs[place], ours[place]);
    page.entries.push_back(std::move(entry));
  }
  return page;
}

std::string summary_es(Tx& tx, const Creditor& creditor, const Debtor& debtor, Instant now) {
  const Zone zone = home_zone(debtor, creditor);
  std::string text = debts_es(tx, creditor, debtor, zone.local(now).date);
  const auto said = tx.conversation.of_debtor(creditor.id, debtor.id);
  const auto last =
      std::ranges::find_if(said.rbegin(), said.rend(), [](const store::ConversationMessage& one) {
        return one.direction == Direction::In && !one.text.empty();
      });
  if (last != said.rend()) {
    const LocalTime at = zone.local(last->at);
    const int64_t minutes = at.ms_of_day / kMinuteMs;
    text += fmt::format(" Lo último que escribió ({}, {}:{:02}): «{}».",
                        format_long_date(at.date, locale_of(debtor, creditor)), minutes / 60,
                        minutes % 60, last->text);
  }
  std::vector<std::string> open;
  for (const auto& task : tx.tasks.of_debtor(creditor.id, debtor.id)) {
    if (!task.closed_at) open.emplace_back(title_es(task.kind));
  }
  if (!open.empty()) text += fmt::format(" Abierto: {}.", fmt::join(open, "; "));
  return text;
}

}  // namespace engine
}  // namespace puntual
