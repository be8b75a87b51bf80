// The platform's answer to a send: in doubt it is Unknown. First line: status, "-" when no byte of
// ours had left.
#include <charconv>

#include "tests/fuzz/fuzz.h"
#include "whatsapp/outcome.h"

namespace puntual::whatsapp {

FUZZ(send_answer, "") {
  const auto [line, body] = fuzz::first_line(bytes);
  Answer answer{.is_body_started = !line.contains('-'), .body = body};
  std::from_chars(line.data(), line.data() + line.size(), answer.http_status);
  const SendResult result = outcome_of(answer);
  const bool is_success = answer.http_status >= 200 && answer.http_status < 300;
  HOLDS(result.outcome != SendOutcome::Accepted || (is_success && !result.platform_id.empty()));
  // By a code of the platform's own; 0 is one of them, the token that it does not take.
  const auto error = platform_error(body);
  HOLDS(result.outcome != SendOutcome::Rejected ||
        (answer.http_status >= 400 && error && result.error_code == error->code));
  HOLDS(result.outcome != SendOutcome::NotSent || !answer.is_body_started);
  if (error) HOLDS(blot_numbers(error->detail) == error->detail);  // Nobody's number.
}

}  // namespace puntual::whatsapp
