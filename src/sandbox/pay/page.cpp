// The provider's own page, where the payer chooses what comes of it. Plain: no script, no style of
// anybody.
#include <fmt/format.h>

#include "base/money.h"
#include "sandbox/pay/simulator.h"

namespace puntual::sandbox {
namespace {

std::string html_text(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '<')
      safe += "&lt;";
    else if (c == '&')
      safe += "&amp;";
    else if (c == '"')
      safe += "&quot;";
    else
      safe += c;
  }
  return safe;
}

std::string amount_text(const PayPlace& place) {
  const auto currency = Currency::parse(place.currency);
  return currency ? format_plain({place.minor, *currency})
                  : fmt::format("{} {}", place.minor, place.currency);
}

std::string choices(const PayPlace& place) {
  const std::string amount =
      place.minor > 0
          ? fmt::format("<p><b>{}</b></p>", amount_text(place))
          : R"(<p><label>Valor, en centavos <input name="amount_minor" inputmode="numeric" required></label></p>)";
  return fmt::format(
      R"(<form method="post">{}<p><label>Medio de pago <input name="method" value="PSE"></label></p>
<p><button name="outcome" value="approved">Pagar</button> <button name="outcome" value="declined">Rechazar</button>
<button name="outcome" value="pending">Dejar pendiente</button></p></form>)",
      amount);
}

}  // namespace

http::Response pay_page(const PayPlace& place, std::string_view trouble) {
  http::Response response{.status = trouble.empty() ? 200 : 409,
                          .content_type = "text/html; charset=utf-8"};
  response.body = fmt::format(
      R"(<!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Pago de prueba</title><h1>Pago de prueba</h1><p>Esta página imita la del medio de pago. Aquí no se mueve dinero.</p>
<h2>{}</h2><p>Referencia: {}</p>{}</html>)",
      html_text(place.title), html_text(place.reference.empty() ? place.id : place.reference),
      trouble.empty() ? choices(place) : fmt::format("<p>{}</p>", html_text(trouble)));
  return response;
}

}  // namespace puntual::sandbox
