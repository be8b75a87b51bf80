// Faults on request: a file, the control API, or a magic number. docs/sandbox.md is their manual.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/toml_json.h"
#include "sandbox/state.h"

namespace puntual::sandbox {
namespace {

constexpr std::string_view kKinds[] = {"error",        "html",        "empty",      "truncated",
                                       "reset_before", "reset_after", "hang",       "hang_after",
                                       "redirect",     "no_id",       "wrong_json", "reset_headers",
                                       "huge",         "too_long",    "drip"};

Result<SendFault> send_fault_of(const json::value& one) {
  SendFault fault;
  fault.kind = member_text(one, "kind").value_or("error");
  if (std::ranges::find(kKinds, fault.kind) == std::end(kKinds)) {
    return fail(ErrorCode::Invalid, "faults: kind '{}' is unknown ({})", fault.kind,
                fmt::join(kKinds, ", "));
  }
  fault.code = static_cast<int>(member_int(one, "code").value_or(0));
  fault.http_status = static_cast<int>(member_int(one, "http_status").value_or(0));
  fault.is_async = member_bool(one, "async").value_or(false);
  fault.is_transient = member_bool(one, "transient");
  fault.ppm = static_cast<uint32_t>(member_int(one, "ppm").value_or(1'000'000));
  fault.remaining = member_int(one, "next").value_or(member(one, "ppm") != nullptr ? -1 : 1);
  fault.to = People::normalise(member_text(one, "to").value_or("+"), {});
  if (fault.is_async && fault.code == 0)
    return fail(ErrorCode::Invalid, "faults: an async fault needs its code");
  return fault;
}

void read_webhook_faults(const json::value& given, WebhookFaults& faults) {
  const auto ppm = [&](std::string_view key, uint32_t& target) {
    if (const auto value = member_int(given, key))
      target = static_cast<uint32_t>(std::clamp<int64_t>(*value, 0, 1'000'000));
  };
  ppm("duplicate_ppm", faults.duplicate_ppm);
  ppm("drop_ppm", faults.drop_ppm);
  ppm("delay_ppm", faults.delay_ppm);
  ppm("permute_ppm", faults.permute_ppm);
  faults.delay.min_ms = member_int(given, "delay_min_ms").value_or(faults.delay.min_ms);
  faults.delay.max_ms = member_int(given, "delay_max_ms").value_or(faults.delay.max_ms);
  faults.drop_next = member_int(given, "drop_next").value_or(faults.drop_next);
  faults.duplicate_next = member_int(given, "duplicate_next").value_or(faults.duplicate_next);
}

void read_range(const json::value& given, std::string_view name, Range& range) {
  const auto* list = member_array(given, name);
  if (list == nullptr || list->size() != 2 || !(*list)[0].is_int64() || !(*list)[1].is_int64())
    return;
  range = {(*list)[0].get_int64(), (*list)[1].get_int64()};
}

void read_platform(const json::value& given, State& state) {
  PlatformOptions& options = state.options;
  read_range(given, "sent_after_ms", options.sent_after);
  read_range(given, "delivered_after_ms", options.delivered_after);
  read_range(given, "read_after_ms", options.read_after);
  read_range(given, "review_after_ms", options.review_after);
  const auto integer = [&](std::string_view key, auto& target) {
    if (const auto value = member_int(given, key))
      target = static_cast<std::remove_reference_t<decltype(target)>>(*value);
  };
  integer("read_ppm", options.read_ppm);
  integer("delivered_omitted_ppm", options.delivered_omitted_ppm);
  integer("webhook_batch_max", options.webhook_batch_max);
  integer("webhook_retry_for_ms", options.webhook_retry_for_ms);
  integer("unique_users_a_day", options.unique_users_a_day);
  if (const auto rate = member_int(given, "messages_per_second")) {
    for (auto& number : state.numbers) number.limit.set_rate(static_cast<int>(*rate));
  }
  if (const auto at_once = member_bool(given, "refuse_closed_window_at_once"))
    options.refuse_closed_window_at_once = *at_once;
}

}  // namespace

Result<json::value> toml_or_json(std::string_view text, std::string_view file_name) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '{') return parse_json(text);
  return json_of_toml(text, file_name);
}

Result<void> read_faults(State& state, const json::value& document) {
  if (!document.is_object())
    return fail(ErrorCode::Invalid,
                "faults: an object with send, webhooks or platform is expected");
  if (member_bool(document, "clear").value_or(false)) {
    state.send_faults.clear();
    state.webhook_faults = {};
  }
  if (const auto* sends = member_array(document, "send")) {
    for (const auto& one : *sends) {
      ASSIGN_OR_RETURN(auto fault, send_fault_of(one));
      state.send_faults.push_back(std::move(fault));
    }
  }
  if (const auto* webhooks = member(document, "webhooks"))
    read_webhook_faults(*webhooks, state.webhook_faults);
  if (const auto* platform = member(document, "platform")) read_platform(*platform, state);
  return {};
}

std::optional<SendFault> take_send_fault(State& state, std::string_view to_digits) {
  for (size_t i = 0; i < state.send_faults.size(); ++i) {
    SendFault& fault = state.send_faults[i];
    if (!fault.to.empty() && fault.to != to_digits) continue;
    if (fault.ppm < 1'000'000 && !state.random.chance_ppm(fault.ppm)) continue;
    SendFault taken = fault;
    if (fault.remaining > 0 && --fault.remaining == 0)
      state.send_faults.erase(state.send_faults.begin() + static_cast<ptrdiff_t>(i));
    return taken;
  }
  return std::nullopt;
}

MagicFault magic_of(std::string_view digits) {
  constexpr std::string_view kPrefix = "5730055";
  if (digits.size() != 12 || !digits.starts_with(kPrefix)) return {};
  int tail = 0;
  std::from_chars(digits.data() + 8, digits.data() + 12, tail);
  const char family = digits[7];
  if (family == '5' && tail >= 1 && tail <= 6) return {.outcome = static_cast<Magic>(tail)};
  if ((family == '5' || family == '6') && tail >= 403) {
    return {.fault = SendFault{.code = 130'000 + tail, .is_async = family == '5', .remaining = -1}};
  }
  if (family != '7') return {};
  switch (tail) {
    case 1:
      return {.fault = SendFault{.kind = "reset_before"}};
    case 2:
      return {.fault = SendFault{.kind = "reset_after"}};
    case 3:
      return {.fault = SendFault{.kind = "hang"}};
    case 4:
      return {.fault = SendFault{.kind = "empty", .http_status = 200}};
    case 5:
      return {.fault = SendFault{.kind = "html", .http_status = 502}};
    case 6:
      return {.fault = SendFault{.kind = "truncated"}};
    case 7:
      return {.fault = SendFault{.kind = "hang_after"}};
    case 429:
      return {.fault = SendFault{.code = 130429, .http_status = 429}};
    case 500:
      return {.fault = SendFault{.kind = "empty", .http_status = 500}};
    case 501:
      return {.fault = SendFault{.code = 131000, .http_status = 500}};
    case 503:
      return {.fault = SendFault{.code = 131016, .http_status = 503, .is_transient = true}};
    default:
      return {};
  }
}

}  // namespace puntual::sandbox
