// Three kinds of no. A refusal is a value of the business (core/compliance); an Error is an
// operation that failed, with a code to act on; a broken assumption of our own is a CHECK, on in
// release.
#pragma once

#include <fmt/format.h>

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace puntual {

// What the caller can do about it. One table maps these to exit codes (cli) and one to HTTP (http).
enum class ErrorCode {
  Invalid,      // The input is wrong; the message names place and remedy.
  NotFound,     // No such thing.
  Conflict,     // The thing has changed, or exists already.
  Forbidden,    // Not allowed.
  Unsafe,       // Going on could do harm (second process on one file, newer schema, quarantine).
  Unavailable,  // Temporary; the same call may succeed later.
  Internal,     // We failed.
};

struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string message;
};

template <class T>
using Result = std::expected<T, Error>;

template <class... Args>
[[nodiscard]] std::unexpected<Error> fail(ErrorCode code, fmt::format_string<Args...> format,
                                          Args&&... args) {
  return std::unexpected(Error{code, fmt::format(format, std::forward<Args>(args)...)});
}

// An assumption of ours is false, and going on could send what must not be sent. Said on stderr and
// thrown; nobody catches it but the engine's thread, which then stops for good while what comes in
// is still kept (app/service.cpp), and whoever answers a request. Anywhere else it ends the
// program. No std::exception, so that no net meant for a library's troubles takes it.
struct BrokenAssumption {
  std::string what;
};
[[noreturn]] void check_failed(const char* expression, const char* file, int line);

}  // namespace puntual

#define PUNTUAL_CHECK(expression)          \
  (static_cast<bool>(expression) ? void(0) \
                                 : ::puntual::check_failed(#expression, __FILE__, __LINE__))

#define PUNTUAL_CONCAT_(a, b) a##b
#define PUNTUAL_CONCAT(a, b) PUNTUAL_CONCAT_(a, b)
#define PUNTUAL_ASSIGN_(temporary, target, expression)                  \
  auto temporary = (expression);                                        \
  if (!temporary) return std::unexpected(std::move(temporary).error()); \
  target = *std::move(temporary)
#define ASSIGN_OR_RETURN(target, expression) \
  PUNTUAL_ASSIGN_(PUNTUAL_CONCAT(result_, __LINE__), target, expression)
#define RETURN_IF_ERROR(expression)                                                             \
  do {                                                                                          \
    if (auto status = (expression); !status) return std::unexpected(std::move(status).error()); \
  } while (false)
