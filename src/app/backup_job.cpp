#include "app/backup_job.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <span>

#include "app/archive.h"
#include "app/input_file.h"
#include "app/workshop.h"
#include "base/durable_file.h"
#include "base/toml.h"
#include "engine/audit.h"
#include "engine/quarantine.h"
#include "store/backup.h"
#include "store/master_key.h"
#include "store/migrate.h"

namespace puntual {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kKeysKeptDays =
    30;  // Decision 11: an erased person's key lives no longer anywhere.
constexpr std::string_view kSqlite = "sqlite:";
constexpr std::string_view kDatabase = "puntual.db", kSettings = "puntual.toml",
                           kClosedDays = "closed_days.tsv";
// So that the deployment starts where it is restored: its folders are where the backup puts them.
constexpr TomlText kRestoredSettings[] = {{"whatsapp.verify_token", ""},
                                          {"strategies_dir", "strategies"},
                                          {"templates_dir", "templates"},
                                          {"law.packs", "packs"},
                                          {"law.closed_days", kClosedDays}};
constexpr std::string_view kFolders[] = {"anchors", "strategies", "templates", "packs"};

std::string_view prefix_of(bool of_keys) { return of_keys ? "puntual-keys-" : "puntual-data-"; }

std::string file_name_of(bool of_keys, Instant now) {
  std::string moment = format_utc(now);
  std::ranges::replace(moment, ':', '-');
  return fmt::format("{}{}.backup", prefix_of(of_keys), moment);
}

std::string_view sqlite_file(const Config& config) {
  const std::string_view url = config.database_url;
  return url.starts_with(kSqlite) ? url.substr(kSqlite.size()) : std::string_view();
}

// What must never be in a backup of the data: it opens what the backup holds, or is it.
std::vector<fs::path> secrets_of(const Config& config) {
  const std::string database(sqlite_file(config));
  const std::string master =
      config.master_key_file.empty() ? store::usual_master_file(database) : config.master_key_file;
  std::vector<fs::path> secrets;
  for (const std::string& file :
       {database, master, config.api_token_file, config.whatsapp.access_token_file,
        config.whatsapp.app_secret_file}) {
    if (!file.empty()) secrets.push_back(file);
  }
  return secrets;
}

bool is_below(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  const fs::path way =
      fs::weakly_canonical(file, error).lexically_relative(fs::weakly_canonical(folder, error));
  return !way.empty() && *way.begin() != "..";
}

// One of the deployment's folders: its place in the archive, the setting that names it, and what is
// kept of it.
struct OwnFolder {
  std::string_view name, setting;
  std::string path;
  std::vector<std::string_view> extensions;
};

// Its files, of whatever names. Never one that leads to a secret, by a link or because somebody
// shares a folder with it.
Result<void> add_folder(const OwnFolder& folder, std::span<const fs::path> secrets,
                        std::vector<ArchivePart>& parts) {
  for (const auto& secret : secrets) {
    if (!is_below(secret, folder.path)) continue;
    return fail(ErrorCode::Unsafe,
                "{} = \"{}\": this folder holds {} as well, which must not be in a backup: give it "
                "a folder of its own",
                folder.setting, folder.path, secret.string());
  }
  std::error_code error;
  fs::recursive_directory_iterator entry(folder.path, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const fs::path& path = entry->path();
    if (entry->is_directory() ||
        std::ranges::find(folder.extensions, path.extension().string()) == folder.extensions.end())
      continue;
    if (!entry->is_regular_file(error))
      return fail(ErrorCode::Invalid, "{}: is no file that can be read: mend it or remove it",
                  path.string());
    for (const auto& secret : secrets) {
      if (std::error_code none; fs::equivalent(path, secret, none))
        return fail(ErrorCode::Unsafe, "{}: is {}, which must not be in a backup: remove it",
                    path.string(), secret.string());
    }
    parts.push_back(
        {.name = fmt::format("{}/{}", folder.name, path.lexically_relative(folder.path).string()),
         .path = path.string()});
  }
  if (error)
    return fail(ErrorCode::NotFound, "{} = \"{}\": cannot be read: {}", folder.setting, folder.path,
                error.message());
  return {};
}

Result<std::vector<ArchivePart>> parts_of(const Config& config, const Workshop& workshop) {
  std::vector<ArchivePart> parts{{.name = std::string(kDatabase), .path = workshop / kDatabase}};
  if (!config.file.empty()) {
    ASSIGN_OR_RETURN(const std::string text, read_whole_file(config.file));
    ASSIGN_OR_RETURN(const std::string known, toml_with(text, config.file, kRestoredSettings));
    RETURN_IF_ERROR(write_durably(
        workshop / kSettings,
        fmt::format(
            "# De una copia: sin comentarios y sin verify_token, que debe escribir de nuevo.\n{}",
            known)));
    parts.push_back({.name = std::string(kSettings), .path = workshop / kSettings});
  }
  const auto secrets = secrets_of(config);
  for (const OwnFolder& folder :
       {OwnFolder{"anchors", "anchors", config.data_dir + "/anchors", {".json"}},
        OwnFolder{"strategies", "strategies_dir", config.strategies_dir, {".toml"}},
        OwnFolder{"templates", "templates_dir", config.templates_dir, {".toml"}},
        OwnFolder{"packs", "law.packs", config.law.packs_dir, {".toml", ".tsv"}}}) {
    if (folder.path.empty() || (folder.name == "anchors" && !fs::exists(folder.path))) continue;
    RETURN_IF_ERROR(add_folder(folder, secrets, parts));
  }
  if (!config.law.closed_days_file.empty())
    parts.push_back({.name = std::string(kClosedDays), .path = config.law.closed_days_file});
  return parts;
}

// What a backup of this kind puts there, and nothing else: no log that the database would take in,
// no key.
bool is_of_kind(std::string_view name, std::string_view kind) {
  if (name == kDatabase) return true;
  if (kind != "data") return false;
  return name == kSettings || name == kClosedDays ||
         std::ranges::any_of(kFolders, [&](std::string_view folder) {
           return name.starts_with(folder) && name.substr(folder.size()).starts_with('/');
         });
}

// Where the audit trail stands in the copy: newest head per chain.
Result<json::array> heads_of(const std::string& database) {
  json::array heads;
  RETURN_IF_ERROR(store::look_at(database, [&](Tx& tx) -> Result<void> {
    for (const auto& [chain, state] :
         engine::verify_audit(tx, {}, engine::PeoplesWords::LeftSealed).chains) {
      heads.push_back(json::object{{"creditor", std::to_string(chain.creditor.value)},
                                   {"node", chain.node},
                                   {"count", state.count},
                                   {"last_id", std::to_string(state.last_id)},
                                   {"head", state.head}});
    }
    return {};
  }));
  return heads;
}

// Where old backups are to go, many are kept: a folder, made the first time. Never with its parent:
// what is not there may be a disk that is not mounted.
Result<void> make_folder_if_meant(const BackupOrder& order) {
  const bool is_one_file = fs::path(order.to).extension() == ".backup" && !order.keep_days;
  if (is_one_file || !(order.of_keys || order.keep_days) || fs::is_directory(order.to)) return {};
  if (fs::exists(order.to))
    return fail(
        ErrorCode::Conflict,
        "{}: is a file, and a folder is needed in which old backups can be removed: name another",
        order.to);
  const fs::path folder = fs::absolute(fs::path(order.to) / ".").lexically_normal().parent_path();
  std::error_code error;
  if (fs::create_directory(folder, error)) return {};
  if (!fs::is_directory(folder.parent_path()))
    return fail(ErrorCode::NotFound, "{}: is not there: mount the disk or make the folder",
                folder.parent_path().string());
  return fail(ErrorCode::Forbidden, "{}: cannot be made: {}", folder.string(), error.message());
}

int remove_older(const fs::path& folder, bool of_keys, int64_t keep_days, Instant now) {
  // Their names are their moments: whatever is smaller than this one's is older.
  const std::string oldest = file_name_of(of_keys, now - keep_days * kDayMs);
  int removed = 0;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix_of(of_keys)) && name.ends_with(".backup") && name < oldest &&
        fs::remove(entry.path(), error))
      ++removed;
  }
  return removed;
}

Result<json::value> unpack(const std::string& file, const std::string& folder,
                           std::string_view passphrase, std::string_view kind) {
  std::error_code error;
  fs::create_directories(folder, error);
  ASSIGN_OR_RETURN(json::value manifest, unpack_archive(file, folder, passphrase));
  if (member_text(manifest, "kind") != kind) {
    return fail(ErrorCode::Invalid, "{}: holds {}, not {}", file,
                member_text(manifest, "kind").value_or("something else"), kind);
  }
  for (const auto& part : *member_array(manifest, "parts")) {
    if (is_of_kind(text_in(part, "name"), kind)) continue;
    return fail(ErrorCode::Unsafe,
                "{}: holds {}, which is in no backup that puntual made: take another one", file,
                text_in(part, "name"));
  }
  if (const int64_t schema = member_int(manifest, "schema").value_or(INT64_MAX);
      schema > store::schema_version()) {
    return fail(
        ErrorCode::Unsafe,
        "{}: has schema {} and this program knows up to {}: restore it with the newer program",
        file, schema, store::schema_version());
  }
  return manifest;
}

// Everything but the database first: once that is there, the deployment is.
Result<void> put_in_place(const Workshop& workshop, const std::string& to,
                          std::vector<std::string>& kept) {
  std::error_code error;
  const fs::path from = workshop / "data";
  for (const auto& entry : fs::recursive_directory_iterator(from, error)) {
    const fs::path name = fs::relative(entry.path(), from, error);
    if (!entry.is_regular_file(error) || name == kDatabase) continue;
    if (fs::exists(to / name)) {
      kept.push_back((to / name).string());
      continue;
    }
    fs::create_directories((to / name).parent_path(), error);
    fs::rename(entry.path(), to / name, error);
    if (error)
      return fail(ErrorCode::Forbidden, "{}: cannot be written: {}", (to / name).string(),
                  error.message());
  }
  // For the master key, which a person puts there.
  if (const fs::path keys = fs::path(to) / "keys"; fs::create_directory(keys, error))
    fs::permissions(keys, fs::perms::owner_all, error);
  if (error) return fail(ErrorCode::Forbidden, "{}/keys: cannot be made: {}", to, error.message());
  const std::string database = fmt::format("{}/{}", to, kDatabase);
  RETURN_IF_ERROR(sync_file((from / kDatabase).string()));
  if (::link((from / kDatabase).c_str(), database.c_str()) != 0)
    return fail(ErrorCode::Conflict, "{}: exists already; it is left as it is", database);
  return sync_folder_of(database);
}

}  // namespace

Result<BackupReport> make_backup(const Config& config, const BackupOrder& order, Instant now) {
  RETURN_IF_ERROR(make_folder_if_meant(order));
  const bool to_folder = fs::is_directory(order.to);
  const fs::path path =
      to_folder ? fs::path(order.to) / file_name_of(order.of_keys, now) : fs::path(order.to);
  if (fs::exists(path))
    return fail(ErrorCode::Conflict, "{}: exists already; it is left as it is", path.string());
  // The copy that is not sealed yet lies beside the database it is of, as guarded as that; only the
  // archive goes where it is wanted.
  const fs::path home = fs::path(sqlite_file(config)).parent_path();
  ASSIGN_OR_RETURN(const auto workshop, Workshop::in(home.empty() ? "." : home));
  const std::string database = *workshop / kDatabase;
  RETURN_IF_ERROR(
      store::write_snapshot(config.database_url, database,
                            order.of_keys ? store::SnapshotOf::Keys : store::SnapshotOf::Data));
  json::object manifest{{"kind", order.of_keys ? "keys" : "data"},
                        {"created_at", format_utc(now)},
                        {"schema", store::schema_version()}};
  std::vector<ArchivePart> parts{{.name = std::string(kDatabase), .path = database}};
  if (!order.of_keys) {
    ASSIGN_OR_RETURN(manifest["chains"], heads_of(database));
    ASSIGN_OR_RETURN(parts, parts_of(config, *workshop));
  }
  BackupReport report{.path = path.string(), .sha256 = {}};
  ASSIGN_OR_RETURN(report.sha256,
                   write_archive(report.path, std::move(manifest), parts, order.passphrase));
  report.bytes = static_cast<int64_t>(fs::file_size(path));
  const auto keep_days = order.of_keys
                             ? std::min(order.keep_days.value_or(kKeysKeptDays), kKeysKeptDays)
                             : order.keep_days.value_or(0);
  if (to_folder && keep_days > 0)
    report.removed = remove_older(path.parent_path(), order.of_keys, keep_days, now);
  return report;
}

Result<RestoreReport> restore_backup(const RestoreOrder& order, Instant now) {
  const std::string database = fmt::format("{}/{}", order.to, kDatabase);
  if (!order.to.empty() && (fs::exists(database) || fs::exists(database + "-wal"))) {
    return fail(ErrorCode::Conflict,
                "{}: exists already; it is left as it is (restore into an empty folder, or move it "
                "and its -wal away first)",
                database);
  }
  if (!order.to.empty() && order.keys_file.empty()) {
    return fail(ErrorCode::Invalid,
                "the keys of people are a backup of their own: give it with --keys FILE; without "
                "it nobody's data can be read");
  }
  ASSIGN_OR_RETURN(const auto workshop,
                   Workshop::in(order.to.empty() ? fs::temp_directory_path() : fs::path(order.to)));
  ASSIGN_OR_RETURN(const json::value manifest,
                   unpack(order.file, *workshop / "data", order.passphrase, "data"));
  RestoreReport report{.created_at = member_text(manifest, "created_at").value_or("")};
  const std::string copy = *workshop / "data/puntual.db";
  RETURN_IF_ERROR(store::change_at(copy, [](Tx&) -> Result<void> {
    return {};
  }));  // An older backup is brought up to date here.
  if (!order.keys_file.empty()) {
    ASSIGN_OR_RETURN(const json::value keys,
                     unpack(order.keys_file, *workshop / "keys", order.passphrase, "keys"));
    ASSIGN_OR_RETURN(report.keys, store::add_keys(*workshop / "keys/puntual.db", copy));
  }
  RETURN_IF_ERROR(store::change_at(copy, [&](Tx& tx) -> Result<void> {
    check_database(tx, true, engine::PeoplesWords::LeftSealed, report.findings);
    auto rows = tx.db.query(
        "SELECT COUNT(*) FROM debtor d WHERE erased_at IS NULL AND NOT EXISTS (SELECT 1 FROM "
        "person_key k WHERE k.creditor_id=d.creditor_id AND k.id=d.id)");
    const int64_t keyless = rows.next() ? rows.integer(0) : 0;
    if (!order.keys_file.empty() && keyless > 0) {
      report.findings.push_back({Grade::Finding, "keys",
                                 fmt::format("De {} personas no hay llave: la copia de las llaves "
                                             "es más vieja que la de los datos. Use una más nueva.",
                                             keyless)});
    }
    if (worst_of(report.findings) != Grade::Danger) engine::raise_quarantine(tx, "restored", now);
    return {};
  }));
  if (worst_of(report.findings) == Grade::Danger || order.to.empty()) return report;
  RETURN_IF_ERROR(put_in_place(*workshop, order.to, report.kept));
  return report;
}

}  // namespace puntual
