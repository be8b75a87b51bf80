#include "app/conversation_job.h"

#include <algorithm>
#include <functional>

#include "app/known_author.h"
#include "app/order_fields.h"
#include "app/transcript_pages.h"
#include "base/phone.h"
#include "base/phrase_index.h"
#include "base/text.h"
#include "base/whole_number.h"
#include "core/conversation/date_phrase.h"
#include "core/messaging/money_words.h"
#include "engine/contact_facts.h"
#include "engine/explain.h"
#include "engine/identify.h"
#include "engine/note.h"
#include "engine/person_reply.h"
#include "engine/take_over.h"
#include "engine/task_commands.h"
#include "store/sql/sql_labels.h"

namespace puntual {
namespace {

// Writes moments in the civil time of whom they are about.
struct LocalTimes {
  Zone zone;
  [[nodiscard]] json::value of(Instant at) const {
    return json::string(format_rfc3339(at, zone.offset_at(at)));
  }
  [[nodiscard]] json::value of(std::optional<Instant> at) const {
    return at ? of(*at) : json::value(nullptr);
  }
};

json::object task_object(const store::Task& task, const LocalTimes& times) {
  return {{"id", std::to_string(task.id)},
          {"debtor", std::to_string(task.debtor_id.value)},
          {"kind", text_of(task.kind)},
          {"title", title_es(task.kind)},
          {"summary", task.summary},
          {"opened_at", times.of(task.opened_at)},
          {"due_at", times.of(task.due_at)},
          {"assignee", task.assignee},
          {"snoozed_until", times.of(task.snoozed_until)},
          {"closed_at", times.of(task.closed_at)},
          {"closed_by", task.closed_by},
          {"outcome", task.outcome}};
}

json::object line_object(const TranscriptLine& line, const LocalTimes& times) {
  return {
      {"id", std::to_string(line.id)}, {"at", times.of(line.at)}, {"from", text_of(line.voice)},
      {"author", line.author},         {"type", line.type},       {"text", line.text},
      {"state", line.state},           {"reasons", line.reasons}, {"understood", line.understood}};
}

// As much of what was said last as a list shows.
constexpr size_t kLastBytesMax = 240;
json::object last_object(const TranscriptLine& line, const LocalTimes& times) {
  return {{"at", times.of(line.at)},
          {"from", text_of(line.voice)},
          {"type", line.type},
          {"text", beginning_of(line.text, kLastBytesMax)}};
}

Result<int64_t> id_of(std::string_view text, std::string_view what) {
  const auto id = whole_number(text);
  if (!id || *id < 0) return fail(ErrorCode::Invalid, "{} '{}' is no number", what, text);
  return *id;
}

Result<int> limit_of(std::string_view text) {
  if (text.empty()) return 50;
  ASSIGN_OR_RETURN(const int64_t limit, id_of(text, "limit"));
  if (limit < 1 || limit > 200)
    return fail(ErrorCode::Invalid, "limit {} (expected 1 to 200)", limit);
  return static_cast<int>(limit);
}

// Leaves one page of the lines; the cursor of the page before it, empty when there is none.
Result<std::string> keep_page(std::vector<TranscriptLine>& lines, const LinesQuery& asked) {
  auto end = lines.end();
  if (!asked.before.empty()) {
    ASSIGN_OR_RETURN(const int64_t before, id_of(asked.before, "before"));
    end = std::ranges::find(lines, before, &TranscriptLine::id);
    if (end == lines.end())
      return fail(ErrorCode::NotFound, "before {}: this conversation has no such line", before);
  }
  ASSIGN_OR_RETURN(const int limit, limit_of(asked.limit));
  lines.erase(end, lines.end());
  if (std::ssize(lines) <= limit) return std::string();
  lines.erase(lines.begin(), lines.end() - limit);
  return std::to_string(lines.front().id);
}

json::array labels_of(Tx& tx, const Creditor& creditor, DebtorId id) {
  json::array all;
  for (const auto& label : store::Labels(tx.db).of(creditor.id, id)) all.emplace_back(label);
  return all;
}

std::string transcript_json(const Transcript& talk, json::array labels, std::string_view earlier,
                            const Creditor& creditor) {
  const LocalTimes times{engine::home_zone(talk.debtor, creditor)};
  json::array lines, tasks, rests;
  for (const auto& line : talk.lines) lines.push_back(line_object(line, times));
  for (const auto& task : talk.tasks) tasks.push_back(task_object(task, times));
  for (const auto& rest : talk.rests) {
    rests.push_back(json::object{{"kind", text_of(rest.kind)},
                                 {"code", code_of(rest.kind)},
                                 {"since", times.of(rest.since)},
                                 {"until", times.of(rest.until)},
                                 {"through", rest.through}});
  }
  return to_json(
      json::object{{"debtor", std::to_string(talk.debtor.id.value)},
                   {"name", talk.debtor.name},
                   {"phone", mask_phone(talk.debtor.phone)},
                   {"erased", talk.debtor.erased_at.has_value()},
                   {"summary", talk.summary},
                   {"window_until", times.of(talk.window_until)},
                   {"last_seen", std::to_string(talk.last_seen)},
                   {"rests", std::move(rests)},
                   {"tasks", std::move(tasks)},
                   {"labels", std::move(labels)},
                   {"lines", std::move(lines)},
                   {"earlier", earlier.empty() ? json::value(nullptr) : json::value(earlier)}});
}

Result<std::string> conversation_json(Tx& tx, const Creditor& creditor, DebtorId id,
                                      const std::optional<LinesQuery>& asked, Instant now) {
  ASSIGN_OR_RETURN(Transcript talk, engine::transcript(tx, creditor, id, now));
  std::string earlier;
  if (asked) {
    ASSIGN_OR_RETURN(earlier, keep_page(talk.lines, *asked));
  }
  return transcript_json(talk, labels_of(tx, creditor, id), earlier, creditor);
}

constexpr size_t kLabelsMax = 20, kLabelBytesMax = 60;

Result<void> set_labels(Tx& tx, const Creditor& creditor, DebtorId id,
                        const std::vector<std::string>& labels, std::string_view by, Instant now) {
  store::Labels kept(tx.db);
  if (labels.size() > kLabelsMax)
    return fail(ErrorCode::Invalid, "{} labels (expected {} at most)", labels.size(), kLabelsMax);
  for (const auto& label : labels) {
    if (label.empty() || label.size() > kLabelBytesMax ||
        std::ranges::any_of(label, [](unsigned char c) { return c < 0x20 || c == 0x7F; })) {
      return fail(ErrorCode::Invalid, "a label of {} bytes (expected 1 to {}, in one line)",
                  label.size(), kLabelBytesMax);
    }
  }
  tx.debtors.hold(creditor.id, {id});
  if (const auto debtor = tx.debtors.find(creditor.id, id); !debtor || debtor->erased_at)
    return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
  kept.set(creditor.id, id, labels);
  engine::note(tx, creditor.id, id, now, "labelled", fmt::format("by {}", by));
  return {};
}

json::object canned_object(const CannedReply& one) {
  return {{"name", one.name}, {"text", one.text}, {"built_in", one.is_built_in}};
}

std::string canned_json(Tx& tx, const Creditor& creditor) {
  json::array all;
  for (const auto& one : engine::canned_replies(tx, creditor.id)) all.push_back(canned_object(one));
  return to_json(json::object{{"canned_replies", std::move(all)}});
}

Result<InboxQuery> query_of(const ConversationQuery& asked) {
  InboxQuery query{.tasks = store::TaskFilter::Waiting,
                   .assignee = asked.assignee,
                   .label = asked.label,
                   .among = asked.among};
  if (asked.filter == "all")
    query.tasks.reset();
  else if (asked.filter == "mine")
    query.tasks = store::TaskFilter::Mine;
  else if (asked.filter == "snoozed")
    query.tasks = store::TaskFilter::Snoozed;
  else if (!asked.filter.empty() && asked.filter != "waiting") {
    return fail(ErrorCode::Invalid, "filter '{}' (expected waiting, mine, snoozed or all)",
                asked.filter);
  }
  if (asked.filter == "mine" && asked.assignee.empty())
    return fail(ErrorCode::Invalid, "assignee is missing: whose conversations");
  if (!asked.after.empty()) {
    ASSIGN_OR_RETURN(query.after, id_of(asked.after, "after"));
  }
  ASSIGN_OR_RETURN(query.limit, limit_of(asked.limit));
  return query;
}

// Why it was refused, for who is writing.
std::string sentences_of(std::string_view codes) {
  std::string text;
  while (!codes.empty()) {
    const auto end = std::min(codes.find(' '), codes.size());
    const auto code = codes.substr(0, end);
    codes.remove_prefix(std::min(end + 1, codes.size()));
    const auto reason = reason_of(code);
    const std::string_view of_money = messaging::explain_money_es(code);
    text += fmt::format("{}{} ({})", text.empty() ? "" : " ",
                        reason              ? explain_es(*reason)
                        : !of_money.empty() ? of_money
                                            : engine::explain_unfit_es(code),
                        code);
  }
  return text;
}

// Nothing but that the books do not know an account or a sum, which a supervisor may overrule.
bool is_of_money_alone(std::string_view codes) {
  return std::ranges::all_of(split_words(codes, ' '), [](std::string_view code) {
    return code.empty() || !messaging::explain_money_es(code).empty();
  });
}

// As GET /v1/debtors/{id}/offers tells them.
Result<std::vector<Offer>> offers_of(const json::array& told) {
  std::vector<Offer> offers;
  for (const auto& one : told) {
    const auto* parts = member_array(one, "instalments");
    Offer offer{.instalments = {}, .discount_minor = member_int(one, "discount_minor").value_or(0)};
    if (parts == nullptr || parts->empty())
      return fail(ErrorCode::Invalid, "offers: instalments are missing (due_on, amount_minor)");
    for (const auto& part : *parts) {
      ASSIGN_OR_RETURN(const CivilDate on, parse_date(text_in(part, "due_on")));
      offer.instalments.push_back({on, member_int(part, "amount_minor").value_or(0)});
    }
    offers.push_back(std::move(offer));
  }
  return offers;
}

Result<PersonWords> words_of(OrderFields& fields, std::string by, std::string through,
                             std::string_view key) {
  PersonWords words{
      .author = std::move(by), .through = std::move(through), .key = std::string(key)};
  ASSIGN_OR_RETURN(words.text, fields.text("text"));
  ASSIGN_OR_RETURN(words.canned, fields.text("canned"));
  ASSIGN_OR_RETURN(words.template_name, fields.text("template"));
  ASSIGN_OR_RETURN(words.offers, offers_of(fields.list("offers")));
  ASSIGN_OR_RETURN(words.anyway, fields.flag("anyway"));
  ASSIGN_OR_RETURN(words.despite, fields.text("despite"));
  ASSIGN_OR_RETURN(const std::string seen, fields.text("last_seen"));
  if (!seen.empty()) {
    ASSIGN_OR_RETURN(words.last_seen, id_of(seen, "last_seen"));
  }
  return words;
}

// What the books do not know leaves on the word of a supervisor. Where nobody has been given a
// role, whoever has the machine is one.
Result<void> may_overrule(Tx& tx, const Creditor& creditor, const PersonWords& words) {
  if (words.despite.empty() || !tx.users.has_any(creditor.id)) return {};
  const auto user = tx.users.find_email(creditor.id, words.author);
  if (user && !user->disabled_at && user->role <= access::Role::Supervisor) return {};
  return fail(ErrorCode::Forbidden,
              "solo quien es supervisor puede enviar un texto con una cuenta o una suma que no "
              "está en los libros");
}

// The minute of a day in "15:00" or "15:00:00".
std::optional<int64_t> time_of_day(std::string_view said) {
  const auto parts = split_words(said, ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  const auto hour = whole_number(parts[0]), minute = whole_number(parts[1]);
  if (!hour || !minute || *hour > 23 || *minute > 59 || (parts.size() == 3 && parts[2] != "00"))
    return std::nullopt;
  return *hour * kHourMs + *minute * kMinuteMs;
}

// "2026-11-30", "2026-11-30 15:00" (a page's picker writes T between them), RFC 3339, or as people
// say it: "mañana", "el lunes 15:00". Empty: no longer.
Result<std::optional<Instant>> snooze_until(std::string_view said, const Zone& zone, Instant now) {
  if (said.empty()) return std::optional<Instant>();
  if (const auto exact = parse_rfc3339(said)) return std::optional(*exact);
  std::string plain(said);
  if (plain.size() > 10 && plain[10] == 'T') plain[10] = ' ';
  const size_t blank = plain.find(':') == std::string::npos ? std::string::npos : plain.rfind(' ');
  const std::string day = plain.substr(0, blank);
  const auto of_day = blank == std::string::npos
                          ? std::optional<int64_t>(0)
                          : time_of_day(std::string_view(plain).substr(blank + 1));
  const auto date = parse_date(day);
  const auto named =
      date ? std::optional(*date)
           : conversation::date_in(conversation::Phrase(day), {.today = zone.local(now).date});
  if (!named || !of_day)
    return fail(
        ErrorCode::Invalid,
        "«{}» no es un momento (por ejemplo: mañana, el lunes, 2026-11-30, 2026-11-30 15:00)",
        said);
  return std::optional(zone.instant(*named, *of_day));
}

Result<std::string> say(Store& store, const Desk& desk, const Creditor& creditor,
                        std::string_view subject, const PersonWords& words, Instant now) {
  ASSIGN_OR_RETURN(const PersonReply reply, store.write([&](Tx& tx) -> Result<PersonReply> {
    ASSIGN_OR_RETURN(const DebtorId id, engine::find_subject(tx, creditor, subject));
    RETURN_IF_ERROR(check_author(tx, creditor, words.author));
    RETURN_IF_ERROR(may_overrule(tx, creditor, words));
    return engine::reply_by_person(tx, desk, creditor, id, words, now);
  }));
  if (!reply.refusals.empty()) {
    const bool may_overrule = is_of_money_alone(reply.refusals);
    return fail(
        may_overrule ? ErrorCode::Unsafe : ErrorCode::Forbidden, "no se envió: {}{}",
        sentences_of(reply.refusals),
        may_overrule
            ? " Quien es supervisor lo envía así: --despite 'por qué' (por la API, \"despite\")."
            : "");
  }
  return to_json(
      json::object{{"id", std::to_string(reply.id.value)},
                   {"new", reply.is_new},
                   {"text", reply.text},
                   {"paused", reply.is_paused},
                   {"waits_until", LocalTimes{Zone::of(creditor.zone)}.of(reply.waits_until)}});
}

}  // namespace

Result<std::string> list_conversations_job(Store& store, const Creditor& creditor,
                                           const ConversationQuery& asked, Instant now) {
  ASSIGN_OR_RETURN(const InboxQuery query, query_of(asked));
  return store.read([&](Tx& tx) {
    const InboxPage page = engine::inbox_page(tx, creditor.id, query, now);
    json::array entries;
    for (const auto& one : page.entries) {
      const LocalTimes times{engine::home_zone(one.debtor, creditor)};
      entries.push_back(json::object{
          {"debtor",
           one.debtor.id ? json::value(std::to_string(one.debtor.id.value)) : json::value(nullptr)},
          {"name", one.debtor.name},
          {"task", one.task ? json::value(task_object(*one.task, times)) : json::value(nullptr)},
          {"labels", labels_of(tx, creditor, one.debtor.id)},
          {"window_until", times.of(one.window_until)},
          {"has_person", one.has_person},
          {"last", one.last ? json::value(last_object(*one.last, times)) : json::value(nullptr)}});
    }
    return to_json(json::object{
        {"conversations", std::move(entries)},
        {"next", page.next == 0 ? json::value(nullptr) : json::value(std::to_string(page.next))}});
  });
}

Result<std::string> show_conversation_job(Store& store, const Creditor& creditor,
                                          std::string_view subject,
                                          const std::optional<LinesQuery>& lines, Instant now) {
  return store.read([&](Tx& tx) -> Result<std::string> {
    ASSIGN_OR_RETURN(const DebtorId id, engine::find_subject(tx, creditor, subject));
    return conversation_json(tx, creditor, id, lines, now);
  });
}

Result<std::string> opening_job(Store& store, const Desk& desk, const Creditor& creditor,
                                std::string_view subject, Instant now) {
  return store.read([&](Tx& tx) -> Result<std::string> {
    ASSIGN_OR_RETURN(const DebtorId id, engine::find_subject(tx, creditor, subject));
    ASSIGN_OR_RETURN(const engine::Opening opening,
                     engine::opening_for(tx, desk, creditor, id, now));
    const LocalTimes times{Zone::of(creditor.zone)};
    return to_json(json::object{
        {"template", opening.template_name},
        {"text", opening.text},
        {"why_not", opening.refusals.empty() ? opening.why_not : sentences_of(opening.refusals)},
        {"not_before", times.of(opening.not_before)}});
  });
}

Result<std::string> transcript_pdf(Store& store, const Creditor& creditor, std::string_view subject,
                                   bool with_notes, Instant now) {
  ASSIGN_OR_RETURN(const Transcript talk, store.read([&](Tx& tx) -> Result<Transcript> {
    ASSIGN_OR_RETURN(const DebtorId id, engine::find_subject(tx, creditor, subject));
    return engine::transcript(tx, creditor, id, now);
  }));
  return document::to_pdf(transcript_pages(talk, creditor, with_notes, now));
}

Result<std::string> list_colleagues_job(Store& store, const Creditor& creditor) {
  return store.read([&](Tx& tx) {
    json::array all;
    for (const auto& user : tx.users.all(creditor.id))
      all.push_back(json::object{{"login", user.email}, {"name", user.name}});
    return to_json(json::object{{"colleagues", std::move(all)}});
  });
}

Result<std::string> run_conversation_job(Store& store, const Desk& desk, const Creditor& creditor,
                                         std::string_view subject, std::string_view verb,
                                         std::string_view body, std::string_view key, Instant now) {
  ASSIGN_OR_RETURN(OrderFields fields, OrderFields::parse(body, Zone::of(creditor.zone), now));
  ASSIGN_OR_RETURN(const std::string by, fields.login());
  ASSIGN_OR_RETURN(const std::string through, fields.text("through", "api"));
  if (through != "api" && through != "operator")
    return fail(ErrorCode::Invalid, "through '{}' (expected api or operator)", through);
  if (verb == "messages") {
    if (key.empty())
      return fail(ErrorCode::Invalid,
                  "the header Idempotency-Key is missing: a new one for each message, the same "
                  "when it is told again");
    ASSIGN_OR_RETURN(const PersonWords words, words_of(fields, by, through, key));
    RETURN_IF_ERROR(fields.end());
    return say(store, desk, creditor, subject, words, now);
  }
  std::function<Result<void>(Tx&, DebtorId)> act;
  if (verb == "release") {
    act = [&](Tx& tx, DebtorId id) { return engine::release(tx, creditor, id, through, now); };
  } else if (verb == "notes") {
    ASSIGN_OR_RETURN(const std::string text, fields.needed("text", "what is written down"));
    act = [&, text](Tx& tx, DebtorId id) {
      return engine::add_note(tx, creditor, id, text, by, now);
    };
  } else if (verb == "labels") {
    ASSIGN_OR_RETURN(const auto labels, fields.texts("labels"));
    act = [&, labels](Tx& tx, DebtorId id) {
      return set_labels(tx, creditor, id, labels, by, now);
    };
  } else if (verb == "tasks") {
    ASSIGN_OR_RETURN(
        const std::string name,
        fields.needed("kind", "payment_claim, dispute, hardship, wants_person, complaint …"));
    ASSIGN_OR_RETURN(const std::string summary, fields.needed("summary", "what it is about"));
    const auto kind = store::task_kind_of(name);
    if (!kind)
      return fail(
          ErrorCode::Invalid,
          "kind '{}' (expected payment_claim, dispute, hardship, wants_person, complaint …)", name);
    act = [&, kind, summary](Tx& tx, DebtorId id) -> Result<void> {
      tx.debtors.hold_with_kin(creditor.id, id);
      engine::hand_off(tx, desk.settings, creditor.id, id, *kind, summary, through, now);
      return {};
    };
  } else {
    return fail(ErrorCode::NotFound, "nothing that can be done with a conversation is called '{}'",
                verb);
  }
  RETURN_IF_ERROR(fields.end());
  return store.write([&](Tx& tx) -> Result<std::string> {
    RETURN_IF_ERROR(check_author(tx, creditor, by));
    ASSIGN_OR_RETURN(const DebtorId id, engine::find_subject(tx, creditor, subject));
    RETURN_IF_ERROR(act(tx, id));
    return conversation_json(tx, creditor, id, LinesQuery{}, now);
  });
}

Result<std::string> run_task_job(Store& store, const Creditor& creditor, std::string_view task,
                                 std::string_view verb, std::string_view body, Instant now) {
  ASSIGN_OR_RETURN(const int64_t id, id_of(task, "task"));
  ASSIGN_OR_RETURN(OrderFields fields, OrderFields::parse(body, Zone::of(creditor.zone), now));
  ASSIGN_OR_RETURN(const std::string by, fields.login());
  std::function<Result<void>(Tx&)> act;
  if (verb == "assign") {
    ASSIGN_OR_RETURN(const std::string assignee, fields.text("assignee"));
    RETURN_IF_ERROR(check_login("assignee", assignee));
    act = [&, assignee](Tx& tx) {
      return engine::assign_task(tx, creditor, id, assignee, by, now);
    };
  } else if (verb == "snooze") {
    ASSIGN_OR_RETURN(const std::string said, fields.text("until"));
    ASSIGN_OR_RETURN(const auto until, snooze_until(said, Zone::of(creditor.zone), now));
    act = [&, until](Tx& tx) { return engine::snooze_task(tx, creditor, id, until, by, now); };
  } else if (verb == "close") {
    ASSIGN_OR_RETURN(const std::string name, fields.text("outcome", "done"));
    const auto outcome = task_outcome_of(name);
    if (!outcome)
      return fail(ErrorCode::Invalid,
                  "outcome '{}' (expected confirmed, rejected, settled or done)", name);
    act = [&, outcome](Tx& tx) { return engine::close_task(tx, creditor, id, *outcome, by, now); };
  } else {
    return fail(ErrorCode::NotFound, "nothing that can be done with a task is called '{}'", verb);
  }
  RETURN_IF_ERROR(fields.end());
  return store.write([&](Tx& tx) -> Result<std::string> {
    RETURN_IF_ERROR(check_author(tx, creditor, by));
    RETURN_IF_ERROR(act(tx));
    const auto changed = tx.tasks.find(creditor.id, id);
    const Debtor debtor = tx.debtors.find(creditor.id, changed->debtor_id)
                              .value_or(Debtor{});  // None: it is of the house itself.
    return to_json(task_object(*changed, {engine::home_zone(debtor, creditor)}));
  });
}

Result<std::string> list_labels_job(Store& store, const Creditor& creditor) {
  return store.read([&](Tx& tx) {
    json::array all;
    for (const auto& one : store::Labels(tx.db).all(creditor.id))
      all.push_back(json::object{{"label", one.name}, {"count", one.count}});
    return to_json(json::object{{"labels", std::move(all)}});
  });
}

Result<std::string> list_canned_job(Store& store, const Creditor& creditor) {
  return store.read([&](Tx& tx) { return canned_json(tx, creditor); });
}

Result<std::string> list_canned_job(Store& store, const Desk& desk, const Creditor& creditor,
                                    std::string_view subject, Instant now) {
  return store.read([&](Tx& tx) -> Result<std::string> {
    ASSIGN_OR_RETURN(const DebtorId id, engine::find_subject(tx, creditor, subject));
    ASSIGN_OR_RETURN(const auto filled, engine::filled_replies(tx, desk, creditor, id, now));
    json::array all;
    for (const auto& one : filled) {
      all.push_back(canned_object(one.reply));
      all.back().as_object()["filled"] =
          one.text.empty() ? json::value(nullptr) : json::string(one.text);
    }
    return to_json(json::object{{"canned_replies", std::move(all)}});
  });
}

Result<std::string> run_canned_job(Store& store, const Creditor& creditor, std::string_view name,
                                   std::string_view verb, std::string_view body, Instant now) {
  ASSIGN_OR_RETURN(OrderFields fields, OrderFields::parse(body, Zone::of(creditor.zone), now));
  CannedReply reply{.name = std::string(name), .text = {}, .is_built_in = false};
  if (verb == "set") {
    ASSIGN_OR_RETURN(reply.text, fields.needed("text", "with variables such as {{nombre}}"));
    RETURN_IF_ERROR(messaging::check_reply(reply));
  } else if (verb != "remove") {
    return fail(ErrorCode::NotFound, "nothing that can be done with a canned reply is called '{}'",
                verb);
  }
  RETURN_IF_ERROR(fields.end());
  return store.write([&](Tx& tx) -> Result<std::string> {
    if (verb == "set")
      tx.canned_replies.set(creditor.id, reply, now);
    else if (!tx.canned_replies.remove(creditor.id, reply.name))
      return fail(ErrorCode::NotFound, "no canned reply of your own is called '{}'", name);
    return canned_json(tx, creditor);
  });
}

}  // namespace puntual
