#include "core/messaging/canned_reply.h"

#include <algorithm>

#include "core/messaging/placeholder.h"

namespace puntual::messaging {

const std::vector<CannedReply>& built_in_replies() {
  static const std::vector<CannedReply> kReplies = {
      {"acuerdo",
       "Entiendo, {{nombre}}. Busquemos una forma que le quede cómoda: ¿qué fecha y qué monto le "
       "vienen bien?"},
      {"comprobante",
       "Gracias por avisarnos, {{nombre}}. ¿Nos envía por aquí una foto del comprobante? Así "
       "encontramos su pago más rápido."},
      {"despedida", "Con mucho gusto, {{nombre}}. Aquí estamos para lo que necesite."},
      {"enlace", "Con gusto, {{nombre}}. Este es su enlace: {{enlace}}"},
      {"espera",
       "Gracias por escribirnos, {{nombre}}. Lo estamos revisando y le contamos por aquí en cuanto "
       "lo sepamos."},
      {"pago_encontrado",
       "Encontramos su pago de {{pagado}}, {{nombre}}, y ya quedó registrado. ¡Muchas gracias!"},
      {"saldo", "{{nombre}}, al {{hoy}} su saldo con {{empresa}} es de {{total}}: {{detalle}}."},
      {"saludo",
       "Hola, {{nombre}}. Le saluda {{agente}}, de {{empresa}}. Ya leí su mensaje; cuénteme en qué "
       "le puedo ayudar."},
  };
  return kReplies;
}

Result<void> check_reply(const CannedReply& reply) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (reply.name.empty() || reply.name.size() > 40 || !std::ranges::all_of(reply.name, is_plain)) {
    return fail(ErrorCode::Invalid,
                "name '{}': up to 40 small letters without accents, digits and '_' are expected",
                reply.name);
  }
  if (reply.text.empty()) return fail(ErrorCode::Invalid, "the text of '{}' is empty", reply.name);
  Variables examples;
  for (const auto& one : known_variables()) examples.set(one.name, std::string(one.example));
  for (const auto& piece : pieces_of(reply.text)) {
    if (!piece.is_variable || known_variable(piece.text) != nullptr) continue;
    return fail(ErrorCode::Invalid,
                "'{}' names the variable {{{{{}}}}}, which there is not (puntual template "
                "variables lists them)",
                reply.name, piece.text);
  }
  RETURN_IF_ERROR(fill_reply(reply, examples));
  return {};
}

Result<std::string> fill_reply(const CannedReply& reply, const Variables& variables) {
  MessageTemplate as_template;
  as_template.name = reply.name;
  as_template.body = reply.text;
  ASSIGN_OR_RETURN(RenderedMessage rendered, render(as_template, variables));
  return std::move(rendered.text);
}

}  // namespace puntual::messaging
