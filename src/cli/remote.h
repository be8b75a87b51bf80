// A command given while the server runs: the server has the database, so the command is handed to
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/config.h"
#include "base/json.h"

namespace puntual::cli {

class Remote {
 public:
  // The server that has this deployment's database open, if there is one. Unsafe when something has
  // it that cannot be talked to.
  [[nodiscard]] static Result<std::optional<Remote>> find(const Config& config);

  // Any server at this address, without a token.
  [[nodiscard]] static Remote to(std::string url) { return {std::move(url), {}}; }

  // One part of a path, percent-encoded.
  [[nodiscard]] static std::string escaped(std::string_view part);

  using Query = std::vector<std::pair<std::string_view, std::string>>;
  // The body of a 2xx answer; a problem document becomes its Error. Fields of the query that are
  // empty are left out.
  [[nodiscard]] Result<std::string> get(std::string_view path, const Query& query = {}) const;
  // `key`: sent as Idempotency-Key, unless it is empty.
  [[nodiscard]] Result<std::string> post(std::string_view path, const Query& query,
                                         std::string_view content_type, std::string_view body,
                                         std::string_view key = {}) const {
    return send("POST", path, query, content_type, body, key);
  }
  // "PATCH", "DELETE".
  [[nodiscard]] Result<std::string> send(const char* method, std::string_view path,
                                         const Query& query, std::string_view content_type,
                                         std::string_view body, std::string_view key = {}) const;

 private:
  [[nodiscard]] Result<std::string> call(const char* method, std::string_view path,
                                         const Query& query,
                                         const std::vector<std::string>& headers,
                                         std::optional<std::string_view> body) const;
  Remote(std::string url, std::string token) : url_(std::move(url)), token_(std::move(token)) {}
  std::string url_;
  std::string token_;
};

// A field of a job that stands in the path instead.
[[nodiscard]] std::string taken(json::object& job, std::string_view field);

}  // namespace puntual::cli
