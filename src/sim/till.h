// A payment provider of the simulated world: people pay at places that the house has made there,
// and it tells of that truly, twice, too late, in any order or not at all. What its notices say of
// money is a lie: they may only be believed for what to look up. Deterministic; not thread-safe.
#pragma once

#include <deque>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ports/payment_provider.h"

namespace puntual::sim {

class Till final : public PaymentProvider {
 public:
  static constexpr std::string_view kName = "caja";

  [[nodiscard]] const ProviderTraits& traits() const override;
  [[nodiscard]] HeardNotice hear(const ProviderNotice& notice) const override;
  [[nodiscard]] Result<void> check_keys() override { return {}; }
  [[nodiscard]] Result<PaymentPlace> ask(const PaymentOrder& order) override;
  [[nodiscard]] Result<bool> withdraw(std::string_view place) override;
  [[nodiscard]] Result<std::vector<ProviderPayment>> look_up(const ProviderLookup& lookup) override;

  // How it tells of what happens now.
  enum class Tells : uint8_t { Once, Twice, Never, Forged, BeforeItCanBeRead };
  // Somebody pays, or begins to; a new id, or a new state of a payment that is there.
  void happens(ProviderPayment payment, Tells tells, Instant now);
  [[nodiscard]] ProviderPayment* find(std::string_view id);
  // Can somebody pay there?
  [[nodiscard]] bool is_open(std::string_view place) const {
    return !place.empty() && !withdrawn_.contains(place);
  }
  // Nobody gets an answer while it is down.
  void set_down(bool is_down) { is_down_ = is_down; }

  // The notices that wait to be delivered, the first of them first; whoever cannot take one puts it
  // back.
  [[nodiscard]] std::vector<ProviderNotice> take_notices() { return std::exchange(notices_, {}); }
  void put_back(ProviderNotice notice) { notices_.push_back(std::move(notice)); }

  // What is with the house of each payment, in truth: what came less what went back. Of those that
  // somebody has looked up since they changed.
  struct Truth {
    std::string id;
    int64_t kept_minor = 0;
  };
  [[nodiscard]] std::vector<Truth> truths() const;

 private:
  std::deque<ProviderPayment> payments_;
  std::vector<ProviderNotice> notices_;
  std::string hidden_id_;                      // Cannot be read at the first look.
  std::set<std::string, std::less<>> unseen_;  // Since they changed.
  std::set<std::string, std::less<>> withdrawn_;
  bool is_down_ = false;
};

}  // namespace puntual::sim
