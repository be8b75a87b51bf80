#include "store/vault.h"

#include <cstring>

#include "store/master_key.h"
#include "store/rotate.h"

namespace puntual::store {
namespace {

constexpr char kDeploymentKey[] = "deployment_key";
constexpr Place kDeploymentPlace{.table = "deployment", .creditor_id = {}};

// Texts put one behind the other in a buffer of its own: these are made for every row.
class Joined {
 public:
  void add(std::string_view text) {
    PUNTUAL_CHECK(size_ + text.size() < sizeof bytes_);
    size_ += text.copy(bytes_ + size_, text.size());
  }
  void add(int64_t number) {
    add(std::string_view(reinterpret_cast<const char*>(&number), sizeof number));
  }
  [[nodiscard]] std::string_view text() const { return {bytes_, size_}; }

 private:
  char bytes_[512];
  size_t size_ = 0;
};

// Numbers first, as they are of one length; no name contains a zero.
Joined bound_of(const Place& place) {
  Joined bound;
  bound.add(place.creditor_id.value);
  bound.add(place.row);
  bound.add(place.table);
  bound.add(std::string_view("\0", 1));
  bound.add(place.part);
  return bound;
}

[[noreturn]] void throw_unsafe(std::string message) {
  throw Failure{Error{ErrorCode::Unsafe, std::move(message)}};
}

std::string wrapped_deployment_key(Connection& db) {
  auto rows = db.query("SELECT value FROM deployment WHERE name = $1", {kDeploymentKey});
  return rows.next() ? bytes_of_base64(rows.view(0)).value_or("damaged") : std::string();
}

}  // namespace

std::optional<LookupKey> lookup_key_of(std::string_view bytes) {
  LookupKey key;
  if (bytes.size() != key.value.size()) return std::nullopt;
  std::memcpy(key.value.data(), bytes.data(), bytes.size());
  return key;
}

Vault::Vault(const Secret& master, const Secret& deployment)
    : master_(master), deployment_(deployment), hash_(deployment) {}

LookupKey Vault::lookup_key(CreditorId creditor, std::string_view kind, std::string_view value) {
  Joined all;
  all.add(creditor.value);
  all.add(kind);
  all.add(std::string_view("\0", 1));
  // A value longer than any real one is known by its digest.
  const Digest digest = value.size() > 256 ? sha256(value) : Digest{};
  all.add(value.size() > 256 ? bytes_of(digest) : value);
  const Digest hash = hash_.of(all.text());
  LookupKey key;
  std::memcpy(key.value.data(), hash.data(), key.value.size());
  return key;
}

std::string Vault::seal(const Secret& key, const Place& place, std::string_view text) {
  return sealer_.seal(key, bound_of(place).text(), text);
}

std::optional<std::string> Vault::open(const Secret& key, const Place& place,
                                       std::string_view sealed) {
  return sealer_.open(key, bound_of(place).text(), sealed);
}

std::optional<Secret> Vault::unwrap(const Place& place, std::string_view wrapped) {
  const auto bytes = open(master_, place, wrapped);
  Secret key;
  if (!bytes || bytes->size() != key.size()) return std::nullopt;
  std::memcpy(key.data(), bytes->data(), key.size());
  return key;
}

Secret Vault::key_for(std::string_view use, int64_t number) {
  Joined all;
  all.add("key for ");
  all.add(use);
  all.add(number);
  return hash_.of(all.text());
}

std::unique_ptr<Vault> open_vault(Connection& db, const std::string& master_file, bool read_only) {
  if (!master_file.empty() && is_rotating(master_file)) {
    if (read_only)
      throw_unsafe(fmt::format(
          "{}.next: the master key is being changed: finish it with: puntual key rotate",
          master_file));
    finish_rotation(db, master_file);
  }
  if (is_half_rotated(db))
    throw_unsafe(
        "the master key is being changed on another machine: finish it there with: puntual key "
        "rotate");
  const std::string wrapped = wrapped_deployment_key(db);
  if (wrapped.empty() && read_only)
    throw_unsafe("the database has no key yet: start the server once, it makes one");
  const bool in_memory = master_file.empty();
  const Secret master = in_memory         ? random_secret()
                        : wrapped.empty() ? read_or_make_master_key(master_file)
                                          : read_master_key(master_file);
  if (wrapped.empty()) {
    const Secret deployment = random_secret();
    auto vault = std::make_unique<Vault>(master, deployment);
    db.run("INSERT INTO deployment (name, value) VALUES ($1, $2)",
           {kDeploymentKey, base64(vault->wrap(kDeploymentPlace, deployment))});
    return vault;
  }
  const auto deployment = Vault(master, master).unwrap(kDeploymentPlace, wrapped);
  if (!deployment)
    throw_unsafe(
        fmt::format("{}: is the key of another database, or from before a puntual key rotate (put "
                    "this one's own key there)",
                    master_file));
  return std::make_unique<Vault>(master, *deployment);
}

}  // namespace puntual::store
