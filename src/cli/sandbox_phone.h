// The phones of `puntual sandbox`, for a server that sends to it: in test mode.
#pragma once

#include "app/clock.h"
#include "app/phone.h"
#include "cli/remote.h"

namespace puntual::cli {

class SandboxPhone final : public SimulatedPlatform {
 public:
  // `is_test_clock`: the house's own time, which may be moved; the sandbox's is moved along.
  SandboxPhone(std::string base_url, Clock& clock, bool is_test_clock)
      : sandbox_(Remote::to(std::move(base_url))), clock_(clock), is_test_clock_(is_test_clock) {}

  Result<std::string> ask(std::string_view method, const std::string& what,
                          const std::string& body) override;
  [[nodiscard]] bool has_clock() const override { return is_test_clock_; }
  Result<void> move_to(Instant then) override;

 private:
  Remote sandbox_;
  Clock& clock_;
  bool is_test_clock_;
};

}  // namespace puntual::cli
