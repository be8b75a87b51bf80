// A backup is verified where neither the keys of people nor the master key are.
#include "app/backup_job.h"

#include "app/test_house.h"
#include "engine/agreements.h"

namespace puntual {
namespace {

class BackupTest : public JobHouse {
 protected:
  BackupTest() : config(load_config("", {{"data_dir", folder_}}).value()) {
    store = Store::open(config.database_url).value();
    EXPECT_TRUE(store->write([&](Tx& tx) { tx.creditors.save(creditor); }));
    import(
        "Cliente;Documento;Celular;Factura;Fecha "
        "vencimiento;Valor;Saldo;Moneda\nAna;10.000.001;+573000000001;F-1;24/10/"
        "2026;150.000,00;150.000,00;COP\n");
  }
  void agree(std::string_view words) {
    EXPECT_TRUE(store->write([&](Tx& tx) -> Result<void> {
      const auto invoice = tx.invoices.find_by_number(creditor.id, "F-1");
      tx.debtors.hold(creditor.id, {invoice->debtor_id});
      RETURN_IF_ERROR(engine::make_agreement(
          tx, *desk, creditor,
          {.debtor_id = invoice->debtor_id,
           .offer = {.instalments = {{date_of(2026, 11, 27), invoice->balance_minor}}},
           .words = std::string(words)},
          now));
      return {};
    }));
  }
  std::string backup(bool of_keys) {
    const auto made = make_backup(config,
                                  {.of_keys = of_keys,
                                   .to = folder_ + (of_keys ? "/keys.backup" : "/data.backup"),
                                   .passphrase = {},
                                   .keep_days = {}},
                                  now);
    EXPECT_TRUE(made) << made.error().message;
    return made ? made->path : std::string();
  }
  void expect_whole(const RestoreOrder& order) {
    const auto report = restore_backup(order, now);
    ASSERT_TRUE(report) << report.error().message;
    for (const auto& finding : report->findings)
      EXPECT_NE(finding.grade, Grade::Danger) << finding.es;
  }

  Config config;
};

TEST_F(BackupTest, WithAnAgreementWhoseWordsStaySealedIsVerifiedAndRestored) {
  agree("por teléfono, el martes");
  const std::string data = backup(false), keys = backup(true);
  expect_whole({.file = data, .keys_file = {}, .passphrase = {}, .to = {}});
  std::filesystem::create_directory(folder_ + "/back");
  expect_whole({.file = data, .keys_file = keys, .passphrase = {}, .to = folder_ + "/back"});
  EXPECT_TRUE(std::filesystem::exists(folder_ + "/back/puntual.db"));
}

// What is not sealed is still held against its record.
TEST_F(BackupTest, WithAnAgreementThatWasChangedIsRefused) {
  agree("sí");
  ASSERT_TRUE(
      store->write([&](Tx& tx) { tx.db.run("UPDATE instalment SET due_on=due_on+1", {}); }));
  const auto report =
      restore_backup({.file = backup(false), .keys_file = {}, .passphrase = {}, .to = {}}, now);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(worst_of(report->findings), Grade::Danger);
}

}  // namespace
}  // namespace puntual
