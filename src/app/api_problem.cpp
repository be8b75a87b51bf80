#include "app/api_problem.h"

#include <algorithm>

#include "base/json.h"
#include "http/problem.h"

namespace puntual {
namespace {

constexpr ProblemKind kKinds[] = {
    {"invalid_request", 400, "The request is not right", "La solicitud no es correcta",
     "A solicitação não está correta"},
    {"not_signed_in", 401, "Sign in first", "Primero inicie sesión", "Entre primeiro"},
    {"sign_in_failed", 401, "The e-mail or the password is not right",
     "El correo o la contraseña no son correctos", "O e-mail ou a senha não estão corretos"},
    {"second_factor_required", 401, "The code of your second factor is needed",
     "Falta el código de su segundo factor", "Falta o código do seu segundo fator"},
    {"passkey_required", 401, "Sign in with your passkey", "Entre con su llave de acceso",
     "Entre com sua chave de acesso"},
    {"forbidden", 403, "You may not do this", "Usted no tiene permiso para esto",
     "Você não tem permissão para isto"},
    {"fresh_sign_in_required", 403, "Confirm that it is you", "Confirme que es usted",
     "Confirme que é você"},
    {"other_origin", 403, "The request comes from another site", "La solicitud viene de otro sitio",
     "A solicitação vem de outro site"},
    {"not_found", 404, "It does not exist", "No existe", "Não existe"},
    {"method_not_allowed", 405, "This cannot be done here", "Aquí no se puede hacer eso",
     "Isto não pode ser feito aqui"},
    {"timeout", 408, "The request came too slowly", "La solicitud llegó demasiado despacio",
     "A solicitação chegou devagar demais"},
    {"conflict", 409, "It has changed meanwhile", "Entre tanto cambió", "Mudou nesse meio-tempo"},
    {"unsafe_state", 409, "A person must look at it first", "Primero debe revisarlo una persona",
     "Primeiro uma pessoa precisa verificar"},
    {"still_running", 409, "The first request is still being answered",
     "La primera solicitud todavía se está atendiendo",
     "A primeira solicitação ainda está sendo atendida"},
    {"version_mismatch", 412, "Somebody else has changed it", "Otra persona lo cambió antes",
     "Outra pessoa o alterou antes"},
    {"too_large", 413, "That is too much at once", "Es demasiado de una vez",
     "É demais de uma vez"},
    {"unsupported_media_type", 415, "This kind of content is not understood",
     "No se entiende este tipo de contenido", "Este tipo de conteúdo não é entendido"},
    {"invalid_fields", 422, "Some fields are not right", "Hay campos que corregir",
     "Há campos a corrigir"},
    {"idempotency_key_reused", 422, "This key was used for another request",
     "Esta clave ya se usó para otra solicitud", "Esta chave já foi usada para outra solicitação"},
    {"too_many_requests", 429, "Too many requests: wait a moment",
     "Demasiadas solicitudes: espere un momento", "Solicitações demais: espere um momento"},
    {"too_many_attempts", 429, "Too many attempts: wait a moment",
     "Demasiados intentos: espere un momento", "Tentativas demais: espere um momento"},
    {"internal", 500, "We failed", "Fallamos nosotros", "A falha foi nossa"},
    {"unavailable", 503, "Not now: try again in a moment", "Ahora no: inténtelo en un momento",
     "Agora não: tente em um momento"},
};

const ProblemKind* kind_of(std::string_view code) {
  const auto* found = std::ranges::find(kKinds, code, &ProblemKind::code);
  return found == std::end(kKinds) ? nullptr : found;
}

// The first of a status says what that status means when nobody says more.
const ProblemKind& kind_of_status(int status) {
  const auto* found = std::ranges::find(kKinds, status, &ProblemKind::status);
  return found == std::end(kKinds) ? *kind_of("internal") : *found;
}

std::string_view code_of_error(ErrorCode code) {
  switch (code) {
    case ErrorCode::Invalid:
      return "invalid_request";
    case ErrorCode::NotFound:
      return "not_found";
    case ErrorCode::Conflict:
      return "conflict";
    case ErrorCode::Forbidden:
      return "forbidden";
    case ErrorCode::Unsafe:
      return "unsafe_state";
    case ErrorCode::Unavailable:
      return "unavailable";
    case ErrorCode::Internal:
      return "internal";
  }
  return "internal";
}

// The first of our languages that the header names; weights are as good as always in order.
std::string_view title_of(const ProblemKind& kind, std::string_view accepted) {
  while (!accepted.empty()) {
    const std::string_view one =
        accepted.substr(accepted.find_first_not_of(' ') == std::string_view::npos
                            ? 0
                            : accepted.find_first_not_of(' '));
    if (one.starts_with("es")) return kind.es;
    if (one.starts_with("pt")) return kind.pt;
    if (one.starts_with("en")) return kind.en;
    const auto comma = one.find(',');
    accepted = comma == std::string_view::npos ? std::string_view() : one.substr(comma + 1);
  }
  return kind.en;
}

}  // namespace

std::span<const ProblemKind> problem_kinds() { return kKinds; }

http::Response api_problem(std::string_view code, std::string_view detail,
                           const std::vector<FieldError>& errors) {
  const ProblemKind* kind = kind_of(code);
  PUNTUAL_CHECK(kind != nullptr);
  json::object document{{"status", kind->status}, {"code", code}};
  if (!detail.empty()) document["detail"] = detail;
  if (!errors.empty()) {
    json::array list;
    for (const auto& one : errors)
      list.push_back(json::object{{"pointer", one.pointer}, {"detail", one.detail}});
    document["errors"] = std::move(list);
  }
  return {.status = kind->status,
          .content_type = "application/problem+json",
          .body = to_json(document)};
}

http::Response api_problem(const Error& error) {
  // What we failed at is for the log alone.
  return api_problem(code_of_error(error.code), error.code == ErrorCode::Internal
                                                    ? std::string_view()
                                                    : std::string_view(error.message));
}

http::Response complete_problem(http::Response problem, const http::Request& request,
                                std::string_view request_id) {
  const auto said = parse_json(problem.body);
  const json::value none{json::object()};
  const json::value& document = said ? *said : none;
  const ProblemKind* told = kind_of(text_in(document, "code"));
  const ProblemKind& kind = told != nullptr ? *told : kind_of_status(problem.status);
  json::object whole{{"type", fmt::format("/docs#problem-{}", kind.code)},
                     {"title", title_of(kind, request.headers.get("Accept-Language"))},
                     {"status", problem.status}};
  if (const auto* detail = member(document, "detail")) whole["detail"] = *detail;
  whole["instance"] = request.path();
  whole["code"] = kind.code;
  whole["request_id"] = request_id;
  if (const auto* errors = member(document, "errors")) whole["errors"] = *errors;
  problem.content_type = "application/problem+json";
  problem.body = to_json(whole);
  return problem;
}

}  // namespace puntual
