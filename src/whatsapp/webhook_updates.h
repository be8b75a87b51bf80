// One update of a webhook from its JSON. Each function answers with an update whatever it is given:
// what has not the expected form is Unknown and keeps its text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_text.h"
#include "whatsapp/webhook.h"

namespace puntual::whatsapp {

struct KnownContact {
  JsonRef contact;
  std::string wa_id;
  std::string user_id;
};

// What the updates of one change have in common.
struct ChangeContext {
  std::string waba_id;
  std::string field;
  std::string phone_number_id;
  std::optional<Instant> entry_at;
  std::vector<KnownContact> contacts;
};

[[nodiscard]] std::optional<Instant> instant_of(JsonRef seconds);

[[nodiscard]] Update message_update(const ChangeContext& context, JsonRef message, bool is_echo);
[[nodiscard]] Update status_update(const ChangeContext& context, JsonRef status);
[[nodiscard]] Update account_error(const ChangeContext& context, JsonRef error);
[[nodiscard]] Update preference_update(const ChangeContext& context, JsonRef preference);
[[nodiscard]] Update user_id_update(const ChangeContext& context, JsonRef change);
[[nodiscard]] Update template_update(const ChangeContext& context, JsonRef value);
[[nodiscard]] Update account_update(const ChangeContext& context, JsonRef value);
[[nodiscard]] Update unknown_update(const ChangeContext& context, std::string type, JsonRef value);

}  // namespace puntual::whatsapp
