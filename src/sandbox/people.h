// The people at the other end: whoever is written to exists. What differs from an ordinary person
// is set by a test or a simulation.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sandbox/limits.h"

namespace puntual::sandbox {

// How a person appears in webhooks since user names came (contract sections 6 and 10.6).
enum class Shape : uint8_t { PhoneAndUserId, UserIdOnly, EmptyStrings };

// What binds a person to one of our numbers.
struct Line {
  std::optional<Instant> last_inbound;  // Opens the service window for 24 h.
  std::optional<Instant> free_until;    // Free entry point (from an advertisement).
  Instant by_phone_at{INT64_MIN /
                      2};  // Last message addressed by phone: keeps the phone visible 30 days.
  PairLimit pair;
};

struct Person {
  std::string phone;  // Digits with the country code; empty when the person has none we could know.
  std::string user_id;  // Business-scoped: "CO.13491208655302741918"
  std::string username;
  std::string name;
  Shape shape = Shape::PhoneAndUserId;
  bool on_whatsapp = true;
  bool reads = true;           // Read receipts on.
  bool blocks_us = false;      // Messages stay "sent".
  bool blocked_by_us = false;  // Sending fails with 130403.
  bool stopped_marketing = false;
  std::optional<int64_t> delivered_after_ms;  // Instead of the platform's usual delays;
  std::optional<int64_t> read_after_ms;       // negative: never.
  Instant offline_until;
  Instant initiated_at{INT64_MIN / 2};  // Last message outside the window (portfolio limit).
  bool counted = false;                 // Among the unique users of 24 hours.
  std::vector<Line> lines;              // By number.

  Line& line(size_t number) {
    if (lines.size() <= number) lines.resize(number + 1);
    return lines[number];
  }
  [[nodiscard]] bool shows_phone(size_t number, Instant now) const;
};

class People {
 public:
  // "+57 300 123-4567", "573001234567" or a BSUID to a person, who is made when unknown. `home` is
  // the country code of the business number: it is put before numbers written without "+" that do
  // not begin with it. Null when the text is neither.
  Person* find_or_add(std::string_view address, std::string_view home, uint64_t portfolio);
  [[nodiscard]] Person* find(std::string_view phone_or_user_id);
  // A new phone and a new user id for the same person; the old ones are free again.
  void change_identity(Person& person, std::string new_phone, uint64_t portfolio);
  [[nodiscard]] size_t size() const { return people_.size(); }
  [[nodiscard]] static bool is_user_id(std::string_view text);
  // Digits of a phone as the platform would take it; empty when it is none.
  [[nodiscard]] static std::string normalise(std::string_view phone, std::string_view home);

  // Unique users written to outside their window in the last 24 h; false when one more is too many.
  bool count_initiated(Person& person, Instant now, int64_t limit);

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::deque<Person> people_;  // Addresses stay.
  std::unordered_map<std::string, Person*, Hash, std::equal_to<>> by_phone_, by_user_id_;
  std::deque<std::pair<Instant, Person*>> initiated_;
  int64_t unique_users_ = 0;
};

}  // namespace puntual::sandbox
