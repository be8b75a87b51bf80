#include "store/sql/sql_person_keys.h"

#include <algorithm>

namespace puntual::store {
namespace {

// An import names each person a few times in a row: more keys than these need not be at hand.
constexpr size_t kKnownMax = 1024;

const RowsInto kInsertKey("person_key (id, creditor_id, wrapped)", 3);

Place place_of_key(CreditorId creditor, DebtorId person) {
  return {.table = "person_key", .creditor_id = creditor, .row = person.value};
}

bool is_destroyed(std::string_view wrapped) {
  return std::ranges::all_of(wrapped, [](char byte) { return byte == '\0'; });
}

}  // namespace

void PersonKeys::create(CreditorId creditor, DebtorId person) {
  const Secret key = random_secret();
  db_.insert(kInsertKey,
             {person, creditor, Bytes{vault_.wrap(place_of_key(creditor, person), key)}});
  keep(person.value, key);
}

void PersonKeys::destroy(CreditorId creditor, DebtorId person) {
  known_.erase(person.value);
  // In the same length, so that the database writes it over the old one and not elsewhere.
  const std::string zeros(sizeof(Secret) + Sealer::kOverhead, '\0');
  db_.run(
      "INSERT INTO person_key (id, creditor_id, wrapped) VALUES ($2,$1,$3) ON CONFLICT DO NOTHING",
      {creditor, person, Bytes{zeros}});
  db_.run("UPDATE person_key SET wrapped=$3 WHERE creditor_id=$1 AND id=$2",
          {creditor, person, Bytes{zeros}});
}

void PersonKeys::learn(CreditorId creditor, DebtorId person, std::string_view wrapped) {
  if (wrapped.empty() || is_destroyed(wrapped) || known_.contains(person.value)) return;
  keep(person.value, unwrapped(creditor, person, wrapped));
}

Secret PersonKeys::unwrapped(CreditorId creditor, DebtorId person, std::string_view wrapped) {
  const auto key = vault_.unwrap(place_of_key(creditor, person), wrapped);
  if (key) return *key;
  throw Failure{Error{
      ErrorCode::Unsafe,
      fmt::format("the key of person {} was changed outside of this program (restore the database "
                  "from a backup)",
                  person.value)}};
}

std::string PersonKeys::seal(const Place& place, DebtorId person, std::string_view text) {
  const Secret* key = key_of(place.creditor_id, person, IfMissing::Make);
  return key == nullptr ? std::string() : vault_.seal(*key, place, text);
}

std::string PersonKeys::open(const Place& place, DebtorId person, std::string_view sealed) {
  if (sealed.empty()) return {};
  const Secret* key = key_of(place.creditor_id, person, IfMissing::None);
  if (key == nullptr) return {};
  auto text = vault_.open(*key, place, sealed);
  if (!text) {
    throw Failure{Error{
        ErrorCode::Unsafe,
        fmt::format("{} {} of person {}: cannot be opened, it was changed outside of this program "
                    "(restore the database from a backup)",
                    place.table, place.row, person.value)}};
  }
  return *std::move(text);
}

int64_t PersonKeys::count_unreadable(CreditorId creditor) {
  constexpr int kTogether = 5000;
  int64_t unreadable = 0;
  for (int64_t last = INT64_MIN, seen = kTogether; seen == kTogether;) {
    seen = 0;
    auto rows = db_.query(
        "SELECT id, wrapped FROM person_key WHERE creditor_id=$1 AND id > $2 ORDER BY id LIMIT $3",
        {creditor, last, kTogether});
    for (; rows.next(); ++seen) {
      last = rows.integer(0);
      const auto wrapped = rows.bytes(1);
      if (!is_destroyed(wrapped) && !vault_.unwrap(place_of_key(creditor, DebtorId{last}), wrapped))
        ++unreadable;
    }
  }
  return unreadable;
}

const Secret* PersonKeys::key_of(CreditorId creditor, DebtorId person, IfMissing if_missing) {
  // Unknown people: by the creditor, as minus its id, which no person has.
  const int64_t name = person ? person.value : -creditor.value;
  if (const auto found = known_.find(name); found != known_.end()) return &found->second;
  if (!person) return &keep(name, vault_.key_for("unknown people", creditor.value));
  {
    auto rows = db_.query("SELECT wrapped FROM person_key WHERE creditor_id=$1 AND id=$2",
                          {creditor, person});
    if (rows.next()) {
      if (is_destroyed(rows.bytes(0))) return nullptr;
      return &keep(name, unwrapped(creditor, person, rows.bytes(0)));
    }
  }
  if (if_missing == IfMissing::None) return nullptr;
  create(creditor, person);
  return &known_.at(name);
}

const Secret& PersonKeys::keep(int64_t person, const Secret& key) {
  if (known_.size() >= kKnownMax) known_.clear();
  return known_[person] = key;
}

}  // namespace puntual::store
