// A whole deployment as an operator runs it: a data folder with its settings, `puntual sandbox` as
// the platform and `puntual serve`, each a process of its own on a free port of this machine.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "core/messaging/outbox_message.h"
#include "store/store.h"
#include "tests/support/child.h"

namespace puntual::e2e {

struct Answer {
  long status = 0;  // 0: no answer.
  std::string body;
  std::string head;  // Lines of the answer, as they came.
  [[nodiscard]] std::string header(std::string_view name) const;  // Empty when absent.
  [[nodiscard]] json::value document() const;
};

struct RequestHeaders {
  std::vector<std::string> lines;  // "Name: value"
};

[[nodiscard]] Answer get(const std::string& url, const RequestHeaders& headers = {});
[[nodiscard]] Answer post(const std::string& url, std::string_view body,
                          const RequestHeaders& headers = {});

inline constexpr std::string_view kAppSecret = "secret-of-the-tests";
inline constexpr std::string_view kPhoneNumberId = "106540352242922";
// The signature of the platform over these bytes.
[[nodiscard]] std::string sign(std::string_view body);

struct Person {
  int number = 0;
  [[nodiscard]] std::string phone() const;    // "+573000000007"
  [[nodiscard]] std::string wa_id() const;    // "573000000007"
  [[nodiscard]] std::string invoice() const;  // "F-0007"
};

// A portfolio of these people, one invoice each, due on the day the test's clock begins.
[[nodiscard]] std::string portfolio_of(int first, int count);
// The body of a webhook in which a person says something.
[[nodiscard]] std::string inbound(const Person& person, const std::string& id,
                                  const std::string& text);

class House {
 public:
  // A Tuesday, inside the hours of Colombia.
  static constexpr std::string_view kMorning = "2026-11-24T09:00:00-05:00";

  // On SQLite in its own folder, or on this PostgreSQL database.
  explicit House(std::string database = {}, int messages_per_second = 80);
  ~House();

  // The time at which every process of this deployment begins that is started from now on.
  void set_clock(std::string_view start);
  // The page for payers is this house's own, under its door. Before the first settings are read.
  void open_pay_page();
  // Further tables of the settings.
  void add_settings(std::string_view toml);
  // A strategy in place of the shipped one of its name.
  void use_strategy(std::string_view toml);
  // Takes in a file with the given content.
  [[nodiscard]] Ran import(std::string_view csv, std::vector<std::string> more = {});
  [[nodiscard]] Ran command(std::vector<std::string> arguments) const;

  // `faults` as docs/sandbox.md has them; statuses come at once unless they say otherwise.
  void open_sandbox(std::string_view faults = "{}", std::vector<std::string> more = {});
  void close_sandbox() { sandbox_.reset(); }
  // Starts; `environment` is added to ours, "NAME=value".
  void start(std::vector<std::string> environment = {});
  [[nodiscard]] bool is_up()
      const;  // Waits until it says where its door is; false when it has ended instead.
  void serve(std::vector<std::string> environment = {});  // Both.
  void kill_serve();
  [[nodiscard]] Child& server() { return *serve_; }
  [[nodiscard]] Child start_serve_again() const;
  // Beside it, on the same database; its door is where it says. Waits until it does, or has ended.
  [[nodiscard]] std::unique_ptr<Child> another_node(std::vector<std::string> environment = {});

  [[nodiscard]] std::string url(std::string_view path) const { return door_ + std::string(path); }
  [[nodiscard]] std::string sandbox_url(std::string_view path) const {
    return platform_ + std::string(path);
  }
  [[nodiscard]] std::string platform_time() const;

  // What the platform has taken from us, for one person or for all.
  [[nodiscard]] json::array sent(const std::optional<Person>& to = std::nullopt) const;
  // True once the platform has so many of them, and statuses have come back for all.
  [[nodiscard]] bool has_sent(const Person& to, size_t count) const;
  void person_says(const Person& person, const std::string& text) const;
  void faults(std::string_view json) const;
  void advance_platform(int seconds) const;

  [[nodiscard]] Answer deliver(std::string_view body) const;  // Signed.
  [[nodiscard]] Answer pay(const Person& person, int64_t minor, const std::string& id) const;
  [[nodiscard]] Answer order(std::string_view path,
                             std::string_view body) const;    // To /v1, with the token.
  [[nodiscard]] int64_t metric(std::string_view name) const;  // -1: there is none.

  [[nodiscard]] Result<std::unique_ptr<Store>> look() const;  // Reads, beside whoever writes.
  [[nodiscard]] std::vector<OutboxMessage> messages_of(const Person& person) const;
  [[nodiscard]] std::string state_of(const Person& person, std::string_view step) const;
  [[nodiscard]] int64_t count(std::string sql) const;

  const Scratch folder;
  std::string database;

 private:
  void write_settings();
  int messages_per_second_;
  std::string more_settings_, strategies_dir_;
  std::string link_base_ = "https://pagos.example.com/";
  std::string clock_{kMorning};
  std::string door_, platform_;
  int door_port_ = 0, platform_port_ = 0;
  std::unique_ptr<Child> sandbox_, serve_;
  int starts_ = 0;
};

}  // namespace puntual::e2e
