#include "store/postgres/postgres_store.h"

#include <fmt/ranges.h>

#include <condition_variable>
#include <mutex>

#include "base/failpoint.h"
#include "store/migrate.h"
#include "store/node_keeper.h"
#include "store/postgres/postgres_connection.h"
#include "store/rotate.h"
#include "store/transaction.h"
#include "store/turnstile.h"

namespace puntual::store {
namespace {

constexpr int kReaders = 3;

// The newest id of all creditors: a clock that was set back must not give out the same ones again.
// Each of them is the end of an index; 0 is whose nothing is known of yet. Entries of the ledger
// and of consents are kept in another order than that of their ids; a younger event of the timeline
// stands beside them.
constexpr char kLastId[] =
    "SELECT MAX(GREATEST("
    "(SELECT id FROM debtor t WHERE t.creditor_id=c.id ORDER BY id DESC LIMIT 1), "
    "(SELECT id FROM invoice t WHERE t.creditor_id=c.id ORDER BY id DESC LIMIT 1), "
    "(SELECT id FROM payment t WHERE t.creditor_id=c.id ORDER BY id DESC LIMIT 1), "
    "(SELECT id FROM allocation t WHERE t.creditor_id=c.id ORDER BY id DESC LIMIT 1), "
    "(SELECT id FROM outbox t WHERE t.creditor_id=c.id ORDER BY id DESC LIMIT 1), "
    "(SELECT id FROM inbox t WHERE t.creditor_id=c.id ORDER BY id DESC LIMIT 1), "
    "(SELECT id FROM case_flag t WHERE t.creditor_id=c.id ORDER BY id DESC LIMIT 1), "
    "(SELECT id FROM contact_hours_wish t WHERE t.creditor_id=c.id ORDER BY id DESC LIMIT 1), "
    "(SELECT id FROM conversation_message t WHERE t.creditor_id=c.id ORDER BY id DESC LIMIT 1), "
    "(SELECT id FROM timeline t WHERE t.creditor_id=c.id ORDER BY id DESC LIMIT 1))) "
    "FROM (SELECT id FROM creditor UNION ALL SELECT 0) AS c";

int64_t last_postgres_id(Connection& db) {
  auto rows = db.query(kLastId);
  return rows.next() && !rows.is_null(0) ? rows.integer(0) : 0;
}

// A connection and what belongs to it.
struct Session {
  std::unique_ptr<Connection> db;
  std::unique_ptr<Vault> vault;
  Turnstile turnstile;
};

class PostgresStore final : public Store {
 public:
  PostgresStore(const std::string& url, const StoreOptions& options, bool read_only)
      : url_(url), read_only_(read_only) {
    writer_.db = open_postgres(url, health_);
    incarnation_ = writer_.db->incarnation();
    warnings_ = require_durable_postgres(*writer_.db);
    if (read_only) {
      require_schema(*writer_.db);
      writer_.vault = open_vault(*writer_.db, options.master_file, read_only);
      return;
    }
    // Nodes that start at the same time bring the schema up to date, and make the first key, one
    // after the other.
    writer_.db->script("SELECT pg_advisory_lock(1886744940)");
    migrate(*writer_.db, Dialect::Postgres);
    failpoint("start.schema_ready");
    // Before the key is read: whoever changes it sees every node that knows it.
    keeper_ = std::make_unique<NodeKeeper>(open_postgres(url, health_), options.node_ttl_ms,
                                           options.on_time);
    if (is_rotating(options.master_file)) require_no_other_node();
    writer_.vault = open_vault(*writer_.db, options.master_file, read_only);
    writer_.db->script("SELECT pg_advisory_unlock(1886744940)");
    ids_ = intake_ids_ = IdSource(keeper_->lease().number);
    // Asked when nobody else can make ids with this number any more.
    const int64_t last = last_postgres_id(*writer_.db);
    ids_.continue_after(last);
    intake_ids_.continue_after(last);
    intake_.db = open_postgres(url, health_);
    intake_.vault = writer_.vault->another();
    for (Session* session : {&writer_, &intake_})
      session->db->name_session(session_name(keeper_->lease()));
  }

  // What was overwritten goes from the tables; the server's log holds it until its files are used
  // again (docs/operating.md).
  Result<void> forget_log() override {
    const Turn turn(writer_.turnstile);
    try {
      writer_.db->script("VACUUM person_key");
      return {};
    } catch (const Failure& failure) {
      return std::unexpected(failure.error);
    }
  }
  void note_holder(const std::string&) override {}
  std::unique_ptr<Vault> another_vault() const override { return writer_.vault->another(); }
  [[nodiscard]] NodeLease node() const override { return keeper_ ? keeper_->lease() : NodeLease{}; }
  [[nodiscard]] bool has_lost_node() const override { return keeper_ && keeper_->is_lost(); }
  void hurry() override { health_->is_hurried = true; }
  std::vector<std::string> warnings() const override { return warnings_; }
  [[nodiscard]] std::string incarnation() const override {
    const std::lock_guard lock(incarnation_mutex_);
    return incarnation_;
  }
  void when_taken_over(std::function<void(Tx&)> then) override {
    when_taken_over_ = std::move(then);
  }

 protected:
  Result<void> run_transaction(Lane lane, const std::function<bool(Tx&)>& body) override {
    if (lane == Lane::Read && !read_only_) return read_beside(body);
    if (lane != Lane::Read && read_only_)
      return fail(ErrorCode::Forbidden, "the database was opened for reading only");
    const bool is_intake = lane == Lane::Intake;
    Session& session = is_intake ? intake_ : writer_;
    const Turn turn(session.turnstile);
    auto done = is_intake ? run_on(*session.db, *session.vault, intake_ids_, node(), lane, body)
                          : run_on_writer(lane, body);
    // One row too few: perhaps that of our number.
    if (!done && done.error().code == ErrorCode::Conflict && keeper_) keeper_->renew();
    if (done || !has_lost_node()) return done;
    return fail(ErrorCode::Unsafe,
                "node {} is somebody else's, or the master key was changed: this process was not "
                "heard of for too long, and writes no more",
                node().number);
  }

 private:
  // The others know the present key: what they wrote would be lost with it.
  void require_no_other_node() {
    writer_.db->begin();
    const auto alive = Nodes(*writer_.db, keeper_->lease()).fence_out_others();
    if (alive.empty()) return writer_.db->commit();
    writer_.db->rollback();
    throw Failure{
        {ErrorCode::Unsafe, fmt::format("the master key is to be changed, and other processes that "
                                        "know the present one write to this "
                                        "database: stop them first ({})",
                                        fmt::join(alive, ", "))}};
  }
  Result<void> run_on_writer(Lane lane, const std::function<bool(Tx&)>& body) {
    const std::string known = incarnation();
    bool is_kept = false;
    const auto first_look = [&](Tx& tx) {
      if (when_taken_over_ && tx.db.incarnation() != known) when_taken_over_(tx);
      return is_kept = body(tx);
    };
    auto done = run_on(*writer_.db, *writer_.vault, ids_, node(), lane, first_look);
    if (done && is_kept && writer_.db->incarnation() != known) {
      const std::lock_guard lock(incarnation_mutex_);
      incarnation_ = writer_.db->incarnation();
    }
    return done;
  }
  Result<void> read_beside(const std::function<bool(Tx&)>& body) {
    std::unique_ptr<Session> reader;
    {
      std::unique_lock lock(readers_mutex_);
      reader_free_.wait(lock, [&] { return !readers_.empty() || readers_made_ < kReaders; });
      if (!readers_.empty()) {
        reader = std::move(readers_.back());
        readers_.pop_back();
      } else {
        ++readers_made_;
      }
    }
    try {
      const auto answer = read_with(reader, body);
      give_back(std::move(reader));
      return answer;
    } catch (...) {  // A broken assumption of the body's: the next reader still finds a place.
      give_back(std::move(reader));
      throw;
    }
  }
  void give_back(std::unique_ptr<Session> reader) {
    {
      const std::lock_guard lock(readers_mutex_);
      if (reader) {
        readers_.push_back(std::move(reader));
      } else {
        --readers_made_;
      }
    }
    reader_free_.notify_one();
  }
  // Makes the session when there is none yet.
  Result<void> read_with(std::unique_ptr<Session>& reader, const std::function<bool(Tx&)>& body) {
    try {
      if (!reader)
        reader.reset(new Session{.db = open_postgres(url_, health_),
                                 .vault = writer_.vault->another(),
                                 .turnstile = {}});
    } catch (const Failure& failure) {
      return std::unexpected(failure.error);
    }
    IdSource no_ids;  // A reader makes none.
    return run_on(*reader->db, *reader->vault, no_ids, node(), Lane::Read, body);
  }

  std::string url_;
  const std::shared_ptr<ServerHealth> health_ = std::make_shared<ServerHealth>();
  bool read_only_;
  std::vector<std::string> warnings_;
  std::function<void(Tx&)> when_taken_over_;
  mutable std::mutex incarnation_mutex_;
  std::string incarnation_;
  std::unique_ptr<NodeKeeper> keeper_;
  IdSource ids_, intake_ids_;
  Session writer_, intake_;
  std::mutex readers_mutex_;
  std::condition_variable reader_free_;
  std::vector<std::unique_ptr<Session>> readers_;
  int readers_made_ = 0;
};

}  // namespace

Result<std::unique_ptr<Store>> open_postgres_store(const std::string& url,
                                                   const StoreOptions& options, bool read_only) {
  if (options.master_file.empty()) {
    return fail(ErrorCode::Invalid,
                "a PostgreSQL database needs the file of its master key, the same on every node "
                "(keys.master_file in "
                "puntual.toml, or PUNTUAL_MASTER_KEY_FILE)");
  }
  try {
    return std::make_unique<PostgresStore>(url, options, read_only);
  } catch (const Failure& failure) {
    return std::unexpected(failure.error);
  }
}

}  // namespace puntual::store
