// POST /{phone-number-id}/messages and what becomes of a message afterwards.
#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "sandbox/state.h"

namespace puntual::sandbox {
namespace {

struct Recipient {
  Person* person = nullptr;
  std::string input;
  bool by_user_id = false;
};

std::string_view text_member(const json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  const auto* text = found == nullptr ? nullptr : found->if_string();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

GraphError missing(std::string_view name) {
  return {.code = 131008, .details = fmt::format("Parameter '{}' is mandatory", name)};
}

std::variant<Recipient, GraphError> recipient_of(State& state, const json::object& body) {
  const std::string_view to = text_member(body, "to");
  const std::string_view by_id = text_member(body, "recipient");
  Recipient recipient{.by_user_id = to.empty()};
  recipient.input = to.empty() ? by_id : to;
  if (recipient.input.empty())
    return GraphError{.code = 100, .details = "The parameter to is required."};
  if (!to.empty() && People::is_user_id(to)) {
    return GraphError{.code = 131009,
                      .details = "A business-scoped user id belongs into 'recipient', not 'to'."};
  }
  if (to.empty() && !People::is_user_id(by_id)) {
    return GraphError{.code = 131009, .details = "'recipient' is not a business-scoped user id."};
  }
  recipient.person =
      state.people.find_or_add(recipient.input, state.options.home_calling_code, state.portfolio);
  if (recipient.person == nullptr) {
    return GraphError{.code = 131009,
                      .details = "Parameter 'to' is not a phone number of 7 to 15 digits."};
  }
  return recipient;
}

bool window_is_open(const Line& line, Instant now) {
  return line.last_inbound && now - *line.last_inbound < kDayMs;
}

// What holds for the number and the pair, in the order in which Meta is most likely to notice it.
std::optional<GraphError> check_limits(State& state, Number& number, Person& person, size_t index,
                                       bool initiates, Instant now) {
  if (number.status == "BANNED" || number.status == "DISABLED") return GraphError{.code = 131031};
  if (number.status == "FLAGGED" || number.status == "RESTRICTED")
    return GraphError{.code = 131048};
  if (number.status != "CONNECTED") return GraphError{.code = 133010};
  if (person.phone == number.digits) return GraphError{.code = 131021};
  if (person.blocked_by_us) return GraphError{.code = 130403};
  if (!number.limit.take(now)) {
    return GraphError{
        .code = 130429,
        .details = fmt::format(
            "Message failed to send because there were too many messages sent from this "
            "phone number in a short period of time: {} per second.",
            number.limit.rate())};
  }
  if (!person.line(index).pair.take(now)) {
    return GraphError{.code = 131056,
                      .details =
                          "Message failed to send because there were too many messages sent from "
                          "this phone number "
                          "to the same phone number in a short period of time."};
  }
  if (initiates && !state.people.count_initiated(person, now, state.options.unique_users_a_day)) {
    return GraphError{
        .code = state.options.unique_users_error,
        .details = fmt::format(
            "The business portfolio has reached its limit of {} unique users in 24 hours.",
            state.options.unique_users_a_day)};
  }
  return std::nullopt;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

ApiResponse accepted_response(const State& state, int64_t number, const Message& message,
                              const Recipient& recipient) {
  std::string body = R"({"messaging_product":"whatsapp","contacts":[{"input":)";
  append_quoted(body, recipient.input);
  body += recipient.by_user_id ? R"(,"user_id":)" : R"(,"wa_id":)";
  append_quoted(body, recipient.by_user_id ? recipient.person->user_id : recipient.person->phone);
  body += R"(}],"messages":[{"id":)";
  append_quoted(body, wamid_of(state, number, message));
  if (message.type == "template") {
    body += message.held ? R"(,"message_status":"held_for_quality_assessment")"
                         : R"(,"message_status":"accepted")";
  }
  body += "}]}";
  return ok_response(std::move(body));
}

// What will be wrong with it after it has been accepted; 0: nothing.
int later_failure(const State& state, const Message& message, const Person& person,
                  const Number& number, const json::object& body) {
  if (!person.on_whatsapp) return 131026;
  if (message.type != "template" && message.type != "reaction" && !message.in_window &&
      !message.free_entry && !state.options.refuse_closed_window_at_once) {
    return 131047;
  }
  if (message.category == "marketing" && person.stopped_marketing) return 131050;
  const std::string_view hash = text_member(body, "recipient_identity_key_hash");
  if (number.identity_check && !hash.empty() && hash != hex(sha256(person.user_id)).substr(0, 32))
    return 137000;
  return 0;
}

struct SendContext {
  State& state;
  size_t number;
  const Call& call;
  const json::object& body;
  Instant now;
};

ApiResponse mark_read(const SendContext& context) {
  const std::string_view id = text_member(context.body, "message_id");
  if (id.empty()) return error_response(missing("message_id"));
  const auto number = message_number_of(context.state, id);
  const Message* message = number ? context.state.message(*number) : nullptr;
  const bool is_forgotten = number && *number < context.state.first_message;
  if (!is_forgotten && (message == nullptr || message->direction != Direction::In)) {
    return error_response(
        {.code = 100, .details = "message_id is not the id of a message that came in."});
  }
  if (const auto* typing = context.body.if_contains("typing_indicator")) {
    const auto* object = typing->if_object();
    if (object == nullptr || text_member(*object, "type") != "text") {
      return error_response({.code = 131009, .details = "typing_indicator.type must be text."});
    }
  }
  return success_response();
}

// Fills in what depends on the template; an error when it cannot be sent.
std::optional<GraphError> use_template(const SendContext& context, const Recipient& recipient,
                                       Message& message, Template*& used) {
  const auto* part = context.body.if_contains("template");
  const auto* object = part == nullptr ? nullptr : part->if_object();
  if (object == nullptr) return missing("template");
  const std::string_view name = text_member(*object, "name");
  if (name.empty()) return missing("template['name']");
  const auto* language = object->if_contains("language");
  const auto* language_object = language == nullptr ? nullptr : language->if_object();
  const std::string_view code =
      language_object == nullptr ? std::string_view() : text_member(*language_object, "code");
  if (code.empty()) return missing("template['language']['code']");
  used = find_template(context.state, name, code);
  if (used == nullptr || (used->status != "APPROVED" && used->status != "PAUSED" &&
                          used->status != "DISABLED" && used->status != "PENDING_DELETION")) {
    return GraphError{
        .code = 132001,
        .details = fmt::format("template name ({}) does not exist in {}", name, code)};
  }
  if (used->status == "PAUSED")
    return GraphError{.code = 132015,
                      .details = fmt::format("template ({}) is paused due to low quality", name)};
  if (used->status == "DISABLED")
    return GraphError{.code = 132016, .details = fmt::format("template ({}) is disabled", name)};
  if (recipient.by_user_id && used->category == "AUTHENTICATION") return GraphError{.code = 131062};
  message.category = lower(used->category);
  if (used->ttl_seconds && *used->ttl_seconds > 0)
    message.ttl_ms = *used->ttl_seconds * kSecondMs;
  else if (used->category == "AUTHENTICATION")
    message.ttl_ms = 10 * kMinuteMs;
  message.held = used->hold;
  return check_parameters(context.state, *used, *object);
}

std::optional<GraphError> check_context(State& state, const SendContext& context,
                                        Message& message) {
  const auto* quoted_message = context.body.if_contains("context");
  if (quoted_message == nullptr) return std::nullopt;
  const auto* object = quoted_message->if_object();
  const std::string_view id =
      object == nullptr ? std::string_view() : text_member(*object, "message_id");
  if (id.empty()) return missing("context['message_id']");
  if (!message_number_of(state, id)) {
    return GraphError{.code = 131009,
                      .details = "context.message_id is not the id of a message of this number."};
  }
  message.context_id = id;
  return std::nullopt;
}

std::optional<GraphError> check_media_ids(const SendContext& context, std::string_view type) {
  const auto* part = context.body.if_contains(type);
  const auto* object = part == nullptr ? nullptr : part->if_object();
  if (object == nullptr) return std::nullopt;
  const std::string_view id = text_member(*object, "id");
  if (id.empty() || has_media(context.state, id, context.now)) return std::nullopt;
  return GraphError{
      .code = 131009,
      .details = fmt::format("{}.id: media {} does not exist or has expired.", type, id)};
}

std::optional<GraphError> check_message(const SendContext& context, const Recipient& recipient,
                                        Message& message, Template*& used) {
  State& state = context.state;
  const std::string_view callback = text_member(context.body, "biz_opaque_callback_data");
  if (count_code_points(callback) > 512) {
    return GraphError{.code = 100,
                      .details = "biz_opaque_callback_data may have 512 characters at most."};
  }
  message.callback_data = callback;
  if (auto error = check_context(state, context, message)) return error;
  const Line& line = recipient.person->line(context.number);
  message.in_window = window_is_open(line, context.now);
  message.free_entry = line.free_until && context.now < *line.free_until;
  if (message.type == "template") return use_template(context, recipient, message, used);
  message.category = "service";
  if (auto error = check_content(context.body, message.type)) return error;
  if (auto error = check_media_ids(context, message.type)) return error;
  if (message.type == "reaction") {
    const auto target = message_number_of(
        state, text_member(context.body.at("reaction").get_object(), "message_id"));
    if (!target)
      return GraphError{.code = 131009,
                        .details = "reaction.message_id is not the id of a message."};
  } else if (!message.in_window && !message.free_entry &&
             state.options.refuse_closed_window_at_once) {
    return GraphError{
        .code = 131047,
        .details =
            "Message failed to send because more than 24 hours have passed since the customer last "
            "replied to this number."};
  }
  return std::nullopt;
}

ApiResponse fault_response(const SendFault& fault, ApiResponse accepted) {
  const int status = fault.http_status != 0 ? fault.http_status : 500;
  if (fault.kind == "html") {
    return {.status = status == 500 ? 502 : status,
            .body =
                "<html><head><title>502 Bad Gateway</title></head><body>"
                "<h1>Sorry, something went wrong.</h1></body></html>",
            .content_type = "text/html; charset=utf-8"};
  }
  if (fault.kind == "empty") return {.status = status, .body = "", .content_type = ""};
  if (fault.kind == "redirect")
    return {.status = 307, .body = "", .location = "/v26.0/elsewhere/messages"};
  if (fault.kind == "no_id")
    return ok_response(R"({"messaging_product":"whatsapp","contacts":[],"messages":[]})");
  if (fault.kind == "wrong_json") return ok_response(R"({"messages":[{"id":"wamid.cut)");
  if (fault.kind == "huge") return accepted.body.insert(0, 8 << 20, ' '), accepted;
  if (fault.kind == "truncated") return accepted.wire = Wire::CutBody, accepted;
  if (fault.kind == "reset_headers") return accepted.wire = Wire::CutHead, accepted;
  if (fault.kind == "too_long") return accepted.wire = Wire::TooLong, accepted;
  if (fault.kind == "drip") return accepted.wire = Wire::Drip, accepted;
  if (fault.kind.starts_with("reset")) return accepted.wire = Wire::Reset, accepted;
  if (fault.kind.starts_with("hang")) return accepted.wire = Wire::Hang, accepted;
  return error_response({.code = fault.code == 0 ? 131000 : fault.code,
                         .http_status = fault.http_status,
                         .is_transient = fault.is_transient});
}

// Faults of the answer alone: the message goes its way.
bool is_taken_all_the_same(std::string_view kind) {
  static constexpr std::string_view kKinds[] = {"truncated",     "reset_after", "hang_after",
                                                "reset_headers", "no_id",       "wrong_json",
                                                "huge",          "too_long",    "drip"};
  return std::ranges::find(kKinds, kind) != std::end(kKinds);
}

ApiResponse accept(const SendContext& context, const Recipient& recipient, Message message,
                   Template* used) {
  State& state = context.state;
  Person& person = *recipient.person;
  Line& line = person.line(context.number);
  if (!recipient.by_user_id) line.by_phone_at = context.now;
  const int64_t number = add_message(state, std::move(message));
  Message& kept = *state.message(number);
  ++state.accepted;
  kept.pending = 1;
  if (kept.held) {
    used->held_messages.push_back(number);
  } else {
    const Instant at = context.now + state.within(state.options.sent_after);
    state.schedule(at, kept.fail_code != 0 ? EventKind::Failed : EventKind::Sent, number);
  }
  return accepted_response(state, number, kept, recipient);
}

ApiResponse send_parsed(const SendContext& context) {
  State& state = context.state;
  const json::object& body = context.body;
  if (text_member(body, "messaging_product") != "whatsapp") {
    return error_response(
        {.code = 100,
         .details = "The parameter messaging_product is required and must be whatsapp."});
  }
  if (text_member(body, "status") == "read") return mark_read(context);
  auto found = recipient_of(state, body);
  if (const auto* error = std::get_if<GraphError>(&found)) return error_response(*error);
  const Recipient& recipient = std::get<Recipient>(found);
  Person& person = *recipient.person;

  MagicFault magic = state.options.magic_numbers ? magic_of(person.phone) : MagicFault{};
  std::optional<SendFault> fault = magic.fault;
  if (!fault) fault = take_send_fault(state, person.phone);
  const bool accepts = !fault || fault->is_async || is_taken_all_the_same(fault->kind);
  if (!accepts) return ++state.refused, fault_response(*fault, {});

  Message message{.person = &person,
                  .at = context.now,
                  .number = static_cast<uint16_t>(context.number),
                  .to_user_id = recipient.by_user_id,
                  .outcome = magic.outcome};
  message.type = text_member(body, "type");
  if (message.type.empty()) message.type = "text";
  Template* used = nullptr;
  auto error = check_message(context, recipient, message, used);
  const bool initiates = message.type == "template" && !message.in_window && !message.free_entry;
  if (!error)
    error = check_limits(state, state.numbers[context.number], person, context.number, initiates,
                         context.now);
  if (error) return ++state.refused, error_response(*error);

  message.fail_code = later_failure(state, message, person, state.numbers[context.number], body);
  if (fault && fault->is_async) message.fail_code = fault->code;
  if (state.options.keep_contents) message.content = context.call.request.body;
  ApiResponse answer = accept(context, recipient, std::move(message), used);
  return fault && !fault->is_async ? fault_response(*fault, std::move(answer)) : answer;
}

// --- afterwards ---

// Dated rules (contract section 8): until 2026-09-30 service messages and utility templates inside
// the window were free; since then only the first 1,000 service messages of a number and month.
std::string pricing_json(State& state, const Message& message, Instant at) {
  const bool is_new_rule = at.ms >= 1790812800000;  // 2026-10-01T00:00:00Z
  std::string_view type = "regular";
  if (message.free_entry) {
    type = "free_entry_point";
  } else if (message.category == "service") {
    Number& number = state.numbers[message.number];
    const auto day = ymd_of({static_cast<int32_t>(at.ms / kDayMs)});
    const int32_t month = day.year * 12 + day.month;
    if (number.free_service_month != month) number.free_service_used = 0;
    number.free_service_month = month;
    if (!is_new_rule || number.free_service_used < 1000) type = "free_customer_service";
    ++number.free_service_used;
  } else if (message.category == "utility" && message.in_window && !is_new_rule) {
    type = "free_customer_service";
  }
  return fmt::format(R"({{"billable":{},"pricing_model":"PMP","type":"{}","category":"{}"}})",
                     type == "regular", type, message.category);
}

void emit_status(State& state, int64_t number, const Message& message, std::string_view status,
                 Instant at, bool with_pricing, int fail_code = 0) {
  const Person& person = *message.person;
  const bool shows_phone = !message.to_user_id || person.shows_phone(message.number, at);
  std::string value;
  value.reserve(700);
  value += R"({"messaging_product":"whatsapp","metadata":)";
  value += metadata_json(state.numbers[message.number]);
  if (fail_code == 0) {
    value += R"(,"contacts":[)" +
             contacts_json(state, person, message.number, at, status != "sent") + "]";
  }
  value += R"(,"statuses":[{"id":)";
  append_quoted(value, wamid_of(state, number, message));
  fmt::format_to(std::back_inserter(value), R"(,"status":"{}","timestamp":"{}")", status,
                 at.ms / 1000);
  if (shows_phone && !person.phone.empty()) value += R"(,"recipient_id":")" + person.phone + '"';
  if (!shows_phone && person.shape == Shape::EmptyStrings) value += R"(,"recipient_id":"")";
  if (fail_code == 0 || message.to_user_id)
    value += R"(,"recipient_user_id":")" + person.user_id + '"';
  if (!message.callback_data.empty()) {
    value += R"(,"biz_opaque_callback_data":)";
    append_quoted(value, message.callback_data);
  }
  if (with_pricing) value += R"(,"pricing":)" + pricing_json(state, message, at);
  if (fail_code != 0) value += R"(,"errors":[)" + webhook_error(fail_code, {}) + "]";
  value += "}]}";
  if (message.outcome == kDoubled) emit(state, "messages", value, at);
  emit(state, "messages", std::move(value), at);
}

// When the message reaches the phone; none: never, and nobody is told (contract section 2.8).
std::optional<Instant> delivery_time(State& state, const Message& message, Instant now) {
  const Person& person = *message.person;
  if (person.blocks_us || message.outcome == kNeverDelivered) return std::nullopt;
  if (message.type == "reaction") return std::nullopt;
  const int64_t delay =
      person.delivered_after_ms.value_or(state.within(state.options.delivered_after));
  if (delay < 0) return std::nullopt;
  Instant at = std::max(now + delay, person.offline_until);
  if (message.outcome == kLateDelivered) at = at + kHourMs;
  if (at - message.at > message.ttl_ms) return std::nullopt;
  return at;
}

std::optional<Instant> read_time(State& state, const Message& message, Instant now) {
  const Person& person = *message.person;
  if (!person.reads || message.outcome == kNeverRead) return std::nullopt;
  if (person.read_after_ms) {
    return *person.read_after_ms < 0 ? std::nullopt : std::optional(now + *person.read_after_ms);
  }
  if (message.outcome != kReadOnly && !state.random.chance_ppm(state.options.read_ppm))
    return std::nullopt;
  return now + state.within(state.options.read_after);
}

void on_delivered(State& state, int64_t number, Message& message, Instant at) {
  message.status = "delivered";
  const auto read_at = read_time(state, message, at);
  const bool omitted = read_at && (message.outcome == kReadOnly ||
                                   state.random.chance_ppm(state.options.delivered_omitted_ppm));
  if (!omitted) emit_status(state, number, message, "delivered", at, true);
  if (message.outcome == kPermuted) emit_status(state, number, message, "sent", message.at, true);
  if (read_at) {
    state.schedule(*read_at, EventKind::Read, number);
    ++message.pending;
  }
}

void forget_old(State& state) {
  while (state.messages.size() > state.options.messages_kept &&
         state.messages.front().pending <= 0) {
    state.messages.pop_front();
    ++state.first_message;
  }
}

}  // namespace

ApiResponse send_message(State& state, size_t number, const Call& call, Instant now) {
  if (!call.is("POST"))
    return error_response({.code = 100, .details = "Unsupported request method."});
  unsigned char buffer[6144];
  json::monotonic_resource memory(buffer, sizeof buffer);
  boost::system::error_code error;
  const json::value body =
      json::parse({call.request.body.data(), call.request.body.size()}, error, &memory);
  const auto* object = error ? nullptr : body.if_object();
  if (object == nullptr)
    return error_response({.code = 100, .details = "The body is not a JSON object."});
  ApiResponse answer = send_parsed({state, number, call, *object, now});
  forget_old(state);
  return answer;
}

int64_t add_message(State& state, Message message) {
  message.phone = message.person->phone;
  state.messages.push_back(std::move(message));
  return state.first_message + static_cast<int64_t>(state.messages.size()) - 1;
}

void release_message(State& state, int64_t number, Instant now) {
  Message* message = state.message(number);
  if (message == nullptr || !message->held) return;
  message->held = false;
  state.schedule(now + state.within(state.options.sent_after), EventKind::Sent, number);
}

void fail_message(State& state, int64_t number, int code, Instant at) {
  if (Message* message = state.message(number)) {
    message->fail_code = code;
    message->held = false;
    state.schedule(at, EventKind::Failed, number);
  }
}

void message_event(State& state, const Event& event) {
  Message* message = state.message(event.ref);
  if (message == nullptr) return;
  if (event.kind == EventKind::Failed) {
    message->status = "failed";
    emit_status(state, event.ref, *message, "failed", event.at, false, message->fail_code);
  } else if (event.kind == EventKind::Sent) {
    message->status = "sent";
    if (message->outcome != kPermuted)
      emit_status(state, event.ref, *message, "sent", event.at, true);
    if (const auto at = delivery_time(state, *message, event.at)) {
      state.schedule(*at, EventKind::Delivered, event.ref);
      ++message->pending;
    }
  } else if (event.kind == EventKind::Delivered) {
    on_delivered(state, event.ref, *message, event.at);
  } else {
    message->status = "read";
    emit_status(state, event.ref, *message, "read", event.at, true);
  }
  --message->pending;
}

}  // namespace puntual::sandbox
