#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "sandbox/pay/bold.h"
#include "sandbox/pay/culqi.h"
#include "sandbox/pay/mercadopago.h"
#include "sandbox/pay/payu.h"
#include "sandbox/pay/stripe.h"
#include "sandbox/pay/wompi.h"

namespace puntual::sandbox {
namespace {

struct KnownSimulator {
  std::string_view name;
  std::unique_ptr<PaySimulator> (*make)();
};
constexpr KnownSimulator kSimulators[] = {
    {"wompi", make_wompi_simulator},   {"mercadopago", make_mercadopago_simulator},
    {"stripe", make_stripe_simulator}, {"bold", make_bold_simulator},
    {"payu", make_payu_simulator},     {"culqi", make_culqi_simulator}};

}  // namespace

std::unique_ptr<PaySimulator> make_pay_simulator(std::string_view name) {
  const auto* const known = std::ranges::find(kSimulators, name, &KnownSimulator::name);
  return known == std::end(kSimulators) ? nullptr : known->make();
}

std::vector<std::string_view> pay_simulator_names() {
  std::vector<std::string_view> names;
  std::ranges::transform(kSimulators, std::back_inserter(names), &KnownSimulator::name);
  return names;
}

std::string_view text_of(ChargeState state) {
  static constexpr std::string_view kTexts[] = {
      "pending",         "paid",     "declined", "error",     "expired", "voided",
      "partly_refunded", "refunded", "disputed", "chargeback"};
  return kTexts[static_cast<size_t>(state)];
}

std::string PayWorld::secret(const std::string& name) const {
  const auto found = secrets.find(name);
  return found == secrets.end() ? std::string() : found->second;
}

std::string PayWorld::signing_secret(const std::string& name, Signed signing) const {
  if (signing == Signed::Rightly) return secret(name);
  const std::string old = secret("old_" + name);
  return signing == Signed::ByOldSecret && !old.empty() ? old : "not-" + secret(name);
}

std::string PayWorld::random_text(size_t size) {
  static constexpr std::string_view kLetters =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string text;
  while (text.size() < size) text += kLetters[random.below(kLetters.size())];
  return text;
}

PayPlace* PayWorld::place(std::string_view id) {
  const auto found = std::ranges::find(places, id, &PayPlace::id);
  return id.empty() || found == places.end() ? nullptr : &*found;
}

Charge* PayWorld::charge(std::string_view id) {
  const auto found = std::ranges::find(charges, id, &Charge::id);
  return id.empty() || found == charges.end() ? nullptr : &*found;
}

Charge* PayWorld::readable_charge(std::string_view id, Instant now) {
  Charge* const found = charge(id);
  return found == nullptr || found->readable_at > now ? nullptr : found;
}

bool PayWorld::is_paid(const PayPlace& place) const {
  return std::ranges::any_of(charges, [&](const Charge& charge) {
    return charge.place_id == place.id && charge.paid_at && charge.state != ChargeState::Voided &&
           charge.state != ChargeState::Refunded;
  });
}

std::optional<PayFault> PayWorld::take_fault(std::string_view kind) {
  const auto found = std::ranges::find(faults, kind, &PayFault::kind);
  if (found == faults.end()) return std::nullopt;
  PayFault taken = *found;
  if (found->remaining > 0 && --found->remaining == 0) faults.erase(found);
  return taken;
}

bool PayWorld::give_back(Charge& charge, int64_t minor, Instant now) {
  if (charge.state != ChargeState::Paid && charge.state != ChargeState::PartlyRefunded)
    return false;
  const int64_t left = charge.minor - charge.refunded_minor, back = minor == 0 ? left : minor;
  if (back < 0 || back > left) return false;
  charge.refunded_minor += back;
  charge.state = back == left ? ChargeState::Refunded : ChargeState::PartlyRefunded;
  charge.changed_at = now;
  untold.push_back(charge.id);
  return true;
}

}  // namespace puntual::sandbox
