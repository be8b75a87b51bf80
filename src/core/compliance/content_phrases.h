// The phrases that a text is searched for, as data, written as base/phrase_index.h has them.
#pragma once

#include <span>
#include <string_view>

namespace puntual::compliance::phrases {

[[nodiscard]] std::span<const std::string_view> threat();
[[nodiscard]] std::span<const std::string_view> pressure();     // Threats too, without their words.
[[nodiscard]] std::span<const std::string_view> last_chance();  // Asked of the sentence as written.
[[nodiscard]] std::span<const std::string_view> court();
[[nodiscard]] std::span<const std::string_view> credit_register();
[[nodiscard]] std::span<const std::string_view> advertising();
[[nodiscard]] std::span<const std::string_view> third_party();
[[nodiscard]] std::span<const std::string_view> reason_question();
[[nodiscard]] std::span<const std::string_view> charge();
[[nodiscard]] std::span<const std::string_view>
charge_denied();  // Removed before charges are searched.
[[nodiscard]] std::span<const std::string_view> identity();
[[nodiscard]] std::span<const std::string_view> statement();
// Words, not phrases: what a statement denies, what may stand before that, and what may go on
// after it ("ni", "contra"). Anything else ends the statement.
[[nodiscard]] std::span<const std::string_view> statement_object();
[[nodiscard]] std::span<const std::string_view> statement_inner();
[[nodiscard]] std::span<const std::string_view> statement_link();
[[nodiscard]] std::span<const std::string_view> statement_undone();  // "todavía": takes it back.
// Takes a statement back; asked of the sentence as it was written: "si paga hoy", "no es cierto
// que".
[[nodiscard]] std::span<const std::string_view> statement_condition();
// "Mañana", "en 24 horas": in a bureau's notice they make a threat of it.
[[nodiscard]] std::span<const std::string_view> notice_pressure();
[[nodiscard]] std::span<const std::string_view> debt();  // Tells a stranger of a debt.
[[nodiscard]] std::span<const std::string_view> way_out();
[[nodiscard]] std::span<const std::string_view> demand();
// "Falta el pago de", "sigue pendiente"; and "no queda saldo pendiente", removed before it.
[[nodiscard]] std::span<const std::string_view> still_owed();
[[nodiscard]] std::span<const std::string_view> owed_denied();
[[nodiscard]] std::span<const std::string_view>
harmless();  // Removed before anything else is searched.

}  // namespace puntual::compliance::phrases
