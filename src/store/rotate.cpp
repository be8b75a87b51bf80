#include "store/rotate.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/durable_file.h"
#include "store/master_key.h"
#include "store/vault.h"

namespace puntual::store {
namespace {

constexpr int64_t kBatch = 5000;
constexpr char kDeploymentFact[] = "deployment_key";
constexpr char kRotationFact[] = "key_rotation";

std::string next_file(const std::string& master_file) { return master_file + ".next"; }

struct Wrapped {
  CreditorId creditor;
  int64_t person = 0;
  std::string bytes;
};

// Both keys: what the old one opens is wrapped under the new one; what the new one opens was done
// before a crash.
class Rewrapper {
 public:
  Rewrapper(const Secret& old_key, const Secret& new_key)
      : old_(old_key, old_key), new_(new_key, new_key) {}
  // None: nothing to change.
  [[nodiscard]] std::optional<std::string> again(const Place& place, std::string_view wrapped,
                                                 std::string_view whose) {
    if (std::ranges::all_of(wrapped, [](char byte) { return byte == '\0'; })) return std::nullopt;
    if (const auto key = old_.unwrap(place, wrapped)) return new_.wrap(place, *key);
    if (new_.unwrap(place, wrapped)) return std::nullopt;
    throw Failure{
        Error{ErrorCode::Unsafe, fmt::format("the key of {} opens with neither master key: put "
                                             "back the one that belongs to this database",
                                             whose)}};
  }

 private:
  Vault old_, new_;
};

std::vector<Wrapped> batch_after(Connection& db, const Wrapped& last) {
  std::vector<Wrapped> batch;
  auto rows = db.query(
      "SELECT creditor_id, id, wrapped FROM person_key WHERE creditor_id > $1 OR (creditor_id = $1 "
      "AND id > $2) "
      "ORDER BY creditor_id, id LIMIT $3",
      {last.creditor, last.person, kBatch});
  while (rows.next())
    batch.push_back({.creditor = rows.id<CreditorId>(0),
                     .person = rows.integer(1),
                     .bytes = std::string(rows.bytes(2))});
  return batch;
}

}  // namespace

void prepare_next_master_key(const std::string& master_file) {
  (void)read_master_key(master_file);
  (void)read_or_make_master_key(next_file(master_file));
}

bool is_rotating(const std::string& master_file) {
  return ::access(next_file(master_file).c_str(), F_OK) == 0;
}

bool is_half_rotated(Connection& db) {
  return db.query("SELECT 1 FROM deployment WHERE name=$1", {kRotationFact}).next();
}

bool finish_rotation(Connection& db, const std::string& master_file, int64_t batches_max) {
  Rewrapper rewrapper(read_master_key(master_file), read_master_key(next_file(master_file)));
  db.run("INSERT INTO deployment (name, value) VALUES ($1, '') ON CONFLICT (name) DO NOTHING",
         {kRotationFact});
  Wrapped last;
  for (auto batch = batch_after(db, last); !batch.empty(); batch = batch_after(db, last)) {
    if (batches_max-- <= 0) return false;
    db.begin();
    for (const auto& one : batch) {
      const auto wrapped =
          rewrapper.again({.table = "person_key", .creditor_id = one.creditor, .row = one.person},
                          one.bytes, fmt::format("person {}", one.person));
      if (wrapped)
        db.run("UPDATE person_key SET wrapped=$3 WHERE creditor_id=$1 AND id=$2",
               {one.creditor, one.person, Bytes{*wrapped}});
    }
    db.commit();
    last = std::move(batch.back());
  }
  std::string fact;
  if (auto rows = db.query("SELECT value FROM deployment WHERE name=$1", {kDeploymentFact});
      rows.next())
    fact = rows.text(0);
  const auto wrapped = rewrapper.again({.table = "deployment", .creditor_id = {}},
                                       bytes_of_base64(fact).value_or("damaged"), "the deployment");
  db.begin();
  if (wrapped)
    db.run("UPDATE deployment SET value=$2 WHERE name=$1", {kDeploymentFact, base64(*wrapped)});
  db.run("DELETE FROM deployment WHERE name=$1", {kRotationFact});
  db.commit();
  if (::rename(next_file(master_file).c_str(), master_file.c_str()) != 0) {
    throw Failure{Error{ErrorCode::Forbidden, fmt::format("{}: cannot be replaced: {}", master_file,
                                                          std::strerror(errno))}};
  }
  if (const auto synced = sync_folder_of(master_file); !synced) throw Failure{synced.error()};
  return true;
}

}  // namespace puntual::store
