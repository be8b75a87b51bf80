#include "store/sql/sql_tasks.h"

#include "base/names.h"

namespace puntual::store {
namespace {

constexpr Names<TaskKind, 23> kTaskNames = {
    {{{"payment_claim", "Dice que ya pagó"},
      {"dispute", "No está de acuerdo con la deuda"},
      {"hardship", "Dice que no puede pagar"},
      {"wants_person", "Pide hablar con una persona"},
      {"complaint", "Presenta una queja"},
      {"unclear", "No se entendió lo que pide"},
      {"plan_beyond", "Pide un plan fuera de lo autorizado"},
      {"broken_plan", "Incumplió un acuerdo"},
      {"unreachable", "WhatsApp no llega a esta persona"},
      {"payment_reversed", "Un pago se devolvió"},
      {"extra_payment", "Pagó de más o dos veces"},
      {"money_held", "Hay un pago que no se puede aplicar"},
      {"stranger", "Escribe un número que no conocemos"},
      {"death", "Dicen que alguien falleció, quizás esta persona"},
      {"legal", "Habla de insolvencia, juzgado, autoridad o abogado"},
      {"old_debt", "Debe algo muy antiguo, que puede haber prescrito"},
      {"plan_changed", "Su acuerdo ya no cuadra con lo que debe"},
      {"webhook_down", "Un sistema suyo ya no recibe avisos"},
      {"must_read", "Hay que leerlo antes de volver a escribirle"},
      {"words_refused", "Un texto no cumple las reglas y no sale"},
      {"data_right", "Ejerce un derecho sobre sus datos"},
      {"needs_answer", "Espera que una persona le responda"},
      {"stop_doubt", "Puede que pida que no se le escriba más"}}}};

Place place_of_task(CreditorId creditor, int64_t id) {
  return {.table = "task", .creditor_id = creditor, .row = id};
}

Task task_of(const Rows& rows, PersonKeys& keys) {
  const CreditorId creditor = rows.id<CreditorId>(1);
  const DebtorId debtor = rows.id<DebtorId>(2);
  const std::string sealed(rows.bytes(4));
  return {.id = rows.integer(0),
          .creditor_id = creditor,
          .debtor_id = debtor,
          .kind = *task_kind_of(rows.view(3)),
          .summary = sealed.empty()
                         ? std::string()
                         : keys.open(place_of_task(creditor, rows.integer(0)), debtor, sealed),
          .opened_at = rows.instant(5),
          .due_at = rows.maybe_instant(6),
          .assignee = rows.text(7),
          .snoozed_until = rows.maybe_instant(8),
          .closed_at = rows.maybe_instant(9),
          .closed_by = rows.text(10),
          .outcome = rows.text(11)};
}

// A summary is read at a glance, and whoever writes on and on fills nothing with it: the last of it
// is kept.
std::string_view last_of(std::string_view text) {
  constexpr int kCharactersMax = 2'000;
  size_t from = text.size();
  for (int kept = 0; from > 0 && kept < kCharactersMax;) {
    --from;
    if ((static_cast<unsigned char>(text[from]) & 0xC0) != 0x80)
      ++kept;  // The first byte of a character.
  }
  return text.substr(from);
}

std::vector<Task> tasks_in(Rows rows, PersonKeys& keys) {
  std::vector<Task> found;
  while (rows.next()) found.push_back(task_of(rows, keys));
  return found;
}

}  // namespace

std::string_view text_of(TaskKind kind) { return kTaskNames.text(kind); }
std::string_view title_es(TaskKind kind) { return kTaskNames.shown(kind); }

std::optional<TaskKind> task_kind_of(std::string_view text) { return kTaskNames.find(text); }

int64_t Tasks::open(const Task& task, Instant now, IdSource& ids) {
  held_.require(task.debtor_id);
  auto rows = db_.query(
      "SELECT id, creditor_id, debtor_id, kind, summary, opened_at, due_at, assignee, "
      "snoozed_until, closed_at, closed_by, outcome FROM task "
      "WHERE creditor_id=$1 AND debtor_id=$2 AND kind=$3 AND closed_at IS NULL",
      {task.creditor_id, task.debtor_id, text_of(task.kind)});
  if (rows.next()) {
    const Task before = task_of(rows, keys_);
    const std::string all =
        before.summary.empty() ? task.summary : before.summary + "\n" + task.summary;
    db_.run("UPDATE task SET summary=$3, snoozed_until=NULL WHERE creditor_id=$1 AND id=$2",
            {task.creditor_id, before.id,
             Bytes{keys_.seal(place_of_task(task.creditor_id, before.id), task.debtor_id,
                              last_of(all))}});
    return before.id;
  }
  const int64_t id = ids.next<Id<Task>>(now).value;
  db_.run(
      "INSERT INTO task (id, creditor_id, debtor_id, kind, summary, opened_at, due_at, assignee) "
      "VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
      {id, task.creditor_id, task.debtor_id, text_of(task.kind),
       Bytes{
           keys_.seal(place_of_task(task.creditor_id, id), task.debtor_id, last_of(task.summary))},
       now, task.due_at, task.assignee});
  return id;
}

std::optional<Task> Tasks::find(CreditorId creditor, int64_t id) {
  auto rows = db_.query(
      "SELECT id, creditor_id, debtor_id, kind, summary, opened_at, due_at, assignee, "
      "snoozed_until, closed_at, closed_by, outcome FROM task "
      "WHERE creditor_id=$1 AND id=$2",
      {creditor, id});
  return rows.next() ? std::optional(task_of(rows, keys_)) : std::nullopt;
}

std::vector<Task> Tasks::waiting(CreditorId creditor) {
  return tasks_in(db_.query("SELECT id, creditor_id, debtor_id, kind, summary, opened_at, due_at, "
                            "assignee, snoozed_until, closed_at, closed_by, outcome FROM task "
                            "WHERE creditor_id=$1 AND closed_at IS NULL ORDER BY opened_at, id",
                            {creditor}),
                  keys_);
}

std::vector<Task> Tasks::page(CreditorId creditor, TaskFilter filter, std::string_view assignee,
                              Instant now, int64_t after, int limit) {
  const bool is_snoozed = filter == TaskFilter::Snoozed, is_anybodys = filter != TaskFilter::Mine;
  return tasks_in(db_.query("SELECT id, creditor_id, debtor_id, kind, summary, opened_at, due_at, "
                            "assignee, snoozed_until, closed_at, closed_by, outcome FROM task "
                            "WHERE creditor_id=$1 AND closed_at IS NULL AND id > $2 "
                            "AND CASE WHEN snoozed_until > $3 THEN 1 ELSE 0 END = $4 AND ($5 = 1 "
                            "OR assignee=$6) ORDER BY id LIMIT $7",
                            {creditor, after, now, is_snoozed, is_anybodys, assignee, limit}),
                  keys_);
}

bool Tasks::wake(CreditorId creditor, DebtorId debtor) {
  held_.require(debtor);
  return db_.run(
             "UPDATE task SET snoozed_until=NULL WHERE creditor_id=$1 AND debtor_id=$2 AND "
             "closed_at IS NULL",
             {creditor, debtor}) > 0;
}

std::vector<Task> Tasks::of_debtor(CreditorId creditor, DebtorId debtor) {
  return tasks_in(db_.query("SELECT id, creditor_id, debtor_id, kind, summary, opened_at, due_at, "
                            "assignee, snoozed_until, closed_at, closed_by, outcome FROM task "
                            "WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY opened_at, id",
                            {creditor, debtor}),
                  keys_);
}

bool Tasks::assign(const Task& task, std::string_view assignee) {
  held_.require(task.debtor_id);
  return db_.run("UPDATE task SET assignee=$3 WHERE creditor_id=$1 AND id=$2 AND closed_at IS NULL",
                 {task.creditor_id, task.id, assignee}) == 1;
}

bool Tasks::snooze(const Task& task, std::optional<Instant> until) {
  held_.require(task.debtor_id);
  return db_.run(
             "UPDATE task SET snoozed_until=$3 WHERE creditor_id=$1 AND id=$2 AND closed_at IS "
             "NULL",
             {task.creditor_id, task.id, until}) == 1;
}

bool Tasks::close(const Task& task, std::string_view by, std::string_view outcome, Instant now) {
  held_.require(task.debtor_id);
  return db_.run(
             "UPDATE task SET closed_at=$3, closed_by=$4, outcome=$5 WHERE creditor_id=$1 AND "
             "id=$2 AND closed_at IS NULL",
             {task.creditor_id, task.id, now, by, outcome}) == 1;
}

}  // namespace puntual::store
