// What keeps people's data sealed at rest, and finds it again.
//
//   master key (a file outside of the database)
//     wraps ─► one key per person (table person_key), which seals every row about them: whoever
//     destroys it, destroys those wraps ─► the deployment's key: it hashes what is looked up, and
//     seals what is nobody's yet
//
// One vault a connection, used by one thread at a time.
// docs/decisions/0011-a-key-for-each-person.md says why so.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "store/db.h"

namespace puntual::store {

// A keyed hash that stands for a value in an index: equal values of one creditor and kind have
// equal keys, and nobody without the deployment's key can try values out.
struct LookupKey {
  std::array<uint8_t, 16> value;
  bool operator==(const LookupKey&) const = default;
  operator Bytes() const { return {{reinterpret_cast<const char*>(value.data()), value.size()}}; }
};

// As it was stored; none when nothing was.
[[nodiscard]] std::optional<LookupKey> lookup_key_of(std::string_view bytes);

// The row that a sealed value belongs to: it opens nowhere else.
struct Place {
  std::string_view table;
  CreditorId creditor_id;
  int64_t row = 0;
  std::string_view part = {};  // Where the row is not told by a number alone. At most 32 bytes.
};

class Vault {
 public:
  Vault(const Secret& master, const Secret& deployment);

  [[nodiscard]] LookupKey lookup_key(CreditorId creditor, std::string_view kind,
                                     std::string_view value);

  [[nodiscard]] std::string seal(const Secret& key, const Place& place, std::string_view text);
  // None when it was sealed for another place or under another key, or changed since.
  [[nodiscard]] std::optional<std::string> open(const Secret& key, const Place& place,
                                                std::string_view sealed);

  // Keys as the database keeps them: of one fixed length.
  [[nodiscard]] std::string wrap(const Place& place, const Secret& key) {
    return seal(master_, place, bytes_of(key));
  }
  [[nodiscard]] std::optional<Secret> unwrap(const Place& place, std::string_view wrapped);

  // A key of the deployment's own for one use and number: raw events of a day, unknown people of a
  // creditor.
  [[nodiscard]] Secret key_for(std::string_view use, int64_t number);

  // The same for another connection.
  [[nodiscard]] std::unique_ptr<Vault> another() const {
    return std::make_unique<Vault>(master_, deployment_);
  }

 private:
  Secret master_, deployment_;
  KeyedHash hash_;
  Sealer sealer_;
};

// Opens the vault of a database; throws Failure. master_file empty: for a database in memory, whose
// keys nobody needs later. A new database gets a new key file (0600) if there is none. Unsafe: the
// file of an existing database is missing, is readable by everybody, or is that of another one.
[[nodiscard]] std::unique_ptr<Vault> open_vault(Connection& db, const std::string& master_file,
                                                bool read_only);

}  // namespace puntual::store
