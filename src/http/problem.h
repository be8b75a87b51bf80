// Errors as RFC 9457 documents: {"type","title","status","detail"}.
#pragma once

#include "http/message.h"

namespace puntual::http {

[[nodiscard]] int status_of(ErrorCode code);

// An internal error keeps its details to itself: they are for the log, not for the peer.
[[nodiscard]] Response problem(const Error& error);
[[nodiscard]] Response problem(int status, std::string_view title, std::string_view detail = {});

[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace puntual::http
