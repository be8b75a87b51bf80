#include "store/store.h"

#include <fcntl.h>
#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <cstring>
#include <mutex>

#include "base/failpoint.h"
#include "store/master_key.h"
#include "store/migrate.h"
#include "store/sqlite/sqlite_connection.h"

namespace puntual {
namespace {

// A mutex that is fair: writers go in the order they came, so that the engine's loop cannot starve intake.
class Turnstile {
 public:
  void enter() {
    std::unique_lock lock(mutex_);
    const uint64_t ticket = next_ticket_++;
    turn_.wait(lock, [&] { return serving_ == ticket; });
  }
  void leave() {
    {
      std::lock_guard lock(mutex_);
      ++serving_;
    }
    turn_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable turn_;
  uint64_t next_ticket_ = 0;
  uint64_t serving_ = 0;
};

class Turn {
 public:
  explicit Turn(Turnstile& turnstile) : turnstile_(turnstile) { turnstile_.enter(); }
  Turn(const Turn&) = delete;
  ~Turn() { turnstile_.leave(); }

 private:
  Turnstile& turnstile_;
};

// Held for the life of a process that writes: a second one on the same file refuses to start (INV-28).
class FileLock {
  static struct flock whole_file() {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
  }

 public:
  explicit FileLock(const std::string& path) {
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ < 0) {
      throw store::Failure{Error{ErrorCode::Forbidden, fmt::format("{}: cannot be created: {}", path, std::strerror(errno))}};
    }
    struct flock whole = whole_file();
    if (::fcntl(descriptor_, F_OFD_SETLK, &whole) != 0) {
      ::close(descriptor_);
      throw store::Failure{Error{ErrorCode::Unsafe, fmt::format("{}: another puntual process is using this database; stop it "
                                                                "first, or give this command to it", path)}};
    }
  }
  FileLock(const FileLock&) = delete;
  ~FileLock() { ::close(descriptor_); }

  void note(const std::string& text) {
    if (::ftruncate(descriptor_, 0) == 0) (void)!::pwrite(descriptor_, text.data(), text.size(), 0);
  }
  // None when nobody holds the lock.
  static std::optional<std::string> read_note(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return std::nullopt;
    std::optional<std::string> text;
    // Asks without taking: a server that starts at this moment must find the lock free.
    struct flock whole = whole_file();
    if (::fcntl(descriptor, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK) {
      char bytes[512];
      const ssize_t size = ::pread(descriptor, bytes, sizeof bytes, 0);
      text = std::string(bytes, size > 0 ? static_cast<size_t>(size) : 0);
    }
    ::close(descriptor);
    return text;
  }

 private:
  int descriptor_;
};

// The newest id of the database: a clock that was set back must not give out the same ones again.
int64_t last_id(store::Connection& db) {
  auto rows = db.query(
      "SELECT MAX(id) FROM (SELECT MAX(id) AS id FROM debtor UNION ALL SELECT MAX(id) FROM invoice "
      "UNION ALL SELECT MAX(id) FROM payment UNION ALL SELECT MAX(id) FROM allocation UNION ALL SELECT MAX(id) FROM ledger_entry "
      "UNION ALL SELECT MAX(id) FROM consent UNION ALL SELECT MAX(id) FROM outbox UNION ALL SELECT MAX(id) FROM inbox "
      "UNION ALL SELECT MAX(id) FROM case_flag UNION ALL SELECT MAX(id) FROM contact_hours_wish "
      "UNION ALL SELECT MAX(id) FROM conversation_message UNION ALL SELECT MAX(id) FROM timeline) AS newest");
  return rows.next() && !rows.is_null(0) ? rows.integer(0) : 0;
}

// One lock for one file, by whatever name or link it is called.
std::string lock_path(const std::string& path) {
  std::error_code error;
  const auto real = std::filesystem::weakly_canonical(path, error);
  return (error ? path : real.string()) + ".lock";
}

class SqliteStore final : public Store {
 public:
  SqliteStore(const std::string& path, const std::string& master_file, bool read_only) {
    const bool in_memory = path == ":memory:";
    const std::string key_file = in_memory ? "" : master_file.empty() ? store::usual_master_file(path) : master_file;
    if (read_only) {
      connection_ = store::open_sqlite(path, store::SqliteMode::Reader);
      store::require_schema(*connection_);
      vault_ = store::open_vault(*connection_, key_file, read_only);
      return;
    }
    if (!in_memory) {
      lock_ = std::make_unique<FileLock>(lock_path(path));
      lock_->note("");
      failpoint("start.locked");
    }
    connection_ = store::open_sqlite(path, store::SqliteMode::Writer);
    store::migrate(*connection_, store::Dialect::Sqlite);
    failpoint("start.schema_ready");
    vault_ = store::open_vault(*connection_, key_file, read_only);
    ids_.continue_after(last_id(*connection_));
    if (in_memory) return;
    reader_ = store::open_sqlite(path, store::SqliteMode::Reader);
    readers_vault_ = vault_->another();
  }

  Result<void> forget_log() override {
    const Turn writers(write_turn_);
    const Turn readers(read_turn_);  // A reader of ours would hold the log back.
    try {
      auto rows = connection_->query("PRAGMA wal_checkpoint(TRUNCATE)");
      if (!rows.next() || rows.integer(0) == 0) return {};
    } catch (const store::Failure& failure) {
      return std::unexpected(failure.error);
    }
    return fail(ErrorCode::Unavailable, "the database's log is being read by another process: try again when it has ended");
  }

  void note_holder(const std::string& text) override {
    if (lock_) lock_->note(text);
  }

 protected:
  Result<void> run_transaction(bool writes, const std::function<bool(Tx&)>& body) override {
    const bool on_reader = !writes && reader_ != nullptr;
    Turnstile& turnstile = on_reader ? read_turn_ : write_turn_;
    store::Connection& db = on_reader ? *reader_ : *connection_;
    const Turn turn(turnstile);
    return in_turn(db, on_reader ? *readers_vault_ : *vault_, writes, body);
  }

 private:
  Result<void> in_turn(store::Connection& db, store::Vault& vault, bool writes, const std::function<bool(Tx&)>& body) {
    try {
      if (writes) {
        db.begin();
        failpoint("store.begun");
      } else {
        db.run("BEGIN");
      }
      Tx tx(db, ids_, vault);
      if (body(tx)) {
        if (writes) failpoint("store.committing");
        db.commit();
        if (writes) failpoint("store.committed");
      } else {
        db.rollback();
      }
      return {};
    } catch (const store::Failure& failure) {
      db.rollback();
      return std::unexpected(failure.error);
    } catch (...) {
      db.rollback();
      throw;
    }
  }

  std::unique_ptr<FileLock> lock_;
  std::unique_ptr<store::Connection> connection_;
  std::unique_ptr<store::Vault> vault_;
  std::unique_ptr<store::Connection> reader_;
  std::unique_ptr<store::Vault> readers_vault_;
  Turnstile write_turn_;
  Turnstile read_turn_;
  IdSource ids_;
};

constexpr std::string_view kSqlite = "sqlite:";

Result<std::unique_ptr<Store>> open_store(const std::string& url, const std::string& master_file, bool read_only) {
  if (!url.starts_with(kSqlite)) {
    return fail(ErrorCode::Invalid, "'{}' is not a database we know (expected sqlite:PATH)", url);
  }
  const std::string path = url.substr(kSqlite.size());
  if (path.empty()) return fail(ErrorCode::Invalid, "'{}': the path is missing (expected sqlite:PATH)", url);
  if (read_only && ::access(path.c_str(), R_OK) != 0) {
    return fail(ErrorCode::NotFound, "{}: no such database (create it with: puntual init)", path);
  }
  try {
    return std::make_unique<SqliteStore>(path, master_file, read_only);
  } catch (const store::Failure& failure) {
    return std::unexpected(failure.error);
  }
}

}  // namespace

Result<void> Store::exists(const std::string& url) {
  if (!url.starts_with(kSqlite) || ::access(url.substr(kSqlite.size()).c_str(), F_OK) == 0) return {};
  return fail(ErrorCode::NotFound, "{}: no such database (name its folder with --data-dir, or make one with: puntual init)",
              url.substr(kSqlite.size()));
}

std::optional<std::string> Store::holder(const std::string& url) {
  if (!url.starts_with(kSqlite)) return std::nullopt;
  return FileLock::read_note(lock_path(url.substr(kSqlite.size())));
}

Result<std::unique_ptr<Store>> Store::open(const std::string& url, const std::string& master_file) {
  return open_store(url, master_file, false);
}
Result<std::unique_ptr<Store>> Store::open_read_only(const std::string& url, const std::string& master_file) {
  return open_store(url, master_file, true);
}

Result<bool> Store::erase(CreditorId creditor, DebtorId person, Instant now) {
  ASSIGN_OR_RETURN(const bool erased, write([&](Tx& tx) {
                     if (!tx.erasure.erase(creditor, person, now)) return false;
                     tx.timeline.append({.creditor_id = creditor, .debtor_id = person, .at = now, .kind = "erased", .detail = {}}, tx.ids);
                     return true;
                   }));
  // Asked again, it is forgotten as well: the first time somebody may have been reading.
  RETURN_IF_ERROR(forget_log());
  return erased;
}

}  // namespace puntual
