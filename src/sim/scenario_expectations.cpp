// What must hold at a moment of a scenario, read from the books, the outbox and the timeline.
#include <algorithm>

#include "engine/identify.h"
#include "sim/scenario_stage.h"

namespace puntual::sim {
namespace {

std::unexpected<Error> differs(std::string_view what, std::string_view wanted,
                               std::string_view is) {
  return fail(ErrorCode::Conflict, "{} is {}, not {}", what, is.empty() ? "nothing" : is, wanted);
}

// Codes with blanks between, in the order of the alphabet.
std::string in_order(std::string_view codes) {
  std::vector<std::string> words;
  while (!codes.empty()) {
    const size_t end = std::min(codes.find(' '), codes.size());
    if (end > 0) words.emplace_back(codes.substr(0, end));
    codes.remove_prefix(std::min(end + 1, codes.size()));
  }
  std::ranges::sort(words);
  return fmt::format("{}", fmt::join(words, " "));
}

// The words up to "until" or "at": codes.
Result<std::string> take_codes(Words& words) {
  std::string codes;
  while (!words.empty() && words.peek() != "until" && words.peek() != "at") {
    ASSIGN_OR_RETURN(const std::string code, words.take("a reason"));
    codes += codes.empty() ? code : " " + code;
  }
  if (codes.empty()) return fail(ErrorCode::Invalid, "a reason is expected, such as WINDOW_HOURS");
  return in_order(codes);
}

std::string_view template_of(std::string_view kind) {
  if (kind == "on_time") return "pago_puntual_v1";
  if (kind == "late") return "pago_recibido_v1";
  if (kind == "many") return "pago_varias_v1";
  return kind == "part" ? "pago_parcial_v1" : std::string_view();
}

}  // namespace

Result<void> ScenarioStage::expect(Words& words) {
  const CreditorId creditor = world_->creditor().id;
  const auto read = [&](auto&& ask) { return world_->store().read(ask); };
  if (words.take_if("nothing")) {
    if (!words.take_if("sent")) return fail(ErrorCode::Invalid, "expected: nothing sent");
    return expect_nothing_else();
  }
  if (words.take_if("balance")) {
    ASSIGN_OR_RETURN(const std::string number, words.take("the number of an invoice"));
    ASSIGN_OR_RETURN(const std::string wanted, words.take("an amount"));
    ASSIGN_OR_RETURN(const auto invoice,
                     read([&](Tx& tx) { return tx.invoices.find_by_number(creditor, number); }));
    if (!invoice) return fail(ErrorCode::NotFound, "no invoice {}", number);
    const std::string is = format_decimal(invoice->balance());
    return is == wanted ? Result<void>() : differs("the balance", wanted, is);
  }
  if (words.peek() == "paused" || words.peek() == "not") {
    const bool wanted = !words.take_if("not");
    (void)words.take_if("paused");
    ASSIGN_OR_RETURN(const auto now, read([&](Tx& tx) { return tx.creditors.find(creditor); }));
    return now->paused_at.has_value() == wanted
               ? Result<void>()
               : differs("the creditor", wanted ? "paused" : "active",
                         wanted ? "active" : "paused");
  }
  if (words.take_if("request")) return expect_request(words);
  if (words.take_if("place")) return expect_place(words);
  if (words.take_if("held")) return expect_held(words);
  if (words.take_if("template")) {
    ASSIGN_OR_RETURN(const std::string name, words.take("the name of a template"));
    ASSIGN_OR_RETURN(const std::string wanted, words.take("a status"));
    ASSIGN_OR_RETURN(const std::string is, read([&](Tx& tx) {
                       return tx.templates.status(creditor, name, "es_" + setting_.country);
                     }));
    return is == wanted ? Result<void>() : differs("the template", wanted, is);
  }
  if (words.take_if("unknown")) {
    ASSIGN_OR_RETURN(const int64_t wanted, words.take_number("how many updates"));
    ASSIGN_OR_RETURN(
        const auto count, read([&](Tx& tx) {
          auto rows = tx.db.query(
              "SELECT COUNT(*) FROM timeline WHERE kind IN ('unknown_update','inbound_unknown')");
          return rows.next() ? rows.integer(0) : 0;
        }));
    return count == wanted ? Result<void>()
                           : differs("the number of unknown updates", std::to_string(wanted),
                                     std::to_string(count));
  }
  if (words.take_if("imported")) return expect_imported(words);
  if (words.peek() == "task" || words.peek() == "no") {
    const bool wanted = !words.take_if("no");
    if (!words.take_if("task"))
      return fail(ErrorCode::Invalid, "expected: [no] task KIND NAME, or house");
    ASSIGN_OR_RETURN(const std::string kind, words.take("the kind of a task"));
    if (!store::task_kind_of(kind))
      return fail(ErrorCode::Invalid, "'{}' is no kind of task (store/sql/sql_tasks.h)", kind);
    DebtorId whose;  // Nobody's: the house's.
    if (!words.take_if("house")) {
      ASSIGN_OR_RETURN(const ScenarioPerson* const person, take_person(words));
      whose = person->id;
    }
    ASSIGN_OR_RETURN(const auto tasks,
                     read([&](Tx& tx) { return tx.tasks.of_debtor(creditor, whose); }));
    const bool is_open = std::ranges::any_of(tasks, [&](const store::Task& task) {
      return text_of(task.kind) == kind && !task.closed_at;
    });
    return is_open == wanted ? Result<void>()
                             : differs(fmt::format("the task {}", kind),
                                       wanted ? "open" : "not open", wanted ? "not open" : "open");
  }
  ASSIGN_OR_RETURN(const ScenarioPerson* const person, take_person(words));
  return expect_person(words, *person);
}

Result<void> ScenarioStage::expect_person(Words& words, const ScenarioPerson& person) {
  if (words.take_if("sent")) return expect_sent(words, person);
  if (words.take_if("silent:")) return expect_silent(words, person);
  if (words.take_if("reads")) return expect_reads(words, person, true);
  if (words.take_if("never")) {
    if (!words.take_if("reads")) return fail(ErrorCode::Invalid, "expected: never reads \"…\"");
    return expect_reads(words, person, false);
  }
  if (words.take_if("number")) return expect_number(words, person);
  if (words.take_if("noted")) return expect_noted(words, person);
  if (words.take_if("understood")) return expect_understood(words, person);
  if (words.take_if("agreement")) return expect_agreement(words, person);
  if (words.take_if("cancelled")) return expect_ended(words, person, MessageState::Cancelled);
  if (words.take_if("expired")) return expect_ended(words, person, MessageState::Expired);
  if (words.peek() == "suspended:" || words.peek() == "unsuspended")
    return expect_suspended(words, person);
  if (words.peek() == "stopped" || words.peek() == "not") return expect_stopped(words, person);
  return expect_state(words, person);
}

// "sent post_7 [F-1 F-2] [on_time|late|part|many] [with invoice|statement] [at [DATE] TIME] [as
// EXEMPT_…]": one message, not yet expected.
Result<void> ScenarioStage::expect_sent(Words& words, const ScenarioPerson& person) {
  ASSIGN_OR_RETURN(const std::string step, words.take("the id of a step, thanks or optout_ack"));
  std::optional<OutboxMessage> found;
  for (const auto& message : messages_of(person)) {
    if (!may_have_left(message.state) || expected_.contains(message.id)) continue;
    if (message.step != step)
      return fail(ErrorCode::Conflict, "the message sent is {}", message.step);
    found = message;
    break;
  }
  if (!found) return fail(ErrorCode::Conflict, "no message has left that was not expected before");
  expected_.insert(found->id);
  if (step == "reply") {
    ASSIGN_OR_RETURN(const std::string text,
                     words.take("which reply: templates/es/respuesta_…_v1.toml"));
    if (messaging::plain_name(found->template_name) != text &&
        messaging::plain_name(found->template_name) != fmt::format("respuesta_{}_v1", text))
      return differs("the text", text, found->template_name);
  }
  std::vector<std::string> numbers;
  std::string page;  // What a reminder brings.
  while (!words.empty()) {
    if (words.take_if("with")) {
      ASSIGN_OR_RETURN(page, words.take("invoice or statement"));
    } else if (words.take_if("at")) {
      RETURN_IF_ERROR(expect_moment(words, found->in_flight_at, "it left"));
    } else if (words.take_if("by")) {
      ASSIGN_OR_RETURN(const std::string channel, words.take("email or sms"));
      if (text_of(found->channel) != channel)
        return differs("its channel", channel, text_of(found->channel));
    } else if (words.take_if("as")) {
      ASSIGN_OR_RETURN(const std::string code, words.take("an exemption"));
      const auto events = world_->store().read(
          [&](Tx& tx) { return tx.timeline.of_debtor(world_->creditor().id, person.id); });
      const auto is_allowed_so = [&](const store::TimelineEvent& event) {
        return event.kind == "sending" && event.message_id == found->id &&
               event.detail.ends_with(code);
      };
      if (!events || std::ranges::none_of(*events, is_allowed_so))
        return fail(ErrorCode::Conflict, "it did not leave as {}", code);
    } else if (const auto name = template_of(words.peek()); !name.empty()) {
      ASSIGN_OR_RETURN(const std::string kind, words.take("a kind of thanks"));
      if (messaging::plain_name(found->template_name) != name)
        return differs("the text", kind, found->template_name);
    } else {
      ASSIGN_OR_RETURN(numbers.emplace_back(), words.take("the number of an invoice"));
    }
  }
  const auto brought =
      found->kind == "template" ? found->attach.substr(0, found->attach.find(' ')) : page;
  if (brought != page)
    return differs("what goes with it", page.empty() ? "nothing" : page,
                   brought.empty() ? "nothing" : brought);
  if (numbers.empty() || numbers == numbers_of(*found)) return {};
  return differs("what it names", fmt::format("{}", fmt::join(numbers, " ")),
                 fmt::format("{}", fmt::join(numbers_of(*found), " ")));
}

// Why nothing is being said: of the message that waits, or of the person.
Result<void> ScenarioStage::expect_silent(Words& words, const ScenarioPerson& person) {
  ASSIGN_OR_RETURN(const std::string wanted, take_codes(words));
  std::string reasons;
  std::optional<Instant> until;
  for (const auto& message : messages_of(person)) {
    if (message.state != MessageState::Planned) continue;
    reasons = message.reasons;
    until = message.not_before;
  }
  if (!until) {
    const auto read = world_->store().read([&](Tx& tx) {
      const auto row = tx.debtors.for_review(world_->creditor().id, person.id);
      if (row) reasons = row->silence;
      until = tx.debtors.review_moments(world_->creditor().id, person.id).first;
    });
    if (!read) return std::unexpected(read.error());
  }
  if (in_order(reasons) != wanted) return differs("the reason", wanted, reasons);
  if (!words.take_if("until")) return {};
  if (words.take_if("never"))
    return until ? differs("the end", "never", local_text(*until)) : Result<void>();
  return expect_moment(words, until, "the silence lasts until");
}

Result<void> ScenarioStage::expect_moment(Words& words, std::optional<Instant> at,
                                          std::string_view of_what) {
  CivilDate date = today_;
  if (words.next_is_date()) {
    ASSIGN_OR_RETURN(date, words.take_date());
  }
  ASSIGN_OR_RETURN(const int32_t time, words.take_time());
  const std::string wanted = local_text(zone_.instant(date, time));
  const std::string is = at ? local_text(*at) : "never";
  return is == wanted ? Result<void>() : differs(of_what, wanted, is);
}

Result<void> ScenarioStage::expect_reads(Words& words, const ScenarioPerson& person, bool wanted) {
  ASSIGN_OR_RETURN(const std::string part, words.take("a part of the text"));
  std::string text;
  for (const auto& message : messages_of(person)) {
    if (may_have_left(message.state)) text = message.text;
  }
  const bool has = text.find(part) != std::string::npos;
  return has == wanted ? Result<void>()
                       : differs("the last text", wanted ? part : "without it", text);
}

Result<void> ScenarioStage::expect_ended(Words& words, const ScenarioPerson& person,
                                         MessageState state) {
  ASSIGN_OR_RETURN(std::string step, words.take("the id of a step"));
  const bool has_reason = step.ends_with(':');
  if (has_reason) step.pop_back();
  std::string wanted, seen;
  if (has_reason) {
    ASSIGN_OR_RETURN(wanted, take_codes(words));
  }
  for (const auto& message : messages_of(person)) {
    if (message.step != step) continue;
    if (message.state == state && (!has_reason || in_order(message.reasons) == wanted)) return {};
    seen = fmt::format("{} {}", text_of(message.state), message.reasons);
  }
  return differs(step, fmt::format("{} {}", text_of(state), wanted), seen);
}

// "number confirmed [by answer]", "number wrong": of the address in use.
Result<void> ScenarioStage::expect_number(Words& words, const ScenarioPerson& person) {
  ASSIGN_OR_RETURN(const std::string wanted,
                   words.take("unconfirmed, asked, confirmed, silent, other_person or wrong"));
  ASSIGN_OR_RETURN(const Address address, world_->store().read([&](Tx& tx) {
    return engine::address_in_use(tx, *tx.debtors.find(world_->creditor().id, person.id));
  }));
  if (text_of(address.state) != wanted)
    return differs("the number", wanted, text_of(address.state));
  if (!words.take_if("by")) return {};
  ASSIGN_OR_RETURN(const std::string kind, words.take("otp, contract, conversation or answer"));
  return address.evidence.kind == kind ? Result<void>()
                                       : differs("the evidence", kind, address.evidence.kind);
}

// "agreement kept", "agreement active 2026-11-27 80000 2026-12-28 80000": the last one that was
// made
Result<void> ScenarioStage::expect_agreement(Words& words, const ScenarioPerson& person) {
  ASSIGN_OR_RETURN(const std::string wanted,
                   words.take("active, kept, partly_kept, broken, cancelled or none"));
  ASSIGN_OR_RETURN(const auto all, world_->store().read([&](Tx& tx) {
    return tx.agreements.of_debtor(world_->creditor().id, person.id);
  }));
  const std::string_view is = all.empty() ? "none" : text_of(all.back().state);
  if (is != wanted) return differs("the agreement", wanted, is);
  std::string dates, wanted_dates;
  while (words.next_is_date()) {
    ASSIGN_OR_RETURN(const CivilDate on, words.take_date());
    ASSIGN_OR_RETURN(const std::string amount, words.take("an amount"));
    wanted_dates += fmt::format("{} {} ", format_date(on), amount);
  }
  if (wanted_dates.empty()) return {};
  for (const auto& one : all.back().instalments) {
    dates += fmt::format("{} {} ", format_date(one.due_on),
                         format_decimal({one.amount_minor, all.back().total.currency}));
  }
  return dates == wanted_dates ? Result<void>() : differs("its schedule", wanted_dates, dates);
}

// "noted identity_ambiguous": the timeline has such an event.
Result<void> ScenarioStage::expect_noted(Words& words, const ScenarioPerson& person) {
  ASSIGN_OR_RETURN(const std::string kind, words.take("a kind of event"));
  ASSIGN_OR_RETURN(const auto events, world_->store().read([&](Tx& tx) {
    return tx.timeline.of_debtor(world_->creditor().id, person.id);
  }));
  if (std::ranges::any_of(events,
                          [&](const store::TimelineEvent& event) { return event.kind == kind; }))
    return {};
  return fail(ErrorCode::Conflict, "no event '{}' on the timeline", kind);
}

// "understood promise": what the last turn was taken for.
Result<void> ScenarioStage::expect_understood(Words& words, const ScenarioPerson& person) {
  ASSIGN_OR_RETURN(const std::string intent, words.take("an intent"));
  if (!intent_of(intent)) return fail(ErrorCode::Invalid, "'{}' is no intent", intent);
  ASSIGN_OR_RETURN(const auto events, world_->store().read([&](Tx& tx) {
    return tx.timeline.of_debtor(world_->creditor().id, person.id);
  }));
  const auto last =
      std::find_if(events.rbegin(), events.rend(),
                   [](const store::TimelineEvent& event) { return event.kind == "understood"; });
  if (last == events.rend()) return fail(ErrorCode::Conflict, "no turn was taken");
  if (last->detail.starts_with(intent + " ")) return {};
  return fail(ErrorCode::Conflict, "it was understood as: {}", last->detail);
}

// "post_7 is delivered", "post_7 is failed 131026"
Result<void> ScenarioStage::expect_state(Words& words, const ScenarioPerson& person) {
  ASSIGN_OR_RETURN(const std::string step, words.take("sent, silent:, reads, a step …"));
  if (!words.take_if("is"))
    return fail(ErrorCode::Invalid, "'{}' is nothing that can be expected of a person", step);
  ASSIGN_OR_RETURN(const std::string wanted, words.take("a state"));
  const int64_t code = words.next_is_number() ? words.take_number("an error code").value() : 0;
  std::string seen;
  for (const auto& message : messages_of(person)) {
    if (message.step == step)
      seen = code == 0 ? std::string(text_of(message.state))
                       : fmt::format("{} {}", text_of(message.state), message.error_code);
  }
  const std::string all = code == 0 ? wanted : fmt::format("{} {}", wanted, code);
  return seen == all ? Result<void>() : differs(step, all, seen);
}

// "suspended: claim [until [DATE] TIME|never]": of all in force, one of this kind; "unsuspended":
// none.
Result<void> ScenarioStage::expect_suspended(Words& words, const ScenarioPerson& person) {
  ASSIGN_OR_RETURN(const auto active, world_->store().read([&](Tx& tx) {
    return tx.suspensions.active(world_->creditor().id, person.id, world_->now());
  }));
  std::string all;
  for (const auto& one : active)
    all += fmt::format("{}{}", all.empty() ? "" : " ", text_of(one.kind));
  if (words.take_if("unsuspended"))
    return active.empty() ? Result<void>() : differs("the person", "free", all);
  (void)words.take("suspended:");
  ASSIGN_OR_RETURN(const std::string kind,
                   words.take("claim, agreement, dispute, hardship or person"));
  const auto found = std::ranges::find_if(
      active, [&](const store::Suspension& one) { return text_of(one.kind) == kind; });
  if (found == active.end()) return differs("what holds reminders", kind, all);
  if (!words.take_if("until")) return {};
  if (words.take_if("never"))
    return found->until ? differs("the end", "never", local_text(*found->until)) : Result<void>();
  return expect_moment(words, found->until, "it lasts until");
}

// "stopped by word", "not stopped"
Result<void> ScenarioStage::expect_stopped(Words& words, const ScenarioPerson& person) {
  const bool wanted = !words.take_if("not");
  if (!words.take_if("stopped")) return fail(ErrorCode::Invalid, "expected: [not] stopped");
  ASSIGN_OR_RETURN(const auto stops, world_->store().read([&](Tx& tx) {
    return tx.permissions.opt_outs(world_->creditor().id, person.id);
  }));
  if (stops.empty() == wanted)
    return differs("the person", wanted ? "stopped" : "free", wanted ? "free" : "stopped");
  if (!words.take_if("by")) return {};
  ASSIGN_OR_RETURN(const std::string through, words.take("word, button, doubt or operator"));
  return stops.back().through == through ? Result<void>()
                                         : differs("the way", through, stops.back().through);
}

// "imported created 1 unchanged 2"
Result<void> ScenarioStage::expect_imported(Words& words) {
  if (!imported_) return fail(ErrorCode::Invalid, "nothing has been imported");
  while (!words.empty()) {
    ASSIGN_OR_RETURN(const std::string what,
                     words.take("created, updated, unchanged, rejected, people or unconfirmed"));
    ASSIGN_OR_RETURN(const int64_t wanted, words.take_number(what));
    if (what == "rejected") rejection_expected_ = true;
    const int64_t is = what == "created"       ? imported_->created
                       : what == "updated"     ? imported_->updated
                       : what == "people"      ? imported_->people_created
                       : what == "rejected"    ? imported_->rejected
                       : what == "unconfirmed" ? imported_->people_unconfirmed
                                               : imported_->unchanged;
    if (is != wanted) return differs(what, std::to_string(wanted), std::to_string(is));
  }
  return {};
}

Result<void> ScenarioStage::expect_nothing_else() {
  if (!is_open()) return {};
  if (imported_ && imported_->rejected > 0 && !rejection_expected_) {
    return fail(ErrorCode::Conflict, "the row was rejected, which no line expects:\n{}",
                imported_->rejects);
  }
  for (const auto& [name, person] : people_) {
    for (const auto& message : messages_of(person)) {
      if (!may_have_left(message.state) || expected_.contains(message.id)) continue;
      involved_.insert(name);
      return fail(ErrorCode::Conflict, "{} was sent {} {} at {}, which no line expects", name,
                  message.step, fmt::join(numbers_of(message), " "),
                  local_text(*message.in_flight_at));
    }
  }
  return world_->check();
}

std::string ScenarioStage::timelines() {
  if (!is_open()) return {};
  std::string text;
  for (const auto& name : involved_) {
    const auto& person = people_.find(name)->second;
    const auto events = world_->store().read(
        [&](Tx& tx) { return tx.timeline.of_debtor(world_->creditor().id, person.id); });
    if (!events) continue;
    text += fmt::format("  timeline of {}:\n", name);
    for (const auto& event : *events)
      text += fmt::format("    {}  {} {}\n", local_text(event.at), event.kind, event.detail);
  }
  return text;
}

Result<ScenarioPerson*> ScenarioStage::take_person(Words& words) {
  ASSIGN_OR_RETURN(const std::string name, words.take("a name"));
  const auto found = people_.find(name);
  if (found == people_.end())
    return fail(ErrorCode::NotFound, "'{}' is neither a word of ours nor somebody's name", name);
  involved_.insert(name);
  return &found->second;
}

// In the order in which they left; those that have not left come last.
std::vector<OutboxMessage> ScenarioStage::messages_of(const ScenarioPerson& person) {
  auto messages = world_->store().read(
      [&](Tx& tx) { return tx.outbox.of_debtor(world_->creditor().id, person.id); });
  PUNTUAL_CHECK(messages.has_value());
  std::ranges::stable_sort(*messages, {}, [](const OutboxMessage& m) {
    return m.in_flight_at.value_or(Instant{INT64_MAX});
  });
  return *std::move(messages);
}

std::vector<std::string> ScenarioStage::numbers_of(const OutboxMessage& message) {
  std::vector<std::string> numbers;
  const auto read = world_->store().read([&](Tx& tx) {
    for (const auto id : message.covered) {
      if (const auto invoice = tx.invoices.find(message.creditor_id, id))
        numbers.push_back(invoice->number);
    }
  });
  PUNTUAL_CHECK(read.has_value());
  return numbers;
}

std::string ScenarioStage::local_text(Instant at) const {
  const LocalTime local = zone_.local(at);
  const int64_t minutes = local.ms_of_day / kMinuteMs;
  return fmt::format("{} {:02}:{:02}", format_date(local.date), minutes / 60, minutes % 60);
}

}  // namespace puntual::sim
