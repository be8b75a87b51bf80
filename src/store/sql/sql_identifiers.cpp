#include "store/sql/sql_identifiers.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace puntual::store {
namespace {

constexpr size_t kKeysTogether = 64;

// One after the other, by the whole key: asked with IN, PostgreSQL goes through all of a kind while
// it has no statistics of the table, which is so during the first import.
std::string find_owners(size_t count) {
  std::string asked;
  for (size_t i = 0; i < count; ++i) asked += fmt::format("{}(${})", i == 0 ? "" : ",", i + 3);
  return "SELECT column1, (SELECT debtor_id FROM identifier WHERE creditor_id=$1 AND kind=$2 AND "
         "value_key=column1) FROM (VALUES " +
         asked + ") AS asked";
}
const Sql kFindOwners = Sql::kept(find_owners(kKeysTogether));

std::string claim_of(size_t count) {
  return "INSERT INTO identifier (creditor_id, kind, value_key, debtor_id) VALUES " +
         RowsInto::rows(4, count) + " ON CONFLICT (creditor_id, kind, value_key) DO NOTHING";
}
const Sql kClaim = Sql::kept(claim_of(1)), kClaimMany = Sql::kept(claim_of(kKeysTogether));

// Of hashes, eight bytes are enough.
void put_in_order(auto& all) {
  const auto begins = [](const LookupKey& key) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, key.value.data(), sizeof bytes);
    return std::endian::native == std::endian::little ? __builtin_bswap64(bytes) : bytes;
  };
  std::ranges::sort(all, [&](const auto& a, const auto& b) {
    return a.kind != b.kind ? text_of(a.kind) < text_of(b.kind) : begins(a.key) < begins(b.key);
  });
}

// Of SQLite, whose one writer is this connection.
int64_t changes_of(Connection& db) {
  auto rows = db.query("SELECT total_changes()");
  return rows.next() ? rows.integer(0) : 0;
}

// A row has one to four identifiers: of 32 bits a row at most a third are marked.
constexpr size_t kBitsEach = 32, kBitsMin = size_t{1} << 12;

// Of hashes, any bits are as good as others.
std::array<size_t, 3> places_of(const LookupKey& key, size_t bits) {
  const auto words = std::bit_cast<std::array<uint64_t, 2>>(key);
  return {words[0] & (bits - 1), words[1] & (bits - 1),
          (words[0] >> 32 ^ words[1] >> 32) & (bits - 1)};
}

}  // namespace

FirstImport::FirstImport(size_t rows_max)
    : marked_(std::bit_ceil(std::max(kBitsMin, rows_max * kBitsEach)) / 64) {}

void FirstImport::begin(Connection& db, CreditorId creditor) {
  if (holds_ && !db.is_shared() && changes_of(db) == changes_) return;
  holds_ = !db.query("SELECT 1 FROM identifier WHERE creditor_id=$1 LIMIT 1", {creditor}).next() &&
           !db.query("SELECT 1 FROM invoice WHERE creditor_id=$1 LIMIT 1", {creditor}).next();
}

void FirstImport::end(Connection& db) {
  if (holds_ && !db.is_shared()) changes_ = changes_of(db);
}

bool FirstImport::may_be_known(const LookupKey& key) const {
  return std::ranges::all_of(places_of(key, marked_.size() * 64), [&](size_t place) {
    return (marked_[place / 64] >> place % 64 & 1) != 0;
  });
}

void FirstImport::note(const LookupKey& key) {
  for (const size_t place : places_of(key, marked_.size() * 64))
    marked_[place / 64] |= uint64_t{1} << place % 64;
}

void IdentifierBlock::read(std::vector<Asked> keys) {
  std::erase_if(keys, [&](const Asked& one) {
    return is_known_to_be_free(one.key) || owners_.contains(std::bit_cast<Words>(one.key));
  });
  put_in_order(keys);
  for (std::span<const Asked> left = keys; !left.empty();) {
    const auto others =
        std::ranges::find_if(left, [&](const Asked& one) { return one.kind != left.front().kind; });
    const auto now =
        left.first(std::min<size_t>(static_cast<size_t>(others - left.begin()), kKeysTogether));
    ask(now);
    left = left.subspan(now.size());
  }
}

void IdentifierBlock::ask(std::span<const Asked> keys) {
  std::vector<Param> params{creditor_, text_of(keys.front().kind)};
  for (const auto& one : keys) {
    note(one.key, {});
    params.emplace_back(one.key);
  }
  params.resize(kKeysTogether + 2, params.back());
  for (auto rows = db_.query(kFindOwners, params); rows.next();) {
    if (!rows.is_null(1)) note(*lookup_key_of(rows.bytes(0)), rows.id<DebtorId>(1));
  }
}

void IdentifierBlock::note(const LookupKey& key, DebtorId id) {
  owners_.put(std::bit_cast<Words>(key), id);
  if (id && is_of_first_import()) first_->note(key);
}

std::optional<DebtorId> IdentifierBlock::owner(IdentifierKind kind, const LookupKey& key) {
  if (is_known_to_be_free(key)) return std::nullopt;
  const auto words = std::bit_cast<Words>(key);
  const DebtorId* known = owners_.find(words);
  if (known == nullptr) {
    const Asked asked{kind, key};
    ask({&asked, 1});
    known = owners_.find(words);
  }
  return known != nullptr && *known ? std::optional(*known) : std::nullopt;
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
    for (const auto& [kind, key, id] : now)
      params.insert(params.end(), {creditor_, text_of(kind), key, id});
    const int64_t kept = db_.run(now.size() == 1 ? kClaim : kClaimMany, params);
    if (kept != std::ssize(now))
      throw Failure{
          {ErrorCode::Conflict, "an identifier was given to somebody else meanwhile: import again"},
          true};
    left = left.subspan(now.size());
  }
  claims_.clear();
}

}  // namespace puntual::store
