// A PostgreSQL server of our own for tests and benches, from the distribution's package: in a new
// folder, reached by a socket there alone, durable (fsync is on), and gone with the process that
// started it, however that ends.
//
// PostgreSQL refuses to run as root: then it runs as the user postgres, or nobody.
// PUNTUAL_POSTGRES_BIN names the folder of its programs where they are not in
// /usr/lib/postgresql/*/bin.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace puntual::tests {

class PostgresServer {
 public:
  // settings: of the server, "name=value". place: where its folder is made; empty: where temporary
  // files go.
  [[nodiscard]] static Result<std::unique_ptr<PostgresServer>> start(
      const std::vector<std::string>& settings = {}, std::string place = {});
  PostgresServer(const PostgresServer&) = delete;
  ~PostgresServer();

  // An asynchronous stand-by of another one, which it follows from here on; read-only until it is
  // promoted.
  [[nodiscard]] static Result<std::unique_ptr<PostgresServer>> start_stand_by(
      const PostgresServer& primary);
  [[nodiscard]] std::string url(std::string_view database) const;
  // Makes an empty one and gives its URL.
  [[nodiscard]] std::string new_database();
  // One for the process, started by who asks first. Ends the program, saying why, when there is
  // none to be had.
  [[nodiscard]] static PostgresServer& shared();

  // As when the power fails: nothing more is written. Then up again, with what was kept.
  void kill();
  [[nodiscard]] Result<void> start_again();
  // All its processes stand still, as on a machine that hangs: it takes connections and says
  // nothing. Then on again.
  void freeze() const;
  void thaw() const;
  // A stand-by takes over: it writes when this returns.
  void promote();

  // A file for the master key of its databases.
  [[nodiscard]] std::string master_file() const { return folder_ + "/master.key"; }
  [[nodiscard]] const std::string& folder() const { return folder_; }

 private:
  PostgresServer() = default;
  // To the server and each process of its connections.
  void signal_all(int number) const;
  // first: makes the data folder, whose path comes behind it.
  [[nodiscard]] static Result<std::unique_ptr<PostgresServer>> start_from(
      std::vector<std::string> first, const std::vector<std::string>& settings, std::string place);
  [[nodiscard]] Result<void> tell(char command);

  std::string folder_;
  int databases_made_ = 0;
  int keeper_ = -1;  // The process that holds the server, and what we say to it and hear of it.
  int to_keeper_ = -1, from_keeper_ = -1;
};

}  // namespace puntual::tests
