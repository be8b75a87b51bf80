#include "engine/number_owner.h"

#include "base/text.h"
#include "engine/note.h"
#include "engine/pause.h"

namespace puntual::engine {
namespace {

// Letters and digits alone: "Grupo Alameda S.A.S." is "GRUPO ALAMEDA SAS".
std::string plain_name(std::string_view name) {
  std::string plain = fold_text(name);
  std::erase_if(plain, [](unsigned char c) {
    return c < 0x80 && (c < '0' || (c > '9' && c < 'a') || c > 'z');
  });
  return plain;
}

bool is_same_name(std::string_view a, std::string_view b) { return plain_name(a) == plain_name(b); }

bool is_held(const Creditor& creditor, const store::SendingNumber& number) {
  return !is_same_name(number.owner, creditor.name) && !number.confirmed_at;
}

}  // namespace

void note_sending_number(Tx& tx, const Creditor& creditor, std::string_view owner, Instant now) {
  if (creditor.phone_number_id.empty()) return;
  if (owner.empty()) owner = creditor.name;
  const auto known = tx.sending_numbers.find(creditor.id, creditor.phone_number_id);
  store::SendingNumber number =
      known.value_or(store::SendingNumber{.phone_number_id = creditor.phone_number_id,
                                          .owner = {},
                                          .verified_name = {},
                                          .confirmed_at = {},
                                          .confirmed_by = {}});
  if (number.owner != owner) {
    // Another owner has confirmed nothing.
    if (!is_same_name(number.owner, owner))
      number.confirmed_at.reset(), number.confirmed_by.clear();
    number.owner = owner;
    tx.sending_numbers.save(creditor.id, number, now);
    // That a creditor writes from its own number is no event.
    if (known || is_held(creditor, number))
      note(tx, creditor.id, {}, now, "sending_number",
           fmt::format("{} of {}", number.phone_number_id, number.owner));
  }
  const auto stored = tx.creditors.find(creditor.id);
  if (is_held(creditor, number)) {
    if (stored && !stored->paused_at) pause_sending(tx, creditor.id, now, kOwnerPause, kOwnerPause);
  } else if (tx.creditors.paused_why(creditor.id) == kOwnerPause) {
    (void)resume_sending(tx, creditor, now);
  }
}

Result<void> confirm_owner(Tx& tx, const Creditor& creditor, std::string_view owner,
                           std::string_view by, Instant now) {
  if (plain_name(by).empty())
    return fail(ErrorCode::Invalid,
                "by is empty: name who of the owner confirms (--by 'Marta Ruiz, gerente')");
  auto number = tx.sending_numbers.find(creditor.id, creditor.phone_number_id);
  if (!number) {
    return fail(ErrorCode::NotFound,
                "no sending number is known: set whatsapp.phone_number_id and "
                "whatsapp.number_owner in puntual.toml");
  }
  if (!is_same_name(number->owner, owner)) {
    return fail(ErrorCode::Conflict,
                "the settings say that the number belongs to '{}', not to '{}': mend "
                "whatsapp.number_owner, or give "
                "--owner '{}'",
                number->owner, owner, number->owner);
  }
  number->confirmed_at = now;
  number->confirmed_by = by;
  tx.sending_numbers.save(creditor.id, *number, now);
  note(tx, creditor.id, {}, now, "number_owner_confirmed",
       fmt::format("{} for {}, by {}", number->owner, creditor.name, by));
  return tx.creditors.paused_why(creditor.id) == kOwnerPause ? resume_sending(tx, creditor, now)
                                                             : Result<void>{};
}

bool note_verified_name(Tx& tx, const Creditor& creditor, std::string_view verified_name,
                        Instant now) {
  auto number = tx.sending_numbers.find(creditor.id, creditor.phone_number_id);
  if (!number || verified_name.empty()) return true;
  const bool fits =
      is_same_name(verified_name, creditor.name) || is_same_name(verified_name, number->owner);
  if (number->verified_name != verified_name) {
    number->verified_name = verified_name;
    tx.sending_numbers.save(creditor.id, *number, now);
    note(tx, creditor.id, {}, now, fits ? "verified_name" : "verified_name_differs",
         fmt::format("WhatsApp shows '{}'", verified_name));
  }
  return fits;
}

Result<void> owner_agrees(Tx& tx, const Creditor& creditor) {
  const auto number = tx.sending_numbers.find(creditor.id, creditor.phone_number_id);
  if (number && is_held(creditor, *number)) {
    return fail(ErrorCode::Conflict,
                "the sending number belongs to '{}', who has not confirmed that '{}' may use it: "
                "puntual number confirm "
                "--owner '{}' --by WHO",
                number->owner, creditor.name, number->owner);
  }
  return {};
}

}  // namespace puntual::engine
