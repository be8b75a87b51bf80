#include "app/anchor_job.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/failpoint.h"
#include "core/audit/anchor_file.h"
#include "engine/audit.h"

namespace puntual {

Result<std::string> run_anchor_job(Store& store, Instant now) {
  // A day's hashes are read beside the writer; it waits only for the few rows at the end.
  ASSIGN_OR_RETURN(const auto anchors,
                   store.read([&](Tx& tx) { return engine::make_anchors(tx, now); }));
  failpoint("anchor.made");
  RETURN_IF_ERROR(store.write([&](Tx& tx) {
    for (const auto& anchor : anchors) {
      tx.timeline.keep_anchor(anchor);
    }
  }));
  failpoint("anchor.kept");
  return audit::write_anchors(anchors, now);
}

Result<std::string> keep_anchor_file(const std::string& folder, const std::string& text,
                                     Instant now) {
  std::string name = format_utc(now);
  std::ranges::replace(name, ':', '-');
  const std::filesystem::path path = std::filesystem::path(folder) / (name + ".json");
  const std::string half = path.string() + ".tmp";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::ofstream(half, std::ios::binary) << text;
  if (std::filesystem::file_size(half, error) != text.size() || error) {
    return fail(ErrorCode::Unavailable, "{}: cannot be written", half);
  }
  failpoint("anchor.half_written");
  std::filesystem::rename(half, path, error);
  if (error)
    return fail(ErrorCode::Unavailable, "{}: cannot be written: {}", path.string(),
                error.message());
  failpoint("anchor.written");
  return path.string();
}

}  // namespace puntual
