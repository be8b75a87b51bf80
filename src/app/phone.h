// The phone of a debtor, in the demonstration and in test mode: what stands on it, what its owner
// sends, and the clock that the house and the simulated platform share. In a house that writes to
// people there is none.
//
//   page Teléfono ─► /v1/phone… ─► SimulatedPlatform ─► puntual sandbox (cli/sandbox_phone), or the
//   demonstration's world (cli/demo)
//
// Nothing here reads or writes what the engine knows: what the person does arrives by the webhook,
// like anybody's.
#pragma once

#include <string>
#include <string_view>

#include "core/portfolio/portfolio.h"
#include "store/store.h"

namespace puntual {

// Thread-safe.
class SimulatedPlatform {
 public:
  virtual ~SimulatedPlatform() = default;
  // A call of the platform's control API (docs/sandbox.md): "GET", "talk?with=…". What follows from
  // it in the same moment has followed.
  [[nodiscard]] virtual Result<std::string> ask(std::string_view method, const std::string& what,
                                                const std::string& body) = 0;
  // Whether the time is the house's own, and can be moved on.
  [[nodiscard]] virtual bool has_clock() const = 0;
  // Everything up to then happens. Never back.
  [[nodiscard]] virtual Result<void> move_to(Instant then) = 0;
  // How fast the time of a story passes ("real", "slow", "normal", "fast"); Invalid when it has but
  // one pace.
  [[nodiscard]] virtual std::string pace() const { return "real"; }
  [[nodiscard]] virtual Result<void> set_pace(std::string_view) {
    return fail(ErrorCode::Invalid, "the time of this house has one pace");
  }
  // A visitor is this person from now on: whoever the story had in their place falls silent.
  virtual void become(DebtorId) {}
};

// What stands on the phone of this person; `debtor` empty: of whoever was written to last and owes.
// JSON as docs/api/phone.json says.
[[nodiscard]] Result<std::string> show_phone_job(Store& store, const Creditor& creditor,
                                                 SimulatedPlatform& platform,
                                                 std::string_view debtor, Instant now);
// They write, press, or send a photo or a voice note.
[[nodiscard]] Result<std::string> use_phone_job(Store& store, const Creditor& creditor,
                                                SimulatedPlatform& platform, std::string_view body);
// The time moves on: an hour, to the next morning, to the next day on which this person owes
// something; or passes faster. Conflict: they owe nothing that falls due.
[[nodiscard]] Result<std::string> move_clock_job(Store& store, const Creditor& creditor,
                                                 SimulatedPlatform& platform, std::string_view body,
                                                 Instant now);

}  // namespace puntual
