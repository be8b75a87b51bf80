// What the API says when it does not do what it was asked (RFC 9457). Each kind has a code that
// never changes, for programs, and a title for people, in three languages; the sentence in `detail`
// says what was wrong with this request.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace puntual {

struct ProblemKind {
  std::string_view code;
  int status;
  std::string_view en, es, pt;
};
[[nodiscard]] std::span<const ProblemKind> problem_kinds();

// One field that is wrong: where ("/instalments/0/due_on"), and how.
struct FieldError {
  std::string pointer;
  std::string detail;
};

// `code` is one of problem_kinds(). What is the same for every problem (title, request id …) is
// added where it leaves.
[[nodiscard]] http::Response api_problem(std::string_view code, std::string_view detail,
                                         const std::vector<FieldError>& errors = {});
[[nodiscard]] http::Response api_problem(const Error& error);

// Of the request it answers: in the language that it accepts.
[[nodiscard]] http::Response complete_problem(http::Response problem, const http::Request& request,
                                              std::string_view request_id);

}  // namespace puntual
