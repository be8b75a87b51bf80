// The way back from a lost machine: a backup made while the server sent, restored by the commands
// as an operator gives them.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

namespace fs = std::filesystem;

constexpr int kPeople = 3;

bool everybody_was_written_to(const House& house) {
  for (int i = 1; i <= kPeople; ++i) {
    if (!house.has_sent(Person{i}, 1)) return false;
  }
  return true;
}

// The machine is lost: its data folder is as empty as a new one, but for what is kept elsewhere.
void lose_database(const House& house) {
  for (const char* file :
       {"puntual.db", "puntual.db-wal", "puntual.db-shm", "puntual.db.lock", "witness"})
    fs::remove(house.folder / file);
}

std::string text_of_file_changed(const std::string& path) {
  std::string bytes = file_text(path);
  bytes[bytes.size() / 2] ^= 1;
  const std::string changed = path + ".changed";
  write_file(changed, bytes);
  return changed;
}

TEST(Restore, NothingLeavesUntilAPersonSaysSoAndNothingIsSaidTwice) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, kPeople)).exit_code, 0);
  house.open_sandbox();
  const std::string data = house.folder / "data.backup", keys = house.folder / "keys.backup";
  // Made before the reminders of the day: it believes that nobody was written to.
  ASSERT_EQ(house.command({"backup", "--to", data}).exit_code, 0);
  const auto keys_made = house.command({"backup", "--keys", keys});
  ASSERT_EQ(keys_made.exit_code, 0) << keys_made.err;
  house.serve();
  ASSERT_TRUE(eventually([&] { return everybody_was_written_to(house); }));
  house.kill_serve();
  const size_t sent = house.sent().size();
  const std::string lost_at = house.platform_time();

  EXPECT_EQ(run({"restore", data, "--verify"}).exit_code, 0);
  EXPECT_EQ(run({"restore", data, "--keys", keys, "--to", house.folder.path()}).exit_code, 5)
      << "a live database is never overwritten";
  lose_database(house);
  const auto restored = run({"restore", data, "--keys", keys, "--to", house.folder.path()});
  ASSERT_EQ(restored.exit_code, 0) << restored.out << restored.err;
  EXPECT_EQ(house.command({"quarantine", "show"}).exit_code, 6);

  house.set_clock(house.platform_time());
  house.serve();
  // What comes in is heard; the engine turns and says nothing.
  house.person_says(Person{1}, "BAJA");
  ASSERT_TRUE(eventually([&] { return house.count("SELECT COUNT(*) FROM opt_out") == 1; }));
  EXPECT_EQ(house.metric("quarantine"), 1);
  EXPECT_EQ(member_text(get(house.url("/readyz")).document(), "sending"), "no: quarantine");
  EXPECT_EQ(house.sent().size(), sent);

  const auto lifted =
      house.command({"quarantine", "lift", "--sent-until", lost_at, "--by", "Marta Ruiz"});
  ASSERT_EQ(lifted.exit_code, 0) << lifted.err;
  EXPECT_EQ(house.command({"quarantine", "show"}).exit_code, 0);
  const int64_t turns = house.metric("ticks");
  ASSERT_TRUE(eventually([&] { return house.metric("ticks") >= turns + 3; }));
  for (int i = 2; i <= kPeople; ++i) EXPECT_EQ(house.sent(Person{i}).size(), 1u);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='quarantine_lifted'"), 1);
  // By hand, beside the running server.
  EXPECT_EQ(house.command({"quarantine", "raise", "--why", "snapshot"}).exit_code, 0);
  EXPECT_EQ(house.metric("quarantine"), 1);
  EXPECT_EQ(house.metric("ledger_imbalance"), 0);
  EXPECT_EQ(house.command({"audit", "verify"}).exit_code, 0);
}

// What a person agreed with is sealed: the copy is verified before its keys are at hand, and where
// the master key is not.
TEST(Restore, ACopyWithAnAgreementIsVerifiedWithoutTheKeysThatOpenItsWords) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.serve();
  const auto made = house.order(
      "/v1/agreements",
      to_json(json::object{
          {"subject", Person{1}.invoice()}, {"offer", 1}, {"words", "por teléfono, el martes"}}));
  ASSERT_EQ(made.status, 200) << made.body;
  house.kill_serve();
  const std::string data = house.folder / "data.backup", keys = house.folder / "keys.backup";
  ASSERT_EQ(house.command({"backup", "--to", data}).exit_code, 0);
  ASSERT_EQ(house.command({"backup", "--keys", keys}).exit_code, 0);

  for (const auto& verified :
       {run({"restore", data, "--verify"}), run({"restore", data, "--keys", keys, "--verify"})}) {
    EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  }
  lose_database(house);
  const auto restored = run({"restore", data, "--keys", keys, "--to", house.folder.path()});
  ASSERT_EQ(restored.exit_code, 0) << restored.out << restored.err;
  EXPECT_EQ(house.command({"audit", "verify"}).exit_code, 0) << "with the words, which open again";
}

// What stands in the folder as the database, kept aside and put back later.
class OldCopy {
 public:
  explicit OldCopy(const House& house)
      : database_(house.folder / "puntual.db"), copy_(house.folder / "old.db") {
    move(database_, copy_);
  }
  void put_back() const {
    fs::remove(database_ + "-shm");
    move(copy_, database_);
  }

 private:
  static void move(const std::string& from, const std::string& to) {
    for (const char* end : {"", "-wal"}) {
      fs::remove(to + end);
      if (fs::exists(from + end)) fs::copy_file(from + end, to + end);
    }
  }
  std::string database_, copy_;
};

void stop_serve(House& house) {
  house.server().signal(SIGTERM);
  ASSERT_EQ(house.server().wait(), 0);
}

// Killed in the moment in which it has sent; and what is written to the older database makes it no
// newer.
TEST(Restore, ADatabaseThatWasPutBackByHandIsRecognised) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.open_sandbox();
  const OldCopy before_anything(house);
  house.serve();
  ASSERT_TRUE(eventually([&] { return !house.sent(Person{1}).empty(); }));
  house.kill_serve();
  const std::string lost_at = house.platform_time();

  before_anything.put_back();
  house.set_clock(house.platform_time());
  ASSERT_EQ(house.import(portfolio_of(2, 1)).exit_code, 0);
  EXPECT_EQ(house.command({"quarantine", "show"}).exit_code, 6)
      << "by the first command that writes, not by serve";
  house.serve();
  EXPECT_EQ(house.metric("quarantine"), 1);
  EXPECT_EQ(member_text(get(house.url("/readyz")).document(), "sending"), "no: quarantine");
  stop_serve(house);

  const auto lift = [&](const std::string& moment) {
    return house.command({"quarantine", "lift", "--sent-until", moment, "--by", "Marta Ruiz"});
  };
  EXPECT_EQ(lift("2026-11-24T08:59:00-05:00").exit_code, 1)
      << "the older database does not know of that morning, the witness does";
  house.set_clock(house.platform_time());
  const auto lifted = lift(lost_at);
  ASSERT_EQ(lifted.exit_code, 0) << lifted.err;
  house.set_clock(house.platform_time());
  house.serve();
  const int64_t turns = house.metric("ticks");
  ASSERT_TRUE(eventually([&] { return house.metric("ticks") >= turns + 3; }));
  EXPECT_EQ(house.sent(Person{1}).size(), 1u);
  EXPECT_EQ(house.command({"quarantine", "show"}).exit_code, 0) << "lifted for good";
}

TEST(Restore, TheSameDatabaseIsNoOlderOne) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.open_sandbox();
  house.serve();
  ASSERT_TRUE(eventually([&] { return house.has_sent(Person{1}, 1); }));
  stop_serve(house);
  const OldCopy at_the_stop(house);
  at_the_stop.put_back();
  house.set_clock(house.platform_time());
  ASSERT_EQ(house.import(portfolio_of(2, 1)).exit_code, 0);
  house.serve();
  ASSERT_TRUE(eventually([&] { return house.has_sent(Person{2}, 1); }));
  house.kill_serve();
  house.set_clock(house.platform_time());
  house.serve();
  EXPECT_EQ(house.command({"quarantine", "show"}).exit_code, 0);
}

TEST(Backup, IsMadeBesideARunningServerAndTellsWhenItWasChanged) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, kPeople)).exit_code, 0);
  house.open_sandbox();
  house.serve();
  write_file(house.folder / "words.txt", "una frase larga que nadie adivina\n");
  fs::permissions(house.folder / "words.txt", fs::perms::owner_read | fs::perms::owner_write);
  const std::string clear = house.folder / "clear.backup", sealed = house.folder / "sealed.backup",
                    words = house.folder / "words.txt";
  ASSERT_EQ(house.command({"backup", "--to", clear}).exit_code, 0);
  const auto made = house.command({"backup", "--to", sealed, "--passphrase-file", words});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_EQ(house.command({"backup", "--to", clear}).exit_code, 5)
      << "another backup is never overwritten";
  EXPECT_TRUE(house.server().is_running());

  EXPECT_EQ(run({"restore", clear, "--verify"}).exit_code, 0);
  EXPECT_EQ(run({"restore", sealed, "--verify", "--passphrase-file", words}).exit_code, 0);
  EXPECT_EQ(run({"restore", sealed, "--verify"}).exit_code, 4);
  EXPECT_EQ(run({"restore", text_of_file_changed(clear), "--verify"}).exit_code, 6);
  EXPECT_EQ(run({"restore", text_of_file_changed(sealed), "--verify", "--passphrase-file", words})
                .exit_code,
            4);
  EXPECT_EQ(run({"restore", clear, "--to", house.folder / "elsewhere"}).exit_code, 1)
      << "without the keys nobody can be read";
  EXPECT_EQ(file_text(clear).find("Persona"), std::string::npos) << "names stand in clear";
}

// The settings with one line put before them.
void add_setting(const House& house, std::string_view line) {
  write_file(house.folder / "puntual.toml",
             fmt::format("{}\n{}", line, file_text(house.folder / "puntual.toml")));
}

TEST(Backup, KeepsFilesOfEveryNameOrNamesTheOneItCannot) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  add_setting(house, "templates_dir = \"plantillas\"");
  fs::create_directory(house.folder / "plantillas");
  const std::vector<std::string> names{"a..b.toml", "mi plantilla.toml", "año.toml",
                                       std::string(150, 'x') + ".toml"};
  for (const auto& name : names) write_file(house.folder / ("plantillas/" + name), "# " + name);
  const std::string data = house.folder / "data.backup", keys = house.folder / "keys.backup",
                    elsewhere = house.folder / "elsewhere";
  const auto made = house.command({"backup", "--to", data});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  ASSERT_EQ(house.command({"backup", "--keys", keys}).exit_code, 0);
  const auto restored = run({"restore", data, "--keys", keys, "--to", elsewhere});
  ASSERT_EQ(restored.exit_code, 0) << restored.err;
  EXPECT_EQ(fs::status(elsewhere + "/keys").permissions(), fs::perms::owner_all)
      << "for the master key, which a person puts there";
  for (const auto& name : names)
    EXPECT_EQ(file_text(elsewhere + "/templates/" + name), "# " + name);
  EXPECT_NE(file_text(elsewhere + "/puntual.toml").find("templates_dir = 'templates'"),
            std::string::npos)
      << "where the backup puts them";

  write_file(house.folder / "plantillas/a\\b.toml", "");
  const auto refused = house.command({"backup", "--to", house.folder / "other.backup"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.err.find("a\\b.toml"), std::string::npos) << refused.err;
  EXPECT_FALSE(fs::exists(house.folder / "other.backup"));
}

TEST(Backup, HoldsNoSecretHoweverTheSettingsAreWritten) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  std::string settings = file_text(house.folder / "puntual.toml");
  settings.replace(settings.find("verify_token"), 12, "\"verify_token\"");
  write_file(house.folder / "puntual.toml", settings);
  const std::string data = house.folder / "data.backup";
  ASSERT_EQ(house.command({"backup", "--to", data}).exit_code, 0);
  const std::string bytes = file_text(data);
  EXPECT_EQ(bytes.find("verify-me"), std::string::npos);
  EXPECT_EQ(bytes.find(file_text(house.folder / "keys/master.key")), std::string::npos);

  add_setting(house, "strategies_dir = \".\"");
  const auto shared = house.command({"backup", "--to", house.folder / "shared.backup"});
  EXPECT_EQ(shared.exit_code, 6) << shared.err;
  EXPECT_NE(shared.err.find("strategies_dir"), std::string::npos) << shared.err;
  write_file(house.folder / "puntual.toml", settings);
  add_setting(house, "templates_dir = \"plantillas\"");
  fs::create_directory(house.folder / "plantillas");
  fs::create_symlink(house.folder / "keys/master.key", house.folder / "plantillas/a.toml");
  EXPECT_EQ(house.command({"backup", "--to", house.folder / "linked.backup"}).exit_code, 6);
  EXPECT_FALSE(fs::exists(house.folder / "shared.backup") ||
               fs::exists(house.folder / "linked.backup"));
}

TEST(Backup, LeavesNothingInTheClearWhereASealedOneIsWanted) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  // As a killed one leaves it: the copy beside the database, the archive half done where it was
  // wanted.
  const std::string elsewhere = house.folder / "elsewhere";
  for (const std::string& folder :
       {house.folder / ".puntual-killed", elsewhere + "/.puntual-killed"}) {
    fs::create_directories(folder);
    write_file(folder + "/puntual.db", "in clear");
  }
  ASSERT_EQ(house.command({"backup", "--keys", elsewhere}).exit_code, 0);
  EXPECT_FALSE(fs::exists(house.folder / ".puntual-killed"));
  EXPECT_EQ(std::distance(fs::directory_iterator(elsewhere), {}), 1);
}

TEST(Backup, MakesTheFolderInWhichOldOnesAreRemoved) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  const std::string data = house.folder / "backups", keys = house.folder / "backups of keys";
  ASSERT_EQ(house.command({"backup", "--to", data, "--keep-days", "90"}).exit_code, 0);
  ASSERT_EQ(house.command({"backup", "--keys", keys}).exit_code, 0);
  EXPECT_EQ(std::distance(fs::directory_iterator(data), {}), 1);
  EXPECT_EQ(std::distance(fs::directory_iterator(keys), {}), 1);
  const auto unmounted = house.command({"backup", "--keys", house.folder / "disk/keys"});
  EXPECT_EQ(unmounted.exit_code, 3) << unmounted.err;
  EXPECT_FALSE(fs::exists(house.folder / "disk"));
  write_file(house.folder / "file", "");
  EXPECT_EQ(house.command({"backup", "--to", house.folder / "file", "--keep-days", "90"}).exit_code,
            5);
}

TEST(Doctor, FindsWhatIsWrongBesideARunningServer) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.open_sandbox();
  house.serve();
  const auto well = house.command({"doctor", "--json"});
  EXPECT_LT(well.exit_code, 6) << well.out << well.err;
  fs::permissions(house.folder / "keys/master.key",
                  fs::perms::owner_read | fs::perms::owner_write | fs::perms::others_read);
  const auto open_key = house.command({"doctor", "--json"});
  EXPECT_EQ(open_key.exit_code, 6);
  EXPECT_NE(open_key.out.find("chmod 600"), std::string::npos);
}

}  // namespace
}  // namespace puntual::e2e
