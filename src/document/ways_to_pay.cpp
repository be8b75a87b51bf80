#include "document/ways_to_pay.h"

#include "document/paper_words.h"

namespace puntual::document {

void add_ways_to_pay(std::vector<Block>& blocks, const WaysToPay& ways) {
  const PaperWords say(ways.locale);
  const TransferAccount& account = ways.transfer;
  blocks.push_back(heading(say("Cómo pagar", "Como pagar")));
  if (!ways.link.empty()) {
    blocks.push_back(
        paragraph(say("Con este enlace, o con el código:", "Com este link, ou com o código:")));
    blocks.push_back(monospace(ways.link));
    blocks.push_back(qr(ways.link));
  }
  if (!account.bank.empty()) {
    blocks.push_back(paragraph(
        ways.link.empty()
            ? say("Por transferencia a esta cuenta:", "Por transferência para esta conta:")
            : say("O por transferencia a esta cuenta:", "Ou por transferência para esta conta:")));
    std::vector<std::pair<std::string, std::string>> rows;
    const auto add = [&](std::string label, const std::string& value) {
      if (!value.empty()) rows.emplace_back(std::move(label), value);
    };
    add(say("Banco", "Banco"), account.bank);
    add(say("Tipo de cuenta", "Tipo de conta"), account.account_kind);
    add(say("Cuenta", "Conta"), account.account);
    add(say("Titular", "Titular"), account.holder);
    add(say("Documento del titular", "Documento do titular"), account.document);
    if (ways.has_other_currency) add(say("Moneda", "Moeda"), std::string(account.currency.code()));
    add(say("Referencia", "Referência"), ways.transfer_reference);
    blocks.push_back(table(std::move(rows)));
  }
  const std::string& help = ways.creditor.help;
  if (!help.empty()) {
    blocks.push_back(
        paragraph(fmt::format("{} {}{}", say("Si tiene alguna duda,", "Se tiver alguma dúvida,"),
                              help, help.ends_with('.') ? "" : ".")));
  } else if (ways.link.empty() && account.bank.empty()) {
    blocks.push_back(paragraph(say("Pregúntenos en el mismo chat por donde recibió este documento.",
                                   "Pergunte no mesmo chat em que recebeu este documento.")));
  }
}

}  // namespace puntual::document
