// A backup of a deployment as one file, and the way back. The keys of people are never in it: they
// are a backup of their own, kept thirty days at most, so that who was erased stays erased
// (docs/decisions/0011).
#pragma once

#include "app/checkup.h"
#include "app/config.h"

namespace puntual {

struct BackupOrder {
  bool of_keys = false;
  std::string to;  // A file; or a folder, where it gets a name of its moment. Made when it is to
                   // keep several.
  std::string passphrase;  // Empty: not sealed.
  std::optional<int64_t>
      keep_days;  // In a folder: older backups of the same kind go. Keys: thirty, whatever is said.
};
struct BackupReport {
  std::string path, sha256;
  int64_t bytes = 0;
  int removed = 0;
};
// Beside a running server, which goes on.
[[nodiscard]] Result<BackupReport> make_backup(const Config& config, const BackupOrder& order,
                                               Instant now);

struct RestoreOrder {
  std::string file, keys_file, passphrase;
  std::string to;  // The data directory; empty: only verify.
};
struct RestoreReport {
  std::string created_at;
  int64_t keys = 0;
  std::vector<Finding> findings;
  std::vector<std::string> kept;  // Files of the folder that were there and were left as they are.
};
// Verifies everything before anything is put in its place. The restored deployment is in
// quarantine. Conflict: there is a database already. Unsafe: the backup is damaged, too new, or its
// books do not add up.
[[nodiscard]] Result<RestoreReport> restore_backup(const RestoreOrder& order, Instant now);

}  // namespace puntual
