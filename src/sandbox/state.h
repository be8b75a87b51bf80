// Everything the platform knows, and the functions of its parts, one file an idea. For src/sandbox
// alone.
#pragma once

#include <map>
#include <queue>
#include <span>
#include <unordered_map>
#include <variant>

#include "base/json.h"
#include "base/random.h"
#include "sandbox/errors.h"
#include "sandbox/people.h"
#include "sandbox/platform.h"

namespace puntual::sandbox {

// A call of the API, taken apart.
struct Call {
  const ApiRequest& request;
  std::vector<std::string_view> parts;  // Of the path, after the version: {"1065…", "messages"}
  int version = 26;
  [[nodiscard]] std::optional<std::string> query(std::string_view name) const;
  [[nodiscard]] bool is(std::string_view method) const { return request.method == method; }
};

// --- messages ---

enum class Direction : uint8_t { Out, In };

struct Message {
  Person* person = nullptr;
  std::string phone;  // Of the person when it was made: it stays in the message's id.
  Instant at;
  Direction direction = Direction::Out;
  uint16_t number = 0;
  bool to_user_id = false;
  bool in_window = false;
  bool free_entry = false;
  bool held = false;   // For quality assessment.
  int8_t pending = 0;  // Events under way: it may be forgotten when none is left.
  int fail_code = 0;
  uint8_t outcome = 0;  // Magic outcome of the number.
  int64_t ttl_ms = 30 * kDayMs;
  std::string category;  // "utility", "service", …
  std::string callback_data;
  std::string type;
  std::string content;  // The request's or the person's JSON, when contents are kept.
  std::string status = "accepted";
  std::string context_id;
};

// --- templates ---

struct ButtonSpec {
  std::string type;
  bool has_variable = false;
};
struct TemplateSpec {
  std::string header_format;  // Empty: no header.
  std::vector<std::string> header_variables, body_variables;
  size_t body_fixed_size = 0;  // Code points of the body without its variables.
  std::vector<ButtonSpec> buttons;
};
struct Template {
  std::string id, name, language, category, status = "PENDING";
  std::string previous_category, correct_category, rejected_reason = "NONE", quality = "UNKNOWN";
  bool named = false;
  std::optional<int64_t> ttl_seconds;
  json::array components;
  TemplateSpec spec;
  Instant created, quality_at;
  std::vector<Instant> edits;
  int pauses = 0;
  bool hold = false;  // Pacing: sends answer held_for_quality_assessment.
  std::vector<int64_t> held_messages;
};

// --- numbers, media ---

struct Number {
  std::string id, display, digits, verified_name;
  std::string quality = "GREEN", status = "CONNECTED", throughput = "STANDARD";
  ThroughputLimit limit{80};
  bool identity_check = false;
  json::object profile;
  std::vector<std::string> blocked;
  int32_t free_service_month = 0;  // year*12+month of the count below.
  int free_service_used = 0;
};

struct Media {
  std::string bytes, mime, sha256_hex, sha256_base64, file_name;
  Instant expires;
  std::string url_key;
  Instant url_expires;
};

// --- faults ---

struct SendFault {
  std::string kind = "error";  // docs/sandbox.md lists them
  int code = 0;
  int http_status = 0;
  bool is_async = false;  // As a failed status instead of an answer.
  std::optional<bool> is_transient;
  int64_t remaining = 1;  // -1: always.
  uint32_t ppm = 1'000'000;
  std::string to;  // Digits; empty: anybody.
};
struct WebhookFaults {
  uint32_t duplicate_ppm = 0, drop_ppm = 0, delay_ppm = 0, permute_ppm = 0;
  Range delay{1'000, 30'000};
  int64_t drop_next = 0, duplicate_next = 0;
};

// --- webhooks, schedule ---

struct Change {
  std::string_view field;  // Static storage.
  std::string value;       // JSON text.
  Instant at;
};
struct InFlight {
  std::string body, signature;
  int attempts = 1;
  Instant first_at;
};

enum class EventKind : uint8_t {
  Sent,
  Delivered,
  Read,
  Failed,
  Review,
  Unpause,
  CategoryFlip,
  LateChange,
  Redeliver
};
struct Event {
  Instant at;
  uint64_t order;
  EventKind kind;
  int64_t ref;
  bool operator>(const Event& other) const {
    return at != other.at ? at > other.at : order > other.order;
  }
};

struct Hash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

struct State {
  explicit State(PlatformOptions settings);

  PlatformOptions options;
  SeededRandom random;
  uint64_t portfolio;  // Seeds the business-scoped user ids.
  Instant started;     // First instant seen: part of every wamid, so that runs do not repeat them.
  bool has_started = false;

  People people;
  std::vector<Number> numbers;
  std::deque<Message> messages;  // messages[i] has the number first_message + i.
  int64_t first_message = 0;
  TextMap<std::unique_ptr<Template>> templates;  // By name + '\n' + language.
  TextMap<Template*> templates_by_id;
  std::vector<std::string> template_order;  // Keys, as listed.
  TextMap<Instant> blocked_names;           // Deleted names and until when.
  TextMap<Media> media;
  TextMap<std::string> uploads;  // Sessions and handles of the resumable upload: MIME.
  bool app_subscribed = true;
  std::string override_callback_uri;
  RollingLimit management_calls;
  RollingLimit template_creations{100, kHourMs};

  std::vector<SendFault> send_faults;
  WebhookFaults webhook_faults;

  std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
  uint64_t next_order = 0;
  std::vector<Change> changes;             // To be delivered with the next advance().
  std::map<int64_t, Change> late_changes;  // Held back by a fault, by id;
  std::vector<Change> late_ready;          // and those whose time has come.
  std::map<int64_t, InFlight> in_flight;
  std::vector<int64_t> redeliveries;  // Due now.
  int64_t next_delivery_id = 1, next_late_id = 1, next_object_id = 700'000'000'000'000;

  // Counted for GET /_sandbox/state and for benchmarks.
  int64_t accepted = 0, refused = 0, webhooks_sent = 0, webhooks_given_up = 0;

  void schedule(Instant at, EventKind kind, int64_t ref) {
    events.push({at, next_order++, kind, ref});
  }
  [[nodiscard]] int64_t within(Range range) {
    return range.min_ms + (range.max_ms > range.min_ms
                               ? static_cast<int64_t>(random.below(
                                     static_cast<uint64_t>(range.max_ms - range.min_ms + 1)))
                               : 0);
  }
  [[nodiscard]] Message* message(int64_t number) {
    const int64_t index = number - first_message;
    return index < 0 || index >= static_cast<int64_t>(messages.size())
               ? nullptr
               : &messages[static_cast<size_t>(index)];
  }
  [[nodiscard]] std::string new_object_id() {
    return std::to_string(next_object_id += 1 + static_cast<int64_t>(random.below(97)));
  }
  [[nodiscard]] std::optional<size_t> number_index(std::string_view id) const;
};

// platform.cpp
[[nodiscard]] ApiResponse ok_response(std::string body);
[[nodiscard]] ApiResponse success_response();

// messages.cpp
ApiResponse send_message(State& state, size_t number, const Call& call, Instant now);
void message_event(State& state, const Event& event);
[[nodiscard]] std::string wamid_of(const State& state, int64_t message_number,
                                   const Message& message);
[[nodiscard]] std::optional<int64_t> message_number_of(const State& state, std::string_view wamid);
int64_t add_message(State& state, Message message);
void fail_message(State& state, int64_t number, int code, Instant at);
void release_message(State& state, int64_t number, Instant now);

// message_rules.cpp: what a message may look like. Pure.
[[nodiscard]] std::optional<GraphError> check_content(const json::object& body,
                                                      std::string_view type);

// templates.cpp, template_rules.cpp
ApiResponse handle_templates(State& state, const Call& call, Instant now);
ApiResponse handle_template(State& state, Template& found, const Call& call, Instant now);
[[nodiscard]] Template* find_template(State& state, std::string_view name,
                                      std::string_view language);
// Reads a definition into `made`, or says what Meta would refuse it for.
[[nodiscard]] std::optional<GraphError> compile_template(const json::value& definition,
                                                         Template& made);
[[nodiscard]] std::optional<GraphError> check_parameters(State& state, const Template& used,
                                                         const json::object& sent);
// "APPROVED", "REJECTED", "PAUSED", "DISABLED", "FLAGGED", … with the webhook.
void set_template_status(State& state, Template& found, std::string_view event,
                         std::string_view reason, Instant now);
void set_template_quality(State& state, Template& found, std::string_view quality, Instant now);
void announce_category(State& state, Template& found, std::string_view category, Instant when,
                       Instant now);
void flip_category(State& state, Template& found, std::string_view category, Instant now);
void review_template(State& state, Template& found, Instant now);

// media.cpp
ApiResponse upload_media(State& state, const Call& call, Instant now);
ApiResponse handle_media(State& state, std::string_view id, const Call& call, Instant now);
ApiResponse download_media(State& state, const Call& call, Instant now);
ApiResponse handle_uploads(State& state, const Call& call);
std::string add_media(State& state, std::string bytes, std::string mime, std::string file_name,
                      Instant expires);
[[nodiscard]] bool has_media(const State& state, std::string_view id, Instant now);

// numbers.cpp
ApiResponse handle_number(State& state, size_t number, const Call& call, Instant now);
ApiResponse handle_account(State& state, const Call& call, Instant now);

// webhooks.cpp
void emit(State& state, std::string_view field, std::string value, Instant at);
[[nodiscard]] std::string metadata_json(const Number& number);
[[nodiscard]] std::string contacts_json(const State& state, const Person& person, size_t number,
                                        Instant now, bool with_username);
std::vector<WebhookDelivery> cut_deliveries(State& state, Instant now);
void report_delivery(State& state, int64_t id, int http_status, Instant now);

// inbound.cpp
Result<std::string> person_acts(State& state, const PersonAction& action, Instant now);
Result<void> change_person(State& state, const json::value& properties, Instant now);

// faults.cpp
Result<void> read_faults(State& state, const json::value& document);
[[nodiscard]] Result<json::value> toml_or_json(std::string_view text, std::string_view file_name);
[[nodiscard]] std::optional<SendFault> take_send_fault(State& state, std::string_view to_digits);
// Numbers that always have one outcome (docs/sandbox.md).
enum Magic : uint8_t {
  kNoMagic,
  kNeverRead,
  kNeverDelivered,
  kReadOnly,
  kDoubled,
  kPermuted,
  kLateDelivered
};
struct MagicFault {
  std::optional<SendFault> fault;
  Magic outcome = kNoMagic;
};
[[nodiscard]] MagicFault magic_of(std::string_view digits);

// shown.cpp:
// {"text","footer","menu","choices":[{"kind","title","value","description"}],"file":{"id","kind","name"}|null}
[[nodiscard]] json::object shown_on_phone(State& state, const Message& message);

// control.cpp
ApiResponse handle_control(State& state, const Call& call, Instant now);

}  // namespace puntual::sandbox
