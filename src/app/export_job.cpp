#include "app/export_job.h"

#include <unistd.h>

#include "app/input_file.h"
#include "app/order_fields.h"
#include "app/service.h"
#include "core/portfolio/import_cells.h"
#include "engine/charge_overdue.h"
#include "engine/note.h"

namespace puntual {
namespace {

constexpr int kExportPage = 500;
constexpr int64_t kRowsByApi = 200'000;  // They pass through memory; the command has no limit.

constexpr std::string_view kKindNames[] = {"payments", "balances", "messages", "agreements"};

// Titles of balances are those that the importer knows; those of payments are not: what is booked
// here must not be booked again.
constexpr std::string_view kPaymentTitles[] = {
    "Registro Puntual", "Pagado el",   "Deudor Puntual", "Deudor", "Abonado a", "Aplicado a",
    "Recibido",         "Por aplicar", "Devuelto",       "Divisa", "Vía",       "Origen",
    "Id en el origen",  "Anotado el"};
constexpr std::string_view kBalanceTitles[] = {
    "Cliente", "Documento", "Id externo",       "Celular",       "Correo",
    "Factura", "Producto",  "Desglose",         "Fecha emisión", "Fecha vencimiento",
    "Valor",   "Saldo",     "Cargos incluidos", "Moneda",        "País"};
constexpr std::string_view kMessageTitles[] = {
    "Mensaje Puntual", "Enviado el", "Deudor Puntual", "Deudor",
    "Destino",         "Motivo",     "Paso",           "Plantilla",
    "Canal",           "Situación",  "Código de error"};
constexpr std::string_view kAgreementTitles[] = {
    "Acuerdo Puntual", "Acordado el",  "Deudor Puntual", "Deudor", "Clase",
    "Situación",       "Acordado",     "Descuento",      "Divisa", "Cuotas",
    "Primera fecha",   "Última fecha", "Terminado el"};

std::span<const std::string_view> titles_of(ExportKind what) {
  switch (what) {
    case ExportKind::Payments:
      return kPaymentTitles;
    case ExportKind::Balances:
      return kBalanceTitles;
    case ExportKind::Messages:
      return kMessageTitles;
    case ExportKind::Agreements:
      return kAgreementTitles;
  }
  return {};
}

// As spreadsheets of the country expect: where the decimal mark is a comma, a comma cannot be
// between the cells.
sheet::TableStyle style_of(const Creditor& creditor) {
  const auto* country = portfolio::find_country(creditor.country);
  const bool has_points = country != nullptr && country->decimal_mark == '.';
  return has_points ? sheet::TableStyle{.separator = ',', .decimal_mark = '.'}
                    : sheet::TableStyle{};
}

// Writes the rows of one table.
class Exporter {
 public:
  Exporter(Tx& tx, const Desk& desk, const Creditor& creditor, const ExportOrder& order,
           sheet::Table& table, int64_t rows_max)
      : tx_(tx),
        desk_(desk),
        creditor_(creditor),
        order_(order),
        table_(table),
        rows_max_(rows_max),
        from_(zone_.instant(order.from, 0)),
        until_(zone_.instant(order.to + 1, 0)) {}

  Result<int64_t> run() {
    const CreditorId id = creditor_.id;
    switch (order_.what) {
      case ExportKind::Payments:
        return pages<PaymentId>(
            [&](PaymentId after) {
              return tx_.exports.payments(id, order_.from, order_.to, after, kExportPage);
            },
            [&](PaymentId one) { payment(*tx_.payments.find(id, one)); });
      case ExportKind::Balances:
        if (order_.people) return balances_of(*order_.people);
        return pages<InvoiceId>(
            [&](InvoiceId after) { return tx_.exports.owed(id, after, kExportPage); },
            [&](InvoiceId one) { balance(*tx_.invoices.find(id, one)); });
      case ExportKind::Messages:
        return pages<MessageId>(
            [&](MessageId after) {
              return tx_.exports.messages(id, from_, until_, after, kExportPage);
            },
            [&](MessageId one) { message(*tx_.outbox.find(id, one)); });
      case ExportKind::Agreements:
        return pages<AgreementId>(
            [&](AgreementId after) {
              return tx_.exports.agreements(id, from_, until_, after, kExportPage);
            },
            [&](AgreementId one) { agreement(*tx_.agreements.find(id, one)); });
    }
    return 0;
  }

 private:
  template <class IdType, class Page, class Row>
  Result<int64_t> pages(Page&& page, Row&& row) {
    int64_t rows = 0;
    for (IdType after;;) {
      const auto ids = page(after);
      for (const auto id : ids) row(id);
      rows += std::ssize(ids);
      RETURN_IF_ERROR(check_rows(rows));
      if (std::ssize(ids) < kExportPage) return rows;
      after = ids.back();
    }
  }

  Result<int64_t> balances_of(const std::vector<DebtorId>& people) {
    int64_t rows = 0;
    for (const auto one : people) {
      for (const auto& invoice : tx_.invoices.open_of(creditor_.id, one)) {
        balance(invoice);
        ++rows;
      }
      RETURN_IF_ERROR(check_rows(rows));
    }
    return rows;
  }

  [[nodiscard]] Result<void> check_rows(int64_t rows) const {
    if (rows <= rows_max_) return {};
    return fail(ErrorCode::Invalid,
                "more than {} rows: ask for fewer, or use the command: puntual export", rows_max_);
  }

  // Rows of one person come one after the other more often than not.
  const Debtor& person(DebtorId id) {
    if (!person_ || person_->id != id) {
      person_ = id ? tx_.debtors.find(creditor_.id, id).value_or(Debtor{}) : Debtor{};
      person_->id = id;
      identifiers_ = order_.what == ExportKind::Balances ? tx_.debtors.identifiers(creditor_.id, id)
                                                         : std::vector<Identifier>{};
    }
    return *person_;
  }
  [[nodiscard]] std::string_view identifier(IdentifierKind kind) const {
    for (const auto& one : identifiers_) {
      if (one.kind == kind) return one.value;
    }
    return {};
  }

  [[nodiscard]] std::string local_time(Instant at) const {
    return format_rfc3339(at, zone_.offset_at(at));
  }
  static sheet::Cell maybe_date(const std::optional<CivilDate>& day) {
    return day ? sheet::date(*day) : sheet::text("");
  }

  // As the amounts of the other cells; in XLSX those are numbers, and the mark is that of the
  // country.
  [[nodiscard]] std::string with_mark(std::string amount) const {
    std::ranges::replace(amount, '.', style_of(creditor_).decimal_mark);
    return amount;
  }

  // What it pays by now, whatever it named when it came: the invoices alone, and with their parts.
  std::pair<std::string, std::string> applied(const Payment& p) {
    std::string numbers, parts;
    for (const auto& one : tx_.payments.applied_of(creditor_.id, p.id)) {
      const std::string number = tx_.invoices.find(creditor_.id, one.invoice_id)->number,
                        between = numbers.empty() ? "" : " ";
      numbers += between + number;
      parts += fmt::format("{}{}={}", between, number,
                           with_mark(format_decimal({one.amount_minor, p.amount.currency})));
    }
    return {numbers.empty() ? p.reference : numbers, parts};
  }

  void payment(const Payment& p) {
    const std::string id = std::to_string(p.id.value),
                      debtor = p.debtor_id ? std::to_string(p.debtor_id.value) : "",
                      noted = local_time(p.recorded_at);
    const auto [numbers, parts] = applied(p);
    const sheet::Cell row[] = {sheet::text(id),
                               sheet::date(p.paid_on),
                               sheet::text(debtor),
                               sheet::text(person(p.debtor_id).name),
                               sheet::text(numbers),
                               sheet::text(parts),
                               sheet::amount(p.amount),
                               sheet::amount({p.unapplied_minor, p.amount.currency}),
                               sheet::amount({p.returned_minor, p.amount.currency}),
                               sheet::text(p.amount.currency.code()),
                               sheet::text(p.method),
                               sheet::text(p.source),
                               sheet::text(p.source_id),
                               sheet::text(noted)};
    table_.add(row);
  }

  void balance(const Invoice& i) {
    const Debtor& who = person(i.debtor_id);
    const OwedParts parts = engine::owed_parts(tx_, desk_, creditor_, i);
    const sheet::Cell row[] = {
        sheet::text(who.name),
        sheet::text(identifier(IdentifierKind::Document)),
        sheet::text(identifier(IdentifierKind::External)),
        sheet::text(who.phone),
        sheet::text(who.email),
        sheet::text(i.number),
        sheet::text(i.product),
        sheet::text(i.breakdown),
        maybe_date(i.issued_on),
        maybe_date(i.due_on),
        sheet::amount(i.amount),
        sheet::amount(i.balance()),
        sheet::amount({parts.interest_minor + parts.costs_minor, i.amount.currency}),
        sheet::text(i.amount.currency.code()),
        sheet::text(who.country)};
    table_.add(row);
  }

  void message(const OutboxMessage& m) {
    const std::string id = std::to_string(m.id.value), debtor = std::to_string(m.debtor_id.value),
                      left = m.in_flight_at ? local_time(*m.in_flight_at) : "",
                      error = m.error_code == 0 ? "" : std::to_string(m.error_code);
    const Debtor& who = person(m.debtor_id);
    const sheet::Cell row[] = {sheet::text(id),
                               sheet::text(left),
                               sheet::text(debtor),
                               sheet::text(who.name),
                               sheet::text(who.phone),
                               sheet::text(text_of(m.purpose)),
                               sheet::text(m.step),
                               sheet::text(m.template_name),
                               sheet::text(text_of(m.channel)),
                               sheet::text(text_of(m.state)),
                               sheet::text(error)};
    table_.add(row);
  }

  void agreement(const Agreement& a) {
    const std::string id = std::to_string(a.id.value), debtor = std::to_string(a.debtor_id.value),
                      made = local_time(a.made_at),
                      ended = a.ended_at ? local_time(*a.ended_at) : "";
    const sheet::Cell row[] = {sheet::text(id),
                               sheet::text(made),
                               sheet::text(debtor),
                               sheet::text(person(a.debtor_id).name),
                               sheet::text(text_of(a.kind)),
                               sheet::text(text_of(a.state)),
                               sheet::amount(a.total),
                               sheet::amount({a.discount_minor, a.total.currency}),
                               sheet::text(a.total.currency.code()),
                               sheet::count(std::ssize(a.instalments)),
                               sheet::date(a.instalments.front().due_on),
                               sheet::date(a.instalments.back().due_on),
                               sheet::text(ended)};
    table_.add(row);
  }

  Tx& tx_;
  const Desk& desk_;
  const Creditor& creditor_;
  const ExportOrder& order_;
  sheet::Table& table_;
  int64_t rows_max_;
  const Zone zone_ = Zone::of(creditor_.zone);
  Instant from_, until_;
  std::optional<Debtor> person_;
  std::vector<Identifier> identifiers_;
};

}  // namespace

Result<ExportKind> export_kind_of(std::string_view text) {
  const auto found = std::ranges::find(kKindNames, text);
  if (found != std::end(kKindNames)) return static_cast<ExportKind>(found - std::begin(kKindNames));
  return fail(ErrorCode::NotFound, "no hay una tabla '{}' (hay {})", text,
              fmt::join(kKindNames, ", "));
}

Result<ExportOrder> read_export_order(const Creditor& creditor, std::string_view what,
                                      std::string_view from, std::string_view to,
                                      std::string_view format, Instant now) {
  ExportOrder order{
      .what = {}, .from = date_of(2000, 1, 1), .to = Zone::of(creditor.zone).local(now).date};
  ASSIGN_OR_RETURN(order.what, export_kind_of(what));
  if (order.what == ExportKind::Balances && !(from.empty() && to.empty()))
    return fail(ErrorCode::Invalid, "balances are of now: leave from and to out");
  if (!from.empty()) {
    ASSIGN_OR_RETURN(order.from, parse_date(from));
  }
  if (!to.empty()) {
    ASSIGN_OR_RETURN(order.to, parse_date(to));
  }
  if (order.to < order.from)
    return fail(ErrorCode::Invalid, "from {} lies after to {}", format_date(order.from),
                format_date(order.to));
  const auto known = sheet::format_of(format.empty() ? "csv" : format);
  if (!known) return fail(ErrorCode::Invalid, "format '{}' (expected csv or xlsx)", format);
  order.format = *known;
  return order;
}

std::string filter_text(const PeopleQuery& query) {
  if (!query.search.empty()) return "search";
  return fmt::format("{}{}{}{}", query.age.empty() ? "" : "age=", query.age,
                     query.silence.empty() ? ""
                     : query.age.empty()   ? "silence="
                                           : " silence=",
                     query.silence);
}

Result<void> narrow_export(ExportOrder& order, Store& store, NameIndex& names,
                           const Creditor& creditor, const PeopleQuery& query, Instant now) {
  if (filter_text(query).empty()) return {};
  if (order.what != ExportKind::Balances)
    return fail(ErrorCode::Invalid, "search, age and silence are for balances");
  ASSIGN_OR_RETURN(order.people, people_meant(store, names, creditor, query, now));
  return {};
}

Result<std::string> note_export_job(Store& store, const Creditor& creditor, std::string_view what,
                                    std::string_view body, Instant now) {
  ASSIGN_OR_RETURN(OrderFields fields, OrderFields::parse(body, Zone::of(creditor.zone), now));
  ASSIGN_OR_RETURN(const std::string by, fields.login());
  ASSIGN_OR_RETURN(const std::string from, fields.text("from"));
  ASSIGN_OR_RETURN(const std::string to, fields.text("to"));
  ASSIGN_OR_RETURN(const std::string format, fields.text("format"));
  ASSIGN_OR_RETURN(const std::string filter, fields.text("filter"));
  RETURN_IF_ERROR(fields.end());
  ASSIGN_OR_RETURN(const ExportOrder order,
                   read_export_order(creditor, what, from, to, format, now));
  RETURN_IF_ERROR(store.write([&](Tx& tx) {
    engine::note(tx, creditor.id, {}, now, "table_exported",
                 fmt::format("{} {} {} {}{}by {}", what, format_date(order.from),
                             format_date(order.to), filter, filter.empty() ? "" : " ", by));
  }));
  return std::string(R"({"noted":true})");
}

Result<int64_t> write_export(Store& store, const Desk& desk, const Creditor& creditor,
                             const ExportOrder& order, const std::string& path, int64_t rows_max) {
  ASSIGN_OR_RETURN(const auto table,
                   sheet::create(path, order.format, titles_of(order.what), style_of(creditor)));
  ASSIGN_OR_RETURN(const int64_t rows, store.read([&](Tx& tx) {
    return Exporter(tx, desk, creditor, order, *table, rows_max).run();
  }));
  RETURN_IF_ERROR(table->finish());
  return rows;
}

Result<http::Response> Service::send_export(const http::Request& request,
                                            const access::Principal& by) {
  const auto query = [&](std::string_view name) { return request.query(name).value_or(""); };
  const std::string what(request.param("what")), who = actor_of(request, by);
  ASSIGN_OR_RETURN(ExportOrder order,
                   read_export_order(config_.creditor, what, query("from"), query("to"),
                                     query("format"), clock_.now()));
  const PeopleQuery people{.search = query("search"),
                           .order = query("order"),
                           .age = query("age"),
                           .silence = query("silence")};
  RETURN_IF_ERROR(narrow_export(order, *store_, names_, config_.creditor, people, clock_.now()));
  RETURN_IF_ERROR(note_export_job(*store_, config_.creditor, what,
                                  to_json(json::object{{"by", who.empty() ? "api" : who},
                                                       {"from", query("from")},
                                                       {"to", query("to")},
                                                       {"format", query("format")},
                                                       {"filter", filter_text(people)}}),
                                  clock_.now()));
  std::string path = config_.data_dir + "/export-XXXXXX";
  const int fd = ::mkstemp(path.data());  // Readable by us alone.
  if (fd < 0)
    return fail(ErrorCode::Unavailable, "{}: no file can be made there", config_.data_dir);
  ::close(fd);
  const http::TempFile file(path);
  RETURN_IF_ERROR(write_export(*store_, *desk(), config_.creditor, order, path, kRowsByApi));
  ASSIGN_OR_RETURN(std::string bytes, read_whole_file(path));
  const bool is_csv = order.format == sheet::Format::Csv;
  return http::Response{
      .content_type = is_csv ? "text/csv; charset=utf-8"
                             : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      .headers = {{"Content-Disposition",
                   fmt::format("attachment; filename=\"{}.{}\"", what, is_csv ? "csv" : "xlsx")},
                  {"X-Content-Type-Options", "nosniff"},
                  {"Cache-Control", "no-store"}},
      .body = std::move(bytes)};
}

}  // namespace puntual
