#include "store/sqlite/sqlite_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/failpoint.h"
#include "store/master_key.h"
#include "store/migrate.h"
#include "store/sqlite/sqlite_connection.h"
#include "store/transaction.h"
#include "store/turnstile.h"

namespace puntual::store {
namespace {

// Held for the life of a process that writes: a second one on the same file refuses to start
// (INV-28).
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
      throw Failure{Error{ErrorCode::Forbidden,
                          fmt::format("{}: cannot be created: {}", path, std::strerror(errno))}};
    }
    struct flock whole = whole_file();
    if (::fcntl(descriptor_, F_OFD_SETLK, &whole) != 0) {
      ::close(descriptor_);
      throw Failure{Error{ErrorCode::Unsafe,
                          fmt::format("{}: another puntual process is using this database; stop it "
                                      "first, or give this command to it",
                                      path)}};
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
// Entries of the ledger and of consents are kept in another order than that of their ids; a younger
// event of the timeline stands beside them.
int64_t last_sqlite_id(Connection& db) {
  auto rows = db.query(
      "SELECT MAX(id) FROM (SELECT MAX(id) AS id FROM debtor UNION ALL SELECT MAX(id) FROM invoice "
      "UNION ALL SELECT MAX(id) FROM payment UNION ALL SELECT MAX(id) FROM allocation "
      "UNION ALL SELECT MAX(id) FROM outbox UNION ALL SELECT MAX(id) FROM inbox "
      "UNION ALL SELECT MAX(id) FROM case_flag UNION ALL SELECT MAX(id) FROM contact_hours_wish "
      "UNION ALL SELECT MAX(id) FROM conversation_message UNION ALL SELECT MAX(id) FROM timeline) "
      "AS newest");
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
  SqliteStore(const std::string& path, const StoreOptions& options, bool read_only) {
    const bool in_memory = path == ":memory:";
    const std::string key_file = in_memory                     ? ""
                                 : options.master_file.empty() ? usual_master_file(path)
                                                               : options.master_file;
    if (read_only) {
      connection_ = open_sqlite(path, SqliteMode::Reader);
      require_schema(*connection_);
      vault_ = open_vault(*connection_, key_file, read_only);
      return;
    }
    if (!in_memory) {
      lock_ = std::make_unique<FileLock>(lock_path(path));
      lock_->note("");
      failpoint("start.locked");
    }
    connection_ = open_sqlite(path, SqliteMode::Writer);
    if (!in_memory) keep_copy_before_migration(*connection_, path);
    migrate(*connection_, Dialect::Sqlite);
    failpoint("start.schema_ready");
    vault_ = open_vault(*connection_, key_file, read_only);
    ids_.continue_after(last_sqlite_id(*connection_));
    connection_->begin();
    node_ = Nodes(*connection_).take_alone(fmt::format("{}", ::getpid()));
    connection_->commit();
    if (in_memory) return;
    reader_ = open_sqlite(path, SqliteMode::Reader);
    readers_vault_ = vault_->another();
  }

  Result<void> forget_log() override {
    const Turn writers(write_turn_);
    const Turn readers(read_turn_);  // A reader of ours would hold the log back.
    try {
      auto rows = connection_->query("PRAGMA wal_checkpoint(TRUNCATE)");
      if (!rows.next() || rows.integer(0) == 0) return {};
    } catch (const Failure& failure) {
      return std::unexpected(failure.error);
    }
    return fail(ErrorCode::Unavailable,
                "the database's log is being read by another process: try again when it has ended");
  }

  std::unique_ptr<Vault> another_vault() const override { return vault_->another(); }
  [[nodiscard]] NodeLease node() const override { return node_; }
  [[nodiscard]] bool others_wait() override { return write_turn_.has_others(); }
  void note_holder(const std::string& text) override {
    if (lock_) lock_->note(text);
  }

 protected:
  Result<void> run_transaction(Lane lane, const std::function<bool(Tx&)>& body) override {
    const bool on_reader = lane == Lane::Read && reader_ != nullptr;
    const Turn turn(on_reader ? read_turn_ : write_turn_);
    return run_on(on_reader ? *reader_ : *connection_, on_reader ? *readers_vault_ : *vault_, ids_,
                  node_, lane, body);
  }

 private:
  std::unique_ptr<FileLock> lock_;
  std::unique_ptr<Connection> connection_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<Connection> reader_;
  std::unique_ptr<Vault> readers_vault_;
  Turnstile write_turn_;
  Turnstile read_turn_;
  IdSource ids_;
  NodeLease node_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& path,
                                                 const StoreOptions& options, bool read_only) {
  if (path.empty())
    return fail(ErrorCode::Invalid, "'sqlite:': the path is missing (expected sqlite:PATH)");
  if (read_only) RETURN_IF_ERROR(sqlite_store_exists(path));
  try {
    return std::make_unique<SqliteStore>(path, options, read_only);
  } catch (const Failure& failure) {
    return std::unexpected(failure.error);
  }
}

Result<void> sqlite_store_exists(const std::string& path) {
  if (::access(path.c_str(), F_OK) == 0) return {};
  return fail(
      ErrorCode::NotFound,
      "{}: no such database (name its folder with --data-dir, or make one with: puntual init)",
      path);
}

std::optional<std::string> sqlite_store_holder(const std::string& path) {
  return FileLock::read_note(lock_path(path));
}

}  // namespace puntual::store
