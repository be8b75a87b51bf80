// Message templates: one text source for what people read, what is checked, and what the platform
// is asked to approve.
//
// Templates are TOML files (templates/<language>/<name>.toml) with the house's variables in the
// body as {{variable}}, and its words of address as [le|te] or [tiene|tienes|tenés]: one file, a
// template for usted and one more for tú and for vos. Logic-less: a value is never read as a
// template. Pure; thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/agreements/agreement.h"
#include "core/compliance/gate.h"
#include "core/documents/receipt.h"
#include "core/portfolio/portfolio.h"

namespace puntual {

struct Strategy;

// How a person is addressed. The platform keeps one text for a name and language: texts of tú and
// vos have names of their own, "vencido_amable_v1_tu".
enum class Treatment : uint8_t { Usted, Tu, Vos };
[[nodiscard]] std::string_view text_of(Treatment treatment);  // "usted", "tu", "vos"

struct TemplateButton {
  std::string kind;  // "url" | "quick_reply"
  std::string text;
  std::string url;      // With one {{variable}} at its end, for kind url; see with_link_base().
  std::string payload;  // For quick_reply: what comes back ("YA_PAGUE", "AYUDA", "BAJA", "PLAN",
                        // "TITULAR_SI").
  int32_t line = 0;
};

struct MessageTemplate {
  std::string name;  // ^[a-z0-9_]+$, as the platform knows it, with its version: "aviso_previo_v1"
  std::string language;                    // "es_CO"
  Treatment treatment = Treatment::Usted;  // As the name ends.
  std::string category = "UTILITY";
  Purpose purpose = Purpose::Overdue;
  // Said only to somebody who has just written, as free text with at most three short buttons, or
  // on another way than WhatsApp: the platform is not asked.
  bool is_answer = false;
  bool has_document = false;    // A PDF goes above the text; see with_document().
  int32_t ttl_seconds = 10800;  // Time to live on the platform: 30…43200 for utility.
  std::string body;
  std::string footer;
  std::vector<TemplateButton> buttons;  // In the order in which they are shown and counted.
  // The template's own words for missing values ([fallbacks]), before those of known_variables().
  std::vector<std::pair<std::string, std::string>> fallbacks;
  std::string version;    // Digest of the file.
  std::string file_name;  // For findings, with the lines on which the parts begin.
  int32_t body_line = 1;
  int32_t footer_line = 1;
  int32_t fallbacks_line = 1;
};

// The values of one message. Amounts and dates are already in their local form.
struct Variables {
  std::vector<std::pair<std::string, std::string>> values;  // In order of first use.
  [[nodiscard]] const std::string* find(std::string_view name) const;
  void set(std::string_view name, std::string value);
};

// What a variable is and what stands in when there is no value (empty: it must have one).
struct VariableInfo {
  std::string_view name;      // "nombre"
  std::string_view meaning;   // Spanish, for the user.
  std::string_view example;   // This and the next with words of address, for in_treatment().
  std::string_view fallback;  // "" = required.
};
[[nodiscard]] std::span<const VariableInfo> known_variables();
[[nodiscard]] const VariableInfo* known_variable(std::string_view name);

struct TemplateFinding {
  std::string code;  // "missing_identity", "threat", "jargon", "too_long", "unknown_variable", …
  bool is_error = true;  // Else a warning.
  std::string message;   // Spanish: what and how to mend it.
  int line = 0;
};

struct RenderedMessage {
  std::string text;                     // Exactly what the person reads (body and footer).
  std::vector<std::string> parameters;  // Of the body, in the order of the platform's definition.
  std::vector<std::string> parameter_names;
  std::string url_suffix;  // For the url button, if the template has one.
};

// What an answer speaks of, in local form; each may be empty.
struct TalkWords {
  std::string_view agreed_on;  // {{fecha}}
  std::string_view agreement;  // {{acuerdo}}
  std::string_view options;    // {{opciones}}
};

// What an agreement asks for next; in the currency of the invoices.
struct NextInstalment {
  Instalment due;  // What is left of it.
  size_t number = 1, of = 1;
};

// The facts a message is made from.
struct MessageFacts {
  const Creditor* creditor = nullptr;
  std::string_view debtor_name;
  std::span<const Invoice> invoices;  // The lead first; all that the message mentions.
  CivilDate today;
  std::string_view locale;  // "es_CO"
  Treatment treatment = Treatment::Usted;
  std::string_view payment_link;              // Whole, or empty.
  std::optional<Money> paid;                  // For a thank-you: what was received,
  std::optional<Money> remaining;             // and what is left of the debt (none or 0: settled).
  std::span<const ReceiptPart> applied = {};  // What it paid,
  int64_t kept_minor = 0;  // and what is kept for the person, in the currency of what was received.
  bool paid_on_time = false;  // Praise punctuality only where it is true.
  std::string_view hours;     // When the person may be written to, in words; or empty.
  TalkWords talk = {};
  std::optional<NextInstalment> instalment = {};
  std::string_view whatsapp_link = {};  // Of an on-ramp,
  std::string_view stop_link = {};      // with the page on which no more is wished for; or empty.
  const MessageTemplate* only_for =
      nullptr;  // Only the values that it names are made; none: all of them.
};

namespace messaging {

// What the file says with usted and, where it has words for it, with tú and vos as its language
// addresses people.
[[nodiscard]] Result<std::vector<MessageTemplate>> parse_templates(std::string_view toml,
                                                                   std::string_view file_name);
// "[tiene|tienes|tenés]": the word of this treatment; of two, "[le|te]", the second is both of tú
// and of vos.
[[nodiscard]] std::string in_treatment(std::string_view text, Treatment treatment);
// What "vencido_amable_v1_tu" is a treatment of: "vencido_amable_v1".
[[nodiscard]] std::string_view plain_name(std::string_view name);
// All findings; the template may be used when none is an error.
[[nodiscard]] std::vector<TemplateFinding> check(const MessageTemplate& message_template);

// Does a text tell a stranger that somebody owes money? An opener to a number that is not proven
// must not: neither in its words nor by the names of the creditor and of who writes ("Cobranzas del
// Sur").
[[nodiscard]] bool reveals_debt(std::string_view text);

[[nodiscard]] Variables variables_of(const MessageFacts& facts);
// All that variables_of() reads, as one string of bytes: where it is the same, so are the values.
[[nodiscard]] std::string inputs_of(const MessageFacts& facts);
// Which thanks are true: "pago_varias_v1", which says how the money was applied, for several
// invoices or where some is kept; else "pago_parcial_v1", "pago_puntual_v1" or "pago_recibido_v1".
[[nodiscard]] std::string_view thanks_template(const MessageFacts& facts);
// Invalid when a required variable has no value, or a value holds what the platform refuses and
// cannot be mended (newlines, tabs and runs of blanks are folded to one blank).
[[nodiscard]] Result<RenderedMessage> render(const MessageTemplate& message_template,
                                             const Variables& variables);

// Who wants to say "tú" says "vos" where people do (Argentina, Uruguay, Paraguay).
[[nodiscard]] Treatment treatment_in(std::string_view locale, bool is_familiar);

// The shipped sources have the button url "{{enlace}}", because the address of the payer's page
// belongs to the deployment. With a base ("https://pagos.example.com/") it becomes a button of the
// platform, base plus
// {{enlace_codigo}}; without one the button is left out, and the text gives the link or how to pay.
[[nodiscard]] MessageTemplate with_link_base(MessageTemplate message_template,
                                             std::string_view link_base);

// The same words below a document: a template of its own for the platform, under another name. What
// it says is true with the document and without, so that the one can stand in for the other.
[[nodiscard]] MessageTemplate with_document(MessageTemplate message_template);
[[nodiscard]] std::string with_document_name(
    std::string_view name);  // "vencido_amable_v1_pdf", "vencido_amable_v1_pdf_tu"
[[nodiscard]] std::string without_document_name(std::string_view name);

// The body of POST /{waba}/message_templates (JSON text), named parameters. A document's sample is
// yet to be named (whatsapp::with_sample).
[[nodiscard]] std::string cloud_definition(const MessageTemplate& message_template);

}  // namespace messaging

// The templates of a deployment by name and language, with fall-back from es_CO to es, and from
// "tú" to "usted".
class TemplateCatalog {
 public:
  // The templates built into the program, for this address of the payer's page (with_link_base).
  [[nodiscard]] static Result<TemplateCatalog> built_in(std::string_view link_base = {});
  void add(MessageTemplate message_template);
  // All that one file says (parse_templates) in the place of what another said under its name in
  // its language.
  void replace(std::vector<MessageTemplate> of_a_file);
  // What carries a document in a step of this strategy, in each language and treatment that it is
  // written in (with_document).
  void add_documents_of(const Strategy& strategy);
  // Of this plain name in this treatment, else with "usted"; of each the exact language first, then
  // its base ("es_EC" → "es"). Null when there is none.
  [[nodiscard]] const MessageTemplate* find(std::string_view name, std::string_view language,
                                            Treatment treatment = Treatment::Usted) const;
  [[nodiscard]] std::span<const MessageTemplate> all() const { return templates_; }

 private:
  std::vector<MessageTemplate> templates_;
};

}  // namespace puntual
