// The database of a deployment: transactions over it, its schema, its lock.
//
//   auto paid = store.write([&](Tx& tx) { return tx.payments.insert(...); });
//
// A write is one transaction: all of it or nothing. Writers take turns in the order they came, on
// one connection; readers go beside them. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "store/db.h"
#include "store/sql/sql_addresses.h"
#include "store/sql/sql_agreements.h"
#include "store/sql/sql_api_keys.h"
#include "store/sql/sql_attachments.h"
#include "store/sql/sql_attention.h"
#include "store/sql/sql_bank_files.h"
#include "store/sql/sql_canned_replies.h"
#include "store/sql/sql_case_flags.h"
#include "store/sql/sql_charges.h"
#include "store/sql/sql_contact_hours.h"
#include "store/sql/sql_conversation.h"
#include "store/sql/sql_creditors.h"
#include "store/sql/sql_debtors.h"
#include "store/sql/sql_dialogues.h"
#include "store/sql/sql_editions.h"
#include "store/sql/sql_erasure.h"
#include "store/sql/sql_exports.h"
#include "store/sql/sql_inbox.h"
#include "store/sql/sql_invoices.h"
#include "store/sql/sql_ledger.h"
#include "store/sql/sql_nodes.h"
#include "store/sql/sql_notes.h"
#include "store/sql/sql_outbox.h"
#include "store/sql/sql_passkeys.h"
#include "store/sql/sql_pay_links.h"
#include "store/sql/sql_payment_requests.h"
#include "store/sql/sql_payments.h"
#include "store/sql/sql_permissions.h"
#include "store/sql/sql_provider_payments.h"
#include "store/sql/sql_retention.h"
#include "store/sql/sql_rights.h"
#include "store/sql/sql_sending_numbers.h"
#include "store/sql/sql_sessions.h"
#include "store/sql/sql_sign_ins.h"
#include "store/sql/sql_suspensions.h"
#include "store/sql/sql_tasks.h"
#include "store/sql/sql_templates.h"
#include "store/sql/sql_timeline.h"
#include "store/sql/sql_users.h"
#include "store/sql/sql_webhooks.h"
#include "store/sql/sql_write_offs.h"

namespace puntual {

// Everything that can be read or changed within one transaction.
struct Tx {
  explicit Tx(store::Connection& connection, IdSource& id_source, store::Vault& vault,
              const store::NodeLease& node)
      : db(connection),
        ids(id_source),
        keys(db, vault),
        creditors(db),
        debtors(db, keys, held),
        addresses(db, keys, held),
        invoices(db, held),
        payments(db, held),
        pay_links(db, keys, held),
        payment_requests(db, held),
        provider_payments(db, held),
        bank_files(db, keys),
        ledger(db),
        charges(db, held),
        write_offs(db, held),
        permissions(db, keys, held),
        case_flags(db, held),
        contact_hours(db, held),
        sending_numbers(db),
        templates(db),
        outbox(db, keys, held),
        inbox(db, vault),
        conversation(db, keys, held),
        attachments(db, keys, held),
        dialogues(db, keys, held),
        suspensions(db, held),
        tasks(db, keys, held),
        agreements(db, keys, held),
        notes(db, keys, held),
        canned_replies(db),
        editions(db),
        timeline(db),
        webhooks(db, vault),
        exports(db),
        erasure(db, keys, held),
        rights(db),
        retention(db),
        attention(db),
        nodes(db, node),
        users(db, vault),
        passkeys(db, vault),
        sessions(db, vault),
        api_keys(db),
        sign_ins(db, vault) {}
  store::Connection& db;
  IdSource& ids;
  store::Held held;  // Filled by debtors.hold().
  store::PersonKeys keys;
  store::Creditors creditors;
  store::Debtors debtors;
  store::Addresses addresses;
  store::Invoices invoices;
  store::Payments payments;
  store::PayLinks pay_links;
  store::PaymentRequests payment_requests;
  store::ProviderPayments provider_payments;
  store::BankFiles bank_files;
  store::Ledger ledger;
  store::Charges charges;
  store::WriteOffs write_offs;
  store::Permissions permissions;
  store::CaseFlags case_flags;
  store::ContactHours contact_hours;
  store::SendingNumbers sending_numbers;
  store::Templates templates;
  store::Outbox outbox;
  store::Inbox inbox;
  store::Conversation conversation;
  store::Attachments attachments;
  store::Dialogues dialogues;
  store::Suspensions suspensions;
  store::Tasks tasks;
  store::Agreements agreements;
  store::Notes notes;
  store::CannedReplies canned_replies;
  store::Editions editions;
  store::Timeline timeline;
  store::Webhooks webhooks;
  store::Exports exports;
  store::Erasure erasure;
  store::Rights rights;
  store::Retention retention;
  store::Attention attention;
  store::Nodes nodes;
  store::Users users;
  store::Passkeys passkeys;
  store::Sessions sessions;
  store::ApiKeys api_keys;
  store::SignIns sign_ins;
};

struct StoreOptions {
  std::string master_file;  // The master key, made with a new database. Empty, with SQLite:
                            // keys/master.key beside the file.
  // Where several share a database: how long this process stays a node when nothing is heard of it.
  int64_t node_ttl_ms = 15 * kSecondMs;
  // Hears what the clock of a shared database shows, when it is opened and three times within that;
  // called from a thread of the store's own. SQLite has no clock but this machine's.
  std::function<void(Instant)> on_time;
};

// Reading; deciding, whose writers take turns; and keeping raw events, which must not wait for who
// decides.
enum class Lane : uint8_t { Read, Write, Intake };

class Store {
 public:
  // url: "sqlite:PATH", "sqlite::memory:" or "postgresql://…". Creates and migrates. Unsafe when
  // another process has the SQLite file, when the schema is newer than this program, when its
  // master key is not there, or when the server does not keep what it promises.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const std::string& url,
                                                           const StoreOptions& options = {});
  // Reads only, beside a running server; NotFound when there is no such database.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open_read_only(
      const std::string& url, const StoreOptions& options = {});
  // Whether several processes may write to it.
  [[nodiscard]] static bool is_shared(std::string_view url);
  // For people: without the password.
  [[nodiscard]] static std::string shown(const std::string& url);
  // NotFound, with the remedy, when there is no such database.
  [[nodiscard]] static Result<void> exists(const std::string& url);
  // For another thread, to hash what will be looked up and stored.
  [[nodiscard]] virtual std::unique_ptr<store::Vault> another_vault() const = 0;
  // Who has the database open for writing: what note_holder() wrote, empty when it wrote nothing;
  // none when nobody has.
  [[nodiscard]] static std::optional<std::string> holder(const std::string& url);
  // For others to find us by: the address of this process's door.
  virtual void note_holder(const std::string& text) = 0;
  // Which running of the database this process last wrote to: PostgreSQL's system identifier and
  // timeline, another one after a fail-over; empty on SQLite, which has one.
  [[nodiscard]] virtual std::string incarnation() const { return {}; }
  // What to do when a stand-by has taken over under us: in the first transaction that decides on
  // it, before anything else in that. Set it before other threads write.
  virtual void when_taken_over(std::function<void(Tx&)>) {}
  // Destroys what is known of a person (store/sql/sql_erasure.h), with its event on their timeline,
  // and forgets the log. False: there is no such person, or they were erased before.
  [[nodiscard]] Result<bool> erase(CreditorId creditor, DebtorId person, Instant now);
  // What was overwritten goes from the database's log as well. Unavailable while somebody reads
  // what was before.
  [[nodiscard]] virtual Result<void> forget_log() = 0;
  // Which node of the deployment this process is, and for how long that is sure at this moment: as
  // a NodeLease of a transaction that began now.
  [[nodiscard]] virtual store::NodeLease node() const = 0;
  // Somebody else has taken its number since: nothing is written any more, and the process should
  // end.
  [[nodiscard]] virtual bool has_lost_node() const { return false; }
  // The process is about to end: a server that has fallen silent is waited for no longer. Any
  // thread.
  virtual void hurry() {}
  // For who writes much, within a write: must others wait for it to end? Where they cannot be
  // asked: yes.
  [[nodiscard]] virtual bool others_wait() { return true; }
  // What the operator should know about the database, in English.
  [[nodiscard]] virtual std::vector<std::string> warnings() const { return {}; }
  virtual ~Store() = default;

  // Runs f(Tx&) in a transaction. f may return void, T or Result<T>; an Error rolls back. It may
  // run more than once (PostgreSQL: when two transactions lock each other out), so it changes
  // nothing outside but its answer.
  template <class F>
  auto write(F&& f) {
    return in_transaction(Lane::Write, std::forward<F>(f));
  }
  template <class F>
  auto read(F&& f) {
    return in_transaction(Lane::Read, std::forward<F>(f));
  }
  // A write that only appends raw events, beside the other writers where the database can.
  template <class F>
  auto write_intake(F&& f) {
    return in_transaction(Lane::Intake, std::forward<F>(f));
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
  auto in_transaction(Lane lane, F&& f) {
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
    if (auto done = run_transaction(lane, body); !done)
      answer = std::unexpected(std::move(done).error());
    return answer;
  }

  // As store/transaction.h says, on the connection of the lane.
  virtual Result<void> run_transaction(Lane lane, const std::function<bool(Tx&)>& body) = 0;
};

}  // namespace puntual
