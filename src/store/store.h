// The database of a deployment: transactions over it, its schema, its lock.
//
//   auto paid = store.write([&](Tx& tx) { return tx.payments.insert(...); });
//
// A write is one transaction: all of it or nothing. Writers take turns in the order they came; on SQLite
// there is one writing connection. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <type_traits>

#include "store/db.h"
#include "store/sql/sql_addresses.h"
#include "store/sql/sql_case_flags.h"
#include "store/sql/sql_contact_hours.h"
#include "store/sql/sql_attention.h"
#include "store/sql/sql_conversation.h"
#include "store/sql/sql_creditors.h"
#include "store/sql/sql_debtors.h"
#include "store/sql/sql_erasure.h"
#include "store/sql/sql_inbox.h"
#include "store/sql/sql_invoices.h"
#include "store/sql/sql_ledger.h"
#include "store/sql/sql_outbox.h"
#include "store/sql/sql_payments.h"
#include "store/sql/sql_permissions.h"
#include "store/sql/sql_sending_numbers.h"
#include "store/sql/sql_retention.h"
#include "store/sql/sql_rights.h"
#include "store/sql/sql_templates.h"
#include "store/sql/sql_timeline.h"

namespace puntual {

// Everything that can be read or changed within one transaction.
struct Tx {
  explicit Tx(store::Connection& connection, IdSource& id_source, store::Vault& vault)
      : db(connection), ids(id_source), keys(db, vault), creditors(db), debtors(db, keys), addresses(db, keys), invoices(db), payments(db),
        ledger(db), permissions(db, keys), case_flags(db), contact_hours(db), sending_numbers(db), templates(db), outbox(db, keys),
        inbox(db, vault), conversation(db, keys), timeline(db), erasure(db, keys), rights(db), retention(db), attention(db) {}
  store::Connection& db;
  IdSource& ids;
  store::PersonKeys keys;
  store::Creditors creditors;
  store::Debtors debtors;
  store::Addresses addresses;
  store::Invoices invoices;
  store::Payments payments;
  store::Ledger ledger;
  store::Permissions permissions;
  store::CaseFlags case_flags;
  store::ContactHours contact_hours;
  store::SendingNumbers sending_numbers;
  store::Templates templates;
  store::Outbox outbox;
  store::Inbox inbox;
  store::Conversation conversation;
  store::Timeline timeline;
  store::Erasure erasure;
  store::Rights rights;
  store::Retention retention;
  store::Attention attention;
};

class Store {
 public:
  // url: "sqlite:PATH" or "sqlite::memory:". Creates and migrates. Unsafe when another process has the
  // file, when its schema is newer than this program, or when its master key is not there.
  // master_file: the master key; empty: keys/master.key beside the database. Made together with a new database.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const std::string& url, const std::string& master_file = {});
  // Reads only, beside a running server; NotFound when there is no such database.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open_read_only(const std::string& url, const std::string& master_file = {});
  // NotFound, with the remedy, when there is no such database.
  [[nodiscard]] static Result<void> exists(const std::string& url);
  // For another thread, to hash what will be looked up and stored.
  [[nodiscard]] virtual std::unique_ptr<store::Vault> another_vault() const = 0;
  // Who has the database open for writing: what note_holder() wrote, empty when it wrote nothing; none when
  // nobody has.
  [[nodiscard]] static std::optional<std::string> holder(const std::string& url);
  // For others to find us by: the address of this process's door.
  virtual void note_holder(const std::string& text) = 0;
  // Destroys what is known of a person (store/sql/sql_erasure.h), with its event on their timeline, and forgets the log.
  // False: there is no such person, or they were erased before.
  [[nodiscard]] Result<bool> erase(CreditorId creditor, DebtorId person, Instant now);
  // What was overwritten goes from the database's log as well. Unavailable while somebody reads what was before.
  [[nodiscard]] virtual Result<void> forget_log() = 0;
  virtual ~Store() = default;

  // Runs f(Tx&) in a transaction. f may return void, T or Result<T>; an Error rolls back.
  template <class F>
  auto write(F&& f) {
    return in_transaction(true, std::forward<F>(f));
  }
  template <class F>
  auto read(F&& f) {
    return in_transaction(false, std::forward<F>(f));
  }

 protected:
  template <class T>
  struct Unwrapped {
    using Type = T;
  };
  template <class T>
  struct Unwrapped<Result<T>> {
    using Type = T;
  };

  template <class F>
  auto in_transaction(bool writes, F&& f) {
    using Raw = std::invoke_result_t<F, Tx&>;
    Result<typename Unwrapped<Raw>::Type> answer = std::unexpected(Error{});
    const auto body = [&](Tx& tx) -> bool {
      if constexpr (std::is_void_v<Raw>) {
        f(tx);
        answer = {};
      } else {
        answer = f(tx);
      }
      return answer.has_value();
    };
    if (auto done = run_transaction(writes, body); !done) answer = std::unexpected(std::move(done).error());
    return answer;
  }

  // Begins, calls the body, commits when it gives true and rolls back otherwise; a Failure becomes the Error.
  virtual Result<void> run_transaction(bool writes, const std::function<bool(Tx&)>& body) = 0;
};

}  // namespace puntual
