// One person has one document, however it is written: "123.456.789-09" and "12345678909" are one
// CPF. Who were two people would be reminded twice in a day, and a stop would hold for one of them
// only. Pure; thread-safe.
//
// Check digits by the rules of the issuing offices, checked 2026-11-23: Colombia's NIT (DIAN, Orden
// Administrativa 4 de 1989), Chile's RUT (modulo 11, K for ten). Where a number could be read in
// two ways it stays as it is written.
#pragma once

#include <string>
#include <string_view>

namespace puntual::portfolio {

// `document` as read_document() gives it; the country's code, or empty: not known, unchanged. Kept
// with a dash before the check digit: Brazil's CPF and CNPJ, Chile's RUT, Argentina's CUIT, El
// Salvador's DUI, Colombia's NIT of companies, which gets it where it is left out. Without any: the
// others, but for countries in whose documents dashes say something (Panama, Bolivia, Paraguay).
[[nodiscard]] std::string document_in_one_form(std::string_view document, std::string_view country);

}  // namespace puntual::portfolio
