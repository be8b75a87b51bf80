#include "core/portfolio/import_headers.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/suggest.h"

namespace puntual::portfolio {
namespace {

struct Synonyms {
  ImportField field;
  std::string_view titles;  // Bare forms, separated by '|', the surest first.
};

// clang-format off
constexpr Synonyms kSynonyms[] = {
    {ImportField::DebtorName,
     "nombre completo|nombres apellidos|apellidos nombres|nombre apellido|nombre apellidos|nombre deudor|deudor|nombre cliente|"
     "nombre razon social|razon social|nombre titular|titular|nombre|nombre tercero|nombre acudiente|acudiente|nombre responsable|"
     "responsable pago|responsable|nombre suscriptor|suscriptor|arrendatario|inquilino|nombre asociado|asociado|nombre socio|socio|"
     "afiliado|nombre usuario|usuario|cliente|tercero|paciente|padre familia|nombre padre|padre|nombre madre|madre|nome completo|nome cliente|nome|devedor|sacado|debtor name|debtor|"
     "customer name|customer|client name|client|full name|name|nombre estudiante|estudiante|nombre alumno|alumno|nome aluno|aluno"},
    {ImportField::FirstNames, "nombres|primer nombre|first name|first names|given name"},
    {ImportField::LastNames, "apellidos|apellido|last name|surname|sobrenome"},
    {ImportField::Document,
     "nit cedula|cedula nit|cedula|num cedula|cedula ciudadania|cedula identidad|cedula cliente|cc|num cc|cc nit|nit cc|ti|ci|nit|num nit|nit cliente|nit tercero|"
     "cedula ruc|ruc cedula|dni|num dni|ruc|num ruc|dni ruc|ruc dni|rut|num rut|rut cliente|rfc|rfc cliente|curp|cuit|cuil|cuit cuil|dni cuit|cuit dni|"
     "cpf|cnpj|cpf cnpj|cnpj cpf|rtn|rnc|rnc cedula|cedula rnc|dui|nit dui|documento identidad|num documento identidad|doc identidad|"
     "num identificacion|identificacion|identificacion cliente|num identificacion cliente|documento cliente|num documento cliente|"
     "tax id|national id|id num|documento|num documento|doc|num doc|document|document num"},
    {ImportField::ExternalId,
     "id externo|external id|codigo cliente|cod cliente|id cliente|cliente id|num cliente|codigo deudor|id deudor|debtor id|customer id|"
     "client id|customer num|codigo tercero|codigo suscriptor|num suscriptor|codigo estudiante|codigo alumno|matricula|num matricula|"
     "codigo asociado|num asociado|num socio|codigo socio|cuenta contrato|cuenta cliente|codigo interno|codigo|cod|id"},
    {ImportField::Phone,
     "celular whatsapp|whatsapp|num whatsapp|telefono whatsapp|celular|num celular|celular 1|celular cliente|celular titular|celular deudor|"
     "celular acudiente|celular contacto|celular responsable|celular madre|celular padre|celular padre familia|cel|num cel|telefono celular|telefono movil|num telefono celular|movil|num movil|tel celular|tel movil|telefone celular|"
     "mobile|mobile phone|mobile num|cell|cell phone|cellphone|msisdn|telefono|num telefono|telefonos|telefono 1|telefono contacto|"
     "telefono cliente|telefono acudiente|telefono responsable|telefono madre|telefono padre|tel acudiente|tel madre|tel padre|cel acudiente|cel madre|cel padre|tel|num tel|tel 1|fono|telefone|num telefone|phone|phone num"},
    {ImportField::OtherPhone,
     "celular 2|telefono 2|tel 2|otro celular|otro telefono|telefono alterno|celular alterno|telefono alternativo|telefono adicional|"
     "telefone 2|phone 2|other phone|telefono fijo|tel fijo|fijo"},
    {ImportField::Email,
     "correo electronico|correo|email|e mail|mail|correo cliente|email cliente|correo e|direccion correo|direccion correo electronico|"
     "direccion electronica|correo electronico cliente"},
    {ImportField::InvoiceNumber,
     "num factura|factura|factura num|id factura|codigo factura|num factura venta|factura venta|num fatura|fatura|num nota fiscal|nota fiscal|"
     "num comprobante|num boleta|boleta|num folio|folio|num cuenta cobro|cuenta cobro|num documento cobro|documento cobro|num documento factura|"
     "num obligacion|obligacion|num credito|num pagare|pagare|num titulo|titulo|duplicata|nosso num|invoice num|invoice|num invoice|invoice id|"
     "bill num|serie num|serie folio|comprobante|consecutivo|num referencia|referencia|referencia pago|reference"},
    {ImportField::IssuedOn,
     "fecha emision|fecha factura|fecha expedicion|emision|fec emision|f emision|fch emision|fecha documento|fecha doc|fecha comprobante|"
     "fecha facturacion|fecha elaboracion|fecha generacion|fecha creacion|data emissao|emissao|issue date|issued on|issued|invoice date|fecha|data|date"},
    {ImportField::DueOn,
     "fecha vencimiento|vencimiento|fec vencimiento|f vencimiento|fch vencimiento|fecha venc|fec venc|f venc|fecha vto|vto|fecha vence|vence|vencto|"
     "fecha vencimiento factura|vencimiento factura|fecha limite pago|fecha limite|limite pago|fecha pago oportuno|pago oportuno|fecha maxima pago|"
     "fecha exigibilidad|pagar antes|data vencimento|vencimento|data venc|due date|due on|due"},
    {ImportField::Amount,
     "valor factura|valor total|total factura|monto total|importe total|monto factura|importe factura|monto original|valor original|importe original|"
     "vlr factura|vlr total|valor documento|monto documento|valor obligacion|valor cuota|monto cuota|valor titulo|valor nota|valor|vlr|monto|importe|total|"
     "valor pension|vlr pension|valor mensualidad|pension|mensualidad|mensualidade|"
     "invoice amount|total amount|amount"},
    {ImportField::Balance,
     "saldo pendiente|saldo actual|saldo factura|saldo|saldo total|saldo deuda|saldo por pagar|saldo por cobrar|saldo cartera|saldo vencido|saldo mora|"
     "saldo insoluto|valor pendiente|monto pendiente|importe pendiente|pendiente|por pagar|por cobrar|total pagar|valor pagar|total a pagar|valor a pagar|"
     "monto a pagar|deuda|monto deuda|valor deuda|monto adeudado|importe adeudado|adeudo|saldo devedor|open balance|balance|amount due|outstanding"},
    {ImportField::Currency, "moneda|divisa|cod moneda|codigo moneda|tipo moneda|moeda|currency"},
    {ImportField::Product,
     "producto|servicio|concepto|concepto cobro|tipo producto|tipo servicio|plan|linea|descripcion|detalle|glosa|produto|servico|descricao|product|"
     "service|description|item"},
    {ImportField::Breakdown,
     "desglose|desglose saldo|desglose adeudo|desglose deuda|composicion saldo|composicion adeudo|capital e intereses|capital intereses|breakdown"},
    {ImportField::Country, "pais|cod pais|codigo pais|country|country code"},
    {ImportField::Zone, "zona horaria|huso horario|fuso horario|time zone|timezone"},
    {ImportField::ConsentInstrument,
     "instrumento autorizacion|instrumento consentimiento|medio autorizacion|tipo autorizacion|autorizacion contacto|autorizacion datos|autorizacion whatsapp|"
     "autorizacion|consentimiento|habeas data|origen consentimiento|consent instrument|consent"},
    {ImportField::ConsentOn,
     "fecha autorizacion|fecha consentimiento|fecha autorizacion datos|fecha autorizacion contacto|fecha habeas data|consent date|consent on"},
    {ImportField::PersonRole,
     "rol|rol persona|rol deudor|tipo deudor|tipo obligado|tipo responsable|calidad|calidad deudor|parentesco|vinculo|relacion deudor|tipo persona|role"},
    {ImportField::CaseState,
     "estado juridico|situacion juridica|etapa juridica|estado legal|situacion legal|etapa legal|estado judicial|"
     "estado proceso judicial|case state"},
    {ImportField::PhoneEvidence,
     "verificado por|num verificado por|celular verificado por|telefono verificado por|num verificado|celular verificado|telefono verificado|"
     "whatsapp verificado|medio verificacion|verificacion num|verificacion celular|verificacion telefono|verificacion|evidencia num|evidencia celular|"
     "evidencia telefono|evidencia|prueba num|verificado|verified by|phone verified by|phone verified|phone evidence|evidence"},
    {ImportField::PhoneEvidenceOn,
     "fecha verificacion|fecha verificacion num|fecha verificacion celular|fecha verificacion telefono|fecha verificado|fec verificacion|f verificacion|"
     "fecha evidencia|verificado el|data verificacao|verified on|verification date|evidence date|phone verified on"},
    {ImportField::PaidOn,
     "fecha pago|fecha recaudo|fecha abono|fecha hora pago|fec pago|f pago|fecha recibo|fecha consignacion|fecha deposito|fecha transaccion|"
     "fecha operacion|fecha movimiento|fecha aplicacion|fecha ingreso|fecha cobro|fecha cancelacion|fecha hora|data pagamento|data recebimento|"
     "payment date|paid on|paid at|date paid"},
    {ImportField::PaidTime, "hora pago|hora|time"},
    {ImportField::PaidAmount,
     "valor pagado|monto pagado|importe pagado|total pagado|valor recaudado|monto recaudado|valor recaudo|recaudo|valor abono|monto abono|abono|"
     "valor pago|monto pago|importe pago|pago|valor consignado|valor transaccion|monto transaccion|monto cobrado|importe cobrado|valor recebido|"
     "amount paid|paid amount|payment amount"},
    {ImportField::Method,
     "medio pago|metodo pago|forma pago|medio|metodo|canal pago|canal|tipo pago|meio pagamento|forma pagamento|payment method|method|franquicia|banco|entidad"},
    {ImportField::PaymentReference,
     "id pago|id transaccion|num transaccion|transaccion|codigo transaccion|referencia transaccion|codigo pago|num operacion|codigo operacion|cus|"
     "num recibo|recibo|recibo caja|num recibo caja|comprobante pago|num comprobante pago|num autorizacion|num aprobacion|codigo aprobacion|"
     "referencia bancaria|txid|payment id|transaction id"},
};
// clang-format on

const std::unordered_map<std::string_view, HeaderMeaning>& meanings() {
  static const auto* const table = [] {
    auto* made = new std::unordered_map<std::string_view, HeaderMeaning>();
    for (const auto& entry : kSynonyms) {
      std::string_view rest = entry.titles;
      for (int rank = 0; !rest.empty(); ++rank) {
        const size_t end = std::min(rest.find('|'), rest.size());
        made->emplace(rest.substr(0, end), HeaderMeaning{entry.field, rank});
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    return made;
  }();
  return *table;
}

bool is_number_word(std::string_view word) {
  constexpr std::string_view kWords[] = {"n",      "no",     "nro", "nr", "num",
                                         "numero", "number", "nbr", "nom"};
  return std::ranges::find(kWords, word) != std::end(kWords);
}

bool is_dropped_word(std::string_view word) {
  constexpr std::string_view kWords[] = {"de", "del", "la", "el",  "los", "las", "o",  "y",
                                         "e",  "do",  "da", "dos", "of",  "the", "su", "para"};
  return std::ranges::find(kWords, word) != std::end(kWords);
}

// "fecha vencimiento": "fv". Few misspell how a word begins.
std::string initials_of(std::string_view bare) {
  std::string initials;
  for (size_t at = 0; at < bare.size(); ++at)
    if (at == 0 || bare[at - 1] == ' ') initials += bare[at];
  return initials;
}

// "C.C.", "N. I. T.": single letters with dots between are one word. "F. Vencimiento" stays two,
// "C.C. o N.I.T." three.
std::string without_dots_of_letters(std::string_view folded) {
  const auto is_letter = [&](size_t at) {
    return at < folded.size() && folded[at] >= 'a' && folded[at] <= 'z';
  };
  const auto is_single = [&](size_t at) {
    return is_letter(at) && (at == 0 || !is_letter(at - 1)) && !is_letter(at + 1);
  };
  std::string joined;
  for (size_t at = 0; at < folded.size(); ++at) {
    const size_t next = folded[at] == '.' && at > 0 && is_single(at - 1)
                            ? folded.find_first_not_of(' ', at + 1)
                            : at;
    const bool ends_so = next == at + 1 || next + 1 == folded.size() ||
                         (next < folded.size() && folded[next + 1] == '.');
    if (next != at && is_single(next) && ends_so) at = next;
    joined += folded[at];
  }
  return joined;
}

}  // namespace

std::string bare_header(std::string_view header) {
  std::string folded = without_dots_of_letters(fold_text(header));
  // "Nº", "N°", "Nª": U+00BA, U+00B0, U+00AA are marks here.
  for (const std::string_view mark : {"\xC2\xBA", "\xC2\xB0", "\xC2\xAA"}) {
    for (size_t at = folded.find(mark); at != std::string::npos; at = folded.find(mark))
      folded.replace(at, mark.size(), " ");
  }
  std::string bare;
  std::string word;
  const auto end_word = [&] {
    if (word.empty() || is_dropped_word(word)) return word.clear();
    if (!bare.empty()) bare += ' ';
    bare += is_number_word(word) ? "num" : word;
    word.clear();
  };
  for (const char c : folded) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (c == '#') {
      end_word();
      word = "num";
    }
    if (is_letter) {
      word += c;
    } else {
      end_word();
    }
  }
  end_word();
  return bare;
}

std::optional<HeaderMeaning> meaning_of_header(std::string_view header) {
  const std::string bare = bare_header(header);
  const auto found = meanings().find(bare);
  if (found != meanings().end()) return found->second;
  // "CELULAR (WhatsApp)" and "Valor $" fell through above only if their words are unknown together;
  // a title with its currency is still the same title.
  for (const std::string_view currency :
       {" cop", " pen", " mxn", " clp", " ars", " brl", " usd", " pesos", " soles"}) {
    if (!bare.ends_with(currency)) continue;
    const auto base =
        meanings().find(std::string_view(bare).substr(0, bare.size() - currency.size()));
    if (base != meanings().end()) return base->second;
  }
  return std::nullopt;
}

std::optional<ImportField> guess_of_header(std::string_view header) {
  constexpr size_t kShort = 8;  // Letters; a short word is soon another one.
  const std::string bare = bare_header(header);
  if (bare.size() < 5 || meaning_of_header(header)) return std::nullopt;
  const std::string begins = initials_of(bare);
  const size_t far = bare.size() < kShort ? 1 : 2;
  std::vector<std::string_view> near;
  for (const auto& [title, _] : meanings()) {
    const auto [shorter, longer] = std::minmax({title.size(), bare.size()});
    if (longer - shorter <= far && initials_of(title) == begins) near.push_back(title);
  }
  std::ranges::sort(near);  // The same guess on every machine.
  const std::string_view meant = closest_word(bare, near);
  return meant.empty() ? std::nullopt : std::optional(meanings().at(meant).field);
}

bool is_bare_document(std::string_view header) {
  const std::string bare = bare_header(header);
  return bare == "documento" || bare == "num documento" || bare == "doc" || bare == "num doc" ||
         bare == "document" || bare == "document num";
}

}  // namespace puntual::portfolio
