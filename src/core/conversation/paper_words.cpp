#include "core/conversation/paper_words.h"

#include "base/phrase_index.h"

namespace puntual::conversation {
namespace {

constexpr PhraseLists kTax = 1, kClearance = 2, kSlip = 4, kMeans = 8;

const PhraseIndex& paper_index() {
  static const PhraseIndex kIndex = [] {
    static constexpr std::string_view kTaxWords[] = {
        "factura|facturar|facturas|facturan|facturarme|facturame|facturacion|comprobante|boleta "
        "<4> rfc|cfdi|fiscal|ruc|nit|cuit|rut|social",
        "me facturas|facturan|facturar|factura|facturen",
        "facturarme|facturenme|facturame|cfdi",
        "constancia <2> fiscal",
        "nota|cupom fiscal",
        "nf|nfe <3> cpf|cnpj",
        "rfc <4> factura*"};
    static constexpr std::string_view kClearanceWords[] = {
        "paz|pas y salvo|salva",
        "pazysalvo|pazisalvo",
        "carta|constancia|certificado|documento <1> de <1> no adeudo|adeudos|deuda|deudor",
        "libre <1> deuda",
        "carta|constancia|certificado <1> finiquito|cancelacion|saldo",
        "finiquito",
        "no adeudo",
        "carta|declaracao|termo|recibo <1> quitacao",
        "nada consta"};
    static constexpr std::string_view kSlipWords[] = {
        "boleto|boletos|boletinho", "codigo de barras|barra",
        "linha digitavel",          "copia e cola",
        "chave|codigo|qr <1> pix",  "ficha|referencia <2> pago|pagar|oxxo|deposito"};
    static constexpr std::string_view kMeansWords[] = {
        "oxxo|nequi|daviplata|yape|plin|pse|baloto|efecty|spei|pix|mercadopago|rapipago|pagofacil|"
        "servipag|khipu|webpay|sinpe|supergiros|bancolombia|bbva|bancomer|banamex|7eleven|tigo",
        "mercado pago", "pago facil",
        "transferencia|tarjeta|cartao|efectivo|debito|credito|corresponsal|consignacion|deposito|"
        "ventanilla|sucursal"};
    PhraseIndex made;
    made.add(kTax, kTaxWords);
    made.add(kClearance, kClearanceWords);
    made.add(kSlip, kSlipWords);
    made.add(kMeans, kMeansWords);
    return made;
  }();
  return kIndex;
}

}  // namespace

Paper paper_asked(std::string_view words) {
  const PhraseLists found = paper_index().lists_in_text(words);
  if ((found & kClearance) != 0) return Paper::Clearance;
  if ((found & kTax) != 0) return Paper::TaxInvoice;
  return (found & kSlip) != 0 ? Paper::PaySlip : Paper::Other;
}

bool names_a_means(std::string_view words) {
  return (paper_index().lists_in_text(words) & kMeans) != 0;
}

}  // namespace puntual::conversation
