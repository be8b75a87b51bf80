// A connection's bytes: however the network cuts them, the same requests come out. (Not the same
// refusal: of a head that comes in pieces, the parser waits for the end before it finds the fault.)
#include "http/request_parser.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::http {
namespace {

// As a connection reads: request after request, until one is refused or the bytes end.
std::string read_all(std::string_view bytes, size_t step) {
  RequestParser parser(2048);
  Request request;
  std::string seen;
  for (size_t at = 0, offered = 0; at < bytes.size();) {
    parser.begin(request);
    parser.set_body_max(512);
    for (auto state = RequestParser::State::NeedMore; state != RequestParser::State::Done;) {
      size_t used = 0;
      state = parser.feed(bytes.substr(at, offered), used);
      HOLDS(used <= offered);
      at += used;
      offered -= used;
      if (state == RequestParser::State::Failed) {
        HOLDS(parser.error_status() >= 400 && parser.error_status() < 500);
        return seen;
      }
      if (state != RequestParser::State::NeedMore) continue;
      if (at + offered == bytes.size()) return seen;
      offered = std::min(offered + step, bytes.size() - at);
    }
    HOLDS(request.body.size() <= 512);
    HOLDS(!request.target.empty());
    seen += fmt::format("{} {} {} ", text_of(request.method), request.target, parser.keeps_alive());
    for (size_t i = 0; i < request.headers.size(); ++i)
      seen += fmt::format("{}={};", request.headers.name(i), request.headers.value(i));
    seen += request.body + '\n';
    if (!parser.keeps_alive()) return seen;
  }
  return seen;
}

}  // namespace

FUZZ(http_request, "") {
  const std::string whole = read_all(bytes, bytes.size());
  HOLDS(read_all(bytes, 1) == whole);
  HOLDS(read_all(bytes, 7) == whole);
}

}  // namespace puntual::http
