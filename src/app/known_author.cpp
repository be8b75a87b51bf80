#include "app/known_author.h"

#include <algorithm>

#include "core/access/two_people.h"

namespace puntual {

Result<void> check_author(Tx& tx, const Creditor& creditor, std::string_view by) {
  if (by == "operator" || by == "api" || !tx.users.has_any(creditor.id) ||
      tx.users.find_email(creditor.id, by))
    return {};
  // "key ERP", or "key ERP: jefa" where it says for whom (app/api.cpp).
  const auto keys = tx.api_keys.all(creditor.id);
  if (std::ranges::any_of(keys, [&](const store::ApiKey& one) {
        const std::string whole = std::string(access::kKeyName) + one.name;
        return by == one.name || by == whole || by.starts_with(whole + ": ");
      }))
    return {};
  return fail(ErrorCode::Invalid,
              "by: no hay nadie con el usuario «{}» (se espera el correo con que entra; puntual "
              "user list los muestra)",
              by);
}

}  // namespace puntual
