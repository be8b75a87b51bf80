// From changes to signed POSTs: batching, doubling, delaying, losing, and trying again.
#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "sandbox/state.h"

namespace puntual::sandbox {
namespace {

// The gaps after the first, second, … failure; the last is repeated until the policy's end.
constexpr int64_t kRetryAfterMs[] = {1'000,         5'000,          15'000,  60'000,
                                     5 * kMinuteMs, 15 * kMinuteMs, kHourMs, 2 * kHourMs,
                                     4 * kHourMs,   8 * kHourMs};

// Updates of `messages` share an entry; others have one each, with its time.
std::string body_of(const State& state, std::span<const Change> changes) {
  size_t size = 64;
  for (const auto& change : changes) size += change.value.size() + 64;
  std::string body;
  body.reserve(size);
  body += R"({"object":"whatsapp_business_account","entry":[)";
  bool in_entry = false;
  for (size_t i = 0; i < changes.size(); ++i) {
    const Change& change = changes[i];
    const bool joins = in_entry && change.field == "messages";
    if (joins) {
      body += ',';
    } else {
      if (in_entry) body += "]}";
      if (i > 0) body += ',';
      body += R"({"id":")" + state.options.waba_id + '"';
      if (change.field != "messages")
        fmt::format_to(std::back_inserter(body), R"(,"time":{})", change.at.ms / 1000);
      body += R"(,"changes":[)";
    }
    body += R"({"value":)" + change.value + R"(,"field":")";
    body += change.field;
    body += R"("})";
    in_entry = change.field == "messages";
    if (!in_entry) body += "]}";
  }
  if (in_entry) body += "]}";
  return body + "]}";
}

// Faults on request: what is lost, late, doubled or out of order on its way.
void disturb(State& state, std::vector<Change>& changes, Instant now) {
  WebhookFaults& faults = state.webhook_faults;
  std::vector<Change> kept;
  kept.reserve(changes.size());
  for (auto& change : changes) {
    const bool is_lost =
        faults.drop_next > 0 || (faults.drop_ppm > 0 && state.random.chance_ppm(faults.drop_ppm));
    if (is_lost) {
      if (faults.drop_next > 0) --faults.drop_next;
      continue;
    }
    if (faults.delay_ppm > 0 && state.random.chance_ppm(faults.delay_ppm)) {
      const int64_t id = state.next_late_id++;
      state.late_changes.emplace(id, std::move(change));
      state.schedule(now + state.within(faults.delay), EventKind::LateChange, id);
      continue;
    }
    const bool is_doubled =
        faults.duplicate_next > 0 ||
        (faults.duplicate_ppm > 0 && state.random.chance_ppm(faults.duplicate_ppm));
    if (is_doubled && faults.duplicate_next > 0) --faults.duplicate_next;
    if (is_doubled) kept.push_back(change);
    kept.push_back(std::move(change));
  }
  for (size_t i = 1; faults.permute_ppm > 0 && i < kept.size(); ++i) {
    if (state.random.chance_ppm(faults.permute_ppm))
      std::swap(kept[i], kept[state.random.below(i + 1)]);
  }
  changes = std::move(kept);
}

std::string signature_of(const State& state, std::string_view body) {
  if (state.options.app_secret.empty()) return {};
  return "sha256=" + hex(hmac_sha256(state.options.app_secret, body));
}

}  // namespace

void emit(State& state, std::string_view field, std::string value, Instant at) {
  state.changes.push_back({field, std::move(value), at});
}

std::string metadata_json(const Number& number) {
  std::string digits_only = number.digits;
  return fmt::format(R"({{"display_phone_number":"{}","phone_number_id":"{}"}})", digits_only,
                     number.id);
}

std::string contacts_json(const State&, const Person& person, size_t number, Instant now,
                          bool with_username) {
  std::string text = R"({"profile":{"name":)";
  append_quoted(text, person.name);
  if (with_username && !person.username.empty())
    text += R"(,"username":)" + json_quoted(person.username);
  text += '}';
  if (person.shows_phone(number, now)) {
    text += R"(,"wa_id":")" + person.phone + '"';
  } else if (person.shape == Shape::EmptyStrings) {
    text += R"(,"wa_id":"")";
  }
  return text + R"(,"user_id":")" + person.user_id + "\"}";
}

std::vector<WebhookDelivery> cut_deliveries(State& state, Instant now) {
  std::vector<WebhookDelivery> deliveries;
  for (const int64_t id : std::exchange(state.redeliveries, {})) {
    const auto found = state.in_flight.find(id);
    if (found == state.in_flight.end()) continue;
    deliveries.push_back(
        {id, found->second.body, found->second.signature, ++found->second.attempts});
  }
  if (state.changes.empty() && state.late_ready.empty()) return deliveries;
  disturb(state, state.changes, now);
  std::ranges::move(state.late_ready,
                    std::back_inserter(state.changes));  // Late once is late enough.
  state.late_ready.clear();
  const auto batch_max = static_cast<size_t>(std::clamp(state.options.webhook_batch_max, 1, 1000));
  for (size_t begin = 0; begin < state.changes.size(); begin += batch_max) {
    const auto count = std::min(batch_max, state.changes.size() - begin);
    WebhookDelivery delivery{.id = state.next_delivery_id++};
    delivery.body = body_of(state, std::span(state.changes).subspan(begin, count));
    delivery.signature = signature_of(state, delivery.body);
    if (state.options.verify_webhook_retries) {
      state.in_flight.emplace(delivery.id, InFlight{delivery.body, delivery.signature, 1, now});
    }
    deliveries.push_back(std::move(delivery));
  }
  state.changes.clear();
  return deliveries;
}

void report_delivery(State& state, int64_t id, int http_status, Instant now) {
  const auto found = state.in_flight.find(id);
  if (found == state.in_flight.end()) return;
  if (http_status == 200) {
    ++state.webhooks_sent;
    state.in_flight.erase(found);
    return;
  }
  const auto failures = static_cast<size_t>(found->second.attempts - 1);
  const int64_t gap = kRetryAfterMs[std::min(failures, std::size(kRetryAfterMs) - 1)];
  if (now + gap - found->second.first_at > state.options.webhook_retry_for_ms) {
    ++state.webhooks_given_up;  // What is lost is lost: there is no way to ask for it again.
    state.in_flight.erase(found);
    return;
  }
  state.schedule(now + gap, EventKind::Redeliver, id);
}

}  // namespace puntual::sandbox
