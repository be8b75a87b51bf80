#include "providers/stripe/objects.h"

namespace puntual::stripe {

std::string id_in(const json::value& object, std::string_view key) {
  const auto* whole = member(object, key);
  return whole != nullptr && whole->is_object() ? text_in(*whole, "id") : text_in(object, key);
}

std::string reference_in(const json::value& object) {
  const auto* metadata = member(object, "metadata");
  return metadata == nullptr ? std::string{} : text_in(*metadata, "reference");
}

// An open one holds the money; "warning_closed" was an inquiry that took none.
ProviderStatus status_of_dispute(const json::value& dispute) {
  const std::string status = text_in(dispute, "status");
  if (status == "won" || status == "warning_closed") return ProviderStatus::Paid;
  return status == "lost" ? ProviderStatus::Chargeback : ProviderStatus::Disputed;
}

}  // namespace puntual::stripe
