#include "engine/person_file.h"

#include "base/file_type.h"
#include "core/compliance/contact_hours.h"
#include "core/rights/request.h"
#include "engine/agreements.h"
#include "engine/contact_facts.h"
#include "engine/identify.h"
#include "store/sql/sql_labels.h"

namespace puntual::engine {
namespace {

// Builds the parts of one person's file; instants are written in the person's own civil time.
class FileWriter {
 public:
  FileWriter(Tx& tx, const Creditor& creditor, const Debtor& debtor)
      : tx_(tx), creditor_(creditor), debtor_(debtor), zone_(home_zone(debtor, creditor)) {}

  PersonFile write() {
    PersonFile file{.name = debtor_.name, .parts = {}};
    file.parts = {person(),       identifiers(),     invoices(), payments(), bank_lines(),
                  pay_links(),    requests_to_pay(), agreed(),   numbers(),  flags(),
                  rests(),        hours(),           consents(), opt_outs(), messages(),
                  conversation(), attachments(),     notes(),    tasks(),    requests(),
                  history()};
    return file;
  }

 private:
  std::string moment(Instant at) const {
    return format_rfc3339({at.ms / kSecondMs * kSecondMs}, zone_.offset_at(at));
  }
  std::string moment(std::optional<Instant> at) const { return at ? moment(*at) : std::string(); }
  static std::string day(std::optional<CivilDate> date) {
    return date ? format_date(*date) : std::string();
  }

  FilePart person() const {
    return {"person",
            "Quién es usted para nosotros",
            {{{"id", "Número interno", std::to_string(debtor_.id.value)},
              {"name", "Nombre", debtor_.name},
              {"country", "País", debtor_.country},
              {"zone", "Zona horaria", debtor_.zone},
              {"phone", "Teléfono en uso", debtor_.phone},
              {"user_id", "Identificador de WhatsApp", debtor_.user_id},
              {"email", "Correo", debtor_.email}}}};
  }

  FilePart identifiers() {
    FilePart part{"identifiers", "Cómo le reconocemos", {}};
    for (const auto& one : tx_.debtors.identifiers(creditor_.id, debtor_.id)) {
      part.records.push_back(
          {{"kind", "Clase", std::string(text_of(one.kind))}, {"value", "Valor", one.value}});
    }
    return part;
  }

  FilePart invoices() {
    FilePart part{"invoices", "Sus deudas", {}};
    for (const auto& one : tx_.invoices.all_of(creditor_.id, debtor_.id)) {
      part.records.push_back({{"number", "Factura", one.number},
                              {"product", "Concepto", one.product},
                              {"breakdown", "Desglose", one.breakdown},
                              {"issued_on", "Emitida", day(one.issued_on)},
                              {"due_on", "Vence", day(one.due_on)},
                              {"amount", "Valor", format_plain(one.amount)},
                              {"charged", "Intereses y gastos",
                               format_plain({one.charged_minor, one.amount.currency})},
                              {"balance", "Saldo", format_plain(one.balance())},
                              {"state", "Estado", std::string(text_of(one.state))}});
    }
    return part;
  }

  FilePart payments() {
    FilePart part{"payments", "Sus pagos", {}};
    for (const auto& one : tx_.payments.of_debtor(creditor_.id, debtor_.id)) {
      part.records.push_back(
          {{"paid_on", "Fecha", format_date(one.paid_on)},
           {"amount", "Valor", format_plain(one.amount)},
           {"method", "Medio", one.method},
           {"reference", "Factura que nombró", one.reference},
           {"source", "Nos lo dijo", one.source},
           {"returned", "Se devolvió", format_plain({one.returned_minor, one.amount.currency})}});
    }
    return part;
  }

  FilePart bank_lines() {
    FilePart part{"bank_lines", "Lo que el banco dijo de sus pagos", {}};
    for (const auto& one : tx_.bank_files.of_debtor(creditor_.id, debtor_.id)) {
      const BankLine& said = one.said;
      part.records.push_back(
          {{"on", "Fecha", format_date(said.on)},
           {"amount", "Valor", format_plain(said.amount)},
           {"reference", "Referencia", said.reference},
           {"second_reference", "Otra referencia", said.second_reference},
           {"document", "Documento", said.document},
           {"name", "Nombre", said.name},
           {"description", "Descripción", said.description},
           {"state", "Estado", std::string(text_of(one.state))},
           {"rule", "Cómo supimos que era suyo", std::string(name_es(one.rule))}});
    }
    return part;
  }

  FilePart requests_to_pay() {
    FilePart part{"payment_requests", "Los pagos que empezó en una página de pago", {}};
    for (const auto& one : tx_.payment_requests.of_debtor(creditor_.id, debtor_.id)) {
      part.records.push_back({{"at", "Cuándo", moment(one.created_at)},
                              {"amount", "Valor", format_plain(one.amount)},
                              {"provider", "Dónde", one.provider},
                              {"reference", "Referencia", one.reference},
                              {"state", "Estado", std::string(text_of(one.state))}});
    }
    return part;
  }

  FilePart agreed() {
    FilePart part{"agreements", "Lo que acordó con nosotros", {}};
    for (const auto& one : tx_.agreements.of_debtor(creditor_.id, debtor_.id)) {
      std::string dates;
      for (const auto& [due_on, minor] : one.instalments) {
        dates += fmt::format("{}{}: {}", dates.empty() ? "" : "; ", format_date(due_on),
                             format_plain({minor, one.total.currency}));
      }
      part.records.push_back({{"made_at", "Cuándo", moment(one.made_at)},
                              {"instalments", "Pagos", dates},
                              {"state", "Estado", std::string(name_es(one.state))},
                              {"words", "Cómo", one.words},
                              {"ended_at", "Terminó", moment(one.ended_at)}});
    }
    return part;
  }

  FilePart consents() {
    FilePart part{"consents", "Lo que usted autorizó, retiró, o se le dijo", {}};
    for (const auto& one : tx_.permissions.ledger(creditor_.id, debtor_.id)) {
      part.records.push_back({{"act", "Qué", std::string(store::text_of(one.act))},
                              {"channel", "Canal", std::string(text_of(one.channel))},
                              {"at", "Cuándo", moment(one.at)},
                              {"kind", "Cómo", one.kind},
                              {"instrument", "Documento", one.instrument},
                              {"text_version", "Versión del texto", one.text_version}});
    }
    return part;
  }

  FilePart numbers() {
    FilePart part{"numbers", "Si este número es suyo, y cómo lo sabemos", {}};
    const Address address = address_in_use(tx_, debtor_);
    part.records.push_back({{"state", "Estado", std::string(text_of(address.state))},
                            {"evidence", "Prueba", address.evidence.kind},
                            {"reference", "Documento", address.evidence.reference},
                            {"verified_on", "Fecha", day(address.evidence.verified_on)},
                            {"asked_at", "Preguntado", moment(address.asked_at)},
                            {"answered_at", "Respondido", moment(address.answered_at)}});
    return part;
  }

  FilePart flags() {
    FilePart part{"case", "El estado de su caso", {}};
    for (const auto& one : tx_.case_flags.all_of(creditor_.id, debtor_.id)) {
      part.records.push_back({{"flag", "Qué", std::string(text_of(one.flag))},
                              {"since", "Desde", moment(one.since)},
                              {"note", "De dónde se sabe", one.note},
                              {"cleared_at", "Hasta", moment(one.cleared_at)}});
    }
    return part;
  }

  FilePart rests() {
    FilePart part{"suspensions", "Cuándo descansaron los recordatorios, y por qué", {}};
    for (const auto& one : tx_.suspensions.all_of(creditor_.id, debtor_.id)) {
      part.records.push_back({{"kind", "Por qué", std::string(text_of(one.suspension.kind))},
                              {"since", "Desde", moment(one.suspension.since)},
                              {"until", "Previsto hasta", moment(one.suspension.until)},
                              {"through", "Cómo lo supimos", one.suspension.through},
                              {"ended_at", "Terminó", moment(one.ended_at)},
                              {"ended_through", "Por", one.ended_through}});
    }
    return part;
  }

  FilePart hours() {
    FilePart part{"hours", "A qué horas pidió que le escribiéramos", {}};
    for (const auto& one : tx_.contact_hours.all_of(creditor_.id, debtor_.id)) {
      part.records.push_back({{"hours", "Horas", compliance::format_hours(one.hours.intervals)},
                              {"recorded_at", "Desde", moment(one.recorded_at)},
                              {"instrument", "Documento", one.instrument},
                              {"withdrawn_at", "Hasta", moment(one.withdrawn_at)}});
    }
    return part;
  }

  FilePart pay_links() {
    FilePart part{"pay_links", "Los enlaces que le dimos para pagar", {}};
    for (const auto& one : tx_.pay_links.of_debtor(creditor_.id, debtor_.id)) {
      part.records.push_back({{"reference", "Referencia", one.bank_reference},
                              {"about", "De qué", text_of(one.about)},
                              {"created_at", "Desde", moment(one.created_at)},
                              {"expires_at", "Hasta", moment(one.expires_at)},
                              {"revoked_at", "Anulado", moment(one.revoked_at)}});
    }
    return part;
  }

  FilePart opt_outs() {
    FilePart part{"opt_outs", "Cuándo pidió que no le escribiéramos", {}};
    for (const auto& one : tx_.permissions.all_opt_outs(creditor_.id, debtor_.id)) {
      part.records.push_back({{"channel", "Canal", one.channel},
                              {"at", "Desde", moment(one.at)},
                              {"through", "Cómo lo supimos", one.through},
                              {"words", "Sus palabras", one.words},
                              {"lifted_at", "Levantado", moment(one.lifted_at)}});
    }
    return part;
  }

  FilePart messages() {
    FilePart part{"messages", "Lo que le escribimos, o quisimos escribirle", {}};
    for (const auto& one : tx_.outbox.of_debtor(creditor_.id, debtor_.id)) {
      part.records.push_back({{"id", "Mensaje", std::to_string(one.id.value)},
                              {"handed_over_at", "Enviado", moment(one.in_flight_at)},
                              {"state", "Estado", std::string(text_of(one.state))},
                              {"purpose", "Motivo", std::string(text_of(one.purpose))},
                              {"pack_version", "Reglas aplicadas", one.pack_version},
                              {"reasons", "Razones", one.reasons},
                              {"text", "Texto", one.text}});
    }
    return part;
  }

  FilePart conversation() {
    FilePart part{"conversation", "Lo que usted nos escribió, y lo que le escribieron a mano", {}};
    for (const auto& one : tx_.conversation.of_debtor(creditor_.id, debtor_.id)) {
      part.records.push_back(
          {{"at", "Cuándo", moment(one.at)},
           {"direction", "Quién", one.direction == Direction::In ? "usted" : "nosotros"},
           {"type", "Clase", one.type},
           {"text", "Texto", one.text}});
    }
    return part;
  }

  FilePart notes() {
    FilePart part{"notes", "Lo que anotó quien le atiende", {}};
    for (const auto& label : store::Labels(tx_.db).of(creditor_.id, debtor_.id))
      part.records.push_back({{"label", "Etiqueta", label}});
    for (const auto& one : tx_.notes.of_debtor(creditor_.id, debtor_.id)) {
      part.records.push_back({{"at", "Cuándo", moment(one.at)}, {"text", "Nota", one.text}});
    }
    return part;
  }

  FilePart tasks() {
    FilePart part{"tasks", "Lo que quedó pendiente con usted", {}};
    for (const auto& one : tx_.tasks.of_debtor(creditor_.id, debtor_.id)) {
      part.records.push_back({{"opened_at", "Desde", moment(one.opened_at)},
                              {"kind", "Asunto", std::string(title_es(one.kind))},
                              {"summary", "Detalle", one.summary},
                              {"closed_at", "Hasta", moment(one.closed_at)},
                              {"outcome", "Cómo terminó", one.outcome}});
    }
    return part;
  }

  FilePart attachments() {
    FilePart part{"attachments", "Los archivos que nos envió", {}};
    for (const auto& one : tx_.attachments.of_debtor(creditor_.id, debtor_.id)) {
      part.records.push_back({{"id", "Número", std::to_string(one.id)},
                              {"at", "Cuándo", moment(one.received_at)},
                              {"file_name", "Nombre", one.file_name},
                              {"file_type", "Clase", one.file_type},
                              {"size", "Bytes", std::to_string(one.size)},
                              {"state", "Estado", std::string(text_of(one.state))},
                              {"file", "Entregado como",
                               one.state == store::AttachmentState::Kept
                                   ? fmt::format("{}.{}", one.id, extension_of(one.file_type))
                                   : std::string()}});
    }
    return part;
  }

  FilePart requests() {
    FilePart part{"rights_requests", "Lo que nos pidió sobre sus datos", {}};
    for (const auto& one : tx_.rights.of_debtor(creditor_.id, debtor_.id)) {
      part.records.push_back({{"kind", "Derecho", std::string(name_es(one.kind))},
                              {"received_at", "Recibido", moment(one.received_at)},
                              {"due_on", "Plazo", format_date(one.due_on)},
                              {"state", "Estado", std::string(text_of(one.state))},
                              {"answer", "Respuesta", one.answer}});
    }
    return part;
  }

  FilePart history() {
    FilePart part{"history", "Qué decidimos, y cuándo", {}};
    for (const auto& one : tx_.timeline.of_debtor(creditor_.id, debtor_.id)) {
      part.records.push_back({{"at", "Cuándo", moment(one.at)},
                              {"kind", "Qué", one.kind},
                              {"detail", "Detalle", one.detail}});
    }
    return part;
  }

  Tx& tx_;
  const Creditor& creditor_;
  const Debtor& debtor_;
  Zone zone_;
};

}  // namespace

Result<PersonFile> person_file(Tx& tx, const Creditor& creditor, DebtorId id) {
  const auto debtor = tx.debtors.find(creditor.id, id);
  if (!debtor) return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
  return FileWriter(tx, creditor, *debtor).write();
}

}  // namespace puntual::engine
