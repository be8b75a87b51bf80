#include "app/backup_job.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "app/archive.h"
#include "app/input_file.h"
#include "base/durable_file.h"
#include "engine/audit.h"
#include "engine/quarantine.h"
#include "store/backup.h"
#include "store/migrate.h"

namespace puntual {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kKeysKeptDays = 30;  // Decision 11: an erased person's key lives no longer anywhere.
constexpr std::string_view kDatabase = "puntual.db";

// A folder beside the target, for us alone; gone at the end, whatever happens.
class Workshop {
 public:
  static Result<std::unique_ptr<Workshop>> in(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    std::string name = (folder / ".puntual-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) return fail(ErrorCode::Forbidden, "{}: cannot be written: {}", folder.string(), std::strerror(errno));
    return std::unique_ptr<Workshop>(new Workshop(name));
  }
  Workshop(const Workshop&) = delete;
  ~Workshop() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  [[nodiscard]] std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit Workshop(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

std::string_view prefix_of(bool of_keys) { return of_keys ? "puntual-keys-" : "puntual-data-"; }

std::string file_name_of(bool of_keys, Instant now) {
  std::string moment = format_utc(now);
  std::ranges::replace(moment, ':', '-');
  return fmt::format("{}{}.backup", prefix_of(of_keys), moment);
}

// puntual.toml without the one secret that may stand in it.
Result<void> copy_settings(const std::string& from, const std::string& to) {
  ASSIGN_OR_RETURN(const std::string text, read_whole_file(from));
  std::string kept;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string_view line = std::string_view(text).substr(at, end - at);
    const size_t first = line.find_first_not_of(" \t");
    const bool is_secret = first != std::string_view::npos && line.substr(first).starts_with("verify_token");
    kept += is_secret ? "verify_token = \"\"  # No se guarda en las copias: escríbalo de nuevo.\n" : std::string(line);
    at = end;
  }
  return write_durably(to, kept);
}

// Files of one of the deployment's folders, under a name of their own in the archive.
void add_folder(const std::string& folder, std::string_view as, std::vector<ArchivePart>& parts) {
  std::error_code error;
  if (folder.empty()) return;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (!entry.is_regular_file(error)) continue;
    const std::string name = fmt::format("{}/{}", as, fs::relative(entry.path(), folder, error).string());
    if (name.size() < 100 && name.find(' ') == std::string::npos) parts.push_back({.name = name, .path = entry.path().string()});
  }
}

Result<std::vector<ArchivePart>> parts_of(const Config& config, const Workshop& workshop) {
  std::vector<ArchivePart> parts{{.name = std::string(kDatabase), .path = workshop / kDatabase}};
  if (const std::string settings = config.data_dir + "/puntual.toml"; fs::exists(settings)) {
    RETURN_IF_ERROR(copy_settings(settings, workshop / "puntual.toml"));
    parts.push_back({.name = "puntual.toml", .path = workshop / "puntual.toml"});
  }
  add_folder(config.data_dir + "/anchors", "anchors", parts);
  add_folder(config.strategies_dir, "strategies", parts);
  add_folder(config.templates_dir, "templates", parts);
  add_folder(config.law.packs_dir, "packs", parts);
  if (!config.law.closed_days_file.empty()) parts.push_back({.name = "closed_days.tsv", .path = config.law.closed_days_file});
  return parts;
}

// Where the audit trail stands in the copy: newest head per chain.
Result<json::array> heads_of(const std::string& database) {
  json::array heads;
  RETURN_IF_ERROR(store::look_at(database, [&](Tx& tx) -> Result<void> {
    for (const auto& [chain, state] : engine::verify_audit(tx, {}).chains) {
      heads.push_back(json::object{{"creditor", std::to_string(chain.creditor.value)}, {"node", chain.node}, {"count", state.count},
                                   {"last_id", std::to_string(state.last_id)}, {"head", state.head}});
    }
    return {};
  }));
  return heads;
}

int remove_older(const fs::path& folder, bool of_keys, int64_t keep_days, Instant now) {
  // Their names are their moments: whatever is smaller than this one's is older.
  const std::string oldest = file_name_of(of_keys, now - keep_days * kDayMs);
  int removed = 0;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix_of(of_keys)) && name.ends_with(".backup") && name < oldest && fs::remove(entry.path(), error)) ++removed;
  }
  return removed;
}

Result<json::value> unpack(const std::string& file, const std::string& folder, std::string_view passphrase, std::string_view kind) {
  std::error_code error;
  fs::create_directories(folder, error);
  ASSIGN_OR_RETURN(json::value manifest, unpack_archive(file, folder, passphrase));
  if (member_text(manifest, "kind") != kind) {
    return fail(ErrorCode::Invalid, "{}: holds {}, not {}", file, member_text(manifest, "kind").value_or("something else"), kind);
  }
  if (const int64_t schema = member_int(manifest, "schema").value_or(INT64_MAX); schema > store::schema_version()) {
    return fail(ErrorCode::Unsafe, "{}: has schema {} and this program knows up to {}: restore it with the newer program", file, schema, store::schema_version());
  }
  return manifest;
}

// Everything but the database first: once that is there, the deployment is.
Result<void> put_in_place(const Workshop& workshop, const std::string& to, std::vector<std::string>& kept) {
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
    if (error) return fail(ErrorCode::Forbidden, "{}: cannot be written: {}", (to / name).string(), error.message());
  }
  const std::string database = fmt::format("{}/{}", to, kDatabase);
  RETURN_IF_ERROR(sync_file((from / kDatabase).string()));
  if (::link((from / kDatabase).c_str(), database.c_str()) != 0) return fail(ErrorCode::Conflict, "{}: exists already; it is left as it is", database);
  return sync_folder_of(database);
}

}  // namespace

Result<BackupReport> make_backup(const Config& config, const BackupOrder& order, Instant now) {
  const bool to_folder = fs::is_directory(order.to);
  const fs::path path = to_folder ? fs::path(order.to) / file_name_of(order.of_keys, now) : fs::path(order.to);
  if (fs::exists(path)) return fail(ErrorCode::Conflict, "{}: exists already; it is left as it is", path.string());
  ASSIGN_OR_RETURN(const auto workshop, Workshop::in(path.has_parent_path() ? path.parent_path() : "."));
  const std::string database = *workshop / kDatabase;
  RETURN_IF_ERROR(store::write_snapshot(config.database_url, database, order.of_keys ? store::SnapshotOf::Keys : store::SnapshotOf::Data));
  json::object manifest{{"kind", order.of_keys ? "keys" : "data"}, {"created_at", format_utc(now)}, {"schema", store::schema_version()}};
  std::vector<ArchivePart> parts{{.name = std::string(kDatabase), .path = database}};
  if (!order.of_keys) {
    ASSIGN_OR_RETURN(manifest["chains"], heads_of(database));
    ASSIGN_OR_RETURN(parts, parts_of(config, *workshop));
  }
  BackupReport report{.path = path.string(), .sha256 = {}};
  ASSIGN_OR_RETURN(report.sha256, write_archive(report.path, std::move(manifest), parts, order.passphrase));
  report.bytes = static_cast<int64_t>(fs::file_size(path));
  const auto keep_days = order.of_keys ? std::min(order.keep_days.value_or(kKeysKeptDays), kKeysKeptDays) : order.keep_days.value_or(0);
  if (to_folder && keep_days > 0) report.removed = remove_older(path.parent_path(), order.of_keys, keep_days, now);
  return report;
}

Result<RestoreReport> restore_backup(const RestoreOrder& order, Instant now) {
  const std::string database = fmt::format("{}/{}", order.to, kDatabase);
  if (!order.to.empty() && (fs::exists(database) || fs::exists(database + "-wal"))) {
    return fail(ErrorCode::Conflict, "{}: exists already; it is left as it is (restore into an empty folder, or move it and its -wal away first)", database);
  }
  if (!order.to.empty() && order.keys_file.empty()) {
    return fail(ErrorCode::Invalid, "the keys of people are a backup of their own: give it with --keys FILE; without it nobody's data can be read");
  }
  ASSIGN_OR_RETURN(const auto workshop, Workshop::in(order.to.empty() ? fs::temp_directory_path() : fs::path(order.to)));
  ASSIGN_OR_RETURN(const json::value manifest, unpack(order.file, *workshop / "data", order.passphrase, "data"));
  RestoreReport report{.created_at = member_text(manifest, "created_at").value_or("")};
  const std::string copy = *workshop / "data/puntual.db";
  RETURN_IF_ERROR(store::change_at(copy, [](Tx&) -> Result<void> { return {}; }));  // An older backup is brought up to date here.
  if (!order.keys_file.empty()) {
    ASSIGN_OR_RETURN(const json::value keys, unpack(order.keys_file, *workshop / "keys", order.passphrase, "keys"));
    ASSIGN_OR_RETURN(report.keys, store::add_keys(*workshop / "keys/puntual.db", copy));
  }
  RETURN_IF_ERROR(store::change_at(copy, [&](Tx& tx) -> Result<void> {
    check_database(tx, true, report.findings);
    auto rows = tx.db.query("SELECT COUNT(*) FROM debtor d WHERE erased_at IS NULL AND NOT EXISTS (SELECT 1 FROM person_key k WHERE k.creditor_id=d.creditor_id AND k.id=d.id)");
    const int64_t keyless = rows.next() ? rows.integer(0) : 0;
    if (!order.keys_file.empty() && keyless > 0) {
      report.findings.push_back({Grade::Finding, "keys", fmt::format("De {} personas no hay llave: la copia de las llaves es más vieja que la de los datos. Use una más nueva.", keyless)});
    }
    if (worst_of(report.findings) != Grade::Danger) engine::raise_quarantine(tx, "restored", now);
    return {};
  }));
  if (worst_of(report.findings) == Grade::Danger || order.to.empty()) return report;
  RETURN_IF_ERROR(put_in_place(*workshop, order.to, report.kept));
  return report;
}

}  // namespace puntual
