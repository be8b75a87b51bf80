#include "engine/two_people.h"

#include "base/locale.h"
#include "core/access/two_people.h"

namespace puntual::engine {
namespace {

// None: they may, or have no account.
std::optional<Error> why_not(Tx& tx, const Creditor& creditor, std::string_view whose,
                             std::string_view other, Instant now) {
  const auto user = tx.users.find_email(creditor.id, whose);
  if (!user || !user->link_at || now >= *user->link_at + kLinkedAccountMs) return std::nullopt;
  const std::string until = format_long_date(
      Zone::of(creditor.zone).local(*user->link_at + kLinkedAccountMs).date, creditor.locale);
  if (access::is_same_name(user->link_by, other))
    return Error{ErrorCode::Forbidden,
                 fmt::format("la cuenta {} la creó, o le dio clave nueva, {}: hasta el {} cuentan "
                             "como una sola persona",
                             user->email, other, until)};
  if (!access::is_name_of_person(user->link_by) || !user->link_by.contains('@'))
    return Error{ErrorCode::Forbidden,
                 fmt::format("la cuenta {} se creó, o recibió clave nueva, fuera de la página: "
                             "hasta el {} no decide sobre dinero",
                             user->email, until)};
  return std::nullopt;
}

}  // namespace

Result<void> are_two_people(Tx& tx, const Creditor& creditor, std::string_view asked_by,
                            std::string_view by, Instant now) {
  if (access::is_same_name(asked_by, by))
    return fail(ErrorCode::Forbidden, "{} lo pidió: lo aprueba otra persona", by);
  if (auto why = why_not(tx, creditor, by, asked_by, now)) return std::unexpected(*std::move(why));
  if (auto why = why_not(tx, creditor, asked_by, by, now)) return std::unexpected(*std::move(why));
  return {};
}

}  // namespace puntual::engine
