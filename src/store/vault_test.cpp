// People's data on the disk: sealed while they live, gone when they are erased; and the file with
// the master key.
#include "store/vault.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "store/store.h"

namespace puntual {
namespace {

namespace fs = std::filesystem;

constexpr CreditorId kHouse{1};
const Instant kMorning = *parse_rfc3339("2026-11-24T14:00:00Z");
// Nothing of this may be found in a file, ever.
constexpr std::string_view kPersonal[] = {
    "Restrepo",     "573115550101",      "79888777",        "yulieth@",          "no tengo plata",
    "Hola Yulieth", "de un desconocido", "palabras crudas", "ya no me escriban", "CO.9988"};

class VaultOnDisk : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "puntual-vault-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    url_ = "sqlite:" + name + "/a.db";
    key_ = folder_ / "keys" / "master.key";
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<Store> open() {
    auto store = Store::open(url_);
    if (!store) ADD_FAILURE() << store.error().message;
    return store ? *std::move(store) : nullptr;
  }
  Error why_not(bool read_only = false) {
    const auto store = read_only ? Store::open_read_only(url_) : Store::open(url_);
    EXPECT_FALSE(store.has_value());
    return store ? Error{} : store.error();
  }
  // Of the database and its log, as they lie on the disk.
  std::string bytes() const {
    std::string all;
    for (const char* name : {"a.db", "a.db-wal"}) {
      std::ifstream file(folder_ / name, std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }
  fs::path folder_, key_;
  std::string url_;
};

DebtorId add_person(Tx& tx, std::string_view name, std::string_view phone,
                    std::string_view document) {
  const Debtor debtor{.id = tx.ids.next<DebtorId>(kMorning),
                      .creditor_id = kHouse,
                      .name = std::string(name),
                      .country = "CO",
                      .phone = std::string(phone),
                      .email = "yulieth@ejemplo.co"};
  tx.debtors.insert(debtor, kMorning);
  tx.debtors.add_identifier(kHouse, debtor.id, IdentifierKind::Phone, phone.substr(1));
  tx.debtors.add_identifier(kHouse, debtor.id, IdentifierKind::Document, document);
  return debtor.id;
}

OutboxMessage message_to(Tx& tx, DebtorId person, std::string key) {
  OutboxMessage made;
  made.id = tx.ids.next<MessageId>(kMorning);
  made.creditor_id = kHouse;
  made.debtor_id = person;
  made.dedupe_key = std::move(key);
  made.kind = "template";
  made.balance = {500, Currency::of("COP")};
  made.text = "Hola Yulieth";
  made.body = R"({"name":"Hola Yulieth"})";
  made.planned_at = made.not_before = kMorning;
  made.expires_at = kMorning + kDayMs;
  EXPECT_TRUE(tx.outbox.insert(made));
  return made;
}

// Everything that we may know of somebody, among many others.
DebtorId add_yulieth(Tx& tx) {
  for (int i = 0; i < 300; ++i)
    add_person(tx, "Otra Persona", fmt::format("+5730000{:05}", i), fmt::format("1000{}", i));
  const DebtorId id = add_person(tx, "Yulieth Restrepo", "+573115550101", "79888777");
  for (int i = 300; i < 600; ++i)
    add_person(tx, "Otra Persona", fmt::format("+5730000{:05}", i), fmt::format("1000{}", i));
  tx.debtors.set_user_id(kHouse, id, "CO.9988");
  const auto sent = message_to(tx, id, "sent");
  const store::Departure leaves{sent.id, id, {"attempt1", "salt"}, "CO@1"};
  EXPECT_TRUE(tx.outbox.to_in_flight(kHouse, {&leaves, 1}, kMorning, kMorning + kMinuteMs)
                  .has(sent.id.value));
  const store::Acceptance taken{kHouse, sent.id, "attempt1", "wamid.ofYulieth"};
  EXPECT_TRUE(tx.outbox.to_accepted({&taken, 1}).has(sent.id.value));
  message_to(tx, id, "planned");
  store::ConversationMessage said{.id = tx.ids.next<MessageId>(kMorning).value,
                                  .creditor_id = kHouse,
                                  .debtor_id = id,
                                  .platform_id = "wamid.1",
                                  .at = kMorning,
                                  .received_at = kMorning,
                                  .type = "text",
                                  .text = "no tengo plata",
                                  .sender = "573115550101"};
  tx.conversation.insert(said);
  said.id = tx.ids.next<MessageId>(kMorning).value;
  said.platform_id = "wamid.2";
  said.text = "ni trabajo";
  tx.conversation.insert(said);
  tx.permissions.opt_out(
      kHouse, id,
      {.channel = "all", .at = kMorning, .through = "word", .words = "ya no me escriban"});
  tx.permissions.grant(kHouse, id,
                       {.channel = Channel::WhatsApp,
                        .at = kMorning,
                        .kind = "file",
                        .instrument = "Contrato, cláusula 12",
                        .text_version = {},
                        .by = "file"},
                       kMorning, tx.ids);
  const Invoice invoice{.id = tx.ids.next<InvoiceId>(kMorning),
                        .debtor_id = id,
                        .number = "F-1",
                        .amount = {900, Currency::of("COP")}};
  tx.invoices.insert(kHouse, invoice, {.amount_minor = 900}, kMorning);
  const LedgerEntry entry{.debit = Account::Receivable,
                          .credit = Account::Invoiced,
                          .amount = {900, Currency::of("COP")},
                          .debtor_id = id,
                          .invoice_id = invoice.id,
                          .payment_id = {}};
  tx.ledger.append(kHouse, std::span(&entry, 1), kMorning, tx.ids);
  tx.timeline.append(
      {.creditor_id = kHouse, .debtor_id = id, .at = kMorning, .kind = "sent", .detail = ""},
      tx.ids);
  tx.inbox.append({.creditor_id = kHouse,
                   .id = tx.ids.next<InboxId>(kMorning),
                   .source = "whatsapp",
                   .event_key = "k",
                   .received_at = kMorning,
                   .body = "palabras crudas 573115550101"});
  return id;
}

std::string wrapped_key(Tx& tx, DebtorId id) {
  auto rows =
      tx.db.query("SELECT wrapped FROM person_key WHERE creditor_id=$1 AND id=$2", {kHouse, id});
  return rows.next() ? std::string(rows.bytes(0)) : std::string();
}

TEST_F(VaultOnDisk, NothingPersonalIsEverInClear) {
  const auto store = open();
  const DebtorId id = *store->write(add_yulieth);
  const std::string on_disk = bytes();
  for (const auto personal : kPersonal)
    EXPECT_EQ(on_disk.find(personal), std::string::npos) << personal;
  EXPECT_NE(on_disk.find("cláusula 12"),
            std::string::npos);  // So that the search above means something.
  ASSERT_TRUE(store->read([&](Tx& tx) {
    const auto person = tx.debtors.find(kHouse, id);
    EXPECT_EQ(person->name, "Yulieth Restrepo");
    EXPECT_EQ(person->phone, "+573115550101");
    EXPECT_EQ(person->user_id, "CO.9988");
    EXPECT_EQ(person->email, "yulieth@ejemplo.co");
    EXPECT_EQ(tx.debtors.find_by(kHouse, IdentifierKind::Document, "79888777"), id);
    EXPECT_FALSE(tx.debtors.find_by(CreditorId{2}, IdentifierKind::Document, "79888777"));
    EXPECT_FALSE(tx.debtors.find_by(kHouse, IdentifierKind::External, "79888777"));
    EXPECT_EQ(tx.debtors.identifiers(kHouse, id),
              (std::vector<Identifier>{{IdentifierKind::Phone, "573115550101"},
                                       {IdentifierKind::Document, "79888777"}}));
    EXPECT_EQ(tx.outbox.of_debtor(kHouse, id).front().text, "Hola Yulieth");
    EXPECT_EQ(tx.conversation.of_debtor(kHouse, id).front().text, "no tengo plata");
    EXPECT_EQ(tx.permissions.opt_outs(kHouse, id).front().words, "ya no me escriban");
    EXPECT_EQ(tx.inbox.claim(kHouse, 9).front().body, "palabras crudas 573115550101");
  }));
}

TEST_F(VaultOnDisk, AnErasedPersonsKeyIsNowhereAndTheBooksStay) {
  const auto store = open();
  const DebtorId id = *store->write(add_yulieth);
  const std::string wrapped = *store->read([&](Tx& tx) { return wrapped_key(tx, id); });
  ASSERT_EQ(wrapped.size(), 60U);
  ASSERT_NE(bytes().find(wrapped), std::string::npos);
  EXPECT_TRUE(*store->erase(kHouse, id, kMorning + 1));

  EXPECT_EQ(bytes().find(wrapped), std::string::npos);
  EXPECT_EQ(bytes().find("wamid.ofYulieth"), std::string::npos);
  EXPECT_EQ(fs::file_size(folder_ / "a.db-wal"), 0U);
  ASSERT_TRUE(store->read([&](Tx& tx) {
    const auto person = tx.debtors.find(kHouse, id);
    EXPECT_EQ(person->erased_at, kMorning + 1);
    EXPECT_EQ(person->name + person->phone + person->user_id + person->email, "");
    // Known again, should a file name them, and still unwilling.
    EXPECT_EQ(tx.debtors.find_by(kHouse, IdentifierKind::Document, "79888777"), id);
    EXPECT_TRUE(tx.debtors.identifiers(kHouse, id).empty());
    EXPECT_TRUE(tx.debtors.has_document(kHouse, id));  // Known to have had one, not which.
    EXPECT_TRUE(tx.permissions.of(kHouse, id).optout_all);
    EXPECT_EQ(tx.permissions.opt_outs(kHouse, id).front().words, "");
    // That they agreed, when and how stays; what the paper is called may name them.
    EXPECT_TRUE(
        tx.permissions.of(kHouse, id).consent[static_cast<size_t>(Channel::WhatsApp)].granted);
    EXPECT_EQ(
        tx.permissions.of(kHouse, id).consent[static_cast<size_t>(Channel::WhatsApp)].instrument,
        "");
    EXPECT_EQ(tx.ledger.balance(kHouse, Account::Receivable, "COP"), 900);
    EXPECT_TRUE(tx.ledger.mismatches(kHouse, 9).empty());
    EXPECT_EQ(tx.timeline.of_debtor(kHouse, id).size(), 2U);
    EXPECT_EQ(tx.timeline.of_debtor(kHouse, id).back().kind, "erased");
    ASSERT_EQ(tx.outbox.of_debtor(kHouse, id).size(), 2U);
    for (const auto& message : tx.outbox.of_debtor(kHouse, id)) {
      EXPECT_EQ(message.text + message.body + message.platform_id, "");
      EXPECT_NE(message.state, MessageState::Planned);
    }
    ASSERT_EQ(tx.conversation.of_debtor(kHouse, id).size(), 2U);
    for (const auto& said : tx.conversation.of_debtor(kHouse, id))
      EXPECT_EQ(said.text + said.sender, "");
    // The others are as they were.
    const auto other = tx.debtors.find_by(kHouse, IdentifierKind::Document, "1000299");
    EXPECT_EQ(tx.debtors.find(kHouse, *other)->name, "Otra Persona");
  }));
  EXPECT_FALSE(*store->erase(kHouse, id, kMorning + 2));
  EXPECT_FALSE(*store->erase(kHouse, DebtorId{12345}, kMorning + 2));
}

TEST_F(VaultOnDisk, NothingIsSealedForAnErasedPersonAgain) {
  const auto store = open();
  const DebtorId id = *store->write(add_yulieth);
  ASSERT_TRUE(*store->erase(kHouse, id, kMorning + 1));
  ASSERT_TRUE(store->write([&](Tx& tx) {
    tx.debtors.hold(kHouse, {id});
    auto person = *tx.debtors.find(kHouse, id);
    person.name = "Yulieth Restrepo";
    tx.debtors.update(person);
    tx.debtors.set_user_id(kHouse, id, "CO.9988");
    tx.debtors.review_everybody(kHouse, kMorning + 2);
    tx.debtors.review_now(kHouse, id, kMorning + 2);
    tx.conversation.insert({.id = tx.ids.next<MessageId>(kMorning).value,
                            .creditor_id = kHouse,
                            .debtor_id = id,
                            .platform_id = "wamid.9",
                            .at = kMorning,
                            .received_at = kMorning,
                            .type = "text",
                            .text = "no tengo plata"});
    // News of what was under way: the state is kept, the platform's id is not.
    const auto sent = tx.outbox.of_debtor(kHouse, id).front();
    tx.outbox.set_status(kHouse, sent.id, MessageState::Accepted, MessageState::Delivered,
                         "wamid.ofYulieth", kMorning + 3, 0);
  }));
  ASSERT_TRUE(store->read([&](Tx& tx) {
    EXPECT_EQ(tx.debtors.find(kHouse, id)->name, "");
    EXPECT_EQ(tx.debtors.find(kHouse, id)->user_id, "");
    EXPECT_FALSE(tx.debtors.review_moments(kHouse, id).second);
    EXPECT_EQ(tx.conversation.of_debtor(kHouse, id).back().text, "");
    EXPECT_EQ(tx.outbox.of_debtor(kHouse, id).front().state, MessageState::Delivered);
    EXPECT_EQ(tx.outbox.of_debtor(kHouse, id).front().platform_id, "");
    auto rows = tx.db.query(
        "SELECT MAX(LENGTH(profile)) FROM debtor WHERE creditor_id=$1 AND id=$2", {kHouse, id});
    EXPECT_TRUE(rows.next() && rows.integer(0) == 0);
  }));
}

TEST_F(VaultOnDisk, ARowMovedToAnotherPersonIsRefused) {
  const auto store = open();
  const auto [ana, eva] = *store->write([](Tx& tx) {
    return std::pair(add_person(tx, "Ana", "+573000000001", "1"),
                     add_person(tx, "Eva", "+573000000002", "2"));
  });
  for (const store::Sql change :
       {store::Sql("UPDATE debtor SET profile=(SELECT profile FROM debtor WHERE "
                   "creditor_id=1 AND id=$1) WHERE creditor_id=1 AND id=$2"),
        store::Sql("UPDATE person_key SET wrapped=(SELECT wrapped FROM person_key WHERE "
                   "creditor_id=1 AND id=$1) WHERE creditor_id=1 AND id=$2")}) {
    const auto refused = store->write([&](Tx& tx) -> Result<void> {
      tx.db.run(change, {ana, eva});
      (void)tx.debtors.find(kHouse, eva);
      return {};
    });
    ASSERT_FALSE(refused.has_value()) << change.text();
    EXPECT_EQ(refused.error().code, ErrorCode::Unsafe);
    EXPECT_EQ(refused.error().message.find("Ana"), std::string::npos);
  }
  EXPECT_EQ(store->read([&](Tx& tx) { return tx.debtors.find(kHouse, eva)->name; }), "Eva");
}

TEST_F(VaultOnDisk, TheMasterKeyIsMadeOnceForTheProgramAlone) {
  const DebtorId id =
      *open()->write([](Tx& tx) { return add_person(tx, "Ana", "+573000000001", "1"); });
  struct stat info {};
  ASSERT_EQ(::stat(key_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  EXPECT_EQ(info.st_size, 32);
  ASSERT_EQ(::stat(key_.parent_path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700U);
  EXPECT_EQ(std::distance(fs::directory_iterator(key_.parent_path()), {}), 1);
  EXPECT_EQ(open()->read([&](Tx& tx) { return tx.debtors.find(kHouse, id)->name; }), "Ana");
  const auto reader = Store::open_read_only(url_);
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_EQ((*reader)->read([&](Tx& tx) { return tx.debtors.find(kHouse, id)->name; }), "Ana");
}

TEST_F(VaultOnDisk, WithoutItsOwnKeyADatabaseIsNotOpened) {
  open().reset();
  fs::rename(key_, folder_ / "away");
  for (const bool read_only : {false, true}) {
    const Error missing = why_not(read_only);
    EXPECT_EQ(missing.code, ErrorCode::Unsafe);
    EXPECT_TRUE(missing.message.contains("master.key")) << missing.message;
    EXPECT_TRUE(missing.message.contains("missing")) << missing.message;
  }
  EXPECT_FALSE(fs::exists(key_));  // No second key is made in its place.
  std::ofstream(key_) << std::string(32, 'k');
  fs::permissions(key_, fs::perms::owner_read);
  EXPECT_TRUE(why_not().message.contains("another database")) << why_not().message;
  fs::permissions(key_, fs::perms::owner_all);
  std::ofstream(key_) << "short";
  EXPECT_TRUE(why_not().message.contains("32 bytes")) << why_not().message;
  // Where it was put is said in the settings.
  EXPECT_TRUE(Store::open(url_, {.master_file = folder_ / "away"}).has_value());
}

TEST_F(VaultOnDisk, AKeyThatEverybodyReadsIsRefused) {
  open().reset();
  ASSERT_EQ(::chmod(key_.c_str(), 0644), 0);
  const Error refused = why_not();
  EXPECT_EQ(refused.code, ErrorCode::Unsafe);
  EXPECT_TRUE(refused.message.contains("chmod 600")) << refused.message;
}

}  // namespace
}  // namespace puntual
