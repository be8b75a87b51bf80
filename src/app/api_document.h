// The document of the API (docs/api/*.json, OpenAPI 3.1, one file a noun) as the program holds it:
// what it serves, and what it holds requests against. Read once; thread-safe afterwards.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/api_problem.h"
#include "base/json.h"

namespace puntual {

class ApiDocument {
 public:
  // Of the files in the binary; one that cannot be read is a broken assumption.
  ApiDocument();

  [[nodiscard]] const json::value& whole() const { return whole_; }
  // Null: there is no such operation.
  [[nodiscard]] const json::value* operation(http::Method method, std::string_view path) const;
  // Of the body that it takes as JSON; null: it takes none.
  [[nodiscard]] const json::value* body_schema(const json::value& operation) const;
  // Invalid, with what there is, when the request asks with a word that the operation does not
  // know, or in a way it cannot.
  [[nodiscard]] Result<void> check_query(const json::value& operation,
                                         const http::Request& request) const;
  [[nodiscard]] std::vector<FieldError> check_body(const json::value& schema,
                                                   const json::value& body) const;

 private:
  json::value whole_;
};

}  // namespace puntual
