#include "store/sql/sql_identifiers.h"

#include <algorithm>
#include <cstring>

namespace puntual::store {
namespace {

constexpr size_t kKeysTogether = 64;

// One after the other, by the whole key: asked with IN, PostgreSQL goes through all of a kind while it has no statistics of the
// table, which is so during the first import.
std::string find_owners(size_t count) {
  std::string asked;
  for (size_t i = 0; i < count; ++i) asked += fmt::format("{}(${})", i == 0 ? "" : ",", i + 3);
  return "SELECT column1, (SELECT debtor_id FROM identifier WHERE creditor_id=$1 AND kind=$2 AND value_key=column1) FROM (VALUES " + asked + ") AS asked";
}
const std::string kFindOwners = find_owners(kKeysTogether);

std::string claim_of(size_t count) {
  return "INSERT INTO identifier (creditor_id, kind, value_key, debtor_id) VALUES " + RowsInto::rows(4, count) +
         " ON CONFLICT (creditor_id, kind, value_key) DO NOTHING";
}
const std::string kClaim = claim_of(1), kClaimMany = claim_of(kKeysTogether);

void put_in_order(auto& all) {
  std::ranges::sort(all, {}, [](const auto& one) { return std::pair(text_of(one.kind), one.key.value); });
}

}  // namespace

size_t IdentifierBlock::Hash::operator()(const LookupKey& key) const {
  size_t hash = 0;
  std::memcpy(&hash, key.value.data(), sizeof hash);
  return hash;
}

void IdentifierBlock::read(std::vector<Asked> keys) {
  put_in_order(keys);
  owners_.reserve(owners_.size() + keys.size());
  for (size_t first = 0; first < keys.size();) {
    const auto kind = keys[first].kind;
    std::vector<Param> params{creditor_, text_of(kind)};
    for (; first < keys.size() && keys[first].kind == kind && params.size() < kKeysTogether + 2; ++first) {
      owners_.try_emplace(keys[first].key);
      params.emplace_back(keys[first].key);
    }
    params.resize(kKeysTogether + 2, params.back());
    for (auto rows = db_.query(kFindOwners.c_str(), params); rows.next();) {
      if (!rows.is_null(1)) note(*lookup_key_of(rows.bytes(0)), rows.id<DebtorId>(1));
    }
  }
}

std::optional<DebtorId> IdentifierBlock::owner(IdentifierKind kind, const LookupKey& key) {
  if (!owners_.contains(key)) read({{kind, key}});
  const DebtorId id = owners_.at(key);
  return id ? std::optional(id) : std::nullopt;
}

bool IdentifierBlock::claim(IdentifierKind kind, const LookupKey& key, DebtorId id) {
  if (owner(kind, key)) return false;
  note(key, id);
  claims_.push_back({kind, key, id});
  return true;
}

void IdentifierBlock::keep() {
  put_in_order(claims_);
  std::vector<Param> params;
  for (std::span<const Claim> left = claims_; !left.empty();) {
    const auto now = left.first(left.size() < kKeysTogether ? 1 : kKeysTogether);
    params.clear();
    for (const auto& [kind, key, id] : now) params.insert(params.end(), {creditor_, text_of(kind), key, id});
    const int64_t kept = db_.run((now.size() == 1 ? kClaim : kClaimMany).c_str(), params);
    if (kept != std::ssize(now)) throw Failure{{ErrorCode::Conflict, "an identifier was given to somebody else meanwhile: import again"}, true};
    left = left.subspan(now.size());
  }
  claims_.clear();
}

}  // namespace puntual::store
