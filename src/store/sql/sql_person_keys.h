// The keys of people: what is sealed under one is readable as long as it exists.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "store/vault.h"

namespace puntual::store {

// Lives as long as a transaction, so that a key which has been destroyed is used no longer.
class PersonKeys {
 public:
  PersonKeys(Connection& db, Vault& vault) : db_(db), vault_(vault) {}

  // For a person who is new: they have none yet. For others their key is made when first needed.
  void create(CreditorId creditor, DebtorId person);
  // Overwrites it where it stands. Nothing is ever sealed for this person again.
  void destroy(CreditorId creditor, DebtorId person);

  // The key as it was read together with a row of theirs: spares a question. Empty: they have none.
  void learn(CreditorId creditor, DebtorId person, std::string_view wrapped);

  // Person 0 is somebody unknown, who writes to this creditor. Empty when the key was destroyed.
  [[nodiscard]] std::string seal(const Place& place, DebtorId person, std::string_view text);
  // Empty when nothing was sealed, or the key was destroyed. Throws Failure (Unsafe) when the row
  // was tampered with.
  [[nodiscard]] std::string open(const Place& place, DebtorId person, std::string_view sealed);

  [[nodiscard]] LookupKey lookup_key(CreditorId creditor, std::string_view kind,
                                     std::string_view value) {
    return vault_.lookup_key(creditor, kind, value);
  }

  // How many keys of a creditor's people do not open with our master key: 0, or what is theirs is
  // lost.
  [[nodiscard]] int64_t count_unreadable(CreditorId creditor);

 private:
  enum class IfMissing : uint8_t { Make, None };
  [[nodiscard]] Secret unwrapped(CreditorId creditor, DebtorId person, std::string_view wrapped);
  const Secret* key_of(CreditorId creditor, DebtorId person, IfMissing if_missing);
  const Secret& keep(int64_t person, const Secret& key);

  Connection& db_;
  Vault& vault_;
  std::unordered_map<int64_t, Secret> known_;
};

}  // namespace puntual::store
