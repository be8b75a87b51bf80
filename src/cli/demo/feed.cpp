#include "cli/demo/feed.h"

#include <algorithm>
#include <set>

#include "app/words.h"
#include "base/locale.h"
#include "base/text.h"
#include "engine/contact_facts.h"

namespace puntual::cli::demo {
namespace {

constexpr size_t kItemsMax = 300;
constexpr size_t kDaysMax = 42;
constexpr size_t kToldAlone =
    4;  // Lines of one kind at one moment that are told one by one; the rest is summed up.
constexpr int kEventsARead = 2000;

}  // namespace

// One line before it is grouped with its likes.
struct Feed::Line {
  Instant at;
  Zone zone = Zone::utc();
  std::string kind;  // message, thanks, reply, payment, stop, silence, file, trouble
  DebtorId person;
  std::string name, country;
  std::string what;   // After the name: "paga $ 89.900 · Internet hogar".
  std::string until;  // When a silence may end.
  std::string text;   // Exactly what was sent, shown on demand.
};

void Feed::skip_history(Tx& tx, const Creditor& creditor) {
  const auto newest = tx.timeline.latest(creditor.id, 0, 1);
  if (!newest.empty()) last_event_ = newest.front().id;
}

void Feed::add(const Line& line) {
  json::object object{{"id", next_id_},
                      {"day", day_text(line.zone.local(line.at).date)},
                      {"time", time_text(line.at, line.zone)},
                      {"kind", line.kind},
                      {"what", line.what}};
  if (line.person) object["person"] = std::to_string(line.person.value);
  const std::pair<std::string_view, const std::string*> more[] = {
      {"name", &line.name}, {"until", &line.until}, {"text", &line.text}};
  for (const auto& [key, value] : more) {
    if (!value->empty()) object[key] = *value;
  }
  items_.push_back({next_id_++, std::move(object)});
  if (items_.size() > kItemsMax) items_.pop_front();
}

void Feed::add_note(Instant at, Zone zone, std::string what) {
  add({.at = at,
       .zone = zone,
       .kind = "file",
       .person = {},
       .name = {},
       .country = {},
       .what = std::move(what),
       .until = {},
       .text = {}});
}

// At seven in the morning a hundred messages leave at once: a few are told, the others counted. The
// page shows the newest first, so the count is told before its examples.
void Feed::add_grouped(const std::vector<Line>& lines) {
  const auto key_of = [](const Line& line) {
    return fmt::format("{} {} {}", line.at.ms, line.kind, line.what);
  };
  std::map<std::string, std::vector<const Line*>> groups;
  for (const auto& line : lines) {
    if (line.kind == "message" || line.kind == "silence") groups[key_of(line)].push_back(&line);
  }
  for (const auto& line : lines) {
    const auto group = groups.find(key_of(line));
    if (group == groups.end()) {
      add(line);
      continue;
    }
    const auto& members = group->second;
    if (members.front() != &line) continue;
    const size_t alone = line.kind == "silence" ? 2 : kToldAlone;
    const size_t told = members.size() <= alone + 1 ? members.size() : alone;
    if (told < members.size()) add_rest(line, members.size() - told);
    for (size_t i = told; i-- > 0;) add(*members[i]);
  }
}

void Feed::add_rest(const Line& like, size_t count) {
  Line line = like;
  line.person = {};
  line.name = fmt::format("y {} personas más", count);
  line.text.clear();
  for (const std::string_view verb : {"recibe", "espera"}) {
    if (const auto at = line.what.find(std::string(verb) + " "); at <= 3)
      line.what.insert(at + verb.size(), "n");
  }
  add(line);
}

void Feed::read(Tx& tx, const Creditor& creditor) {
  auto events = tx.timeline.latest(creditor.id, last_event_, kEventsARead);
  if (events.empty()) return;
  last_event_ = events.front().id;
  std::vector<Line> lines;
  std::set<DebtorId> paid;
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (!event->debtor_id) continue;
    if (event->kind == "paid") paid.insert(event->debtor_id);
    // After a payment the plan waits as a matter of course: the payment and the thanks say it all.
    if (event->kind == "silent" && event->detail == "step_pending" &&
        paid.contains(event->debtor_id))
      continue;
    touched_.push_back(event->debtor_id);
    Line line{.at = event->at,
              .zone = Zone::utc(),
              .kind = {},
              .person = event->debtor_id,
              .name = {},
              .country = {},
              .what = {},
              .until = {},
              .text = {}};
    if (tell(tx, creditor, *event, line)) lines.push_back(std::move(line));
  }
  add_grouped(lines);
}

bool Feed::tell(Tx& tx, const Creditor& creditor, const store::TimelineEvent& event, Line& line) {
  static constexpr std::string_view kTold[] = {"sending",       "inbound", "paid",     "opted_out",
                                               "opt_out_doubt", "silent",  "proposed", "postponed",
                                               "cancelled",     "expired"};
  if (std::ranges::find(kTold, event.kind) == std::end(kTold)) return false;
  const auto debtor = tx.debtors.find(creditor.id, event.debtor_id);
  if (!debtor) return false;
  line.name = debtor->name;
  line.country = debtor->country;
  line.zone = engine::home_zone(*debtor, creditor);
  if (event.kind == "sending") return tell_send(tx, creditor, event, line);
  if (event.kind == "paid") return tell_payment(tx, creditor, event, line);
  if (event.kind == "inbound") {
    tell_reply(tx, creditor, event, line);
    return true;
  }
  if (event.kind == "opted_out" || event.kind == "opt_out_doubt") {
    ++counts_.stops;
    line.kind = "stop";
    line.what = event.kind == "opted_out"
                    ? "pide la baja: no se le vuelve a escribir"
                    : "quizás pide la baja: no se le escribe hasta que una persona lo mire";
    return true;
  }
  return tell_silence(tx, creditor, event, line);
}

DayCounts& Feed::day_of(Instant at, Zone zone) {
  auto& day = counts_.by_day[zone.local(at).date];
  if (counts_.by_day.size() > kDaysMax) counts_.by_day.erase(counts_.by_day.begin());
  return day;
}

bool Feed::tell_send(Tx& tx, const Creditor& creditor, const store::TimelineEvent& event,
                     Line& line) {
  const auto message = tx.outbox.find(creditor.id, event.message_id);
  if (!message) return false;
  const bool asks = message->purpose == Purpose::PreDue || message->purpose == Purpose::Overdue;
  const bool thanks = message->purpose == Purpose::PaymentConfirmation;
  ++counts_.messages;
  if (thanks) ++counts_.thanks;
  auto& hour = counts_.by_hour[static_cast<size_t>(line.zone.local(event.at).ms_of_day / kHourMs)];
  auto& day = day_of(event.at, line.zone);
  ++(asks ? hour.reminders : hour.courtesy);
  ++(asks ? day.reminders : day.courtesy);
  line.kind = thanks ? "thanks" : "message";
  line.what = step_es(message->step);
  line.text = message->text;
  return true;
}

bool Feed::tell_payment(Tx& tx, const Creditor& creditor, const store::TimelineEvent& event,
                        Line& line) {
  const auto payment = tx.payments.find(creditor.id, event.payment_id);
  if (!payment) return false;
  ++counts_.payments;
  ++day_of(event.at, line.zone).payments;
  counts_.collected_minor[std::string(payment->amount.currency.code())] += payment->amount.minor;
  line.kind = "payment";
  line.what = "paga " + format_money(payment->amount, "es_" + line.country);
  if (const auto invoice =
          event.invoice_id ? tx.invoices.find(creditor.id, event.invoice_id) : std::nullopt) {
    line.what += " · " + invoice->product;
  }
  return true;
}

void Feed::tell_reply(Tx& tx, const Creditor& creditor, const store::TimelineEvent& event,
                      Line& line) {
  ++counts_.replies;
  line.kind = "reply";
  line.what = "responde";
  for (const auto& said : tx.conversation.of_debtor(creditor.id, event.debtor_id)) {
    if (said.direction == Direction::In && said.received_at <= event.at && !said.text.empty())
      line.what = "responde «" + said.text + "»";
  }
}

// Whatever is not said, or not yet: with its reason and the moment that may change it.
bool Feed::tell_silence(Tx& tx, const Creditor& creditor, const store::TimelineEvent& event,
                        Line& line) {
  line.kind = "silence";
  std::string_view state = "en silencio";
  std::string codes = event.detail;
  if (event.kind == "silent" && codes == "nothing_owed") return false;  // The payment has told it.
  if (event.kind == "proposed" || event.kind == "postponed") {
    const auto message = tx.outbox.find(creditor.id, event.message_id);
    if (!message || message->not_before <= event.at) return false;
    state = "espera su momento";
    line.until = fmt::format("Sale el {}", moment_text(message->not_before, line.zone));
    if (event.kind == "proposed") codes = message->reasons;
  } else if (event.kind == "silent") {
    if (const auto until = tx.debtors.review_moments(creditor.id, event.debtor_id).first) {
      line.until = fmt::format("Puede cambiar el {}", moment_text(*until, line.zone));
    }
  } else {
    state = event.kind == "expired" ? "no recibe lo planeado" : "no recibe el mensaje que esperaba";
  }
  const std::string reason = reason_es(codes);
  line.what = fmt::format("{}. {}", state, reason);
  ++counts_.silences;
  return !reason.empty();
}

json::array Feed::since(int64_t id, size_t limit) const {
  auto first = std::ranges::lower_bound(items_, id + 1, {}, &FeedItem::id);
  const auto count = static_cast<size_t>(items_.end() - first);
  if (count > limit) first += static_cast<std::ptrdiff_t>(count - limit);
  json::array lines;
  for (; first != items_.end(); ++first) lines.push_back(first->json);
  return lines;
}

std::vector<DebtorId> Feed::take_touched() {
  std::ranges::sort(touched_);
  touched_.erase(std::ranges::unique(touched_).begin(), touched_.end());
  return std::exchange(touched_, {});
}

}  // namespace puntual::cli::demo
