#include "store/store.h"

#include "store/postgres/postgres_connection.h"
#include "store/postgres/postgres_store.h"
#include "store/sqlite/sqlite_store.h"

namespace puntual {
namespace {

constexpr std::string_view kSqlite = "sqlite:";

bool is_sqlite(std::string_view url) { return url.starts_with(kSqlite); }
std::string sqlite_path(const std::string& url) { return url.substr(kSqlite.size()); }

Result<std::unique_ptr<Store>> open_store(const std::string& url, const StoreOptions& options,
                                          bool read_only) {
  if (is_sqlite(url)) return store::open_sqlite_store(sqlite_path(url), options, read_only);
  if (Store::is_shared(url)) return store::open_postgres_store(url, options, read_only);
  return fail(ErrorCode::Invalid,
              "'{}' is not a database we know (expected sqlite:PATH or postgresql://…)",
              Store::shown(url));
}

}  // namespace

bool Store::is_shared(std::string_view url) {
  return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

std::string Store::shown(const std::string& url) {
  return is_sqlite(url) ? url : store::without_password(url);
}

Result<void> Store::exists(const std::string& url) {
  if (is_sqlite(url)) return store::sqlite_store_exists(sqlite_path(url));
  return {};  // A server says so itself.
}

std::optional<std::string> Store::holder(const std::string& url) {
  if (!is_sqlite(url)) return std::nullopt;
  return store::sqlite_store_holder(sqlite_path(url));
}

Result<std::unique_ptr<Store>> Store::open(const std::string& url, const StoreOptions& options) {
  return open_store(url, options, false);
}
Result<std::unique_ptr<Store>> Store::open_read_only(const std::string& url,
                                                     const StoreOptions& options) {
  return open_store(url, options, true);
}

Result<bool> Store::erase(CreditorId creditor, DebtorId person, Instant now) {
  ASSIGN_OR_RETURN(const bool erased, write([&](Tx& tx) {
                     tx.debtors.hold(creditor, {person});
                     if (!tx.erasure.erase(creditor, person, now)) return false;
                     tx.timeline.append({.creditor_id = creditor,
                                         .debtor_id = person,
                                         .at = now,
                                         .kind = "erased",
                                         .detail = {}},
                                        tx.ids);
                     return true;
                   }));
  // Asked again, it is forgotten as well: the first time somebody may have been reading.
  RETURN_IF_ERROR(forget_log());
  return erased;
}

}  // namespace puntual
