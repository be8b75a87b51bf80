#include "app/webhook_job.h"

#include <algorithm>

#include "app/list_page.h"
#include "app/order_fields.h"
#include "base/crypto.h"
#include "core/events/event.h"
#include "core/events/standard_webhook.h"
#include "engine/event_body.h"
#include "engine/note.h"

namespace puntual {
namespace {

using store::WebhookEndpoint;

constexpr int64_t kBothSecretsMs = kDayMs;
constexpr int kReplayedAtOnce = 10'000;
constexpr int kLatestShown = 20;
constexpr int kEndpointsMax = 20;

json::value maybe_time(const std::optional<Instant>& at) {
  return at ? json::value(format_utc(*at)) : json::value(nullptr);
}

json::array words_of(std::string_view list) {
  json::array words;
  while (!list.empty()) {
    const auto end = std::min(list.find(' '), list.size());
    words.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return words;
}

json::object endpoint_json(const WebhookEndpoint& e) {
  return {{"id", std::to_string(e.id)},
          {"url", e.url},
          {"types", words_of(e.types)},
          {"full", e.is_full},
          {"created_at", format_utc(e.created_at)},
          {"previous_until", maybe_time(e.previous_until)},
          {"failing_since", maybe_time(e.failing_since)},
          {"disabled_at", maybe_time(e.disabled_at)},
          {"disabled_why", e.disabled_why}};
}

json::object delivery_json(const store::WebhookDelivery& d) {
  return {{"event", events::id_of(d.event_id)},
          {"attempts", d.attempts},
          {"next_try_at", maybe_time(d.next_try_at)},
          {"taken_at", maybe_time(d.taken_at)},
          {"last_at", maybe_time(d.last_at)},
          {"status", d.status},
          {"latency_ms", d.latency_ms},
          {"answer", d.answer}};
}

std::string new_secret() { return std::string(bytes_of(random_secret())); }

// From the beginning of what is meant by `from` to the end of what is meant by `to`.
struct Span {
  int64_t after_id = 0;
  Instant until;
};
Result<Span> span_of(OrderFields& fields, Instant now) {
  ASSIGN_OR_RETURN(const Instant to, fields.moment_at_latest("to"));
  ASSIGN_OR_RETURN(const Instant from, fields.moment("from"));
  return Span{.after_id = from == now ? 0 : store::first_id_at(from) - 1, .until = to};
}

Result<json::object> replay(Tx& tx, const WebhookEndpoint& endpoint, std::string_view event,
                            const Span& span, Instant now) {
  std::vector<int64_t> wanted;
  if (!event.empty()) {
    const auto record = events::record_of(event);
    if (!record || !tx.webhooks.event(endpoint.creditor_id, *record))
      return fail(ErrorCode::NotFound, "there is no event '{}' (puntual webhook events lists them)",
                  event);
    wanted.push_back(*record);
  } else {
    for (const auto& record : tx.webhooks.events(endpoint.creditor_id, span.after_id, span.until,
                                                 endpoint.types, kReplayedAtOnce)) {
      if (events::type_of(record) != events::kTestType) wanted.push_back(record.id);
    }
  }
  for (const auto id : wanted) tx.webhooks.ask(endpoint.creditor_id, endpoint.id, id, now);
  json::object answer{{"id", std::to_string(endpoint.id)}, {"asked", wanted.size()}};
  // More than one call may ask for: the next one begins where this one ended.
  answer["next_from"] =
      std::ssize(wanted) == kReplayedAtOnce
          ? json::value(format_utc(tx.webhooks.event(endpoint.creditor_id, wanted.back())->at))
          : json::value(nullptr);
  return answer;
}

json::object rotate(Tx& tx, WebhookEndpoint endpoint, Instant now) {
  endpoint.secrets = {new_secret(), endpoint.secrets.at(0)};
  endpoint.previous_until = now + kBothSecretsMs;
  tx.webhooks.set_secrets(endpoint);
  json::object answer = endpoint_json(endpoint);
  answer["secret"] = events::secret_text(endpoint.secrets[0]);
  return answer;
}

// A full endpoint is told names and phones: whoever makes it speak hears them.
Result<void> may_hear_people(const access::Principal& who) {
  if (who.rights.has(access::Right::PeopleRead)) return {};
  return fail(ErrorCode::Forbidden,
              "an endpoint with full tells names and phones: that needs the right {}, which {} "
              "does not have",
              text_of(access::Right::PeopleRead), who.name);
}

// While one endpoint is disabled somebody has to see to it.
void clear_task(Tx& tx, CreditorId creditor, const std::string& by, Instant now) {
  const auto endpoints = tx.webhooks.all(creditor);
  if (std::ranges::any_of(endpoints,
                          [](const WebhookEndpoint& one) { return one.disabled_at.has_value(); }))
    return;
  for (const auto& task : tx.tasks.of_debtor(creditor, {})) {
    if (task.kind != store::TaskKind::WebhookDown || !tx.tasks.close(task, by, "settled", now))
      continue;
    engine::note(tx, creditor, {}, now, "task_closed",
                 fmt::format("{} settled by {}", text_of(task.kind), by));
  }
}

json::object trigger(Tx& tx, const WebhookEndpoint& endpoint, const std::string& by, Instant now) {
  const int64_t record = tx.timeline.append({.creditor_id = endpoint.creditor_id,
                                             .debtor_id = {},
                                             .at = now,
                                             .kind = std::string(events::kTestKind),
                                             .detail = fmt::format("{} by {}", endpoint.id, by)},
                                            tx.ids);
  tx.webhooks.ask(endpoint.creditor_id, endpoint.id, record, now);
  return {{"id", std::to_string(endpoint.id)}, {"event", events::id_of(record)}};
}

}  // namespace

Result<std::string> add_endpoint_job(Store& store, const Creditor& creditor,
                                     const hooks::PostOptions& options, std::string_view body,
                                     const access::Principal& who, Instant now) {
  ASSIGN_OR_RETURN(OrderFields fields, OrderFields::parse(body, Zone::of(creditor.zone), now));
  ASSIGN_OR_RETURN(const std::string by, fields.login());
  ASSIGN_OR_RETURN(const std::string url,
                   fields.needed("url", "where events are to be told, https://…"));
  ASSIGN_OR_RETURN(const std::string list, fields.text("types"));
  ASSIGN_OR_RETURN(const bool is_full, fields.flag("full"));
  RETURN_IF_ERROR(fields.end());
  if (is_full) RETURN_IF_ERROR(may_hear_people(who));
  RETURN_IF_ERROR(hooks::check_url(url, options));
  ASSIGN_OR_RETURN(const std::string types, events::read_types(list));
  return store.write([&](Tx& tx) -> Result<std::string> {
    if (tx.webhooks.all(creditor.id).size() >= kEndpointsMax)
      return fail(ErrorCode::Conflict, "there are {} endpoints already: remove one first",
                  kEndpointsMax);
    WebhookEndpoint endpoint{.id = tx.ids.next<Id<WebhookEndpoint>>(now).value,
                             .creditor_id = creditor.id,
                             .url = url,
                             .types = types,
                             .is_full = is_full,
                             .secrets = {new_secret()},
                             .previous_until = {},
                             .created_at = now,
                             .failing_since = {},
                             .disabled_at = {},
                             .disabled_why = {}};
    tx.webhooks.add(endpoint);
    engine::note(tx, creditor.id, {}, now, "webhook_added",
                 fmt::format("{} {} by {}", endpoint.id, is_full ? "full" : "thin", by));
    json::object answer = endpoint_json(endpoint);
    answer["secret"] = events::secret_text(endpoint.secrets[0]);
    return to_json(answer);
  });
}

Result<std::string> run_endpoint_job(Store& store, const Creditor& creditor, std::string_view id,
                                     std::string_view verb, std::string_view body,
                                     const access::Principal& who, Instant now) {
  ASSIGN_OR_RETURN(const int64_t number, number_in(id, "endpoint"));
  ASSIGN_OR_RETURN(OrderFields fields, OrderFields::parse(body, Zone::of(creditor.zone), now));
  ASSIGN_OR_RETURN(const std::string by, fields.login());
  std::string event;
  Span span{.after_id = 0, .until = now};
  if (verb == "replay") {
    ASSIGN_OR_RETURN(event, fields.text("event"));
    ASSIGN_OR_RETURN(span, span_of(fields, now));
    if (event.empty() && span.after_id == 0)
      return fail(ErrorCode::Invalid, "say what to tell again: event, or from (and to)");
  }
  RETURN_IF_ERROR(fields.end());
  return store.write([&](Tx& tx) -> Result<std::string> {
    const auto endpoint = tx.webhooks.find(creditor.id, number);
    if (!endpoint)
      return fail(ErrorCode::NotFound, "webhook endpoint {} does not exist (puntual webhook list)",
                  number);
    if (endpoint->is_full && verb != "remove") RETURN_IF_ERROR(may_hear_people(who));
    if (verb == "trigger") return to_json(trigger(tx, *endpoint, by, now));
    json::object answer{{"id", std::to_string(number)}};
    if (verb == "remove") {
      (void)tx.webhooks.remove(creditor.id, number);
    } else if (verb == "enable") {
      tx.webhooks.enable(creditor.id, number);
    } else if (verb == "rotate") {
      answer = rotate(tx, *endpoint, now);
    } else if (verb == "replay") {
      ASSIGN_OR_RETURN(answer, replay(tx, *endpoint, event, span, now));
    } else {
      return fail(ErrorCode::NotFound,
                  "'{}' is nothing that can be done with an endpoint (there are remove, enable, "
                  "rotate, trigger, replay)",
                  verb);
    }
    engine::note(tx, creditor.id, {}, now, fmt::format("webhook_{}", verb),
                 fmt::format("{} by {}", number, by));
    clear_task(tx, creditor.id, by, now);
    return to_json(answer);
  });
}

Result<std::string> list_endpoints_job(Store& store, const Creditor& creditor) {
  return store.read([&](Tx& tx) {
    json::array all;
    for (const auto& endpoint : tx.webhooks.all(creditor.id)) {
      json::object one = endpoint_json(endpoint);
      json::array latest;
      for (const auto& delivery : tx.webhooks.latest(creditor.id, endpoint.id, kLatestShown))
        latest.push_back(delivery_json(delivery));
      one["deliveries"] = std::move(latest);
      all.push_back(std::move(one));
    }
    return to_json(json::object{{"endpoints", std::move(all)}});
  });
}

Result<std::string> list_events_job(Store& store, const Creditor& creditor,
                                    const EventsQuery& query, Instant now) {
  ASSIGN_OR_RETURN(OrderFields fields,
                   OrderFields::parse(to_json(json::object{{"from", query.from}, {"to", query.to}}),
                                      Zone::of(creditor.zone), now));
  ASSIGN_OR_RETURN(Span span, span_of(fields, now));
  ASSIGN_OR_RETURN(const std::string types, events::read_types(query.types));
  ASSIGN_OR_RETURN(const int64_t limit,
                   number_in(query.limit.empty() ? "100" : query.limit, "limit"));
  if (limit < 1 || limit > 200)
    return fail(ErrorCode::Invalid, "limit {} (expected 1 to 200)", limit);
  if (!query.after.empty()) {
    const auto after = events::record_of(query.after);
    if (!after) return fail(ErrorCode::Invalid, "after '{}' is no event's id", query.after);
    span.after_id = std::max(span.after_id, *after);
  }
  return store.read([&](Tx& tx) -> Result<std::string> {
    json::array list;
    std::string last;
    for (const auto& record : tx.webhooks.events(creditor.id, span.after_id, span.until, types,
                                                 static_cast<int>(limit))) {
      ASSIGN_OR_RETURN(json::value told, parse_json(engine::event_body(tx, record, false)));
      list.push_back(std::move(told));
      last = events::id_of(record.id);
    }
    const bool is_more = std::ssize(list) == limit;
    return to_json(json::object{{"events", std::move(list)},
                                {"next", is_more ? json::value(last) : json::value(nullptr)}});
  });
}

}  // namespace puntual
