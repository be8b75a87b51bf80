// Paths and queries: what a well-behaved client encodes comes back as it was.
#include <algorithm>

#include "http/message.h"
#include "http/router.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::http {

FUZZ(url, "") {
  Request request{.target = std::string(bytes)};
  HOLDS(request.path().size() + request.query_text().size() <= bytes.size());
  const auto fields = request.query_fields();
  for (const auto& field : fields) {
    const auto first = std::ranges::find(fields, field.name, &Field::name);
    HOLDS(request.query(field.name) == first->value);
  }
  static const Router router = [] {
    Router made;
    for (const auto pattern :
         {"/v1/debtors/{id}", "/v1/debtors/{id}/messages/{message}", "/assets/{rest...}", "/"})
      made.add(Method::Get, pattern, [](const Request&) { return Response(); });
    return made;
  }();
  const auto match = router.find(Method::Get, request.path(), request.params);
  HOLDS(match.route == nullptr || request.params.size() <= 2);

  std::string encoded;
  for (const char byte : bytes) encoded += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
  HOLDS(percent_decode(encoded, true) == bytes);
  request.target = "/?q=" + encoded;
  HOLDS(request.query("q") == bytes);
}

}  // namespace puntual::http
