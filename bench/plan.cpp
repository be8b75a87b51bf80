// Planning a morning: N open invoices of which a tenth, 100,000 at most, are due for a reminder (or
// one in so many as the second argument says), each decided by strategy and gate with all their
// rules, written, and durable in the outbox.
//
// In turns with it, on a copy of the same data, the same rows are read and written by plain SQL
// alone, as many a transaction: what any planner on this engine must spend. ratio_plain_sql is our
// time over that.
#include "portfolio.h"
#include "store/postgres/postgres_connection.h"
#include "store/sqlite/sqlite_connection.h"

namespace puntual::bench {
namespace {

// What plain SQL copies from a plan that was made: the very texts, so that the bytes written are
// the same.
struct SampleMessage {
  std::string purpose, template_name, language, step, strategy_version, template_version,
      pack_version, content, detail;
};

SampleMessage sample_of(Store& store) {
  return must(store.read([](Tx& tx) {
    auto rows = tx.db.query(
        "SELECT o.purpose, o.template, o.language, o.step, o.strategy_version, o.template_version, "
        "o.pack_version, "
        "c.content, t.detail FROM outbox o JOIN outbox_content c ON c.creditor_id = o.creditor_id "
        "AND c.id = o.id JOIN timeline t ON t.creditor_id = o.creditor_id AND t.debtor_id = "
        "o.debtor_id AND t.message_id = o.id LIMIT 1");
    require(rows.next(), "nothing was planned");
    return SampleMessage{rows.text(0), rows.text(1), rows.text(2), rows.text(3),
                         rows.text(4), rows.text(5), rows.text(6), std::string(rows.bytes(7)),
                         rows.text(8)};
  }),
              "reading a message");
}

struct DueRow {
  DebtorId debtor;
  InvoiceId invoice;
  int64_t balance_minor = 0;
  CivilDate due_on;
};

std::vector<DueRow> due_rows(store::Connection& db, Instant now, int limit) {
  std::vector<DueRow> found;
  auto rows = db.query(
      "SELECT d.id, i.id, i.balance_minor, i.due_on, d.profile, d.phone_key, d.zone, c.at, "
      "c.instrument FROM debtor d "
      "JOIN invoice i ON i.creditor_id = d.creditor_id AND i.debtor_id = d.id AND i.balance_minor "
      "> 0 "
      "JOIN consent c ON c.creditor_id = d.creditor_id AND c.debtor_id = d.id AND c.act = "
      "'granted' "
      "WHERE d.creditor_id = 1 AND d.review_at <= $1 AND NOT EXISTS (SELECT 1 FROM opt_out o WHERE "
      "o.creditor_id = d.creditor_id AND o.debtor_id = d.id) ORDER BY d.review_at LIMIT $2",
      {now, limit});
  while (rows.next())
    found.push_back({rows.id<DebtorId>(0), rows.id<InvoiceId>(1), rows.integer(2), rows.date(3)});
  return found;
}

void write_row(store::Connection& db, IdSource& ids, const DueRow& row, const SampleMessage& m,
               Instant now, CivilDate today) {
  const auto message = ids.next<MessageId>(now);
  const std::string key = fmt::format("step:{}:{}:7", row.invoice.value, row.due_on.days);
  const std::string covered = std::to_string(row.invoice.value);
  db.run(
      "INSERT INTO outbox (id, creditor_id, debtor_id, dedupe_key, state, purpose, kind, urgent, "
      "template, language, step, "
      "strategy_version, template_version, pack_version, lead_invoice_id, covered, payment_id, "
      "balance_minor, currency, "
      "ttl_seconds, planned_at, not_before, expires_at) VALUES "
      "($1,1,$2,$3,'planned',$4,'template',0,$5,$6,$7,$8,$9,$10,$11,$12,0,"
      "$13,'COP',10800,$14,$14,$15)",
      {message, row.debtor, key, m.purpose, m.template_name, m.language, m.step, m.strategy_version,
       m.template_version, m.pack_version, row.invoice, covered, row.balance_minor, now,
       now + 7 * kDayMs});
  db.run("INSERT INTO outbox_content (id, creditor_id, content) VALUES ($1,1,$2)",
         {message, store::Bytes{m.content}});
  db.run(
      "INSERT INTO timeline (id, creditor_id, debtor_id, at, kind, message_id, invoice_id, "
      "payment_id, detail, facts, hash) "
      "VALUES ($1,1,$2,$3,'proposed',$4,$5,0,$6,'','')",
      {ids.next<Id<store::TimelineEvent>>(now), row.debtor, now, message, row.invoice, m.detail});
  db.run(
      "UPDATE invoice SET last_step_day = 7, last_step_on = $2 WHERE creditor_id = 1 AND id = $1",
      {row.invoice, today});
  db.run("UPDATE debtor SET review_at = $2, silent_until = $3 WHERE creditor_id = 1 AND id = $1",
         {row.debtor, now + 7 * kDayMs, now});
}

// The same data once more. Nobody may have it open.
std::unique_ptr<store::Connection> copy_of_database(Folder& folder) {
  if (Folder::on_postgres()) {
    store::open_postgres(folder.on_server("template1"))
        ->script("CREATE DATABASE plain TEMPLATE postgres");
    return store::open_postgres(folder.on_server("plain"));
  }
  std::filesystem::copy_file(folder.file("bench.db"), folder.file("plain.db"));
  return store::open_sqlite(folder.file("plain.db"), store::SqliteMode::Writer);
}

// One transaction of plain SQL at a time.
class PlainPlanner {
 public:
  PlainPlanner(std::unique_ptr<store::Connection> db, int batch)
      : db_(std::move(db)), batch_(batch) {}

  void turn(const SampleMessage& sample, Instant now) {
    const CivilDate today = Zone::of("America/Bogota").local(now).date;
    const Stopwatch watch;
    db_->begin();
    const auto rows = due_rows(*db_, now, batch_);
    for (const auto& row : rows) write_row(*db_, ids_, row, sample, now, today);
    db_->commit();
    seconds += watch.seconds();
    cpu_seconds += watch.cpu_seconds();
    written += static_cast<int64_t>(rows.size());
  }

  double seconds = 0, cpu_seconds = 0;
  int64_t written = 0;

 private:
  std::unique_ptr<store::Connection> db_;
  IdSource ids_;
  int batch_;
};

double idle_ms(Engine& engine, Instant now) {
  constexpr int kTurns = 200;
  const Stopwatch watch;
  for (int i = 0; i < kTurns; ++i) must(engine.tick(now), "idle tick");
  return watch.seconds() * 1000 / kTurns;
}

int run(int argc, char** argv) {
  const int64_t invoices = size_of(argc, argv, 1'000'000);
  const int64_t due_every = size_of(argc - 1, argv + 1, std::max<int64_t>(10, invoices / 100'000));
  const Instant now = tuesday_morning();
  Folder folder;
  const Config config = house();
  SeededRandom random(1);
  const Desk desk = must(make_desk(config, random), "desk");
  {
    const auto store = must(Store::open(folder.database(), folder.options()), "store");
    set_up(*store, config, desk, now);
    fill(*store, config.creditor, {.people = invoices, .due_every = due_every}, now);
  }
  auto copy = copy_of_database(folder);
  ::sync();  // What the set-up left behind is not part of the figure.
  say("portfolio ready");

  const auto store = must(Store::open(folder.database(), folder.options()), "store");
  NoChannel channel;
  Engine engine(*store, channel, desk);
  must(engine.start(now), "start");
  // In turns, so that whatever else the machine does meanwhile slows both alike.
  PlainPlanner plain(std::move(copy), desk.settings.plan_batch);
  int64_t proposed = 0;
  double seconds = 0, cpu_seconds = 0;
  for (TickReport report{.more = true}; report.more;) {
    const Stopwatch watch;
    report = must(engine.tick(now), "tick");
    seconds += watch.seconds();
    cpu_seconds += watch.cpu_seconds();
    proposed += report.plan.proposed;
    plain.turn(sample_of(*store), now);
  }
  require(proposed == (invoices + due_every - 1) / due_every,
          fmt::format("{} reminders planned", proposed));
  require(plain.written == proposed, fmt::format("plain SQL wrote {} reminders", plain.written));
  say(fmt::format("planned {} reminders in {:.2f} s; plain SQL: {:.2f} s", proposed, seconds,
                  plain.seconds));

  const double idle = idle_ms(engine, now);
  Figures("plan", invoices)
      .add_stretch(proposed, seconds, cpu_seconds)
      .add("ratio_plain_sql", seconds / plain.seconds)
      .add("ratio_plain_sql_cpu", cpu_seconds / plain.cpu_seconds)
      .add("idle_ms", idle)
      .add("fsync_per_second", folder.fsync_per_second())
      .add("database", Folder::database_kind())
      .print();
  return 0;
}

}  // namespace
}  // namespace puntual::bench

int main(int argc, char** argv) { return puntual::bench::run(argc, argv); }
