// The fields of one order of the API, which is also that of the command line; each is taken once,
// so that what is left over is known to be none of ours.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/zone.h"
#include "core/compliance/gate.h"

namespace puntual {

// Of a person of the creditor. It stands in records that nobody can change any more: short, and
// nothing else with it.
[[nodiscard]] Result<void> check_login(std::string_view field, std::string_view login);

class OrderFields {
 public:
  // An empty body is an empty object. Moments without a zone are of `zone`.
  [[nodiscard]] static Result<OrderFields> parse(std::string_view body, Zone zone, Instant now);

  [[nodiscard]] Result<std::string> text(std::string_view name, std::string_view fallback = {});
  // Invalid when it is missing; `what` says what is expected.
  [[nodiscard]] Result<std::string> needed(std::string_view name, std::string_view what);
  // `by`: who does so.
  [[nodiscard]] Result<std::string> login();
  [[nodiscard]] Result<bool> flag(std::string_view name);
  [[nodiscard]] Result<std::vector<std::string>> texts(
      std::string_view name);                             // None when it is left out.
  [[nodiscard]] json::array list(std::string_view name);  // Empty when it is left out.
  // Now when it is left out. A day without a time of day is its beginning.
  [[nodiscard]] Result<Instant> moment(std::string_view name = "at");
  // Of a day without a time of day, the last moment that has been: what ends with it is over for
  // sure.
  [[nodiscard]] Result<Instant> moment_at_latest(std::string_view name = "at");
  [[nodiscard]] Result<std::optional<Channel>> channel();
  // Invalid when a field is left that nobody has taken.
  [[nodiscard]] Result<void> end() const;

 private:
  OrderFields(json::object object, Zone zone, Instant now)
      : object_(std::move(object)), zone_(zone), now_(now) {}
  json::object object_;
  Zone zone_;
  Instant now_;
};

}  // namespace puntual
