#include "cli/sandbox_phone.h"

namespace puntual::cli {

Result<std::string> SandboxPhone::ask(std::string_view method, const std::string& what,
                                      const std::string& body) {
  const std::string path = "/_sandbox/" + what;
  return method == "GET" ? sandbox_.get(path) : sandbox_.post(path, {}, "application/json", body);
}

Result<void> SandboxPhone::move_to(Instant then) {
  const int64_t ms = std::max<int64_t>(0, then - clock_.now());
  ASSIGN_OR_RETURN(const std::string moved,
                   ask("POST", "clock", fmt::format(R"({{"advance_ms":{}}})", ms)));
  (void)moved;
  clock_.advance(ms);
  return {};
}

}  // namespace puntual::cli
